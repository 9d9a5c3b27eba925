"""A count, what is said of one, and an amount: whether they come out, and whether a slip of the pen explains it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from bangfu.documents.arithmetic.causes import is_mistyped, is_swapped
from bangfu.documents.arithmetic.relation import Kind, Relation, shown
from bangfu.documents.certain.products_each import Each
from bangfu.documents.certain.products_periods import Periods
from bangfu.documents.reading.quantity import Quantity, plain, rounded
from bangfu.documents.reading.structure import Mention

_ONE, _TEN = Decimal(1), Decimal(10)
_MEASURED = frozenset({"money", "area", "length", "weight", "floor", "volume", "energy"})
_POWERS = tuple(Decimal(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))


@dataclass(frozen=True)
class Triple:
    """`count` is None where one person's rate is paid so many times."""

    each: Each
    count: Mention | None
    total: Mention
    periods: Periods

    @property
    def number(self) -> Decimal:
        return self.count.quantity.base_value if self.count is not None else _ONE

    def product(self, period: Decimal) -> Decimal:
        return self.each.mention.quantity.base_value * self.number / self.each.scale * period

    def mean(self, period: Decimal) -> Decimal:
        return self.total.quantity.base_value / self.number * self.each.scale / period

    @property
    def mentions(self) -> tuple[Mention, ...]:
        members = [self.count, self.each.mention, self.total, self.periods.member]
        return tuple(one for one in members if one is not None)

    @property
    def is_mean(self) -> bool:
        """Whether the figure said of one is worked out from the two others, and so rounded."""
        return self.each.is_mean or (self.is_behind and not self.each.term)

    @property
    def is_behind(self) -> bool:
        """Whether the figure said of one comes last."""
        at = self.each.mention.index
        return self.total.index < at and (self.count is None or self.count.index < at)

    @property
    def is_exact(self) -> bool:
        return all(one.quantity.is_exact for one in self.mentions)


def comes_out(triple: Triple) -> bool:
    """For any number of periods that may be meant; for any at all where nobody says how many."""
    periods = triple.periods.all
    if not periods and triple.periods.first is None:
        periods = tuple(Decimal(one) for one in range(1, 25))
    return any(_fits(triple, period) for period in periods)


def _fits(triple: Triple, period: Decimal) -> bool:
    each, total = triple.each.mention.quantity, triple.total.quantity
    if total.states(triple.product(period)):
        return True
    mean = triple.mean(period)
    if triple.is_exact:
        slack = total.step / 2 / triple.number * triple.each.scale / period if total.kind in _MEASURED else Decimal(0)
        return triple.is_mean and (each.states(mean) or abs(mean - each.base_value) <= max(slack, each.step / 2))
    low, high = each.bounds()
    least, most = total.bounds()
    fewest, many = triple.count.quantity.bounds() if triple.count is not None else (_ONE, _ONE)
    factor = triple.each.scale / period
    return fewest > 0 and least / many * factor <= high and low <= most / fewest * factor


@dataclass(frozen=True)
class Slip:
    """`strong` where chance would hardly bring it about."""

    words: str
    strong: bool


def slip(triple: Triple, period: Decimal) -> Slip | None:
    """What single slip of the pen makes the three agree; None where none does."""
    each, total = triple.each.mention.quantity, triple.total.quantity
    product, mean = triple.product(period), triple.mean(period)
    if total.base_value < each.base_value and (
        total.states(product / 10_000) or (triple.is_mean and each.states(mean * 10_000))
    ):
        return Slip("少写了“万”", True)
    digits = min(_digits(each) if triple.is_mean else 9, _digits(total))
    digits += any(product * factor == total.base_value for factor in _POWERS)
    for stated, true in ((total, product), (each, mean)):
        if any(_is_shifted(stated, true, factor) for factor in _POWERS):
            return Slip("小数点或单位错位", digits > 2)
    if not is_close(triple, period, _TEN):
        return None
    for stated, true in ((total, product), (each, mean)):
        floor = (true / stated.step).to_integral_value(ROUND_FLOOR) * stated.step
        if is_swapped(stated, rounded(true, stated.step)) or (stated is each and is_swapped(stated, floor)):
            return Slip("相邻两个数字写颠倒了", len(plain(stated.value).replace(".", "")) > 2)
    for stated, true in ((total, product), (each, mean)):
        if is_mistyped(stated, true):
            return Slip("有一个数字写错", _digits(stated) > 3)
    if triple.is_mean:
        factor = triple.number * period / triple.each.scale
        if any(each.states(other / factor) for other in _swaps(total)):
            return Slip(f"“{total.text}”相邻两个数字写颠倒了", _digits(each) > 2)
    if triple.count is not None:
        count = triple.count.quantity
        right = total.base_value / (each.base_value / triple.each.scale * period)
        if right == right.to_integral_value() and not triple.is_mean:
            if is_swapped(count, right) or is_mistyped(count, right):
                return Slip(f"按{shown(right, count)}计算的", _digits(count) > 2 and is_swapped(count, right))
    return None


def rough_slip(triple: Triple, period: Decimal) -> Slip | None:
    """1600多人次÷40余批=400人: ten times or a tenth of all that the rough words leave open."""
    least, most = triple.total.quantity.bounds()
    fewest, many = triple.count.quantity.bounds() if triple.count is not None else (_ONE, _ONE)
    low, high = triple.each.mention.quantity.bounds()
    if fewest <= 0:
        return None
    factor = triple.each.scale / period
    for power in _POWERS:
        if least / many * factor * power <= high and low <= most / fewest * factor * power:
            return Slip("小数点或单位错位", True)
    apart = Decimal("1.25")
    if least / many * factor > high * apart or most / fewest * factor * apart < low:
        return Slip("", True)
    return None


def _swaps(quantity: Quantity) -> Iterator[Decimal]:
    digits = plain(quantity.value)
    factor = quantity.base_value / quantity.value
    for at in range(len(digits) - 1):
        pair = digits[at : at + 2]
        if pair.isdigit() and pair[0] != pair[1]:
            yield Decimal(digits[:at] + pair[::-1] + digits[at + 2 :]) * factor


def slip_of_total(total: Quantity, true: Decimal) -> Slip | None:
    """What turns the true amount into the one stated."""
    if any(_is_shifted(total, true, factor) for factor in _POWERS):
        return Slip("小数点或单位错位", True)
    if is_swapped(total, rounded(true, total.step)):
        return Slip("相邻两个数字写颠倒了", True)
    return Slip("有一个数字写错", True) if is_mistyped(total, true) else None


def _is_shifted(stated: Quantity, true: Decimal, factor: Decimal) -> bool:
    """Zeros at the end of what is stated (6160) may be rounding."""
    last = stated.step * 10 ** _zeros(stated)
    slack = last / 2 if last * 100 <= stated.base_value else stated.step / 2
    return abs(true * factor - stated.base_value) <= slack or (
        rounded(true, stated.step) * factor == stated.base_value != 0
    )


def _zeros(quantity: Quantity) -> int:
    digits = plain(quantity.value)
    return 0 if "." in digits else len(digits) - len(digits.rstrip("0"))


def _digits(quantity: Quantity) -> int:
    """How many digits say something: zeros at the end are rounding."""
    return len(plain(quantity.value).replace(".", "").strip("0"))


def is_close(triple: Triple, period: Decimal, far: Decimal) -> bool:
    product = triple.product(period)
    stated = triple.total.quantity.base_value
    return bool(product and stated) and max(product / stated, stated / product) <= far


def told(triple: Triple, period: Decimal, cause: str) -> Relation:
    total, each = triple.total, triple.each.mention
    times = _times(triple.each.term, period)
    members = [triple.count, triple.periods.member]
    number = triple.count.quantity.text if triple.count is not None else ""
    if triple.is_mean and total.index < each.index:
        mean = triple.mean(period)
        over = "".join(f"÷{one}" for one in (number, times) if one)
        said = f"{total.quantity.text}{over}={_near(mean, each.quantity)},文中写的是{each.quantity.text}"
        return _relation("average", [total, *members], each, mean, said, cause)
    product = triple.product(period)
    factors = "×".join(one for one in (number, each.quantity.text, times) if one)
    said = f"{factors}={_near(product, total.quantity)},文中写的是{total.quantity.text}"
    members = [triple.count, each, triple.periods.member]
    return _relation("standard_multiple", members, total, product, said, cause)


def _times(term: str, period: Decimal) -> str:
    if period == 1:
        return ""
    return f"{period}{'个' if term in ('月', '学期', '季度') else ''}{term}"


def _near(value: Decimal, like: Quantity) -> str:
    return shown(rounded(value, max(like.step / 100, Decimal("0.0001"))), like)


def _relation(
    kind: Kind, members: list[Mention | None], stated: Mention, value: Decimal, said: str, cause: str
) -> Relation:
    indexes = tuple(one.index for one in members if one is not None)
    return Relation(kind, indexes, stated.index, value, False, "error", said, cause)
