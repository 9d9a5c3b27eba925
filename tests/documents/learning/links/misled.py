"""What a figure would be had it been computed of the wrong figures: another base, an item left out, cut off instead of rounded.

Such faults come out with some figures of the text, only not with those that the words name.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import prod

from tests.documents.corpus import Quantity, Relation, Text

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_CUT, _ALIKE = 0.25, Fraction(1, 200)
_NEAREST = 8
Values = Sequence[Fraction]


def misled(text: Text, relation: Relation, chance: random.Random) -> str:
    """The number that then stands in the figure stated, or nothing where there is none."""
    stated = text.quantity(relation.stated)
    numbers, compute = _NUMBER.findall(stated.text), _COMPUTED.get(relation.kind)
    if compute is None or len(numbers) != 1 or len(relation.members) < 2 or not Decimal(numbers[0]):
        return ""
    scale = stated.amount.value / Fraction(numbers[0]) / relation.options.get("per", Fraction(1))
    members = [text.quantity(key) for key in relation.members]
    if not scale or not all(one.amount.value for one in members):
        return ""
    values = [one.amount.value for one in members]
    if relation.kind in _CUTS and chance.random() < _CUT:
        return _written(compute(values) / scale, numbers[0], ROUND_DOWN)
    others = list(_OTHERWISE[relation.kind](text, members, stated))
    return _written(compute(chance.choice(others)) / scale, numbers[0], ROUND_HALF_UP) if others else ""


def _written(value: Fraction, number: str, rounding: str) -> str:
    step = Decimal(1).scaleb(int(Decimal(number).as_tuple().exponent))
    found = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(step, rounding)
    return str(found) if 0 < found < Decimal(number) * 5 and found != Decimal(number) else ""


def _of_others(text: Text, members: Sequence[Quantity], stated: Quantity) -> Iterator[Values]:
    """One member exchanged for a figure like it that stands near."""
    values = [one.amount.value for one in members]
    taken = {one.start for one in (*members, stated)}
    for place, member in enumerate(members):
        alike = [
            one
            for one in text.quantities
            if one.start not in taken and one.amount.unit == member.amount.unit and one.amount.value
        ]
        for other in sorted(alike, key=lambda one: abs(one.start - stated.start))[:_NEAREST]:
            if abs(other.amount.value - member.amount.value) > member.amount.value * _ALIKE:
                yield [*values[:place], other.amount.value, *values[place + 1 :]]


def _left_out(text: Text, members: Sequence[Quantity], stated: Quantity) -> Iterator[Values]:
    values = [one.amount.value for one in members]
    for place in range(1, len(values)) if len(values) > 2 else ():
        yield [*values[:place], *values[place + 1 :]]
    if len(values) == 2:
        yield from _of_others(text, members, stated)


def _turned(text: Text, members: Sequence[Quantity], stated: Quantity) -> Iterator[Values]:
    """The change divided by what it came to."""
    old, new = (one.amount.value for one in members[:2])
    if old != new and stated.amount.value < 1:
        yield [new, old]
    yield from _of_others(text, members, stated)


_COMPUTED: Mapping[str, Callable[[Values], Fraction]] = {
    "share": lambda values: values[0] / values[1],
    "average": lambda values: values[0] / values[1],
    "standard_multiple": lambda values: prod(values, start=Fraction(1)),
    "growth": lambda values: abs(values[1] / values[0] - 1),
    "sum": lambda values: Fraction(sum(values)),
    "difference": lambda values: values[0] - sum(values[1:]),
}
_OTHERWISE: Mapping[str, Callable[[Text, Sequence[Quantity], Quantity], Iterator[Values]]] = {
    "share": _of_others,
    "average": _of_others,
    "standard_multiple": _of_others,
    "growth": _turned,
    "sum": _left_out,
    "difference": _left_out,
}
_CUTS = frozenset({"share", "average", "growth"})
