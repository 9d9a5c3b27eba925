"""Whom a finding is about, in the office's own numbers and names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from bangfu.engine.evidence import EvidenceRow
from bangfu.engine.run import Run

_TITLES = (
    *("full_name", "project_name", "workshop_name", "asset_name", "entity_name", "village_name"),
    *("list_name", "company_name", "title", "contract_no", "project_no", "loan_no"),
)
NAMING = (
    *("row_key", "src", "src_row", "person_key", "household_key", "village_key", "head_key"),
    *("nat_household_no", "nat_person_no", "id_no", "head_name", "field_label", "data_year", *_TITLES),
)
"""The columns, in any table, that say whom a row is about and where it comes from."""
RowAt = Callable[[str, int], Mapping[str, Any]]


@dataclass(frozen=True)
class Subject:
    """`kind` household, person, village or row; `id` 户编号, 人编号, village or what names the row.

    The keys are the rows of the facts that it is or belongs to, wherever that can be told: in a register's snapshot the
    register's own numbers.
    """

    kind: str
    id: str
    name: str
    village: str
    household: str
    person_key: int | None = None
    household_key: int | None = None
    village_key: int | None = None


class Subjects:
    """Subjects by their rows, as `row` gives them by table and key; `village` is a village's name as the office knows it."""

    def __init__(self, row: RowAt, village: Callable[[str | None], str]) -> None:
        self.row = row
        self.village = village

    def of(self, table: str, row_key: int) -> Subject:
        row = self.row(table, row_key)
        if table == "household":
            return self.household(row)
        if table == "person":
            return self.person(row)
        if table == "village":
            name = row.get("village_name") or ""
            return Subject("village", name, name, self.village(name), "", village_key=row.get("row_key"))
        if row.get("person_key") is not None and (somebody := self.somebody(row["person_key"])):
            return self.person(somebody)
        if table == "field_comparison" and row.get("household_key") is not None:
            return self.household(self.row("household", row["household_key"]))
        title = next((row[name] for name in _TITLES if row.get(name)), "")
        if table == "list_total":
            title = f"{title} 合计行"
        person = row.get("row_key") if table == "former_person" else None
        village = self.village(row.get("village_name"))
        return Subject("row", title, title, village, "", person, *self.home_of(row))

    def somebody(self, person: int) -> Mapping[str, Any]:
        """A member, or who was one: lists name both."""
        return self.row("person", person) or self.row("former_person", person)

    def home_of(self, row: Mapping[str, Any]) -> tuple[int | None, int | None]:
        """The household and village that a row names, the village of its household where it names none."""
        household, village = row.get("household_key"), row.get("village_key")
        if village is None and household is not None:
            village = self.row("household", household).get("village_key")
        return household, village

    def part(self, table: str, row_key: int) -> str:
        """Which of several things about the subject the row tells: the field that is compared, with its year."""
        if table != "field_comparison":
            return ""
        row = self.row(table, row_key)
        year = f"{row['data_year']}年度" if row.get("data_year") else ""
        return f"{year}{row.get('field_label') or ''}"

    def household(self, row: Mapping[str, Any]) -> Subject:
        head = self.row("person", row["head_key"]) if row.get("head_key") is not None else {}
        number, name = row.get("nat_household_no"), head.get("full_name") or row.get("head_name") or ""
        shown = number or f"户主 {name} 证件号码 {head.get('id_no') or ''}"
        village = self.village(row.get("village_name"))
        return Subject(
            "household",
            shown,
            name,
            village,
            shown,
            household_key=row.get("row_key"),
            village_key=row.get("village_key"),
        )

    def person(self, row: Mapping[str, Any]) -> Subject:
        household = (
            self.row("household", row["household_key"]) if row.get("household_key") is not None else {}
        )
        number, name = row.get("nat_person_no"), row.get("full_name") or ""
        home = self.household(household) if household else Subject("household", "", "", "", "")
        return Subject(
            "person",
            number or f"{name} 证件号码 {row.get('id_no') or ''}",
            name,
            home.village,
            home.household,
            row.get("row_key"),
            home.household_key,
            home.village_key,
        )

    def own_row(self, table: str, row_key: int) -> EvidenceRow | None:
        row = self.row(table, row_key)
        if row.get("src") is None:
            return None
        return EvidenceRow(row_key, table, row_key, row["src"], row["src_row"], ())


class NamedRows:
    """What names the rows that a run's checks hit, and the persons and households that these lead to.

    Each table is fetched once, in what is needed of it: a register's every row would take gigabytes.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self.names: dict[str, list[str]] = {}
        self.tables: dict[str, dict[int, tuple[Any, ...]]] = {}
        self.wanted = dict(self.gathered())
        """By table, the temporary table of the keys that are needed."""

    def at(self, table: str, row_key: int) -> Mapping[str, Any]:
        if table not in self.tables:
            self.tables[table] = self.fetch(table)
        row = self.tables[table].get(row_key)
        return {} if row is None else dict(zip(self.names[table], row, strict=True))

    def fetch(self, table: str) -> dict[int, tuple[Any, ...]]:
        if table not in self.wanted or table not in self.run.dataset.relations:
            return {}
        there = self.columns(table)
        names = self.names[table] = [name for name in NAMING if name in there]
        columns = ", ".join(f'"{name}"' for name in names)
        rows = self.execute(
            f"SELECT {columns} FROM {self.run.dataset.relations[table]} "
            f"WHERE row_key IN (FROM {self.wanted[table]})"
        )
        return {values[0]: values for values in rows.fetchall()}

    def gathered(self) -> Iterator[tuple[str, str]]:
        """The rows hit; then the persons and households that these name, households of persons, heads of households."""
        hit = {}
        for subject, hits in self.run.answered.items():
            tables = [name for check in hits.subject.checks if (name := hits.table(check))]
            if tables:
                hit[subject] = [f"SELECT row_key FROM {name}" for name in tables]
        for subject, parts in hit.items():
            yield subject, self.keep(f"named_{subject}", parts)
        persons = self.keep("named_persons", [*hit.get("person", ()), *self.naming("person_key", hit)])
        members = {"person": [f"FROM {persons}"], "former_person": [f"FROM {persons}"]}
        named = [*self.naming("household_key", hit), *self.naming("household_key", members)]
        households = self.keep("named_households", [*hit.get("household", ()), *named])
        heads = self.naming("head_key", {"household": [f"FROM {households}"]})
        yield "household", households
        everybody = self.keep("named_everybody", [f"FROM {persons}", *heads])
        yield "person", everybody
        former = self.keep("named_former", [f"FROM {persons}", *hit.get("former_person", ())])
        yield "former_person", former

    def naming(self, column: str, rows: Mapping[str, Sequence[str]]) -> list[str]:
        """SQL of what a column of these rows names, of the tables that have it."""
        return [
            f"SELECT {column} FROM {self.run.dataset.relations[table]} WHERE row_key IN ({' UNION ALL '.join(keys)})"
            for table, keys in rows.items()
            if table in self.run.dataset.relations and column in self.columns(table)
        ]

    def keep(self, name: str, parts: Sequence[str]) -> str:
        every = " UNION ALL ".join(f"({part})" for part in parts) or "SELECT NULL::BIGINT"
        self.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT DISTINCT * FROM ({every}) AS named(row_key)"
        )
        return name

    def columns(self, table: str) -> set[str]:
        rows = self.execute(f"SELECT * FROM {self.run.dataset.relations[table]} LIMIT 0")
        return {column[0] for column in rows.description}

    def execute(self, text: str) -> duckdb.DuckDBPyConnection:
        return self.run.dataset.connection.execute(text)
