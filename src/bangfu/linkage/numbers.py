"""What a list's certificate number can be used for."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from bangfu.terms.id_number import Raw, clean_id, excel_damage, mask_parts, surviving_prefix, upgrade_15

_CREDIT_CODE = re.compile(r"[1-9A-HJNPQRTUWXY]\d{7}[0-9A-HJ-NPQRTUWXY]{10}")
Kind = Literal["whole", "slipped", "masked", "cut", "vague", "none", "alien"]
_TAIL = 4
_CUT = 15
# Floats of this size are 64 apart; written as decimals and read again, a number is off by as much.
_FLOAT_GRAIN = 64


class Number(NamedTuple):
    """`whole`: 18 places to look up; `slipped`: some too few or too many; `masked` and `cut` (by Excel): ends
    that can be looked up; `vague`: ends too short for that; `none`: not given; `alien`: no person's number.
    `value`: what Excel kept, if it may have kept this number as a number, in 18 places.
    """

    kind: Kind
    text: str = ""
    prefix: str = ""
    suffix: str = ""
    value: int = 0

    def fits(self, other: str) -> bool:
        return other.startswith(self.prefix) and other.endswith(self.suffix)


def core_of(text: str) -> str:
    """The ID number in a cleaned number: the old form upgraded, a disability certificate's tail dropped."""
    if len(text) == 15:
        return upgrade_15(text) or text
    return text[:18] if len(text) >= 20 else text


def read_number(value: Raw) -> Number:
    """Sorts a raw cell; a text ending in 000 is whole, its first fifteen digits being tried afterwards."""
    damage = excel_damage(value)
    if damage == "scientific" or (damage and not isinstance(value, str)):
        return _damaged(value)
    text = clean_id(value)
    if not any("0" <= c <= "9" for c in text):
        return Number("none")
    mask = mask_parts(text)
    if mask:
        return _masked(text, mask.prefix, mask.suffix, mask.length)
    core = core_of(text)
    digits = core[:-1].isdigit() and core.isascii() and (core[-1] == "X" or core[-1].isdigit())
    if digits and len(core) == 18:
        return Number("whole", core, value=_value_if_cut(text))
    if digits and 15 <= len(core) <= 19:
        return Number("slipped", core, value=_value_if_cut(text))
    return Number("alien", core)


def is_credit_code(text: str) -> bool:
    """Whether a number has the form of an enterprise's 统一社会信用代码 (GB 32100-2015)."""
    return _CREDIT_CODE.fullmatch(text) is not None


def _damaged(value: Raw) -> Number:
    text = clean_id(value)
    prefix = surviving_prefix(value)
    if len(prefix) < _CUT or len(text) not in (18, 20, 22):
        return Number("vague", text, prefix[:-1])
    kept = int(value) if isinstance(value, (int, float)) else int(text)
    return Number("cut", text, value=kept // 10 ** (len(text) - 18))


def _value_if_cut(text: str) -> int:
    """Fifteen digits may be what is left of eighteen, even where they give a date as the old form."""
    if len(text) == _CUT:
        return int(text) * 1000
    return int(text) if len(text) == 18 and text.endswith("000") else 0


def may_have_become(number: str, value: int) -> bool:
    """Whether a number kept by Excel would be this value.

    Excel cuts what is typed after fifteen digits; other programs round, to fifteen digits or a float's
    sixteen. A number of the register that lacks a place is compared by its first fifteen digits.
    """
    if 15 <= len(number) < 18:
        return number[:_CUT] == str(value)[:_CUT]
    if len(number) != 18 or not number.isdigit():
        return False
    thousands = (value + 500) // 1000 * 1000
    if abs(value - thousands) > _FLOAT_GRAIN:
        return -50 - _FLOAT_GRAIN <= int(number) - value <= 100 + _FLOAT_GRAIN
    return -500 - _FLOAT_GRAIN <= int(number) - thousands < 1000 + _FLOAT_GRAIN


def _masked(text: str, prefix: str, suffix: str, length: int) -> Number:
    if length in (20, 22):  # a masked disability certificate: only its first 18 places are an ID number
        suffix = suffix[: max(0, len(suffix) - (length - 18))]
        prefix = prefix[:18]
    usable = len(suffix) >= _TAIL and len(suffix) + len(prefix) < 18
    return Number("masked" if usable else "vague", text, prefix, suffix)


def one_slip_apart(left: str, right: str) -> bool:
    """One digit wrong, missing, too many, or two neighbours exchanged."""
    if abs(len(left) - len(right)) > 1 or left == right:
        return False
    start = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), None)
    if start is None:
        return True  # one is the other with a digit appended
    if len(left) == len(right):
        rest = left[start + 1 :] == right[start + 1 :]
        swapped = left[start : start + 2] == right[start : start + 2][::-1]
        return rest or (swapped and left[start + 2 :] == right[start + 2 :])
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return longer[start + 1 :] == shorter[start:]
