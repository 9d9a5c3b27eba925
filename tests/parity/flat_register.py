"""Flat rows as the register of single questions: indices are built when first asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bangfu.engine.single.asking import is_of_household
from bangfu.policy.model import Policy
from tests.parity.graph import Flat


class FlatRegister:
    """`beyond` are the columns, as (table, column), that it says nothing can be found by."""

    def __init__(
        self,
        policy: Policy,
        tables: Mapping[str, Sequence[Flat]],
        beyond: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self.policy = policy
        self.tables = tables
        self.beyond = beyond
        self.indices: dict[tuple[str, str], dict[Any, list[Flat]]] = {}

    def of(self, household: int) -> FlatHousehold:
        return FlatHousehold(self, household)

    def own(self, household: int) -> dict[str, list[Flat]]:
        members = {row["row_key"] for row in self.rows("person", "household_key", household)}
        found: dict[str, list[Flat]] = {}
        for name, table in self.policy.terms.tables.items():
            if not is_of_household(table):
                continue
            if name == "household":
                found[name] = self.rows(name, "row_key", household)
                continue
            rows = list(self.rows(name, "household_key", household)) if "household" in table.links else []
            if "person" in table.links:
                for member in members:
                    rows.extend(self.rows(name, "person_key", member))
            found[name] = list({row["row_key"]: row for row in rows}.values())
        return found

    def rows(self, table: str, column: str, value: Any) -> list[Flat]:
        if (table, column) not in self.indices:
            index: dict[Any, list[Flat]] = defaultdict(list)
            for row in self.tables[table]:
                index[row[column]].append(row)
            self.indices[table, column] = index
        return self.indices[table, column].get(value, [])


@dataclass(frozen=True)
class FlatHousehold:
    """One household of the register."""

    register: FlatRegister
    household: int

    def own(self) -> dict[str, list[Flat]]:
        return self.register.own(self.household)

    def rows(self, table: str, column: str, value: Any) -> list[Flat]:
        return self.register.rows(table, column, value)

    def reaches(self, table: str, column: str, value: Any) -> bool:
        return (table, column) not in self.register.beyond
