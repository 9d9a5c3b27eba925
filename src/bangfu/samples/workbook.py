"""Workbooks written row by row, top to bottom, so that memory does not grow with the town."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

Cell = str | int | float | date | None


class Sheet:
    """One worksheet; `line` gives the number of the row written."""

    def __init__(self, worksheet: Any, day_format: Any) -> None:
        self._worksheet = worksheet
        self._day_format = day_format
        self.name: str = worksheet.get_name()
        self.rows = 0

    def line(self, cells: Sequence[Cell]) -> int:
        row, sheet = self.rows, self._worksheet
        for column, value in enumerate(cells):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif isinstance(value, date):
                sheet.write_datetime(row, column, value, self._day_format)
            else:
                sheet.write_number(row, column, value)
        self.rows += 1
        return self.rows

    def merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Joins cells already written: `merge_range` would go back to a row that has left memory."""
        self._worksheet.merge.append([first_row, first_column, last_row, last_column])

    def hide_column(self, column: int) -> None:
        self._worksheet.set_column(column, column, None, None, {"hidden": True})


class Book:
    """A workbook in constant memory."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        # Without a fixed date of creation the same seed would give files of different bytes.
        self._workbook.set_properties({"created": datetime(2023, 12, 18, tzinfo=UTC)})
        self._day_format = self._workbook.add_format({"num_format": "yyyy-mm-dd"})

    def sheet(self, name: str) -> Sheet:
        return Sheet(self._workbook.add_worksheet(name[:31]), self._day_format)

    def close(self) -> None:
        self._workbook.close()


def column_letter(index: int) -> str:
    """A for 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
