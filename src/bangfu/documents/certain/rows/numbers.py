"""How the figures of a row speak: whether they come out, and how much a gap looks like a slip of the pen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from bangfu.documents.reading.structure import Mention

_FINE = 10_000
"""Base units are counted in ten-thousandths, so that all figures are whole numbers."""
_POWERS = (10, 100, 1000, 10_000)
_DIGIT, _SWAP, _UNIT, _LEFT_OUT, _TWICE, _NEAR = 0.34, 0.24, 0.12, 0.07, 0.02, 0.21
_WIDTH, _SHORT = 0.08, 5
HOPELESS = -2.0
"""Figures less alike than that need no words."""


def comes_out(members: Sequence[Mention], total: Mention) -> bool:
    """Whether the members give the total within the play of their digits and words of approximation.

    Of exact figures rounding all but never moves a short row by two of its last digit.
    """
    low = high = Decimal(0)
    for one in members:
        least, most = one.quantity.bounds()
        low, high = low + least, high + most
    least, most = total.quantity.bounds()
    if not (low <= most and least <= high):
        return False
    figures = [one.quantity for one in (*members, total)]
    if len(members) > _SHORT or not all(one.is_exact for one in figures):
        return True
    step = max(one.step for one in figures)
    return abs(sum(one.base_value for one in figures[:-1]) - figures[-1].base_value) < 2 * step


def fine(mention: Mention) -> int:
    return int(mention.quantity.base_value * _FINE)


def gap(members: Sequence[Mention], total: Mention) -> float:
    """By how much of the total the members are above (or, negative, below) it."""
    whole = fine(total)
    return (sum(fine(one) for one in members) - whole) / whole if whole else 9.0


def likeness(members: Sequence[Mention], total: Mention) -> float:
    """The logarithm of how much likelier a slip of the pen leaves this gap than figures that are no row of the total."""
    parts, whole = [fine(one) for one in members], fine(total)
    if whole <= 0 or min(parts) <= 0:
        return -9.0
    scale = _common_power([*parts, whole])
    parts, whole = [one // scale for one in parts], whole // scale
    slack = sum(parts) - whole
    figures = [(one, one - slack) for one in parts] + [(whole, whole + slack)]
    digits = sum(len(str(one)) for one, _ in figures)
    chance = 1e-9
    if any(is_one_digit(one, right) for one, right in figures):
        chance += _DIGIT / (9 * digits)
    if any(is_swap(one, right) for one, right in figures):
        chance += _SWAP / max(digits - len(figures), 1)
    if any(is_power(one, right) for one, right in figures):
        chance += _UNIT / (6 * len(figures))
    if slack in parts:
        chance += _LEFT_OUT / len(parts)
    if -slack in parts:
        chance += _TWICE / len(parts)
    chance += _NEAR * math.exp(-abs(slack) / (_WIDTH * whole)) / (2 * _WIDTH * whole)
    return math.log(chance * 2 * whole)


def _common_power(values: Sequence[int]) -> int:
    """The greatest power of ten that divides them all: in 1200万、800万 only the hundreds can be wrong."""
    scale = 1
    while scale < 10**14 and all(one % (scale * 10) == 0 for one in values):
        scale *= 10
    return scale


def is_one_digit(written: int, right: int) -> bool:
    one, other = str(written), str(right)
    return right > 0 and len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def is_swap(written: int, right: int) -> bool:
    one, other = str(written), str(right)
    if right <= 0 or len(one) != len(other):
        return False
    places = [at for at in range(len(one)) if one[at] != other[at]]
    if len(places) != 2 or places[1] - places[0] > 2:
        return False
    first, second = places
    return one[first] == other[second] and one[second] == other[first]


def is_power(written: int, right: int) -> bool:
    """Whether the unit or the decimal point slipped; the right value may be rounded."""
    return right > 0 and any(
        abs(written * power - right) * 200 <= right or abs(right * power - written) * 200 <= written
        for power in _POWERS
    )
