"""Whom a finding is about, in the office's own numbers and names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bangfu.engine.dataset import Dataset
from bangfu.engine.evidence import EvidenceRow

_TITLES = ("full_name", "project_name", "workshop_name", "village_name", "list_name", "company_name")
NAMING = (
    *("row_key", "src", "src_row", "person_key", "household_key", "head_key"),
    *("nat_household_no", "nat_person_no", "id_no", "head_name", "field_label", "data_year", *_TITLES),
)
"""The columns, in any table, that say whom a row is about and where it comes from."""
RowAt = Callable[[str, int], Mapping[str, Any]]


@dataclass(frozen=True)
class Subject:
    """`kind` household, person, village or row; `id` 户编号, 人编号, village or what names the row."""

    kind: str
    id: str
    name: str
    village: str
    household: str


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
            return Subject("village", name, name, self.village(name), "")
        if row.get("person_key") is not None:
            return self.person(self.row("person", row["person_key"]))
        if table == "field_comparison" and row.get("household_key") is not None:
            return self.household(self.row("household", row["household_key"]))
        title = next((row[name] for name in _TITLES if row.get(name)), "")
        if table == "list_total":
            title = f"{title} 合计行"
        return Subject("row", title, title, self.village(row.get("village_name")), "")

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
        return Subject("household", shown, name, self.village(row.get("village_name")), shown)

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
        )

    def own_row(self, table: str, row_key: int) -> EvidenceRow | None:
        row = self.row(table, row_key)
        if row.get("src") is None:
            return None
        return EvidenceRow(row_key, table, row_key, row["src"], row["src_row"], ())


class NamedRows:
    """What names the rows of a dataset; each table is fetched once."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.tables: dict[str, dict[int, dict[str, Any]]] = {}

    def at(self, table: str, row_key: int) -> Mapping[str, Any]:
        if table not in self.tables:
            self.tables[table] = self.fetch(table)
        return self.tables[table].get(row_key, {})

    def fetch(self, table: str) -> dict[int, dict[str, Any]]:
        rows = self.dataset.connection.execute(f"SELECT * FROM {self.dataset.relations[table]} LIMIT 0")
        there = [column[0] for column in rows.description]
        names = [name for name in NAMING if name in there]
        columns = ", ".join(f'"{name}"' for name in names)
        result = self.dataset.connection.execute(
            f"SELECT {columns} FROM {self.dataset.relations[table]}"
        ).fetchall()
        return {values[0]: dict(zip(names, values, strict=True)) for values in result}
