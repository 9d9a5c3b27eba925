"""A workbook built from grids: the marked copy of files that cannot be copied as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter.exceptions import OverlappingRange

from bangfu.spreadsheets.cell_problem import CellProblem, Places, places_by_sheet
from bangfu.spreadsheets.headers import header_candidates
from bangfu.spreadsheets.sheet import CellError, Grid, is_blank
from bangfu.spreadsheets.texts import clean_text
from bangfu.spreadsheets.write import (
    Book,
    Column,
    Link,
    open_book,
    sheet_name,
    write_cell,
    write_table,
)

LIST_NAME = "问题清单"
LIST_COLUMNS: tuple[Column, ...] = (
    ("序号", 6, "text"),
    ("工作表", 16, "text"),
    ("单元格", 10, "text"),
    ("发现", 28, "wrap"),
    ("应为", 28, "wrap"),
    ("处理", 40, "wrap"),
)
# A comment is a drawing: beyond some thousands Excel crawls. All cells are coloured and all are in the list.
MAX_COMMENTS = 10_000
_YELLOW = "#FFFF00"


def is_active_text(value: object) -> bool:
    """True for a text that a spreadsheet would run as a formula if it were typed in."""
    return isinstance(value, str) and value[:1] in ("=", "+", "-", "@")


def rebuild(grids: Sequence[Grid], problems: Sequence[CellProblem], out_path: Path) -> None:
    """All cells of the grids at their places, the faulty ones marked, behind a list of the problems."""
    taken = {LIST_NAME}
    names = {grid.sheet: sheet_name(grid.sheet, taken) for grid in grids}
    places = places_by_sheet(problems)
    with open_book(out_path) as book:
        write_table(book, LIST_NAME, LIST_COLUMNS, _list_rows(problems, names))
        for grid in grids:
            sheet = book.workbook.add_worksheet(names[grid.sheet])
            if grid.is_hidden:
                sheet.hide()
            marks = places.get(grid.sheet, {})
            _write_grid(book, sheet, grid, marks)
            _comment(sheet, marks)


def _list_rows(problems: Sequence[CellProblem], names: dict[str, str]) -> Iterator[tuple[object, ...]]:
    for number, problem in enumerate(problems, 1):
        name = names.get(problem.sheet)
        place: object = Link(problem.cell, name, problem.cell) if name else problem.cell
        yield number, problem.sheet, place, problem.found, problem.expected, problem.advice


def _write_grid(book: Book, sheet: Any, grid: Grid, marks: Places) -> None:
    top, left = grid.first_row - 1, grid.first_column - 1
    for column in grid.hidden_columns:
        sheet.set_column(column + left, column + left, None, None, {"hidden": True})
    for merged in grid.merged:
        try:
            sheet.merge_range(
                merged.top + top, merged.left + left, merged.bottom + top, merged.right + left, ""
            )
        except OverlappingRange:
            continue  # web pages may say so; Excel refuses to open such a file
    for index, row in enumerate(grid.rows):
        for column, value in enumerate(row):
            colour = {"bg_color": _YELLOW} if (index + top + 1, column + left + 1) in marks else {}
            if colour or not is_blank(value):
                write_cell(sheet, index + top, column + left, value, _format(book, value, colour))


def _format(book: Book, value: object, more: dict[str, Any]) -> Any:
    if isinstance(value, str):
        return book.format("text", **more)
    if isinstance(value, CellError):
        return book.format("", font_color="#C00000", **more)
    kinds = {
        "date": "yyyy-mm-dd",
        "datetime": "yyyy-mm-dd hh:mm:ss",
        "time": "hh:mm:ss",
        "timedelta": "[h]:mm:ss",
    }
    pattern = kinds.get(type(value).__name__)
    return book.format("", **({"num_format": pattern} if pattern else {}), **more)


def _comment(sheet: Any, marks: Places) -> None:
    for number, ((row, column), text) in enumerate(marks.items()):
        if number >= MAX_COMMENTS:
            return
        sheet.write_comment(
            row - 1, column - 1, clean_text(text), {"author": "帮扶", "x_scale": 2, "y_scale": 1.5}
        )


def write_faulty_rows(grids: Sequence[Grid], problems: Sequence[CellProblem], out_path: Path) -> None:
    """Only the faulty rows, below the header, each with the number it has in the sender's file."""
    places = places_by_sheet(problems)
    with open_book(out_path, constant_memory=True) as book:
        write_table(book, LIST_NAME, LIST_COLUMNS, _list_rows(problems, {}))
        for grid in grids:
            if places.get(grid.sheet):
                _write_rows(book, grid, places[grid.sheet])


def _write_rows(book: Book, grid: Grid, marks: Places) -> None:
    sheet = book.add_sheet(grid.sheet)
    candidates = header_candidates(grid)
    header_end = max((h.first + h.rows for h in candidates[:1]), default=1)
    wanted = {row - grid.first_row for row, _ in marks}
    shown = [i for i in range(len(grid.rows)) if i < header_end or i in wanted]
    moved: dict[tuple[int, int], str] = {}
    sheet.write_string(0, 0, "原行号", book.format("text", bold=True))
    for target, index in enumerate(shown, 1):
        sheet.write_number(target, 0, index + grid.first_row, book.format("integer"))
        for column, value in enumerate(grid.rows[index]):
            place = (index + grid.first_row, column + grid.first_column)
            if place in marks:
                moved[target + 1, column + 2] = marks[place]
            colour = {"bg_color": _YELLOW} if place in marks else {}
            if colour or not is_blank(value):
                write_cell(sheet, target, column + 1, value, _format(book, value, colour))
    sheet.freeze_panes(header_end + 1, 1)
    _comment(sheet, moved)
