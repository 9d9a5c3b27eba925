"""A national export as households with their members: what the file says, before anybody compared it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from bangfu.screening.households import group_households
from bangfu.screening.twins import fill_twins
from bangfu.spreadsheets.extract import Emitted, Extract
from bangfu.terms.loader import load_terms

CHUNK = 1_000  # households compared and written at a time
PARTS = ("household", "annual_record", "monitoring_episode")
Values = dict[str, Any]


@dataclass(frozen=True)
class MemberRow:
    """A person as the file has it; `sheet_row` is the row in the sheet."""

    sheet_row: int
    values: Values


@dataclass(frozen=True)
class HouseholdRow:
    """A household as its first row has it, by table (see PARTS), and its members; `head` is a place among them."""

    sheet_row: int
    values: Mapping[str, Values]
    members: Sequence[MemberRow]
    head: int | None

    @property
    def number(self) -> str | None:
        return self.values["household"].get("nat_household_no")


@dataclass
class RegisterFile:
    """Reads an extract chunk by chunk; columns are those the file has."""

    extract: Extract
    persons: Emitted = field(init=False)
    homes: Emitted = field(init=False)

    def __post_init__(self) -> None:
        by_table = {emitted.table: emitted for emitted in self.extract.emitted}
        self.persons, self.homes = by_table["person"], by_table["household"]
        for emitted in (self.persons, self.homes):
            fill_twins(emitted.columns, frozenset(load_terms().table(emitted.table).fields))

    def chunks(self) -> Iterator[list[HouseholdRow]]:
        grouping = group_households(
            self._list(self.homes, "nat_household_no"),
            self._list(self.persons, "relation_to_head"),
            [None] * len(self.extract.row_numbers),
        )
        rows_of: list[list[int]] = [[] for _ in grouping.first_row]
        for row, household in enumerate(grouping.household_of):
            rows_of[household].append(row)
        for start in range(0, len(rows_of), CHUNK):
            some = range(start, min(start + CHUNK, len(rows_of)))
            wanted = [row for household in some for row in rows_of[household]]
            people = dict(zip(wanted, _rows(self.persons.columns, wanted), strict=True))
            firsts = [grouping.first_row[household] for household in some]
            parts = {part: _rows(self._own(part), firsts) for part in PARTS}
            yield [
                HouseholdRow(
                    self.extract.row_numbers[firsts[place]],
                    {part: rows[place] for part, rows in parts.items()},
                    [MemberRow(self.extract.row_numbers[row], people[row]) for row in rows_of[household]],
                    _place(rows_of[household], grouping.head_row[household]),
                )
                for place, household in enumerate(some)
            ]

    def _own(self, part: str) -> dict[str, pa.Array]:
        names = {column.name for column in load_terms().table(part).own_fields}
        return {name: column for name, column in self.homes.columns.items() if name in names}

    def _list(self, emitted: Emitted, name: str) -> list[Any]:
        column = emitted.columns.get(name)
        return [None] * len(self.extract.row_numbers) if column is None else column.to_pylist()


def _rows(columns: Mapping[str, pa.Array], wanted: Sequence[int]) -> list[Values]:
    index = pa.array(wanted, pa.int64())
    taken = {name: column.take(index).to_pylist() for name, column in columns.items()}
    return [{name: values[i] for name, values in taken.items()} for i in range(len(wanted))]


def _place(rows: Sequence[int], row: int | None) -> int | None:
    return None if row is None else list(rows).index(row)
