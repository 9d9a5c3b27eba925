"""Whether one slip of the pen turns what is true into what is stated."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from bangfu.documents.arithmetic.relation import shown
from bangfu.documents.reading.quantity import Quantity, rounded

Slip = Literal["", "small", "clear"]
_MANY = Decimal(10_000)


def slip(stated: Quantity, true: Decimal) -> Slip:
    """ "clear" where chance would seldom come so near, "small" where the numbers are too small to say so."""
    if true <= 0 or not stated.step or stated.states(true):
        return ""
    right = rounded(true, stated.step)
    if stated.base_value in (right * _MANY, right / _MANY):
        return "clear"
    here, there = str(int(stated.base_value / stated.step)), str(int(right / stated.step))
    if not (_is_one_off(here, there) or _is_borrow(here, there) or _is_shift(here, there)):
        return ""
    return "clear" if min(len(here), len(there)) > 2 or _is_swap(here, there) else "small"


def cause_of_slip(stated: Quantity, true: Decimal) -> str:
    """In words, what may have turned `true` into what is stated; "" where no slip does."""
    if not slip(stated, true):
        return ""
    right = shown(rounded(true, stated.step), stated)
    if swapped(stated, true):
        return f"“{stated.text}”写错了数位,应为{right}"
    return f"“{stated.text}”有一位数字写错或相减时进退位有误,应为{right}"


def swapped(stated: Quantity, true: Decimal) -> bool:
    """Whether digits written in another order, or a lost 万, turn what is true into what is stated."""
    if true <= 0 or not stated.is_exact or not stated.step:
        return False
    right = rounded(true, stated.step)
    here, there = str(int(stated.base_value / stated.step)), str(int(right / stated.step))
    return _is_swap(here, there) or stated.base_value * _MANY == right


def _is_swap(here: str, there: str) -> bool:
    wrong = [at for at in range(min(len(here), len(there))) if here[at] != there[at]]
    return len(here) == len(there) and 1 < len(wrong) <= 3 and sorted(here) == sorted(there)


def _is_one_off(here: str, there: str) -> bool:
    """One digit wrong, added or lost, or digits in another order."""
    if len(here) == len(there):
        return sum(one != other for one, other in zip(here, there, strict=True)) == 1 or _is_swap(here, there)
    longer, shorter = (here, there) if len(here) > len(there) else (there, here)
    return len(longer) - len(shorter) == 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )


def _is_borrow(here: str, there: str) -> bool:
    """Away by 1, 10, 100: the borrow was forgotten."""
    away = str(abs(int(here) - int(there)))
    return away.rstrip("0") == "1" and len(away) <= max(len(here), len(there))


def _is_shift(here: str, there: str) -> bool:
    """The point or a zero too many."""
    return here.rstrip("0") == there.rstrip("0")
