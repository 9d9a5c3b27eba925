"""Lists as offices write them of what an archive, a visit or a handbook says, about an exported town."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

Cells = Mapping[str, object]
TITLES = {
    "档案": "茶庵岭镇一户一档核对表",
    "实际": "2023年入户核查表",
    "手册": "帮扶手册核对表",
}


def source_list(folder: Path, source: str, rows: Sequence[Cells], *, stated: str = "") -> Path:
    """A workbook of one source: its title, perhaps the day it states, the heads of all rows, the rows."""
    heads = list(dict.fromkeys(name for row in rows for name in row))
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append([TITLES[source]])
    book.active.append([stated or None])
    book.active.append(heads)
    for row in rows:
        book.active.append([row.get(name) for name in heads])
    path = folder / f"{source}.xlsx"
    book.save(path)
    return path


def exported_rows(export: Path) -> list[dict[str, str]]:
    """The rows of a national export, by the first of equal heads."""
    sheet = openpyxl.load_workbook(export).active
    assert sheet is not None
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    start = next(number for number, row in enumerate(rows) if "户编号" in row)
    return [dict(reversed(list(zip(rows[start], row, strict=True)))) for row in rows[start + 1 :]]
