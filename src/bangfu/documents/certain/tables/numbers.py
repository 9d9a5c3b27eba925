"""Figures of cells: what may be added, whether a sum comes out within the play of its members, and slips of the pen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import digits, retyped
from bangfu.documents.arithmetic.relation import shown
from bangfu.documents.reading.quantity import Quantity, plain, rounded
from bangfu.documents.reading.structure import Mention, base_class

_NEVER = frozenset({"share", "point", "times", "age"})
_DIGITS = 8
_NEAR = Decimal("0.3")


def adds(mention: Mention) -> bool:
    """Whether the figure may stand in a sum."""
    quantity = mention.quantity
    return quantity.kind not in _NEVER and not quantity.per and quantity.is_exact


def alike(mentions: Sequence[Mention]) -> bool:
    return len({base_class(one.quantity) for one in mentions}) == 1


def play(quantity: Quantity) -> Decimal:
    """How far the true value may lie from a figure in 万, or with decimals; counts are exact."""
    exact = quantity.step == 1 and quantity.unit[:1] not in "万亿千"
    return Decimal(0) if exact else quantity.step / 2


def sum_of(mentions: Iterable[Mention]) -> Decimal:
    return sum((one.quantity.base_value for one in mentions), Decimal(0))


def makes_up(members: Sequence[Mention], total: Mention) -> bool:
    gap = abs(sum_of(members) - total.quantity.base_value)
    return gap <= sum((play(one.quantity) for one in (*members, total)), Decimal(0)) or gap == 0


def is_near(true: Decimal, stated: Quantity) -> bool:
    return abs(true - stated.base_value) <= _NEAR * max(abs(true), abs(stated.base_value))


def slipped(mention: Mention, true: Decimal) -> str:
    """How the figure may have been mistyped, in words; "" where no slip of the pen explains it."""
    stated = mention.quantity
    if not stated.is_exact or true <= 0 or stated.base_value <= 0:
        return ""
    if stated.kind == "share" and stated.cuts_off(true):
        return "没有四舍五入,截去了尾数"
    how = retyped(stated, true)
    if how == "swapped":
        return "相邻两个数字写颠倒了"
    if how and digits(stated) > 1:
        return "有一个数字写错" if how == "digit" else "漏写或多写了一位数字"
    ratio = true / stated.base_value
    if ratio in (Decimal(10), Decimal("0.1"), Decimal(100), Decimal("0.01")):
        return "小数点或位数错了"
    if ratio in (Decimal(10_000), Decimal("0.0001")):
        return "单位中的“万”写错了"
    return "数字前后写颠倒了" if _is_permuted(stated, true) else ""


def written(true: Decimal, like: Quantity) -> str:
    """What should stand there, with as many digits as a share or a mean is written with."""
    whole = like.kind in ("share", "point") or len((true / like.step).normalize().as_tuple().digits) > _DIGITS
    return shown(rounded(true, like.step) if whole else true, like)


def _is_permuted(stated: Quantity, true: Decimal) -> bool:
    """41.3 for 43.1, 12.4 for 14.2: the same digits, three or more."""
    factor = stated.base_value / stated.value if stated.value else Decimal(1)
    wrote, right = plain(stated.value).replace(".", ""), plain(true / factor).replace(".", "")
    return len(wrote) > 2 and len(wrote) == len(right) and sorted(wrote) == sorted(right)
