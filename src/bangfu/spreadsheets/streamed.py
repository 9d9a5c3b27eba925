"""A sheet whose rows go straight into its file, a line of XML each.

XlsxWriter takes every cell through a dozen calls, and the exports of a register have millions of cells. Everything but plain
rows of a table stays with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from bangfu.spreadsheets.texts import LONGEST_TEXT, as_plain_text

_ORDINARY = re.compile(r"[^\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]*")
_REMEMBERED = 20_000
_FIRST_DAY = date(1900, 3, 1)  # Excel takes 1900 for a leap year
_DAY_ZERO = date(1899, 12, 30).toordinal()


class Place(NamedTuple):
    """A column of a table: how its cells begin, and whether what stands in them is a text whatever it is."""

    name: str
    style: int
    as_text: bool

    @classmethod
    def of(cls, column: int, cell_format: Any, as_text: bool) -> Place:
        return cls(xl_col_to_name(column), cell_format._get_xf_index(), as_text)


class StreamedSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """For workbooks in constant memory; rows come top down."""

    def __init__(self) -> None:
        super().__init__()
        self.previous_row: int = 0
        self._text = lru_cache(_REMEMBERED)(_text)  # most texts of a table stand in many rows

    def write_line(self, row: int, values: Sequence[object], places: Sequence[Place]) -> bool:
        """Writes a whole row; False where a value is none that a plain cell holds, and nothing is written."""
        text = self._text
        cells = [
            text(value) if type(value) is str else _cell(value, place.as_text)
            for value, place in zip(values, places, strict=True)
        ]
        if None in cells:
            return False
        if row > self.previous_row:
            self._write_single_row(row)
        self._check_dimensions(row, len(cells) - 1)
        self._write_row(row, None, self.row_info.get(row))
        number = row + 1
        written = [
            f'<c r="{name}{number}" s="{style}"{cell}'
            for (name, style, _), cell in zip(places, cells, strict=True)
        ]
        self.fh.write("".join(written) + "</row>")
        self.previous_row = number
        return True


def _cell(value: object, as_text: bool) -> str | None:
    """A cell's XML after its place and style."""
    if value is None:
        return "/>"
    if isinstance(value, bool):
        return _text("是" if value else "否")
    if as_text or isinstance(value, str):
        return _text(as_plain_text(value))
    if isinstance(value, int | Decimal):
        return f"><v>{value:.16G}</v></c>"
    if type(value) is date and value >= _FIRST_DAY:
        return f"><v>{value.toordinal() - _DAY_ZERO}</v></c>"
    return None


def _text(text: str) -> str | None:
    """None for a text that must be looked at closely: XlsxWriter does that."""
    if not text:
        return "/>"
    is_odd = len(text) > LONGEST_TEXT or text[0].isspace() or text[-1].isspace()
    if is_odd or "_x" in text or not _ORDINARY.fullmatch(text):
        return None
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f' t="inlineStr"><is><t>{text}</t></is></c>'
