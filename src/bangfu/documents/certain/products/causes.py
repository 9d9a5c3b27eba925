"""What the writer reckoned with instead: another standard of the text, the one before it was raised, fewer months."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.judge import Triple
from bangfu.documents.certain.products.slips import Slip
from bangfu.documents.reading.quantity import Quantity, plain

_NEAR = 16
_MONTHS = tuple(Decimal(one) for one in range(1, 13))


def reckoned_otherwise(triple: Triple, period: Decimal, rates: Iterable[Each]) -> Slip | None:
    """The amount is exactly that of another standard, or of another number of months than the text names."""
    if triple.is_mean or triple.count is None or not triple.is_exact:
        return None
    return _by_other_rate(triple, period, rates) or fewer_periods(triple, period)


def _by_other_rate(triple: Triple, period: Decimal, rates: Iterable[Each]) -> Slip | None:
    total, mine = triple.total.quantity, triple.each.mention
    if says_much(total):
        for other in rates:
            one = other.mention
            if not one.is_like(mine) or one.quantity.base_value == mine.quantity.base_value or other.is_mean:
                continue
            near = abs(one.index - mine.index) <= _NEAR and other.term == triple.each.term
            if near and is_exactly(
                total, one.quantity.base_value * triple.number / triple.each.scale * period
            ):
                return Slip(f"误按“{one.quantity.text}”的标准计算", True)
    return None


def fewer_periods(triple: Triple, period: Decimal) -> Slip | None:
    """Only where the months are said as a number or as a whole year: of what is paid for so long."""
    if triple.each.term != "月" or len(set(triple.periods.all)) != 1 or not says_much(triple.total.quantity):
        return None
    for other in _MONTHS:
        if other < period and is_exactly(triple.total.quantity, triple.product(other)):
            return Slip(f"只按{plain(other)}个月计算", True)
    return None


def is_exactly(total: Quantity, product: Decimal) -> bool:
    return abs(product - total.base_value) < total.step / 2


def says_much(total: Quantity) -> bool:
    """Three digits or more: two may come out by chance."""
    return len(plain(total.value).replace(".", "").strip("0")) > 2
