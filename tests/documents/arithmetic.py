"""Whether an annotated relation's numbers agree, computed from the annotated values alone.

Every value is a span of what it may stand for: an exact count is one number, a rounded one reaches half of
its last digit to either side, 余 and 多 reach to the next round number. Numbers agree when the spans meet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tests.documents.corpus import Quantity, Relation, Text
from tests.documents.numerals import Amount

LEAST = ("余", "多", "来", "以上", "超过", "超", "至少", "逾", "突破", "不低于", "不少于", "上", "高达")
MOST = ("近", "不足", "不到", "将近", "接近", "以下", "以内", "最多", "不超过", "不高于")


@dataclass(frozen=True)
class Span:
    low: Fraction
    high: Fraction

    def meets(self, stated: Span) -> bool:
        """A rounded number stands for what lies below its upper half: 98.25 is stated as 98.3."""
        below = self.low < stated.high or stated.low == stated.high == self.low
        return below and stated.low <= self.high

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Span) -> Span:
        return Span(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Span) -> Span:
        return Span(self.low * other.low, self.high * other.high)

    def __truediv__(self, other: Span) -> Span:
        return Span(self.low / other.high, self.high / other.low)

    def size(self) -> Span:
        """The span without its sign: 减少 is stated as a positive number."""
        return self if self.low >= 0 else Span(max(-self.high, Fraction(0)), -self.low)


def span_of(amount: Amount) -> Span:
    if amount.high is not None:
        return Span(amount.value, amount.high)
    step = step_of(amount.value)
    if amount.approx in LEAST:
        return Span(amount.value, amount.value + step)
    if amount.approx in MOST:
        return Span(amount.value - step, amount.value)
    if amount.approx:
        return Span(amount.value * Fraction(95, 100), amount.value * Fraction(105, 100))
    return Span(amount.value - amount.ulp / 2, amount.value + amount.ulp / 2)


def step_of(value: Fraction) -> Fraction:
    """The worth of the last digit that is not nought: 800 counts in hundreds, 98.7 in tenths."""
    step = Fraction(1)
    if value.denominator % 3 == 0:
        return Fraction(1, 100)
    while (value / step).denominator > 1:
        step /= 10
    while value and value % (step * 10) == 0:
        step *= 10
    return step


def total(spans: Sequence[Span]) -> Span:
    return sum(spans[1:], start=spans[0])


def product(spans: Sequence[Span]) -> Span:
    result = spans[0]
    for span in spans[1:]:
        result = result * span
    return result


def grows(first: Span, second: Span) -> list[Span]:
    """What a growth from two values may be stated as: the change, its share of the base either way."""
    change = (second - first).size()
    shares = [change / first]
    for base in (second - first, second + first):
        if base.low > 0:
            shares.append(first / base)
    return [change, *shares]


def averages(members: Sequence[Span]) -> list[Span]:
    """A count times a standard, or a sum over a count; a quotient is stated to the whole unit at best."""
    if len(members) != 2:
        return [product(members)]
    half = Span(Fraction(-1, 2), Fraction(1, 2))
    return [product(members), members[0] / members[1] + half]


RESULTS: dict[str, Callable[[Sequence[Span]], list[Span]]] = {
    "sum": lambda members: [total(members)],
    "share": lambda members: [members[0] / members[1]],
    "growth": lambda members: grows(members[0], members[1]),
    "average": averages,
    "standard_multiple": lambda members: [product(members)],
    "difference": lambda members: [members[0] - total(members[1:])],
    "restated": lambda members: [members[0]],
}
KINDS = (*RESULTS, "part", "households_persons", "counted_list", "unit_slip", "standard_cap", "order")


def agrees(text: Text, relation: Relation) -> bool | None:
    """Whether the numbers agree; None where arithmetic has nothing to say."""
    members = [span_of(text.quantity(key).amount) for key in relation.members]
    stated = span_of(text.quantity(relation.stated).amount)
    match relation.kind:
        case "part" | "order" | "households_persons":
            return members[0].low <= stated.high
        case "counted_list":
            return Span(relation.options["items"], relation.options["items"]).meets(stated)
        case "standard_cap":
            amount = members[0] / members[1] if len(members) == 2 else members[0]
            return amount.low <= relation.options["cap"]
        case "unit_slip":
            return None
        case _:
            per = Span(relation.options.get("per", Fraction(1)), relation.options.get("per", Fraction(1)))
            return any((result * per).meets(stated) for result in RESULTS[relation.kind](members))


def quantities_of(text: Text, relation: Relation) -> list[Quantity]:
    return [text.quantity(key) for key in (*relation.members, relation.stated)]
