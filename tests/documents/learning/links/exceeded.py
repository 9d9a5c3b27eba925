"""What a figure would be were it more than may be: an amount above its limit, a part above its whole, what comes after above
what came before."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from fractions import Fraction
from math import prod

from tests.documents.corpus import Quantity, Relation, Text

BESIDE = frozenset({"part", "order", "households_persons"})
"""Claims that one figure is no more than another one."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LEAST, _MOST = 1.02, 1.8


def beyond(text: Text, relation: Relation, chance: random.Random) -> str:
    """The number of an amount that is more than its limit, or than the limits of all whom it is for."""
    if "cap" not in relation.options:
        return ""
    count = prod((text.quantity(key).amount.value for key in relation.members[1:]), start=Fraction(1))
    return _number_of(text.quantity(relation.stated), relation.options["cap"] * count, _times(chance))


def exceeding(text: Text, relation: Relation, chance: random.Random) -> tuple[str, str]:
    """The key of the smaller figure with a number above the greater one, or of the greater one with a number below it."""
    less, greater = text.quantity(relation.members[0]), text.quantity(relation.stated)
    if chance.random() < 0.5:
        return less.key, _number_of(less, greater.amount.value, _times(chance))
    return greater.key, _number_of(greater, less.amount.value, 1 / _times(chance))


def _times(chance: random.Random) -> float:
    return chance.uniform(_LEAST, _MOST)


def _number_of(one: Quantity, value: Fraction, times: float) -> str:
    """As many times the value as it is written in this quantity, to as many places."""
    numbers = _NUMBER.findall(one.text)
    if len(numbers) != 1 or not one.amount.value or not value:
        return ""
    written = Decimal(numbers[0])
    step = Decimal(1).scaleb(int(written.as_tuple().exponent))
    found = written * Decimal(float(value / one.amount.value)) * Decimal(times)
    return str(found.quantize(step)) if found >= step else ""
