"""Excel workbooks (.xlsx, .xlsm, .xls) to grids, through calamine."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import Any, BinaryIO
from xml.etree import ElementTree
from zipfile import ZipFile, ZipInfo

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from bangfu.spreadsheets import limits
from bangfu.spreadsheets.biff import scan_workbook
from bangfu.spreadsheets.ole import refuse_encrypted, workbook_stream
from bangfu.spreadsheets.package import BROKEN, Refused, SizeGuard, open_package, stream_entry
from bangfu.spreadsheets.sheet import CellError, FileProblem, Grid, Range, pad_rows, ranges_within, trim_rows
from bangfu.spreadsheets.sheet_xml import SheetScan, scan_sheet

_MAX_INDEX_BYTES = 20_000_000  # workbook.xml names the sheets; a few KB in practice


@dataclass(frozen=True)
class _Found:
    scans: dict[str, SheetScan]
    order: list[SheetScan]
    is_xlsx: bool

    def of(self, name: str, index: int) -> SheetScan:
        if self.order:
            return self.order[index] if index < len(self.order) else SheetScan()
        return self.scans.get(name, SheetScan())


def read_xlsx(path: Path, file: str) -> tuple[list[Grid], list[FileProblem]]:
    """Grids of all sheets that have cells; raises Refused when nothing can be read safely."""
    with open_package(path) as package, path.open("rb") as raw:
        parts = _unpack(package, raw)
    for name, scan in parts.items():
        _check_extent(name, scan)
    return _read(path, file, _Found(parts, [], is_xlsx=True))


def read_xls(path: Path, file: str) -> tuple[list[Grid], list[FileProblem]]:
    """As read_xlsx, for the old format whatever the file's extension is."""
    stream = workbook_stream(path.read_bytes())
    return _read(path, file, _Found({}, scan_workbook(stream), is_xlsx=False))


def _unpack(package: ZipFile, raw: BinaryIO) -> dict[str, SheetScan]:
    guard = SizeGuard()
    entries: dict[str, ZipInfo] = {}
    scans: dict[str, SheetScan] = {}
    small: dict[str, bytes] = {}
    for entry in package.infolist():
        if entry.is_dir():
            continue
        name = entry.filename.replace("\\", "/").lower().lstrip("/")
        entries[name] = entry
        pieces = guard.watch(stream_entry(raw, entry), entry.compress_size)
        if "/worksheets/" in name and name.endswith(".xml"):
            scans[name] = scan_sheet(pieces)
        elif name.endswith(("workbook.xml", "workbook.xml.rels")):
            small[name] = _collect(pieces)
        else:
            for _ in pieces:
                pass
    return {sheet: scans.get(part, SheetScan()) for sheet, part in _sheet_parts(small)}


def _collect(pieces: Iterator[bytes]) -> bytes:
    content = b""
    for piece in pieces:
        content += piece
        if len(content) > _MAX_INDEX_BYTES:
            raise Refused(BROKEN)
    return content


def _sheet_parts(small: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """(sheet name, part name in lower case) from the workbook's index."""
    index = next(name for name in small if name.endswith("workbook.xml"))
    folder = posixpath.dirname(index)
    relations = small.get(f"{folder}/_rels/workbook.xml.rels".lstrip("/"), b"<none/>")
    try:
        targets = {
            node.get("Id", ""): node.get("Target", "").replace("\\", "/")
            for node in ElementTree.fromstring(relations)
        }
        nodes = [node for node in ElementTree.fromstring(small[index]).iter() if node.tag.endswith("}sheet")]
    except ElementTree.ParseError as error:
        raise Refused(BROKEN) from error
    for node in nodes:
        relation = next((value for key, value in node.attrib.items() if key.endswith("}id")), "")
        target = targets.get(relation, "")
        part = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
        )
        yield node.get("name", ""), part.lower()


def _check_extent(sheet: str, scan: SheetScan) -> None:
    """A stray cell far away makes calamine ask for all the cells between: refuse before it does."""
    if scan.last_row * scan.last_column > limits.MAX_DENSE_CELLS:
        raise Refused(
            f"工作表“{sheet}”的内容铺到了第 {scan.last_row} 行、第 {scan.last_column} 列,"
            "远处多半有误输的零星内容。请按 Ctrl+End 找到它,删掉数据以外的行和列,保存后再交。"
        )


def _read(path: Path, file: str, found: _Found) -> tuple[list[Grid], list[FileProblem]]:
    try:
        return _read_sheets(path, file, found)
    except PasswordError as error:
        raise refuse_encrypted() from error
    except (CalamineError, UnicodeError, OverflowError, ValueError) as error:
        raise Refused(_damaged(str(error))) from error
    except BaseException as error:
        # The Rust reader panics on some damaged files; the class is no Exception and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise Refused(_damaged("内部结构错乱")) from error


def _damaged(reason: str) -> str:
    return f"文件已损坏,读不出工作表。请用 WPS 或 Excel 打开,另存为 .xlsx 后再交。(读取程序说:{reason})"


def _read_sheets(path: Path, file: str, found: _Found) -> tuple[list[Grid], list[FileProblem]]:
    grids: list[Grid] = []
    problems: list[FileProblem] = []
    with _opened(path, found) as workbook:
        for index, meta in enumerate(workbook.sheets_metadata):
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            scan = found.of(meta.name, index)
            hidden = meta.visible != SheetVisibleEnum.Visible
            grid = _grid(workbook.get_sheet_by_name(meta.name), file, scan, hidden)
            if grid.rows:
                grids.append(grid)
            if scan.unplaced_errors:
                problems.append(FileProblem(file, _unplaced(meta.name, scan.unplaced_errors)))
    if not grids:
        problems.append(
            FileProblem(file, "工作簿是空白的,所有工作表都没有内容。请确认发来的是不是填好的那一份。")
        )
    return grids, problems


def _opened(path: Path, found: _Found) -> CalamineWorkbook:
    """from_path believes the extension, which lies; where it does not, the file need not be held in memory."""
    if path.suffix == ".xlsx" and found.is_xlsx:
        return CalamineWorkbook.from_path(path)
    with path.open("rb") as raw:
        return CalamineWorkbook.from_filelike(raw)


def _unplaced(sheet: str, count: int) -> str:
    return (
        f"工作表“{sheet}”有 {count} 个格子的公式出错,但文件没有写明位置。"
        "请用 Excel 打开,改好公式,另存后再交。"
    )


def _grid(sheet: CalamineSheet, file: str, scan: SheetScan, hidden: bool) -> Grid:
    # iter_rows fills up the rows above the first cell, but not the columns left of it.
    margin: list[object] = [""] * (sheet.start[1] if sheet.start else 0)
    # The same texts recur in most columns: one object for each keeps a large export within memory.
    rows = [margin + _shared(row) for row in sheet.iter_rows()]
    _put_errors(rows, scan)
    trim_rows(rows)
    pad_rows(rows)
    width = len(rows[0]) if rows else 0
    merged = (
        Range(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
    )
    return Grid(
        file=file,
        sheet=sheet.name,
        rows=rows,
        hidden_columns=frozenset(column for column in scan.hidden_columns if column < width),
        merged=ranges_within(merged, len(rows), width),
        is_hidden=hidden,
    )


def _shared(row: list[Any]) -> list[object]:
    """The row with one object for equal texts."""
    try:
        return list(map(intern, row))
    except TypeError:  # a row with numbers or dates
        return [intern(cell) if cell.__class__ is str else cell for cell in row]


def _put_errors(rows: list[list[object]], scan: SheetScan) -> None:
    for (row, column), text in scan.errors.items():
        if row >= limits.MAX_ROWS or column >= limits.MAX_COLUMNS:
            continue
        while len(rows) <= row:
            rows.append([])
        line = rows[row]
        line.extend([""] * (column + 1 - len(line)))
        line[column] = CellError(text)
