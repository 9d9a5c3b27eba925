"""The sender's file handed back with its faulty cells coloured and commented, always as .xlsx.

Small .xlsx keep their looks (a copy through openpyxl); .xls, CSV and web pages are built anew from their
grids; of large files only the faulty rows come back, with the numbers they have in the sender's file.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from bangfu.spreadsheets.cell_problem import CellProblem
from bangfu.spreadsheets.grid import Grid, open_file
from bangfu.spreadsheets.rebuild import rebuild, write_faulty_rows
from bangfu.spreadsheets.workbook_copy import CopyFailed, mark_workbook

__all__ = ["CellProblem", "mark_copy"]

# openpyxl holds some 50 times a file's bytes, and takes a minute for what calamine reads in three seconds.
MAX_COPY_BYTES = 20_000_000
MAX_COPY_CELLS = 2_000_000


def mark_copy(
    path: Path, problems: Sequence[CellProblem], out_path: Path, grids: Sequence[Grid] | None = None
) -> Path:
    """Write a marked copy of the file and give its path: `out_path`, with the extension .xlsx.

    `grids` saves reading the file again. The copy appears whole or not at all. A file that cannot be read
    gives a workbook with the list of problems only.
    """
    target = out_path.with_suffix(".xlsx")
    part = target.with_name(target.name + ".part")
    known = grids if grids is not None else open_file(path, path.name)[0]
    try:
        _write(path, problems, part, known)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    return target


def _write(path: Path, problems: Sequence[CellProblem], part: Path, grids: Sequence[Grid]) -> None:
    cells = sum(len(grid.rows) * grid.width for grid in grids)
    if path.stat().st_size > MAX_COPY_BYTES or cells > MAX_COPY_CELLS:
        write_faulty_rows(grids, problems, part)
        return
    with path.open("rb") as raw:
        is_zip = raw.read(4) == b"PK\x03\x04"
    if is_zip and grids:
        try:
            mark_workbook(path, problems, part)
            return
        except CopyFailed:
            pass  # openpyxl stumbles over some workbooks: the contents come back without their looks
    rebuild(grids, problems, part)
