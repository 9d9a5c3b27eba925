"""A superior's form: cells filled in place, totals checked, and what changed since the last one sent."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from tests.unit.documents.word_texts import resolve

from bangfu.documents.fields import FieldValue
from bangfu.documents.forms import compare_forms, fill_form, form_references
from bangfu.terms.errors import UserError


def form(rows: list[list[object]], *, merged: tuple[str, ...] = (), typed: tuple[str, ...] = ()) -> bytes:
    """A workbook of one sheet; `typed` cells hold their text though it begins with =."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表1"
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    for cell in typed:
        sheet[cell].data_type = "s"
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def sheet_of(content: bytes) -> Any:
    return load_workbook(BytesIO(content)).active


def messages(content: bytes) -> list[str]:
    return [one.message for one in fill_form(content, resolve).imbalances]


def test_whole_cells_become_numbers_and_texts_within_text() -> None:
    made = fill_form(
        form(
            [
                ["户数", "{{poor_households}}"],
                ["说明", "共{{poor_persons|人}}，奖补{{award_amount@2019|万元}}"],
                ["万元", "{{award_amount@2019|万元}}"],
            ]
        ),
        resolve,
    )
    sheet = sheet_of(made.content)
    assert [sheet["B1"].value, sheet["B2"].value, sheet["B3"].value] == [
        824,
        "共3299人，奖补66.05万元",
        66.05,
    ]
    assert [(use.cell, use.reference) for use in made.uses] == [
        ("B1", "poor_households"),
        ("B2", "award_amount@2019"),
        ("B2", "poor_persons"),
        ("B3", "award_amount@2019"),
    ]


def test_a_name_typed_as_text_after_an_equals_sign_is_filled_and_formulas_stay() -> None:
    made = fill_form(form([["=poor_households", "=SUM(A1:A1)"]], typed=("A1",)), resolve)
    sheet = sheet_of(made.content)
    assert [sheet["A1"].value, sheet["B1"].value] == [824, "=SUM(A1:A1)"]


def test_formats_and_merged_cells_are_kept() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "{{poor_households}}"
    sheet["A1"].font, sheet["A1"].number_format = Font(name="仿宋", size=14, bold=True), "#,##0"
    sheet.merge_cells("A1:C1")
    sheet.row_dimensions[1].height = 33
    kept = BytesIO()
    book.save(kept)
    made = sheet_of(fill_form(kept.getvalue(), resolve).content)
    assert (made["A1"].font.name, made["A1"].font.bold, made["A1"].number_format) == ("仿宋", True, "#,##0")
    assert [str(area) for area in made.merged_cells.ranges] == ["A1:C1"]
    assert made.row_dimensions[1].height == 33


def test_a_reference_takes_the_words_of_its_row_and_column() -> None:
    rows: list[list[object]] = [
        ["单位", "户数"],
        ["罗峰村", "{{poor_households[村=<A>]}}"],
        ["金峰村", "{{poor_households[村=<A3>]}}"],
    ]
    made = fill_form(form(rows), resolve)
    assert [sheet_of(made.content)[cell].value for cell in ("B2", "B3")] == [80, 75]
    assert form_references(form(rows)) == ("poor_households[村=罗峰村]", "poor_households[村=金峰村]")


def test_the_head_of_a_column_and_the_words_of_the_document_can_be_named() -> None:
    asked: list[str] = []

    def note(reference: str) -> FieldValue:
        asked.append(reference)
        return FieldValue("", 1)

    rows: list[list[object]] = [
        [None, 2018],
        ["户数", "{{poor_households@<1>}}"],
        ["上年", "{{poor_households@<上年>}}"],
    ]
    fill_form(form(rows), note, words={"上年": 2019})
    assert asked == ["poor_households@2018", "poor_households@2019"]


def test_a_figure_that_is_not_known_says_so_and_is_listed() -> None:
    made = fill_form(form([["{{unknown_yet}}"]]), resolve)
    assert sheet_of(made.content)["A1"].value == "（未统计）"
    assert [use.cell for use in made.blanks] == ["A1"]


def test_everything_unknown_is_told_at_once_with_its_cell() -> None:
    content = form([["{{poor_househods}}", "{{x"], ["{{poor_households[村=<C>]}}", "{%循环 各村%}"]])
    with pytest.raises(UserError) as told:
        fill_form(content, resolve, name="报表.xlsx")
    lines = str(told.value).split("\n")
    assert lines[0] == "报表“报表.xlsx”有 4 处写得不对："
    assert [line.strip().partition("：")[0] for line in lines[1:]] == ["表1!A1", "表1!B1", "表1!A2", "表1!B2"]
    assert "<C> 指的单元格 C2 是空的" in lines[3]


def test_an_old_workbook_is_refused_with_advice() -> None:
    with pytest.raises(UserError, match=r"另存为 \.xlsx"):
        fill_form(b"\xd0\xcf\x11\xe0", resolve)


# -- balances ----------------------------------------------------------------------------------------

HEAD: list[object] = ["序号", "村", "户数", "人数", "占比"]


def test_totals_that_are_the_sums_of_their_parts_are_silent() -> None:
    rows = [HEAD, [1, "甲村", 80, 300, 0.5], [2, "乙村", 75, 290, 0.5], [None, "合计", 155, 590, 1]]
    assert messages(form(rows)) == []


def test_a_total_row_that_is_not_is_told_with_its_cells() -> None:
    rows = [HEAD, [1, "甲村", 80, 300, 0.5], [2, "乙村", 75, 290, 0.5], [None, "合计", 156, 590, 0.9]]
    assert messages(form(rows)) == ["表1!C4（合计 · 户数）是 156，而 C2+C3 等于 155，相差 1"]


def test_a_total_row_that_comes_first_has_its_parts_below() -> None:
    rows = [HEAD, [None, "全镇合计", 155, 591, None], [1, "甲村", 80, 300, None], [2, "乙村", 75, 290, None]]
    assert messages(form(rows)) == ["表1!D2（全镇合计 · 人数）是 591，而 D3+D4 等于 590，相差 1"]


def test_subtotals_are_checked_and_not_counted_twice() -> None:
    rows = [
        ["村", "户数"],
        ["甲村", 1],
        ["乙村", 2],
        ["小计", 3],
        ["丙村", 4],
        ["丁村", 5],
        ["小计", 8],
        ["合计", 12],
    ]
    assert messages(form(rows)) == ["表1!B7（小计 · 户数）是 8，而 B5+B6 等于 9，相差 1"]


def test_rows_that_are_part_of_others_are_left_out() -> None:
    rows = [["项目", "户数"], ["合计", 10], ["脱贫户", 8], ["其中：监测户", 3], ["一般户", 2]]
    assert messages(form(rows)) == []


def test_a_total_column_is_the_sum_of_the_columns_under_its_head() -> None:
    rows = [
        ["村", "户数", "补助资金", None, None],
        [None, None, "合计", "春季", "秋季"],
        ["甲村", 9, 30, 10, 21],
    ]
    assert messages(form(rows, merged=("C1:E1", "A1:A2", "B1:B2"))) == [
        "表1!C3（甲村 · 补助资金/合计）是 30，而 D3+E3 等于 31，相差 1"
    ]


def test_a_formula_counts_as_what_it_adds_up() -> None:
    rows = [
        ["村", "合计", "春季", "秋季"],
        ["甲村", "=C2+D2", 1, 2],
        ["乙村", "=SUM(C3:D3)", 3, 4],
        ["合计", 11, "=SUM(C2:C3)", 6],
    ]
    assert messages(form(rows)) == [
        "表1!B4（合计 · 合计）是 11，而 B2+B3 等于 10，相差 1",
        "表1!B4（合计 · 合计）是 11，而 C4+D4 等于 10，相差 1",
    ]


def test_a_difference_that_rounding_explains_says_so() -> None:
    rows = [["项目", "万元"], ["甲", 8.52], ["乙", 38.92], ["丙", 18.6], ["合计", 66.05]]
    [found] = fill_form(form(rows), resolve).imbalances
    assert found.is_rounding
    assert "四舍五入的尾差" in found.message


def test_years_and_column_numbers_in_heads_are_no_figures() -> None:
    rows: list[list[object]] = [
        ["村", 2018, 2019, 2020],
        [1, 2, 3, 4],
        ["甲村", 5, 6, 7],
        ["乙村", 1, 1, 1],
        ["合计", 6, 7, 8],
    ]
    assert messages(form(rows)) == []


# -- the last one sent -------------------------------------------------------------------------------


def changed(
    before: list[list[object]], after: list[list[object]]
) -> Mapping[str, tuple[str, str, Decimal | None]]:
    return {
        one.cell: (one.before, one.after, one.difference) for one in compare_forms(form(before), form(after))
    }


def test_cells_with_other_values_are_listed_with_both() -> None:
    before: list[list[object]] = [["村", "户数"], ["甲村", 80], ["乙村", 75], ["合计", "=SUM(B2:B3)"]]
    after: list[list[object]] = [
        ["村", "户数"],
        ["甲村", 81],
        ["乙村", 75.0],
        ["合计", "=SUM(B2:B3)"],
        ["备注", "新"],
    ]
    assert changed(before, after) == {
        "B2": ("80", "81", Decimal(1)),
        "B4": ("155", "156", Decimal(1)),
        "A5": ("", "备注", None),
        "B5": ("", "新", None),
    }


def test_a_change_is_named_by_its_row_and_column() -> None:
    [found] = compare_forms(form([["村", "户数"], ["甲村", 80]]), form([["村", "户数"], ["甲村", 79]]))
    assert (found.what, found.difference) == ("甲村 · 户数", Decimal(-1))


def test_equal_forms_have_no_changes() -> None:
    rows: list[list[object]] = [["村", "户数"], ["甲村", 80], ["合计", "=B2*1"]]
    assert changed(rows, rows) == {}
