"""No text makes the reader fail, and whatever it says points into the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.documents.files.source import Source
from bangfu.documents.highlights import highlights
from bangfu.documents.verification import verify

WORDS = st.sampled_from(
    [
        *"0123456789.,、;。:()%一二三十百千万亿余多近约/ \t\n",
        "共",
        "其中",
        "占",
        "比上年",
        "增长",
        "户均",
        "每人每月",
        "合计",
        "户",
        "人",
        "万元",
        "元",
        "个",
        "年",
        "由",
        "到",
        "减少",
        "未",
        "还剩",
        "分别",
        "其余",
        "百分之",
        "几",
        "半",
        "三分之一",
        "一倍",
        "七成",
        "去年",
        "率",
        "表\t",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60).map("".join))
def test_any_row_of_words_is_read(text: str) -> None:
    found = verify(Source("任意", "pasted", text))
    quantities = found.reading.quantities
    assert all(text[one.start : one.end] == one.text for one in quantities)
    assert all(
        0 <= index < len(quantities) for one in found.relations for index in (*one.members, one.stated)
    )
    assert "".join(piece.text for piece in highlights(found)) == text


@pytest.mark.parametrize("share", ["三分之一", "三分之二", "七分之三"])
def test_a_share_that_no_decimal_ends_is_said_beside_what_it_should_be(share: str) -> None:
    found = verify(Source("任意", "pasted", f"去年收入800元,今年1480元,增长{share}。"))
    (doubt,) = (one for one in found.relations if one.holds is False)
    assert "85%" in doubt.explanation
    assert share in doubt.explanation
