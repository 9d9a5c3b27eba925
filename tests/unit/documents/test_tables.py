from __future__ import annotations

from bangfu.documents.files.source import pasted
from bangfu.documents.reading.read import read_text
from bangfu.documents.verification import verify

TABLE = "单位:万元\n村名\t户数(户)\t奖补资金\t备注\n甲村\t12\t3.5\t无\n乙村\t20\t6.25\t2户未付\n合计\t{}\t9.75\t\n"


def test_figures_of_a_table_take_their_unit_from_the_head() -> None:
    quantities = [one for one in read_text(TABLE.format(32)).quantities if one.text != "2户"]
    assert [(one.text, one.base_value, one.base_unit, one.subject) for one in quantities] == [
        ("12", 12, "户", "户数"),
        ("3.5", 35000, "元", "奖补资金"),
        ("20", 20, "户", "户数"),
        ("6.25", 62500, "元", "奖补资金"),
        ("32", 32, "户", "户数"),
        ("9.75", 97500, "元", "奖补资金"),
    ]


def test_the_row_of_totals_is_the_sum_of_its_column() -> None:
    assert [one.holds for one in verify(pasted(TABLE.format(32))).relations] == [True, True]
    (doubt,) = verify(pasted(TABLE.format(23))).doubts
    assert (doubt.relation.kind, doubt.quantity.text) == ("sum", "23")
    assert "相邻两个数字写颠倒了" in doubt.relation.cause


def test_numbers_without_a_unit_in_the_head_are_no_quantities() -> None:
    assert read_text("序号\t编号\n1\t1001\n2\t1002\n").quantities == ()
