"""How one figure may have been mistyped into another."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from bangfu.documents.reading.quantity import Quantity, plain


@lru_cache(maxsize=10_000)
def _digits(value: Decimal) -> int:
    return len(plain(value).replace(".", "").strip("0")) or 1


def digits(quantity: Quantity) -> int:
    """How many digits it is written with, zeros at its ends left out."""
    return _digits(quantity.value)


def retyped(stated: Quantity, true: Decimal) -> str:
    """swapped where two neighbouring digits, digit where one digit turn what is true into what is stated; else empty."""
    if true <= 0 or not stated.is_exact:
        return ""
    steps = int((true / stated.step).to_integral_value(ROUND_HALF_UP))
    wrote, right = stated.figure, str(steps)
    if len(wrote) != len(right):
        return "dropped" if _drops_one(*sorted((right, wrote), key=len)) else ""
    if stated.steps >= 0 and not _may_be_digit(stated.steps - steps):
        return ""
    wrong = [at for at, (one, other) in enumerate(zip(wrote, right, strict=True)) if one != other]
    if len(wrong) == 1:
        return "digit"
    if (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and wrote[wrong[0]] == right[wrong[1]]
        and wrote[wrong[1]] == right[wrong[0]]
    ):
        return "swapped"
    return ""


def _drops_one(short: str, long: str) -> bool:
    """Whether one digit taken out of the second gives the first."""
    if len(short) < 2 or len(long) != len(short) + 1:
        return False
    return any(long[at + 1 :] == short[at:] for at in range(len(long)) if long[:at] == short[:at])


def _may_be_digit(steps: int) -> bool:
    """One wrong digit changes a figure by 1 to 9 in its place, two swapped ones by nine times that."""
    number = abs(steps)
    while number and number % 10 == 0:
        number //= 10
    return 0 < number < 10 or (number % 9 == 0 and 0 < number <= 81)
