"""Whether a figure comes out of the figures beside it: one that does is written as it was meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bangfu.documents.arithmetic.scene import PER, Scene
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.structure import Mention

_REACH = 9
"""So many figures to either side are looked at."""
_REST = re.compile(r"(?:[余剩]|未[一-龥]{1,2}|[尚仍还][有欠差缺]|[欠待差缺])[一-龥]{0,3}$")
"""已兑付531万元,兑付率75%,余177万元: what is left makes the whole with it."""
_NO_FACTORS = frozenset({"share", "point", "times"})


@dataclass
class Proofs:
    """Which figures the arithmetic around them confirms; asked once, remembered."""

    scene: Scene
    _found: dict[tuple[int, Decimal], bool] = field(default_factory=dict)

    def confirm(self, mention: Mention) -> bool:
        """Whether it is the sum or the difference of neighbours, or makes a share or a product with two of them."""
        return self.confirms(mention, mention.quantity.base_value)

    def confirms(self, mention: Mention, value: Decimal) -> bool:
        """Whether `value` at its place would be the sum, the difference, the share or the product."""
        key = mention.index, value
        if key not in self._found:
            self._found[key] = self._confirm(mention, value)
        return self._found[key]

    def _confirm(self, mention: Mention, value: Decimal) -> bool:
        at = self.scene.place_of(mention)
        around = self.scene.mentions[max(0, at - _REACH) : at + _REACH + 1]
        near = [one for one in around if one.paragraph == mention.paragraph]
        if not mention.quantity.is_exact:
            return False
        return (
            _adds_up(mention, value, near)
            or _in_proportion(mention, value, near)
            or _in_product(mention, value, near)
        )


def _adds_up(mention: Mention, number: Decimal, near: Sequence[Mention]) -> bool:
    """As a sum or a difference of two, as the sum of the row beside it, or as a member of such a row."""
    like = [one for one in near if one.is_like(mention) and one.quantity.is_exact]
    at = like.index(mention)
    values = [number if one is mention else one.quantity.base_value for one in like]
    others = {value for place, value in enumerate(values) if place != at}
    if any(
        number + other in others or (abs(number - other) in others and abs(number - other) != other)
        for other in others
        if other and other != number
    ):
        return True
    return any(_row_gives(values, total, step, at) for total in range(len(values)) for step in (1, -1))


def _row_gives(values: Sequence[Decimal], total: int, step: int, at: int) -> bool:
    """Whether the figures after (before) `total` add up to it, the figure `at` being one of all these."""
    amount, place, inside = Decimal(0), total + step, total == at
    while 0 <= place < len(values) and amount < values[total]:
        amount += values[place]
        inside = inside or place == at
        if inside and amount == values[total] and abs(place - total) > 1:
            return True
        place += step
    return False


def _in_proportion(mention: Mention, number: Decimal, near: Sequence[Mention]) -> bool:
    """It and another of its unit make one of the shares: as part of the whole, or as growth."""
    shares = [
        one.quantity for one in near if one.quantity.kind == "share" and one.quantity.step <= Decimal("0.01")
    ]
    for one in near:
        other = one.quantity.base_value
        if one is mention or not one.is_like(mention) or not other or not number or other == number:
            continue
        if any(_makes(share, number, other) for share in shares if share.base_value not in (0, 1)):
            return True
        if _REST.search(one.left) and any(share.states(number / (number + other)) for share in shares):
            return True
    return False


def _makes(share: Quantity, number: Decimal, other: Decimal) -> bool:
    low, high = (number, other) if number < other else (other, number)
    return share.states(low / high) or share.states((high - low) / low) or share.states((high - low) / high)


def _in_product(mention: Mention, number: Decimal, near: Sequence[Mention]) -> bool:
    """12人,每人1500元,共1.8万元; 39个主体各带动7人,共273人; 561人13912平方米,人均24.8平方米."""
    here = replace(mention.quantity, base_value=number)
    others = [
        one
        for one in near
        if one is not mention and one.quantity.kind not in _NO_FACTORS and one.quantity.base_value > 1
    ]
    if here.base_value <= 1:
        return False
    figures = [one.quantity for one in others]
    rates = [one.quantity for one in others if one.quantity.per or PER.search(one.left)]
    if here.per or PER.search(mention.left):
        return any(
            here.states(one.base_value / other.base_value)
            for one in figures
            for other in figures
            if one.base_value > other.base_value
        )
    return any(_makes_three(here, one, rate, figures) for rate in rates for one in figures if one is not rate)


def _makes_three(here: Quantity, one: Quantity, other: Quantity, figures: Sequence[Quantity]) -> bool:
    """Whether one of the three is the product of the other two, or this one that and of a number of months."""
    number, product = here.base_value, one.base_value * other.base_value
    if here.states(product) or one.states(number / other.base_value) or other.states(number / one.base_value):
        return True
    if product >= number:
        larger, less = (one, other) if one.base_value > other.base_value else (other, one)
        return larger.states(number * less.base_value)
    return any(span.kind == "time" and here.states(product * span.base_value) for span in figures)
