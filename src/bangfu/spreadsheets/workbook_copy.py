"""Marks in a copy of the sender's own workbook, through openpyxl."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from bangfu.spreadsheets.cell_problem import CellProblem, Places, places_by_sheet
from bangfu.spreadsheets.rebuild import LIST_COLUMNS, LIST_NAME, MAX_COMMENTS, is_active_text
from bangfu.spreadsheets.texts import clean_text
from bangfu.spreadsheets.write import sheet_name

_FILL = PatternFill("solid", fgColor="FFFF00")
_HEAD_FILL = PatternFill("solid", fgColor="DDEBF7")
_AUTHOR = "帮扶"
_LINK_FONT = Font(color="0563C1", underline="single")


class CopyFailed(Exception):
    """openpyxl cannot load or save this workbook."""


def mark_workbook(path: Path, problems: Sequence[CellProblem], out_path: Path) -> None:
    """Save a marked copy without macros; raises CopyFailed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl names every extension that it drops
            with path.open("rb") as raw:
                workbook = load_workbook(raw)
            _mark(workbook, problems)
            workbook.save(out_path)
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        InvalidFileException,
        zipfile.BadZipFile,
        ElementTree.ParseError,
    ) as error:
        raise CopyFailed(str(error)) from error


def _mark(workbook: Workbook, problems: Sequence[CellProblem]) -> None:
    places = places_by_sheet(problems)
    for sheet in workbook.worksheets:
        _guard_texts(sheet)
        _mark_sheet(sheet, places.get(sheet.title, {}))
    _add_list(workbook, problems)
    if workbook.calculation is not None:
        workbook.calculation.fullCalcOnLoad = True


def _guard_texts(sheet: Worksheet) -> None:
    """A text that reads as a formula stays one even when someone edits the cell."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "s" and is_active_text(cell.value):
                cell.quotePrefix = True


def _mark_sheet(sheet: Worksheet, places: Places) -> None:
    for number, ((row, column), text) in enumerate(places.items()):
        cell = sheet.cell(row, column)
        if isinstance(cell, MergedCell):
            cell = sheet.cell(*_corner(sheet, row, column))
        if isinstance(cell, MergedCell):
            continue
        cell.fill = _FILL
        if number < MAX_COMMENTS:
            own = f"{cell.comment.text}\n\n" if cell.comment else ""
            cell.comment = Comment(clean_text(own + text), _AUTHOR, height=120, width=320)


def _corner(sheet: Worksheet, row: int, column: int) -> tuple[int, int]:
    """The visible cell of the merged range that hides this one."""
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            return merged.min_row, merged.min_col
    return row, column


def _add_list(workbook: Workbook, problems: Sequence[CellProblem]) -> None:
    titles = {title.casefold() for title in workbook.sheetnames}
    sheet = workbook.create_sheet(sheet_name(LIST_NAME, titles), 0)
    for other in workbook.worksheets:
        # Two selected sheets are a group: what the clerk types goes into both.
        other.sheet_view.tabSelected = other is sheet
    workbook.active = 0
    for column, (title, width, _) in enumerate(LIST_COLUMNS, 1):
        head = sheet.cell(1, column, title)
        head.font, head.fill = Font(bold=True), _HEAD_FILL
        sheet.column_dimensions[head.column_letter].width = width
    known = set(workbook.sheetnames)
    for number, problem in enumerate(problems, 1):
        texts = (str(number), problem.sheet, problem.cell, problem.found, problem.expected, problem.advice)
        for column, text in enumerate(texts, 1):
            _put_text(sheet.cell(number + 1, column), text)
        if problem.sheet in known:
            _link(sheet.cell(number + 1, 3), problem)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:F{len(problems) + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.print_title_rows = "1:1"


def _put_text(cell: Cell | MergedCell, text: str) -> None:
    if isinstance(cell, MergedCell):
        return
    cell.value = clean_text(text)
    cell.data_type = "s"  # openpyxl takes a leading = for a formula
    cell.quotePrefix = is_active_text(text)
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def _link(cell: Cell | MergedCell, problem: CellProblem) -> None:
    if isinstance(cell, Cell):
        target = "'" + problem.sheet.replace("'", "''") + "'!" + problem.cell
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
        cell.font = _LINK_FONT
