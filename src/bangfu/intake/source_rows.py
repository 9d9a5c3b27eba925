"""The rows of a list of what one source says, before anybody compared them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from bangfu.spreadsheets.extract import Extract
from bangfu.spreadsheets.period import year_of_title

CHUNK = 1_000
PARTS = ("household", "person", "field_value")
Values = dict[str, Any]


@dataclass(frozen=True)
class SourceRow:
    """What `source` says on a day (`on`, yyyymmdd) of a household, its record of `year`, and one of its persons."""

    sheet_row: int
    household: Values
    person: Values
    source: str
    on: int
    by: str | None
    year: int

    @property
    def number(self) -> str | None:
        number: str | None = self.household.get("nat_household_no")
        return number


def chunks(extract: Extract, day: int) -> Iterator[list[SourceRow]]:
    """Some rows at a time; those that do not say their day or year are of `day`, or of the title's year."""
    year = year_of_title(extract.recognised.title) or day // 10_000
    columns = {emitted.table: emitted.columns for emitted in extract.emitted}
    for start in range(0, len(extract.row_numbers), CHUNK):
        wanted = range(start, min(start + CHUNK, len(extract.row_numbers)))
        parts = [_rows(columns.get(part, {}), wanted) for part in PARTS]
        yield [
            SourceRow(
                extract.row_numbers[row],
                household,
                person,
                said["source_kind"],
                said.get("said_on") or day,
                said.get("said_by"),
                household.get("data_year") or year,
            )
            for row, household, person, said in zip(wanted, *parts, strict=True)
        ]


def _rows(columns: Mapping[str, pa.Array], wanted: Sequence[int]) -> list[Values]:
    taken = {name: column.slice(wanted[0], len(wanted)).to_pylist() for name, column in columns.items()}
    return [{name: values[i] for name, values in taken.items()} for i in range(len(wanted))]
