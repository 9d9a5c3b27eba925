"""What calamine does not tell of a sheet's XML: failed formulas, hidden columns, and how far its cells reach.

The sheet may have a gigabyte, so it is cut into rows by byte search and few bytes of a row are looked at.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bangfu.spreadsheets.limits import MAX_COLUMNS

_ATTRIBUTE = re.compile(rb'\b(min|max|hidden)\s*=\s*["\'](\w+)["\']')
_REFERENCE = re.compile(rb'\br\s*=\s*["\']([A-Z]{1,3})([0-9]{1,7})["\']')
_ROW_NUMBER = re.compile(rb'^[^>]{0,200}?\br\s*=\s*["\']([0-9]{1,7})["\']')
_PREFIX = re.compile(rb"<(\w+:)?(?:worksheet|sheetData)\b")
_ERROR_MARKS = (b't="e"', b"t='e'")
_MAX_PENDING = 8_000_000  # no row is as long; one that is gets scanned up to here

UNCOMPUTED = "公式没有计算结果"


@dataclass
class SheetScan:
    """`errors` maps (row, column), 0-based, to the error text; `last_row`, `last_column` are counts."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unplaced_errors: int = 0
    hidden_columns: set[int] = field(default_factory=set)
    last_row: int = 0
    last_column: int = 0


def column_number(letters: bytes) -> int:
    """A -> 1, XFD -> 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


class _Scanner:
    def __init__(self, prefix: bytes) -> None:
        self.scan = SheetScan()
        self._rows_seen = 0
        self._cell_mark = b"<" + prefix + b"c "
        self._bare_cell = b"<" + prefix + b"c>"
        self._col_tag = re.compile(b"<" + prefix + rb"col\b[^>]*>")
        value = b"<" + prefix + b"v"
        self._value_marks = (value + b">", b"<" + prefix + b"is>", value + b" xml:space")
        close = b"</" + prefix
        no_values = (value + b"/>", value + b" />", value + b">" + close + b"v>", close + b"c>")
        self._formula_end = close + b"f>"
        self._uncomputed_marks = tuple(self._formula_end + no_value for no_value in no_values)
        self._filled_cell = re.compile(b"<" + prefix + rb'c\s[^>]*?\br="([A-Z]{1,3})[0-9]+"[^>]*(?<!/)>')

    def head(self, part: bytes) -> None:
        """The part before the first row: `<cols>` stands there."""
        for tag in self._col_tag.findall(part):
            attributes = dict(_ATTRIBUTE.findall(tag))
            if attributes.get(b"hidden") in (b"1", b"true"):
                first, last = int(attributes.get(b"min", b"0")), int(attributes.get(b"max", b"0"))
                self.scan.hidden_columns.update(range(max(first - 1, 0), min(last, MAX_COLUMNS)))

    def rows(self, parts: list[bytes]) -> None:
        """Rows, each from just behind `<row` to the next; failures are first sought in all at once."""
        whole = b"".join(parts)
        failing = any(mark in whole for mark in _ERROR_MARKS)
        if self._formula_end in whole:
            failing = failing or any(mark in whole for mark in self._uncomputed_marks)
        for part in parts:
            self._row(part, failing)

    def _row(self, part: bytes, failing: bool) -> None:
        self._rows_seen += 1
        number = _ROW_NUMBER.match(part)
        if number:
            self._rows_seen = int(number[1])
        if failing:
            self._failed_formulas(part)
        if not any(mark in part for mark in self._value_marks):
            return
        scan = self.scan
        scan.last_row = max(scan.last_row, self._rows_seen)
        scan.last_column = max(scan.last_column, self._reach(part))

    def _reach(self, part: bytes) -> int:
        start = part.rfind(self._cell_mark)
        reference = _REFERENCE.search(part, start, start + 200) if start >= 0 else None
        if reference is None:  # cells without a reference stand side by side
            return part.count(self._cell_mark) + part.count(self._bare_cell)
        reach = column_number(reference[1])
        if reach <= max(self.scan.last_column, 702):
            return reach
        # Rows coloured to the last column end in blank cells, which calamine ignores: count the filled ones.
        return max((column_number(letters) for letters in self._filled_cell.findall(part)), default=0)

    def _failed_formulas(self, part: bytes) -> None:
        start = part.find(self._cell_mark)
        while start >= 0:
            following = part.find(self._cell_mark, start + 1)
            cell = part[start : following if following >= 0 else len(part)]
            text = self._failure(cell)
            if text:
                self._record(cell, text)
            start = following

    def _failure(self, cell: bytes) -> str:
        tag = cell[: cell.find(b">") + 1]
        if any(mark in tag for mark in _ERROR_MARKS):
            value = re.search(rb"<(?:\w+:)?v[^>]*>([^<]*)<", cell)
            return html.unescape(value[1].decode("utf-8", errors="replace")) if value else "#错误"
        # Excel says t="str" where the result is the empty text; a program that wrote no result says nothing.
        if b't="str"' not in tag and any(mark in cell for mark in self._uncomputed_marks):
            return UNCOMPUTED
        return ""

    def _record(self, cell: bytes, text: str) -> None:
        reference = _REFERENCE.search(cell, 0, 200)
        if reference is None:
            self.scan.unplaced_errors += 1
            return
        position = (int(reference[2]) - 1, column_number(reference[1]) - 1)
        self.scan.errors[position] = text
        self.scan.last_row = max(self.scan.last_row, position[0] + 1)
        self.scan.last_column = max(self.scan.last_column, position[1] + 1)


def scan_sheet(pieces: Iterable[bytes]) -> SheetScan:
    """Scan a worksheet part given in pieces of any size."""
    scanner: _Scanner | None = None
    mark = b"<row"
    pending, in_rows, is_past_rows = b"", False, False
    for piece in pieces:
        if is_past_rows:  # read to the end all the same: the caller counts the bytes
            continue
        pending += piece
        if scanner is None:
            found = _PREFIX.search(pending)
            if found is None and len(pending) < _MAX_PENDING:
                continue
            prefix = (found[1] or b"") if found else b""
            scanner, mark = _Scanner(prefix), b"<" + prefix + b"row"
        cut = pending.rfind(mark)
        if cut <= 0 and len(pending) < _MAX_PENDING:
            continue
        ready, pending = (pending[:cut], pending[cut:]) if cut > 0 else (pending, b"")
        in_rows = _feed(scanner, ready.split(mark), in_rows)
        is_past_rows = cut == 0 and b"sheetData>" in ready
    scanner = scanner or _Scanner(b"")
    _feed(scanner, pending.split(mark), in_rows)
    return scanner.scan


def _feed(scanner: _Scanner, parts: list[bytes], in_rows: bool) -> bool:
    if parts[0] and in_rows:  # the rest of a giant row: how far it reaches is not known
        scanner.scan.last_column = MAX_COLUMNS
    elif parts[0]:
        scanner.head(parts[0])
    scanner.rows(parts[1:])
    return in_rows or len(parts) > 1
