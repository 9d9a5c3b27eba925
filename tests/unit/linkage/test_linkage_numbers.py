"""What can be done with the number of a list's row."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.linkage.numbers import core_of, is_credit_code, may_have_become, one_slip_apart, read_number

NUMBER = "429999198702222374"
digits = st.text("0123456789", min_size=18, max_size=18)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (NUMBER, "whole"),
        ("42999919580112179414", "whole"),
        ("429999870222237", "whole"),
        ("42999919870222237", "slipped"),
        ("4299991987022223745", "slipped"),
        ("429999********2374", "masked"),
        ("429999********", "vague"),
        ("4.29999E+17", "vague"),
        (4.29999198702222e17, "cut"),
        ("4.29999198702222E+17", "cut"),
        ("93429999MA45707742", "alien"),
        ("12", "alien"),
        ("", "none"),
        ("无", "none"),
        (None, "none"),
    ],
)
def test_kind(value: Any, kind: str) -> None:
    assert read_number(value).kind == kind


def test_masked_disability_certificate_shows_ends_of_its_id_number() -> None:
    number = read_number("429999********179414")
    assert number.kind == "masked"
    assert number.fits(core_of("42999919580112179414"))


@given(digits, st.integers(0, 17), st.integers(0, 9))
def test_single_slips_are_recognised(number: str, place: int, digit: int) -> None:
    wrong = number[:place] + str(digit) + number[place + 1 :]
    assert one_slip_apart(number, wrong) is (number != wrong)
    assert one_slip_apart(number, number[:place] + number[place + 1 :])
    assert one_slip_apart(number[:place] + str(digit) + number[place:], number)
    if place < 17:
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        assert one_slip_apart(number, swapped) is (number != swapped)


def test_two_slips_are_too_many() -> None:
    assert not one_slip_apart("429999198702222374", "429999198702222471")
    assert not one_slip_apart("429999198702222374", "4299991987022223")


@given(st.integers(11 * 10**16, 66 * 10**16))
def test_a_number_may_become_whatever_excel_and_others_make_of_it(number: int) -> None:
    for kept in (number // 1000 * 1000, float(number), float(f"{number:.14e}"), float(repr(float(number)))):
        assert may_have_become(str(number), int(kept))
        assert may_have_become(str(number), read_number(float(kept)).value)


def test_a_cut_number_is_not_everybodys() -> None:
    assert not may_have_become("429999198702222374", 429999198702223000)
    assert not may_have_become("42999919870222237X", 429999198702222000)


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("93429999MA78924874", True),
        ("93429999IO78924874", False),
        ("42999919870222237X1", False),
        ("12", False),
    ],
)
def test_an_enterprise_has_a_credit_code(number: str, is_one: bool) -> None:
    assert is_credit_code(number) is is_one
