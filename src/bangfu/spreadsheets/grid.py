"""The door: a file from anywhere becomes grids, or a reason in Chinese."""

from __future__ import annotations

from pathlib import Path

from bangfu.spreadsheets import limits
from bangfu.spreadsheets.csv_text import read_text
from bangfu.spreadsheets.html_table import read_html
from bangfu.spreadsheets.package import Refused
from bangfu.spreadsheets.sheet import CellError, FileProblem, Grid, Range
from bangfu.spreadsheets.sniff import FileKind, sniff
from bangfu.spreadsheets.workbook import read_xls, read_xlsx

__all__ = ["CellError", "FileProblem", "Grid", "Range", "open_file"]

_HEAD_BYTES = 8192


def open_file(path: Path, display_name: str) -> tuple[list[Grid], list[FileProblem]]:
    """Read all sheets of a file by its content, whatever its extension says.

    Never raises for a bad file: it comes back without grids and with the reason. A readable file may come
    with problems too (a sheet whose failed formulas have no place).
    """
    try:
        return _read(path, display_name)
    except Refused as refusal:
        return [], [FileProblem(display_name, str(refusal))]
    except OSError as error:
        reason = error.strerror or "原因不明"
        return [], [
            FileProblem(display_name, f"打不开文件({reason})。请确认文件还在、没有被别的程序占用,再试一次。")
        ]


def _read(path: Path, file: str) -> tuple[list[Grid], list[FileProblem]]:
    with path.open("rb") as raw:
        kind, message = sniff(raw.read(_HEAD_BYTES))
    if kind is FileKind.ZIP:
        return read_xlsx(path, file)
    if kind in (FileKind.EMPTY, FileKind.REFUSED):
        raise Refused(message)
    if path.stat().st_size > limits.MAX_PLAIN_BYTES:
        raise Refused(
            f"文件有 {path.stat().st_size // 1_000_000} MB,太大了。请按村或按年度拆成几个文件再交。"
        )
    if kind is FileKind.OLE:
        return read_xls(path, file)
    if kind is FileKind.HTML:
        return read_html(path.read_bytes(), file), []
    return [read_text(path.read_bytes(), file)], []
