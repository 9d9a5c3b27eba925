"""How figures are written: units, money, decimals, Chinese numerals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bangfu.documents.fields.formats import show_cell
from bangfu.documents.fields.numerals import chinese_number
from bangfu.documents.fields.tags import read_field
from bangfu.documents.fields.values import Cell, FieldValue, plain_number

MONEY = FieldValue("", Decimal("660480.5"), "元")


def shown(cell: Cell, formats: str) -> str:
    return show_cell(cell, read_field(f"x|{formats}" if formats else "x").formats).shown


@pytest.mark.parametrize(
    ("cell", "formats", "text"),
    [
        (MONEY, "", "660480.5"),
        (MONEY, "元", "660480.5元"),
        (MONEY, "元(2)", "660480.50元"),
        (MONEY, "万元", "66.05万元"),
        (MONEY, "万元(全)", "66.04805万元"),
        (MONEY, "万元(4)", "66.0481万元"),
        (MONEY, "万元(0)", "66万元"),
        (MONEY, "万元|数", "66.05"),
        (MONEY, "元|千分位", "660,480.5元"),
        (FieldValue("", 680_000, "元"), "万元", "68万元"),
        (FieldValue("", 680_000, "元"), "万元(2)", "68.00万元"),
        (FieldValue("", Decimal("50"), "元"), "万元", "0.01万元"),
        (FieldValue("", 230_000_000, "元"), "亿元", "2.3亿元"),
        (FieldValue("", Decimal("300"), "元/月"), "元", "300元/月"),
        (FieldValue("", Decimal("-12500"), "元"), "万元", "-1.25万元"),
        (FieldValue("", 1234567, "人次"), "人次|千分位", "1,234,567人次"),
        (FieldValue("", Decimal("7209.90"), "亩"), "亩", "7209.9亩"),
        (FieldValue("", Decimal("0.125"), ""), "百分比", "12.5%"),
        (FieldValue("", Decimal("0.125"), ""), "百分比(0)", "13%"),
        (FieldValue("", 4, "个"), "汉字", "四"),
        (FieldValue("", Decimal("1535.5"), "元/月"), "小数(0)", "1536"),
        (FieldValue("", None, "元"), "万元", "（未统计）"),
        (FieldValue("", None, "户"), "户", "（未统计）"),
        (None, "", "（未统计）"),
        ("", "", ""),
        (True, "", "是"),
        (date(2020, 4, 2), "", "2020年4月2日"),
        (date(2020, 4, 2), "年月", "2020年4月"),
        ([{"村名": "甲村"}, {"村名": "乙村"}], "个数", "2"),
        ([{"村名": "甲村"}, {"村名": "乙村"}], "个数|汉字", "二"),
        ([{"村名": "甲村"}, {"村名": "乙村"}], "连写(村名)", "甲村、乙村"),
    ],
)
def test_formats(cell: Cell, formats: str, text: str) -> None:
    assert shown(cell, formats) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (4, "四"),
        (10, "十"),
        (12, "十二"),
        (110, "一百一十"),
        (205, "二百零五"),
        (1005, "一千零五"),
        (10_000, "一万"),
        (10_005, "一万零五"),
        (100_500, "十万零五百"),
        (1_010_000, "一百零一万"),
        (100_000_001, "一亿零一"),
        (100_010_000, "一亿零一万"),
    ],
)
def test_numbers_in_chinese(number: int, text: str) -> None:
    assert chinese_number(number) == text


@given(some.integers(0, 10**15))
def test_every_number_in_chinese_can_be_read_back(number: int) -> None:
    assert _read(chinese_number(number)) == number


@given(some.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_plain_numbers_have_no_exponent_and_lose_nothing(number: Decimal) -> None:
    text = plain_number(number)
    assert Decimal(text) == number
    assert "E" not in text
    assert "," not in text


def _read(text: str) -> int:
    """An independent reading, sign by sign."""
    total, group, digit = 0, 0, 0
    for sign in text:
        if sign in "零一二三四五六七八九":
            digit = "零一二三四五六七八九".index(sign)
        elif sign in "十百千":
            group += (digit or (sign == "十")) * 10 ** ("十百千".index(sign) + 1)
            digit = 0
        elif sign == "万":
            total += (group + digit) * 10_000
            group = digit = 0
        else:
            total = (total + group + digit) * 100_000_000
            group = digit = 0
    return total + group + digit
