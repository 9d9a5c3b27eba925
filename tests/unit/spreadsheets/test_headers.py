"""Headers found among titles, in one row or two."""

from __future__ import annotations

import pytest

from bangfu.spreadsheets.grid import Grid, Range
from bangfu.spreadsheets.headers import header_candidates, normalise_header


def grid(rows: list[list[object]], *merged: Range) -> Grid:
    return Grid("a.xlsx", "Sheet1", rows, merged=merged)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("行政村文化（图书）室个数 （个）", "行政村文化(图书)室个数(个)"),
        ("姓  名", "姓名"),
        ("身份证号\n码:", "身份证号码"),
        ("致贫、返贫风险1", "致贫/返贫风险1"),
        ("*户编号", "户编号"),
        ("改造后面积（㎡）", "改造后面积(m2)"),
        ("“一站式”结算", "一站式结算"),
    ],
)
def test_spellings_that_are_the_same(written: str, same: str) -> None:
    assert normalise_header(written) == same


def test_header_below_titles_is_found() -> None:
    rows: list[list[object]] = [
        ["茶庵岭镇发放表", "", ""],
        ["填报单位:镇政府", "", "单位:元"],
        ["序号", "姓名", "金额"],
        [1.0, "张三", 300.0],
    ]
    assert [h.names for h in header_candidates(grid(rows)) if h.first == 2] == [["序号", "姓名", "金额"]]
    assert not [h for h in header_candidates(grid(rows)) if h.first == 3]


def test_two_rows_with_merged_groups() -> None:
    rows: list[list[object]] = [
        ["序号", "资金来源", "", "开工日期"],
        ["", "中央", "省级", ""],
        [1.0, 2.0, 3.0, "2023-01-01"],
    ]
    merged = (Range(0, 0, 1, 0), Range(0, 1, 0, 2), Range(0, 3, 1, 3))
    two = next(h for h in header_candidates(grid(rows, *merged)) if h.rows == 2)
    assert two.names == ["序号", "中央", "省级", "开工日期"]
    assert two.paths == ["序号", "资金来源/中央", "资金来源/省级", "开工日期"]


def test_two_rows_without_merge_information() -> None:
    rows: list[list[object]] = [["序号", "2022年", "", "2023年", ""], ["", "金额", "日期", "金额", "日期"]]
    two = next(h for h in header_candidates(grid(rows)) if h.rows == 2)
    assert two.paths == ["序号", "2022年/金额", "2022年/日期", "2023年/金额", "2023年/日期"]
    assert two.names == ["序号", "金额", "日期", "金额", "日期"]


def test_first_row_of_data_is_no_sub_header() -> None:
    rows: list[list[object]] = [["村", "姓名", "备注"], ["温泉村", "张三", ""], ["峡山村", "李四", ""]]
    assert [h.rows for h in header_candidates(grid(rows)) if h.first == 0] == [1]


def test_repeated_names_keep_their_places() -> None:
    rows: list[list[object]] = [["姓名", "金额", "金额"], ["张三", 1.0, 2.0]]
    assert header_candidates(grid(rows))[0].names == ["姓名", "金额", "金额"]
