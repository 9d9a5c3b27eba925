"""A workbook -> a line for each row: its address, and its cells by tabs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from bangfu.documents.files.source import UnreadableText

_MAX_CELLS = 50_000


def read_xlsx(path: Path, name: str) -> str:
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = [(title, workbook.get_sheet_by_name(title).to_python()) for title in workbook.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableText(
            f"“{name}”打不开,可能损坏或加了密码。请用 Excel 或 WPS 打开,另存为 .xlsx 再核对。"
        ) from error
    if sum(len(row) for _, rows in sheets for row in rows) > _MAX_CELLS:
        raise UnreadableText(
            f"“{name}”超过 {_MAX_CELLS:,} 格,不像一份材料。名册请用“采集”或 bangfu check 核查。"
        )
    return "".join(f"{line}\n" for title, rows in sheets for line in _lines(title, rows))


def _lines(title: str, rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    """A row is its address and its cells by tabs; a single cell (a title, a note) is a line of words."""
    for number, row in enumerate(rows, 1):
        cells = [_shown(cell) for cell in row]
        filled = [column for column, cell in enumerate(cells) if cell]
        if len(filled) == 1:
            yield f"{title}!{_letters(filled[0])}{number} {cells[filled[0]]}"
        elif not filled:
            yield ""
        else:
            last = filled[-1]
            yield "\t".join([f"{title}!A{number}:{_letters(last)}{number}", *cells[: last + 1]])


def _shown(cell: Any) -> str:
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    return _number(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else ""


def _number(cell: float) -> str:
    return str(int(cell)) if float(cell).is_integer() else f"{cell:.10g}"


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
