"""Rows that go straight into a sheet's file say what XlsxWriter would have said of them."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl

from bangfu.spreadsheets.look import Look
from bangfu.spreadsheets.write import Column, Link, open_book, write_table

COLUMNS: list[Column] = [
    ("序号", 6, "count"),
    ("文字", 12, "text"),
    ("备注", 10, "wrap"),
    ("号码", 20, "id"),
    ("金额", 12, "money"),
    ("日期", 12, "date"),
]
ROWS: list[list[object]] = [
    [1, "普通", "短", "429999197408204314", Decimal("1234.50"), date(2023, 3, 1)],
    [2, "甲&乙<丙>\"丁\"'戊'", "很长的备注" * 9, 429999197408204.0, 12.5, date(1900, 2, 28)],
    [3, " 前后有空格 ", "两\n行", 0, -7, date(1899, 1, 1)],
    [4, "_x0041_ 和 \x01 和 \r 和 \ud800", None, "", 0.1 + 0.2, date(1900, 3, 1)],
    [5, "=1+1", True, False, 10**17, datetime(2023, 3, 1, 8, 30)],
    [6, "长" * 40_000, "", None, float("inf"), time(8, 30)],
    [7, Link("去", "表", "A1"), "𠮷\t\u3000", "x", None, None],
    [8, "普通", "短", "普通", 1, None],
]


TOTAL = [None, "合计", None, None, 9, None]
BY_CELLS = Look(total=TOTAL, tints={"没有这样的文字": "#C00000"})
"""What stands out in colour is written cell by cell."""


def cells(path: Path, look: Look) -> list[object]:
    with open_book(path, constant_memory=True) as book:
        write_table(book, "表", COLUMNS, ROWS, title="标题", note="说明", look=look)
    sheet = openpyxl.load_workbook(path)["表"]
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    told = [
        (cell.coordinate, cell.value, cell.data_type, cell.number_format, cell.border.top.style)
        for row in sheet.iter_rows()
        for cell in row
    ]
    return [*heights, sheet.dimensions, sheet.auto_filter.ref, *told]


def test_every_kind_of_value_reads_the_same_as_cell_by_cell(tmp_path: Path) -> None:
    streamed = cells(tmp_path / "streamed.xlsx", Look(total=TOTAL))
    assert streamed == cells(tmp_path / "cells.xlsx", BY_CELLS)


def test_rows_may_begin_at_the_top_and_be_mixed(tmp_path: Path) -> None:
    path, rows = tmp_path / "a.xlsx", [["甲", 1], [Link("乙", "表", "A1"), 2], ["丙", 3], ["丁", 4]]
    with open_book(path, constant_memory=True) as book:
        write_table(book, "表", [("名", 8, "text"), ("数", 8, "count")], rows)
    sheet = openpyxl.load_workbook(path)["表"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["名", "数"],
        ["甲", 1],
        ["乙", 2],
        ["丙", 3],
        ["丁", 4],
    ]
