"""What calamine does not tell of an .xls: failed formulas and hidden columns, from the record headers."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from bangfu.spreadsheets.ole import refuse_encrypted
from bangfu.spreadsheets.package import BROKEN, Refused
from bangfu.spreadsheets.sheet_xml import SheetScan

_FORMULA, _EOF, _FILEPASS, _COLINFO, _BOUNDSHEET, _BOOLERR, _BOF = 0x06, 0x0A, 0x2F, 0x7D, 0x85, 0x205, 0x809
# NUMBER, LABEL, LABELSST, RK, RSTRING and the two above: each opens with its row and column.
_CELLS = frozenset((0x203, 0x204, 0xFD, 0x27E, 0xD6, _FORMULA, _BOOLERR))
_RUNS = frozenset((0xBD, 0xBE))  # MULRK, MULBLANK: row, first column, ..., last column
_LAST_COLUMN = 255
_ERROR_TEXTS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def scan_workbook(stream: bytes) -> list[SheetScan]:
    """One scan for each sheet in the order of the workbook; raises Refused for a workbook with a password."""
    offsets: list[int] = []
    for kind, start, size in _records(stream, 0):
        if kind == _FILEPASS:
            raise refuse_encrypted()
        if kind == _BOUNDSHEET and size >= 4:
            offsets.append(struct.unpack_from("<I", stream, start)[0])
    return [_scan_sheet(stream, offset) for offset in offsets]


def _records(stream: bytes, position: int) -> Iterator[tuple[int, int, int]]:
    """(kind, start of the body, size) of one substream; charts nested in a sheet are passed through."""
    depth = 0
    while position + 4 <= len(stream):
        kind, size = struct.unpack_from("<2H", stream, position)
        start = position + 4
        position = start + size
        if position > len(stream):
            return
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, start, size


def _scan_sheet(stream: bytes, offset: int) -> SheetScan:
    scan = SheetScan()
    for kind, start, size in _records(stream, offset):
        code = None
        if kind in _CELLS or kind in _RUNS:
            _note_extent(scan, stream, start, size, kind in _RUNS)
        if kind == _COLINFO and size >= 10:
            first, last, _, _, options = struct.unpack_from("<5H", stream, start)
            if options & 1:
                scan.hidden_columns.update(range(first, min(last, 255) + 1))
        elif kind == _BOOLERR and size >= 8 and stream[start + 7] == 1:
            code = stream[start + 6]
        elif (
            kind == _FORMULA
            and size >= 14
            and stream[start + 12 : start + 14] == b"\xff\xff"
            and stream[start + 6] == 2
        ):
            code = stream[start + 8]
        if code is not None:
            row, column = struct.unpack_from("<2H", stream, start)
            scan.errors[row, column] = _ERROR_TEXTS.get(code, "#错误")
    return scan


def _note_extent(scan: SheetScan, stream: bytes, start: int, size: int, is_run: bool) -> None:
    if size < 6:
        raise Refused(BROKEN)
    row, column = struct.unpack_from("<2H", stream, start)
    if is_run:
        (column,) = struct.unpack_from("<H", stream, start + size - 2)
    # One flipped bit in a column number makes calamine ask for 100 GB of cells between.
    if column > _LAST_COLUMN:
        raise Refused(BROKEN)
    scan.last_row = max(scan.last_row, row + 1)
    scan.last_column = max(scan.last_column, column + 1)
