"""Slips of the pen in figures that are said only nearly: 1600多人次, 不少于4000个工日, 约4.8米."""

from __future__ import annotations

from decimal import Decimal

from bangfu.documents.certain.products.judge import Triple
from bangfu.documents.certain.products.slips import POWERS, SHIFTED, Slip, digits_of


def rough_slip(triple: Triple, period: Decimal) -> Slip | None:
    """1600多人次÷40余批=400人: ten times or a tenth of all that the rough words leave open."""
    least, most = triple.total.quantity.bounds()
    fewest, many = triple.count.quantity.bounds() if triple.count is not None else (Decimal(1), Decimal(1))
    low, high = triple.each.mention.quantity.bounds()
    if fewest <= 0:
        return None
    factor = triple.each.scale / period
    for power in POWERS:
        if least / many * factor * power <= high and low <= most / fewest * factor * power:
            return Slip(SHIFTED, True)
    apart = Decimal("1.25")
    if least / many * factor > high * apart or most / fewest * factor * apart < low:
        return Slip("", True)
    return None


def shifted_though_rough(triple: Triple, period: Decimal) -> Slip | None:
    """不少于4000个工日、日工资80元、3.2万元; 约4.8米: a power of ten off to the last digit that is written."""
    product, stated = triple.product(period), triple.total.quantity
    if triple.is_mean or product <= 0 or stated.base_value <= 0:
        return None
    exactly = any(product * power == stated.base_value for power in POWERS)
    return Slip(SHIFTED, True) if exactly and digits_of(stated) > 1 else None
