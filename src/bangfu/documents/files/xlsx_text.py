"""A workbook -> a line for each cell: its address, the row's and the column's words, and the value with its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from bangfu.documents.files.source import UnreadableText

_UNIT = re.compile(r"[((]\s*(?:单位[::])?\s*([^()()]{1,6})[))]\s*$")
_SHEET_UNIT = re.compile(r"单位[::]\s*([^\s,,、]{1,6})")
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
    heads: dict[int, str] = {}
    unit = ""
    for number, row in enumerate(rows, 1):
        label = next((cell.strip() for cell in row if isinstance(cell, str) and cell.strip()), "")
        for column, cell in enumerate(row):
            where = f"{title}!{_letters(column)}{number}"
            if isinstance(cell, str) and cell.strip():
                text = cell.strip()
                found = _SHEET_UNIT.search(text)
                unit = found[1] if found else unit
                heads[column] = text
                yield f"{where}\t{' '.join(text.split())}"
            elif isinstance(cell, int | float) and not isinstance(cell, bool):
                yield f"{where}\t{label}{_with_head(heads.get(column, ''), _number(cell), unit)}"


def _with_head(head: str, value: str, unit: str) -> str:
    match = _UNIT.search(head)
    words = head[: match.start()] if match else head
    return f" {words}{value}{match[1] if match else unit if re.search('金额|资金|款', head) else ''}"


def _number(cell: float) -> str:
    return str(int(cell)) if float(cell).is_integer() else f"{cell:.10g}"


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
