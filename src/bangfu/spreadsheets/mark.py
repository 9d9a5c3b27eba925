"""The sender's file handed back with its faulty cells coloured and commented, always as .xlsx.

Small .xlsx keep their looks (a copy through openpyxl); .xls, CSV and web pages are built anew from their
grids; of large files only the faulty rows come back, with the numbers they have in the sender's file.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bangfu.spreadsheets.cells import column_letter
from bangfu.spreadsheets.grid import Grid, open_file
from bangfu.spreadsheets.rebuild import rebuild, write_faulty_rows
from bangfu.spreadsheets.workbook_copy import CopyFailed, mark_workbook

# openpyxl holds some 50 times a file's bytes, and takes a minute for what calamine reads in three seconds.
MAX_COPY_BYTES = 20_000_000
MAX_COPY_CELLS = 3_000_000


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with a cell. `row` and `column` are those of the sheet, from 1; column 0 is the whole row."""

    sheet: str
    row: int
    column: int
    found: str
    expected: str
    advice: str

    @property
    def cell(self) -> str:
        return f"{column_letter(max(self.column, 1))}{max(self.row, 1)}"

    @property
    def comment(self) -> str:
        return f"发现:{self.found or '空'}\n应为:{self.expected}\n处理:{self.advice}"


def mark_copy(
    path: Path, problems: Sequence[CellProblem], out_path: Path, grids: Sequence[Grid] | None = None
) -> Path:
    """Write a marked copy of the file and give its path: `out_path`, with the extension .xlsx.

    `grids` saves reading the file again. The copy appears whole or not at all.
    """
    target = out_path.with_suffix(".xlsx")
    part = target.with_name(target.name + ".part")
    try:
        _write(path, problems, part, grids)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    return target


def _write(path: Path, problems: Sequence[CellProblem], part: Path, grids: Sequence[Grid] | None) -> None:
    known = grids if grids is not None else open_file(path, path.name)[0]
    by_place: dict[str, dict[tuple[int, int], list[str]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        by_place[problem.sheet][problem.row, max(problem.column, 1)].append(problem.comment)
    cells = sum(len(grid.rows) * grid.width for grid in known)
    if path.stat().st_size > MAX_COPY_BYTES or cells > MAX_COPY_CELLS:
        write_faulty_rows(known, problems, by_place, part)
        return
    with path.open("rb") as raw:
        is_zip = raw.read(4) == b"PK\x03\x04"
    if is_zip and known:
        try:
            mark_workbook(path, problems, by_place, part)
            return
        except CopyFailed:
            pass  # a workbook openpyxl stumbles over: its contents come back without its looks
    rebuild(known, problems, by_place, part)
