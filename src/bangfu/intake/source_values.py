"""A list of what an archive, a visit or a handbook says, against what is on file of the same source.

An empty cell says nothing. The register's own columns are never touched: that is for a person to decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bangfu.intake.comparing import Asked, Change, Comparison
from bangfu.intake.persons_on_file import PersonsOnFile
from bangfu.intake.source_rows import SourceRow, chunks
from bangfu.registry import queries
from bangfu.registry.actions import Said
from bangfu.registry.canonical import canonical_text
from bangfu.registry.field_values import FieldKey, Held, fields_of, said_by
from bangfu.spreadsheets.extract import Extract

TABLE = "field_value"
_HOUSEHOLD = frozenset({"nat_household_no", "head_name", "head_id_no", "head_nat_person_no"})
_PERSON = frozenset({"nat_person_no"})
_NAMED = frozenset({"full_name", "id_no"})
"""What says whose row it is is not compared; name and ID number are where a 人编号 said it."""
Place = tuple[FieldKey, int]


def compare_sources(extract: Extract, day: int, bad: frozenset[tuple[str, int]]) -> Iterator[Comparison]:
    """Chunk by chunk; `day` (yyyymmdd) is what rows without a day of their own speak of, `bad` rows are left out."""
    seen: dict[Place, str] = {}
    for chunk in chunks(extract, day):
        clean = [row for row in chunk if (extract.sheet, row.sheet_row) not in bad]
        yield _Comparer(clean, day, seen).run()


class _Comparer:
    def __init__(self, chunk: Sequence[SourceRow], day: int, seen: dict[Place, str]) -> None:
        self.chunk = chunk
        self.day = day
        self.seen = seen
        self.homes = queries.households_by_number(row.number for row in chunk)
        self.on_file = PersonsOnFile(row.person for row in chunk)
        self.belongs = queries.household_on(day, self.on_file.rows)
        self.heads = _head_names(self.homes.values())
        self.held: dict[tuple[FieldKey, int | None], Held] = {}
        self.asked: set[tuple[str, str]] = (
            set()
        )  # an unknown household is asked about once, not for each member
        self.result = Comparison()

    def run(self) -> Comparison:
        owned = [(row, self.household(row), self.person(row)) for row in self.chunk]
        homes = [home for _, home, _ in owned if home is not None]
        people = [person for _, _, person in owned if person is not None]
        for source in {row.source for row in self.chunk}:
            self.held.update(said_by(source, homes, people))
        for row, home, person in owned:
            if row.on > self.day:
                self.ask("核查日期在将来", f"核查日期晚于数据日期 {self.day},这一行没有登记", row)
                continue
            for key, value in self.values(row, home, person):
                self.hear(row, key, value)
        return self.result

    def household(self, row: SourceRow) -> int | None:
        """By 户编号; where the row has none, the one its person belongs to."""
        if row.number is None:
            return self.belongs.get(self.on_file.who(row.person) or 0)
        home = self.homes.get(row.number)
        name = row.household.get("head_name")
        if home is None:
            told = f"台账里没有户 {row.number},它的内容没有登记。请核对户编号"
            self.ask("没有这一户", told, row, table="household")
        elif name and self.heads.get(home) not in (None, name):
            told = f"户 {row.number} 在台账里的户主不是“{name}”,请核对户编号;内容按户编号登记"
            self.ask("户主不同", told, row, home, "household")
        return home

    def person(self, row: SourceRow) -> int | None:
        if not any(row.person.get(name) for name in ("nat_person_no", *_NAMED)):
            return None
        person = self.on_file.who(row.person)
        if person is None:
            name = row.person.get("full_name") or row.person.get("nat_person_no")
            told = f"台账里没有“{name}”(按人编号、证件号码和姓名找),没有登记"
            self.ask("没有这个人", told, row, table="person")
        elif row.number and self.belongs.get(person) not in (None, self.homes.get(row.number)):
            self.ask(
                "不在这一户",
                f"“{row.person.get('full_name')}”登记在另一户,请核对户编号",
                row,
                person,
                "person",
            )
        return person

    def values(self, row: SourceRow, home: int | None, person: int | None) -> Iterator[tuple[FieldKey, str]]:
        """What the row says, as texts that can be compared."""
        if home is not None:
            yield from _texts("household", home, None, row.household, _HOUSEHOLD)
            yield from _texts("annual_record", home, row.year, row.household, _HOUSEHOLD)
        if person is not None:
            by_number = row.person.get("nat_person_no") in self.on_file.by_number
            yield from _texts("person", person, None, row.person, _PERSON if by_number else _PERSON | _NAMED)

    def hear(self, row: SourceRow, key: FieldKey, value: str) -> None:
        if (key, row.on) in self.seen:
            if self.seen[key, row.on] != value:
                label = fields_of(key.table)[key.field].label
                told = f"“{label}”与前面一行写的不同,只认前面的"
                self.ask("前后不一", told, row, key.owner, key.table)
            return
        self.seen[key, row.on] = value
        held = self.held.get((key, row.on))
        if held is not None and held.value == value:
            self.result.unchanged[TABLE] = self.result.unchanged.get(TABLE, 0) + 1
            return
        if held is None:
            self.result.added[TABLE] = self.result.added.get(TABLE, 0) + 1
        else:
            name = f"{key.table}.{key.field}"
            self.result.changes.append(Change(TABLE, held.id, name, held.value, value, row.sheet_row))
        self.result.said.append(Said(key, row.source, value, row.on, row.by, None, row.sheet_row))

    def ask(
        self, kind: str, message: str, row: SourceRow, about: int | None = None, table: str = TABLE
    ) -> None:
        if (kind, message) not in self.asked or about is not None:
            self.result.questions.append(Asked(kind, table, message, row.sheet_row, about))
        self.asked.add((kind, message))


def _texts(
    table: str, owner: int, year: int | None, values: dict[str, Any], without: frozenset[str]
) -> Iterator[tuple[FieldKey, str]]:
    for name, field in fields_of(table).items():
        text = canonical_text(field, values.get(name)) if name not in without else None
        if text is not None:
            yield FieldKey(table, name, owner, year), text


def _head_names(homes: Any) -> dict[int, str | None]:
    """The names of the heads on file, by household."""
    heads = {home: row["head_key"] for home, row in queries.household_rows(homes).items() if row["head_key"]}
    people = queries.person_rows(heads.values())
    return {home: people[head]["full_name"] for home, head in heads.items()}
