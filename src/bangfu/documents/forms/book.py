"""A workbook as cells with values: merged cells have the value of their first, formulas of sums are worked out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from bangfu.documents.unpacking import refuse_swollen
from bangfu.terms.errors import UserError

Place = tuple[int, int]
"""Row and column, from 1."""
_CELL = r"\$?([A-Z]{1,3})\$?(\d{1,7})"
_TERM = re.compile(rf"([+-]?)(?:{_CELL}|SUM\(([^()]*)\)|(\d+(?:\.\d+)?))", re.IGNORECASE)
_RANGE = re.compile(rf"{_CELL}(?::{_CELL})?", re.IGNORECASE)
_DEEPEST = 50


def open_book(file: Path | bytes, name: str = "") -> Any:
    """UserError where it is no .xlsx that opens."""
    shown = name or (file.name if isinstance(file, Path) else "报表")
    try:
        refuse_swollen(file, shown)
        return load_workbook(BytesIO(file) if isinstance(file, bytes) else file)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError) as error:
        raise UserError(
            f"报表“{shown}”不是能打开的 .xlsx 文件。请用 Excel 或 WPS 打开后另存为 .xlsx 再用"
        ) from error


def address(place: Place) -> str:
    return f"{get_column_letter(place[1])}{place[0]}"


@dataclass
class Sheet:
    """One sheet's values by place; what is no number, text or sum is not here."""

    name: str
    values: dict[Place, Decimal | str] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)
    merged: dict[Place, tuple[int, int, int, int]] = field(default_factory=dict)
    """Of every place in a merged range: its columns and rows, as first column, first row, last column, last row."""

    def at(self, place: Place) -> Decimal | str | None:
        if place in self.merged:
            left, top, _, _ = self.merged[place]
            place = top, left
        return self.values.get(place)

    def number(self, place: Place) -> Decimal | None:
        value = self.values.get(place)
        return value if isinstance(value, Decimal) else None

    @cached_property
    def rows(self) -> int:
        return max((row for row, _ in self.values), default=0)

    @cached_property
    def columns(self) -> int:
        return max((column for _, column in self.values), default=0)


def read_sheet(worksheet: Any) -> Sheet:
    sheet = Sheet(worksheet.title)
    for found in worksheet.merged_cells.ranges:
        bounds = found.min_col, found.min_row, found.max_col, found.max_row
        for row in range(bounds[1], bounds[3] + 1):
            for column in range(bounds[0], bounds[2] + 1):
                sheet.merged[row, column] = bounds
    for row in worksheet.iter_rows():
        for cell in row:
            _read_cell(sheet, cell)
    for place in list(sheet.formulas):
        _work_out(sheet, place, 0)
    return sheet


def _read_cell(sheet: Sheet, cell: Any) -> None:
    value, place = cell.value, (cell.row, cell.column)
    if value is None or isinstance(value, bool):
        return
    if cell.data_type == "f":
        if isinstance(value, str):
            sheet.formulas[place] = value
    elif isinstance(value, int | float):
        sheet.values[place] = Decimal(str(value))
    elif str(value).strip():
        sheet.values[place] = str(value).strip()


def _work_out(sheet: Sheet, place: Place, depth: int) -> Decimal | None:
    """The value of a formula of sums and differences; None, and no value, where it is anything else."""
    if place not in sheet.formulas or place in sheet.values:
        return sheet.number(place)
    text = sheet.formulas[place].lstrip("=").replace(" ", "")
    total, end = Decimal(0), 0
    for term in _TERM.finditer(text):
        value = _term(sheet, term, depth) if term.start() == end and (term[1] or not end) else None
        if value is None:
            return None
        total += -value if term[1] == "-" else value
        end = term.end()
    if not end or end != len(text):
        return None
    sheet.values[place] = total
    return total


def _term(sheet: Sheet, term: re.Match[str], depth: int) -> Decimal | None:
    if depth > _DEEPEST:  # cells that name each other
        return None
    if term[5]:
        return Decimal(term[5])
    if term[2]:
        place = (int(term[3]), column_index_from_string(term[2].upper()))
        value = _work_out(sheet, place, depth + 1)
        return value if value is not None or place in sheet.formulas else Decimal(0)
    total = Decimal(0)
    for part in term[4].split(","):
        for place in parts_of(part):
            value = _work_out(sheet, place, depth + 1)
            if value is None and place in sheet.formulas:
                return None
            total += value or 0
        if not _RANGE.fullmatch(part):
            return None
    return total


def parts_of(text: str) -> list[Place]:
    """The places of `B3:B12` or `B3`; none where it is no such text."""
    found = _RANGE.fullmatch(text.strip())
    if not found:
        return []
    left, top = column_index_from_string(found[1].upper()), int(found[2])
    right, bottom = (column_index_from_string(found[3].upper()), int(found[4])) if found[3] else (left, top)
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
