"""Certificate numbers: cleaning, check character, what a number tells, and what Excel does to it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.terms.id_number import (
    birth_of,
    check_character,
    checksum_ok,
    clean_id,
    disability_digits,
    excel_damage,
    id_length,
    is_masked,
    mask_id,
    mask_parts,
    region_known,
    sex_of,
    surviving_prefix,
    upgrade_15,
)

VALID = "429999198702222374"
first17s = st.builds(
    lambda born, sequence: f"429999{born:%Y%m%d}{sequence:03d}",
    st.dates(min_value=date(1900, 1, 1)),
    st.integers(0, 999),
)
numbers = first17s.map(lambda first17: first17 + check_character(first17))


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        (VALID, VALID),
        ("４２９９９９２０１００４０１７８７Ｘ", "42999920100401787X"),
        ("429999 19870222\u30002374", VALID),
        ("\ufeff429999\u200b198702222374\t\n\xa0", VALID),
        ("'429999198702222374", VALID),
        ("“429999198702222374”", VALID),
        ('="429999198702222374"', VALID),
        ("429999-19870222-2374", VALID),
        ("42999920100401787x", "42999920100401787X"),
        ("42999920100401787×", "42999920100401787X"),
        ("42999920100401787χ", "42999920100401787X"),
        ("429999198702222.0", "429999198702222"),
        ("4.29999198702222E+17", "429999198702222000"),
        (4.29999198702222e17, "429999198702222000"),
        (429999198702222374, VALID),
        (429999870222237.0, "429999870222237"),
        ("429999********2374", "429999********2374"),
        ("", ""),
        ("\u3000", ""),
        (None, ""),
        (float("nan"), ""),
    ],
)
def test_cleaning(written: Any, cleaned: str) -> None:
    assert clean_id(written) == cleaned


def test_enormous_exponent_is_not_spelled_out() -> None:
    assert clean_id("1E+999999999") == "1E+999999999"


@given(numbers, st.sampled_from(["{}", " {} ", "'{}", '="{}"', "\u3000{}\t", "{}\u200b"]))
def test_wrapping_never_changes_a_number(number: str, wrapping: str) -> None:
    assert clean_id(wrapping.format(number)) == number
    assert clean_id(wrapping.format(number.lower())) == number


@given(st.text(max_size=30))
def test_no_text_makes_them_fail(text: str) -> None:
    cleaned = clean_id(text)
    assert excel_damage(text) in (None, "scientific", "zeroed", "maybe_zeroed")
    assert checksum_ok(cleaned) in (True, False, None)
    assert birth_of(cleaned) is None or 10101 <= (birth_of(cleaned) or 0) <= 99991231


@given(numbers, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(number: str, place: int, step: int) -> None:
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert checksum_ok(number) is True
    assert checksum_ok(wrong) is False


@given(numbers, st.integers(0, 15))
def test_exchanged_neighbours_never_pass(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert checksum_ok(swapped) is (swapped == number)


def test_checksum_of_a_disability_certificate_is_that_of_its_first_18() -> None:
    assert checksum_ok("42999919580112179414") is True
    assert checksum_ok("42999919730517036933B1") is True


@pytest.mark.parametrize("text", ["", "42999919870222237", "429999198702A22374", "93429999MA45707742"])
def test_checksum_of_other_shapes_is_unknown(text: str) -> None:
    assert checksum_ok(text) is None


def test_check_character_needs_17_digits() -> None:
    with pytest.raises(ValueError, match="17"):
        check_character("4299991987022223")


@pytest.mark.parametrize(
    ("text", "birth", "sex"),
    [
        (VALID, 19870222, "男"),
        ("429999200409094262", 20040909, "女"),
        ("429999870222237", 19870222, "男"),
        ("42999919580112179414", 19580112, "男"),
        ("429999196402319458", None, "男"),
        ("429999200002297895", 20000229, "男"),
        ("429999190002297895", None, "男"),
        ("42999919600702277", None, None),
        ("", None, None),
    ],
)
def test_birth_and_sex(text: str, birth: int | None, sex: str | None) -> None:
    assert birth_of(text) == birth
    assert sex_of(text) == sex


def test_old_form_is_upgraded() -> None:
    upgraded = upgrade_15("429999870222237")
    assert upgraded is not None
    assert upgraded.startswith("42999919870222237")
    assert checksum_ok(upgraded)
    assert upgrade_15("429999198702222") is None, "the first 15 of an 18-digit number: month 87"
    assert upgrade_15(VALID) is None


def test_disability_digits() -> None:
    assert disability_digits("42999919580112179414") == (1, 4)
    assert disability_digits("42999919730517036933B1") == (3, 3)
    assert disability_digits(VALID) is None
    assert id_length("42999919730517036933B1") == 22


@pytest.mark.parametrize(
    ("value", "damage", "prefix"),
    [
        (VALID, None, ""),
        ("4.29999E+17", "scientific", "42999"),
        ("4.29999198702222E+17", "scientific", "429999198702222"),
        (4.29999198702222e17, "zeroed", "429999198702222"),
        (float(VALID), "zeroed", "429999198702222"),
        ("429999198702222000", "zeroed", "429999198702222"),
        (429999198702222000, "zeroed", "429999198702222"),
        (429999198702222374, None, ""),
        (429999870222237.0, None, ""),
        ("无", None, ""),
    ],
)
def test_excel_damage(value: Any, damage: str | None, prefix: str) -> None:
    assert excel_damage(value) == damage
    assert surviving_prefix(value) == prefix


def test_zeros_with_a_right_check_character_may_be_genuine() -> None:
    ending = next(n for i in range(10_000) if (n := f"4299991987{i:04d}1000") and checksum_ok(n))
    assert excel_damage(ending) == "maybe_zeroed"


@pytest.mark.parametrize(
    "text",
    [
        "429999********4859",
        "429999＊＊＊＊＊＊＊＊4859",
        "429999xxxxxxxx485X",
        "429999●●●●●●●●4859",
        "4299991987****",
    ],
)
def test_masked(text: str) -> None:
    assert is_masked(text)


@pytest.mark.parametrize("text", [VALID, "42999920100401787X", "********", "", "无"])
def test_not_masked(text: str) -> None:
    assert not is_masked(text)


@given(numbers)
def test_a_mask_keeps_both_ends(number: str) -> None:
    parts = mask_parts(mask_id(number))
    assert parts == (number[:6], number[-4:], 18)


def test_short_numbers_are_masked_whole() -> None:
    assert mask_id("12345") == "*****"
    assert mask_id("") == ""


@pytest.mark.parametrize(
    ("prefix", "known"),
    [
        ("421281", True),
        ("422302", True),  # 蒲圻市, abolished in 1998
        ("510222", True),  # a county of today's 重庆, then in 四川
        ("429005", True),
        ("810000", True),
        ("944156", True),
        ("429999", False),
        ("999999", False),
        ("012345", False),
        ("42", False),
        ("42A281", False),
    ],
)
def test_region(prefix: str, known: bool) -> None:
    assert region_known(prefix, frozenset()) is known


def test_declared_region_is_known() -> None:
    assert region_known("429999", {"429999"})
    assert region_known("429999", {"429999000000"})
