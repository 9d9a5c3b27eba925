"""One household's rows for the engine: its own in a statement a table, whatever they lead to when it is asked for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from bangfu.intake.snapshots.narrow import Narrow
from bangfu.intake.snapshots.statements import Flat
from bangfu.terms.loader import load_terms


class HouseholdRows:
    """The rows of a day of one household, by its number in the register; `tables` are those it may have rows in."""

    def __init__(self, narrow: Narrow, household: int, tables: Iterable[str]) -> None:
        self.narrow = narrow
        self._list(household, {table: narrow.of_household(table, household) for table in tables})

    def _list(self, household: int, listed: dict[str, list[Flat]]) -> None:
        self.household = household
        self.listed = listed
        self.found: dict[tuple[str, str, Any], list[Flat]] = {}
        members = [row["row_key"] for row in self.listed.get("person", ())]
        for table, rows in self.listed.items():
            self._keep(table, rows, members)

    def own(self) -> dict[str, list[Flat]]:
        return self.listed

    def rows(self, table: str, column: str, value: Any) -> list[Flat]:
        key = table, *_stored(column, value)
        if key not in self.found:
            self.found[key] = self.narrow.rows(*key)
        return self.found[key]

    def reaches(self, table: str, column: str, value: Any) -> bool:
        return self.narrow.limit(table, _stored(column, value)[0]) is not None

    def _keep(self, table: str, rows: list[Flat], members: list[int]) -> None:
        """Its own rows are all that name it or a member: they are not asked for again."""
        if table == "household":
            self.found[table, "row_key", self.household] = rows
            return
        self.found[table, "household_key", self.household] = [
            row for row in rows if row["household_key"] == self.household
        ]
        if table == "person":
            self.found.update({(table, "row_key", row["row_key"]): [row] for row in rows})
        elif "person" in load_terms().table(table).links:
            of = defaultdict(list)
            for row in rows:
                of[row["person_key"]].append(row)
            self.found.update({(table, "person_key", member): of[member] for member in members})


class ProposedRows(HouseholdRows):
    """The same as an edit would make it: `now` with the tables of `changed` in place of its own.

    What is neither household's nor its people's is read from the register.
    """

    def __init__(self, now: HouseholdRows, changed: Mapping[str, list[Flat]]) -> None:
        self.narrow = now.narrow
        self._list(now.household, {**now.listed, **changed})
        self.own_keys = {
            table: {row["row_key"] for row in (*now.listed.get(table, ()), *rows)}
            for table, rows in self.listed.items()
        }

    def rows(self, table: str, column: str, value: Any) -> list[Flat]:
        key = table, *_stored(column, value)
        if key not in self.found:
            own = self.own_keys.get(table, ())
            others = [row for row in self.narrow.rows(*key) if row["row_key"] not in own]
            its = [row for row in self.listed.get(table, ()) if row.get(key[1]) == key[2]]
            self.found[key] = [*others, *its]
        return self.found[key]


class RowsAlone(ProposedRows):
    """Rows of one table by themselves; those of `replaced` are not read from the register any more."""

    def __init__(self, narrow: Narrow, table: str, rows: list[Flat], replaced: Iterable[int] = ()) -> None:
        self.narrow = narrow
        self.listed = {table: rows}
        self.found = {}
        self.own_keys = {table: {*replaced, *(row["row_key"] for row in rows)}}


def _stored(column: str, value: Any) -> tuple[str, Any]:
    """A beneficiary on file is known by the person's number; one that is a name as written is not looked for."""
    found = re.fullmatch("p([0-9]+)", value) if column == "beneficiary" else None
    return ("person_key", int(found[1])) if found else (column, value)
