"""How a percentage that does not come out may have gone wrong: cut off, digits swapped or mistyped, the point moved."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise

from bangfu.documents.arithmetic.relation import shown
from bangfu.documents.certain.shares.pairs import FINE, Pair
from bangfu.documents.reading.quantity import Quantity, plain, rounded

MOST_FOR_SLIP = 3.0
_TENS = (Decimal(10), Decimal("0.1"), Decimal(100), Decimal("0.01"))
_THOUSAND = Decimal(1000)
_WAN = Decimal(10_000)
_APART = Decimal("1.4")
"""So many times apart no word of approximation brings two shares together."""
_MOST_DIGITS = 12
"""A third, worked out, has more: nobody wrote them."""


@dataclass(frozen=True)
class Slip:
    """`weight`: how much likelier the slip makes a fault than a misreading, in the points of `share_points`."""

    weight: float
    cause: str = ""
    is_cut: bool = False


def slip_of(stated: Quantity, pair: Pair) -> Slip:
    ratio, part, whole = pair.ratio, pair.part.quantity, pair.whole.quantity
    fine = stated.step <= FINE
    gap = -min(float(abs(ratio - stated.base_value)) * 4, 2.0)
    if not stated.is_exact:
        if _is_beyond(stated, ratio):
            return Slip(0.6)
        apart = max(ratio / stated.base_value, stated.base_value / ratio) > _APART
        return Slip(0.0 if apart else -9.0)
    if _is_cut(stated, ratio) and part.is_exact and whole.is_exact:
        return Slip(MOST_FOR_SLIP if fine else 1.5, "小数直接舍去了,没有四舍五入", is_cut=True)
    if part.unit != whole.unit and stated.base_value >= stated.step * 10:
        for times in (_WAN, 1 / _WAN, _THOUSAND, 1 / _THOUSAND):
            if stated.states(ratio * times):
                return Slip(2.5, f"“{part.text}”或“{whole.text}”的单位可能写错了")
    right = rounded(ratio, stated.step)
    if whole.kind == "money" and (stated.states(ratio * _WAN) or stated.states(ratio / _WAN)):
        return Slip(2.0, "金额的单位可能少写或多写了“万”")
    if right in swapped(stated):
        return Slip(2.5 if fine else 1.8, "相邻两个数字写颠倒了")
    for factor in _TENS:
        if (
            rounded(ratio * factor, stated.step) == stated.base_value
            and stated.base_value >= stated.step * 10
        ):
            return Slip(2.5 if fine else 1.8, "小数点错位")
        if stated.base_value * factor == rounded(ratio, stated.step * min(factor, Decimal(1))):
            return Slip(2.0, "小数点错位")
    if right in one_wrong(stated):
        return Slip((1.3 if fine else 0.6 if stated.value >= 10 else 0.0) + gap / 2, "有一个数字写错")
    if ratio and stated.states(1 / ratio):
        return Slip(1.5, "分子和分母弄反了")
    return _slip_of_member(stated, pair) or Slip(-0.3 + gap)


_BELOW, _ABOVE = ("不到", "不足", "未到", "未满"), ("超过", "超", "逾", "高于")
_CLEARLY = Decimal("0.02")


def _is_beyond(stated: Quantity, ratio: Decimal) -> bool:
    """不到六成, where it is 68%."""
    if stated.text.startswith(_BELOW):
        return ratio >= stated.base_value + _CLEARLY
    return stated.text.startswith(_ABOVE) and ratio <= stated.base_value - _CLEARLY


def _slip_of_member(stated: Quantity, pair: Pair) -> Slip | None:
    part, whole = pair.part.quantity, pair.whole.quantity
    for one, other, inverse in ((part, whole, False), (whole, part, True)):
        for value in swapped(one):
            if value and stated.states(other.base_value / value if inverse else value / other.base_value):
                return Slip(1.2, f"“{one.text}”可能写颠倒了,应为{shown(value, one)}")
    for one, other, inverse in ((part, whole, False), (whole, part, True)):
        for value in one_wrong(one):
            if value and stated.states(other.base_value / value if inverse else value / other.base_value):
                return Slip(0.5, f"“{one.text}”可能有一个数字写错")
    return None


def _is_cut(stated: Quantity, ratio: Decimal) -> bool:
    return (ratio / stated.step).to_integral_value(ROUND_FLOOR) * stated.step == stated.base_value


def swapped(one: Quantity) -> list[Decimal]:
    """The values with two digits swapped that stand side by side, be it over the point."""
    digits, factor = _digits(one)
    found = []
    places = [at for at, char in enumerate(digits) if char != "."]
    for left, right in pairwise(places):
        if digits[left] != digits[right]:
            chars = list(digits)
            chars[left], chars[right] = chars[right], chars[left]
            found.append(Decimal("".join(chars)) * factor)
    return found


def one_wrong(one: Quantity) -> list[Decimal]:
    digits, factor = _digits(one)
    return [
        Decimal(digits[:at] + other + digits[at + 1 :]) * factor
        for at, char in enumerate(digits)
        if char != "."
        for other in "0123456789"
        if other != char
    ]


def _digits(one: Quantity) -> tuple[str, Decimal]:
    """The number as stated, with the noughts it ends with (30.0%)."""
    factor = one.base_value / one.value if one.value else Decimal(1)
    digits = plain(one.value)
    decimals = -int((one.step / factor).normalize().as_tuple().exponent)
    if max(len(digits), decimals) > _MOST_DIGITS:
        return "", factor
    whole, _, after = digits.partition(".")
    return (f"{whole}.{after.ljust(decimals, '0')}" if decimals > 0 else digits), factor
