"""How one figure may have been mistyped into another."""

from __future__ import annotations

from decimal import Decimal

from bangfu.documents.reading.quantity import Quantity, plain, rounded


def digits(quantity: Quantity) -> int:
    """How many digits it is written with, zeros at its ends left out."""
    return len(plain(quantity.value).replace(".", "").strip("0")) or 1


def retyped(stated: Quantity, true: Decimal) -> str:
    """swapped where two neighbouring digits, digit where one digit turn what is true into what is stated; else empty."""
    if true <= 0 or not stated.is_exact:
        return ""
    wrote, right = (
        str(int(stated.base_value / stated.step)),
        str(int(rounded(true, stated.step) / stated.step)),
    )
    if len(wrote) != len(right):
        return "dropped" if _drops_one(wrote, right) or _drops_one(right, wrote) else ""
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


def _drops_one(long: str, short: str) -> bool:
    """Whether one digit taken out of the first gives the second."""
    return len(short) > 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
