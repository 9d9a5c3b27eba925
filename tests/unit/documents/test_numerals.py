from __future__ import annotations

from decimal import Decimal

import pytest

from bangfu.documents.reading.numerals import chinese_value, numeral_at


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一百五", 150),
        ("两千三", 2300),
        ("一万二", 12000),
        ("一千二百三十六", 1236),
        ("三万五千", 35000),
        ("一亿二千万", 120_000_000),
    ],
)
def test_chinese_numerals_have_their_value(word: str, value: int) -> None:
    assert chinese_value(word) == value


@pytest.mark.parametrize("word", ["二〇二〇", "百", "一二三"])
def test_a_row_of_digits_or_a_bare_scale_is_no_numeral(word: str) -> None:
    assert chinese_value(word) is None


@pytest.mark.parametrize(
    ("text", "amount", "approx"),
    [
        ("1,235人", 1235, ""),
        ("51.65万元", Decimal("516500"), ""),
        ("3万5千元", 35000, ""),
        ("1亿2000万元", 120_000_000, ""),
        ("800余万元", 8_000_000, "余"),
        ("十余个", 10, "余"),
        ("三百多户", 300, "多"),
        ("几十万元", 100_000, "几"),
        ("上千人", 1000, "以上"),
        ("三四十人", 30, "几"),
        ("三点五公里", Decimal("3.5"), ""),
    ],
)
def test_a_numeral_is_read_whole(text: str, amount: Decimal, approx: str) -> None:
    numeral = numeral_at(text, 0)
    assert numeral is not None
    assert (numeral.amount, numeral.approx) == (amount, approx)


def test_the_thousand_of_a_unit_is_no_scale() -> None:
    numeral = numeral_at("60千瓦", 0)
    assert numeral is not None
    assert (numeral.amount, numeral.end) == (60, 2)
