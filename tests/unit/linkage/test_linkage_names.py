"""Agreement of written names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.linkage.names import agreement, name_key
from bangfu.linkage.variants import FOLD

names = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=4)


@pytest.mark.parametrize(
    ("left", "right", "how"),
    [
        ("侯峰洁", "侯峰洁", "equal"),
        ("侯 峰洁", "侯峰洁\u3000", "equal"),
        ("侯峰洁(户主)", "侯峰洁", "equal"),
        ("买买提·艾合买提", "买买提•艾合买提", "equal"),
        ("买买提.艾合买提", "买买提艾合买提", "equal"),
        ("買買提", "买买提", "sound"),
        ("陳國華", "陈国华", "equal"),
        ("侯峰洁", "侯峰杰", "sound"),
        ("毛海琳", "毛海林", "sound"),
        ("李喆", "李哲", "sound"),
        ("李建国", "李建军", "one_character"),
        ("欧阳春", "欧阳春梅", "inserted"),
        ("李国", "李建国", "inserted"),
        ("李", "李国", None),
        ("李*国", "李建国", "masked"),
        ("李**", "李建国", "masked"),
        ("***", "李建国", None),
        ("王瑶琳", "买买提·艾合买提", None),
        ("李建国", "王建军", None),
        ("", "", None),
    ],
)
def test_agreement(left: str, right: str, how: str | None) -> None:
    assert agreement(name_key(left), name_key(right)) == how
    assert agreement(name_key(right), name_key(left)) == how


@given(names, names)
def test_agreement_is_symmetric(left: str, right: str) -> None:
    assert agreement(name_key(left), name_key(right)) == agreement(name_key(right), name_key(left))


@given(names)
def test_key_is_stable(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


def test_no_character_folds_twice() -> None:
    assert not set(FOLD) & {ord(c) for c in FOLD.values()}
