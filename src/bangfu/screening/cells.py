"""Where a value stands in the list that brought it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from bangfu.spreadsheets.cells import column_letter


@dataclass(frozen=True)
class SourceCell:
    """A cell that the rule read; `row` is the sheet's own number, `column` its letter."""

    file: str
    sheet: str
    row: int
    column: str
    header: str
    value: str


class Sources(Protocol):
    """The lists that rows came from; `src` and `src_row` are those of the row."""

    def cell(self, src: int, src_row: int, table: str, name: str, held: Any) -> SourceCell | None:
        """The cell of a field, None where no cell holds it; `held` is the value as the facts hold it."""


def special_cell(extract: Any, special: tuple[int, int, str]) -> SourceCell:
    """A cell outside the data rows, as a totals row's."""
    row, column, value = special
    names = extract.recognised.header.names
    index = column - extract.first_column
    header = names[index] if 0 <= index < len(names) else ""
    return SourceCell(extract.grid_file, extract.sheet, row, column_letter(column), header, value)
