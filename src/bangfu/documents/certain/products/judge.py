"""A count, what is said of one, and an amount: whether they come out, and whether a slip of the pen explains it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import digits
from bangfu.documents.arithmetic.relation import Kind, Relation, shown
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.periods import Periods
from bangfu.documents.reading.quantity import Quantity, rounded
from bangfu.documents.reading.structure import Mention

_PAID = frozenset({"个工", "工日"})
_FAR, _VERY_FAR = Decimal("2.5"), Decimal(9)
_ONE, _FEW = Decimal(1), 2
_CUT = "小数直接舍去了,没有四舍五入"
_MEASURED = frozenset({"money", "area", "length", "weight", "floor", "volume", "energy"})


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
        paid = self.each.term or self.each.unit in _PAID
        return self.each.is_mean or (self.is_behind and not paid)

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
        slack = (
            total.step / 2 / triple.number * triple.each.scale / period
            if total.kind in _MEASURED
            else Decimal(0)
        )
        return triple.is_mean and (
            each.states(mean) or abs(mean - each.base_value) <= max(slack, each.step / 2)
        )
    low, high = each.bounds()
    least, most = total.bounds()
    fewest, many = triple.count.quantity.bounds() if triple.count is not None else (_ONE, _ONE)
    factor = triple.each.scale / period
    return fewest > 0 and least / many * factor <= high and low <= most / fewest * factor


def is_by_chance(triple: Triple) -> bool:
    """共1亿元 is near to much: it comes out, but the figure that was worked out says little and is not exactly met."""
    stated = triple.each.mention.quantity if triple.is_mean else triple.total.quantity
    if not triple.is_exact or digits(stated) > _FEW or not comes_out(triple):
        return False
    worked = [triple.mean(one) if triple.is_mean else triple.product(one) for one in triple.periods.all]
    return all(one != stated.base_value for one in worked)


def is_below_one(triple: Triple) -> bool:
    """每亩106元,面积18400亩,应发195.4元: less than for two of them, which no slip of a digit does."""
    return (
        not triple.is_mean
        and triple.total.quantity.base_value
        < 2 * triple.each.mention.quantity.base_value
        < (triple.number * triple.each.mention.quantity.base_value / triple.each.scale)
    )


def is_close(triple: Triple, period: Decimal, far: Decimal) -> bool:
    product = triple.product(period)
    stated = triple.total.quantity.base_value
    return bool(product and stated) and max(product / stated, stated / product) <= far


def apart(triple: Triple) -> Decimal:
    """总装机1680千瓦,平均每座装机16千瓦: the same word leaves no doubt, however far off."""
    what = triple.each.what[:2]
    same = triple.each.is_mean and triple.is_behind and len(what) > 1 and what in triple.total.left
    return _VERY_FAR if same else _FAR


def told(triple: Triple, period: Decimal, cause: str) -> Relation:
    total, each = triple.total, triple.each.mention
    times = _times(triple.each.term, period)
    members = [triple.count, triple.periods.member]
    number = triple.count.quantity.text if triple.count is not None else ""
    if triple.is_mean and total.index < each.index:
        mean = triple.mean(period)
        over = "".join(f"÷{one}" for one in (number, times) if one)
        said = f"{total.quantity.text}{over}={_near(mean, each.quantity)},文中写的是{each.quantity.text}"
        found = _relation("average", [total, *members], each, mean, said, cause)
        cut = each.quantity.cuts_off(mean)
        return replace(found, severity="reminder", cause=_CUT) if cut else found
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
