"""Tables written to .xlsx."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from bangfu.spreadsheets import write
from bangfu.spreadsheets.write import Column, Link, open_book, sheet_name, write_table

COLUMNS: list[Column] = [
    ("姓名", 10, "text"),
    ("身份证号", 20, "id"),
    ("金额(元)", 12, "money"),
    ("日期", 12, "date"),
]


def written(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize("constant_memory", [False, True])
def test_table_with_title_header_and_print_setup(tmp_path: Path, constant_memory: bool) -> None:
    path = tmp_path / "a.xlsx"
    rows = [["张三", 429999197408204, 12.5, date(2023, 3, 1)], ["李四", "429999197408204314", None, "待定"]]
    with open_book(path, constant_memory=constant_memory) as book:
        assert write_table(book, "发放表", COLUMNS, rows, title="茶庵岭镇发放表") == ["发放表"]
    sheet = written(path)["发放表"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1)] == [
        ["茶庵岭镇发放表", None, None, None],
        ["姓名", "身份证号", "金额(元)", "日期"],
        ["张三", "429999197408204", 12.5, datetime(2023, 3, 1)],
        ["李四", "429999197408204314", None, "待定"],
    ]
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:D4"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$2:$2"
    assert sheet["A3"].font.name == "宋体"


@pytest.mark.parametrize("text", ["=cmd|'/C calc'!A0", "+1", "-2+3", "@SUM(1)", "http://a.invalid", "{=1}"])
def test_no_text_becomes_a_formula_or_a_link(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    with open_book(path) as book:
        write_table(book, "表", [("甲", 10, "text"), ("乙", 10, "money")], [[text, text]], title=text)
    for cell in (written(path)["表"]["A1"], *written(path)["表"][3]):
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_rows_beyond_a_sheet_go_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "MAX_ROWS", 3)
    path = tmp_path / "a.xlsx"
    with open_book(path, constant_memory=True) as book:
        names = write_table(book, "名单", [("甲", 5, "text")], ([str(n)] for n in range(5)))
    assert names == ["名单", "名单(2)", "名单(3)"]
    assert [written(path)[name].max_row for name in names] == [3, 3, 2]


def test_links_long_texts_and_control_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with open_book(path) as book:
        columns: list[Column] = [("甲", 5, "text"), ("乙", 5, "text"), ("丙", 5, "text")]
        write_table(book, "甲's", columns, [[Link("B2", "甲's", "B2"), "长" * 40_000, "a\x01b"]])
    first, second, third = written(path)["甲's"][2]
    assert first.hyperlink is not None
    assert first.hyperlink.location == "'甲''s'!B2"
    assert len(second.value) == 32_767
    assert second.value.endswith("已截断)")
    assert third.value == "ab"


def test_nothing_is_left_of_a_workbook_that_failed(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with pytest.raises(ValueError, match="zip"), open_book(path) as book:
        write_table(book, "表", COLUMNS, [["少一栏"]])
    assert not path.exists()


def test_sheet_names_are_accepted_and_distinct() -> None:
    taken: set[str] = set()
    assert sheet_name("产业/奖补[2023]:*", taken) == "产业_奖补_2023___"
    assert sheet_name("", taken) == "表"
    assert sheet_name("村" * 40, taken) == "村" * 31
    assert sheet_name("村" * 40, taken) == "村" * 28 + "(2)"
    assert sheet_name("Sheet", taken) == "Sheet"
    assert sheet_name("SHEET", taken) == "SHEET(2)"
    assert sheet_name("History", taken) == "History(2)"
