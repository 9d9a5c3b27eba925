"""Whether a figure comes out of the figures beside it: one that does is written as it was meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.structure import Mention

_REACH = 9
"""So many figures to either side are looked at."""
_ROW = 8


@dataclass
class Proofs:
    """Which figures the arithmetic around them confirms; asked once, remembered."""

    scene: Scene
    _found: dict[int, bool] = field(default_factory=dict)

    def confirm(self, mention: Mention) -> bool:
        """Whether it is the sum or the difference of neighbours, or makes a share or a product with two of them."""
        if mention.index not in self._found:
            self._found[mention.index] = self._confirm(mention)
        return self._found[mention.index]

    def _confirm(self, mention: Mention) -> bool:
        at = self.scene.place_of(mention)
        around = self.scene.mentions[max(0, at - _REACH) : at + _REACH + 1]
        near = [one for one in around if one.paragraph == mention.paragraph]
        if not mention.quantity.is_exact:
            return False
        return _adds_up(mention, near) or _in_proportion(mention, near) or _in_product(mention, near)


def _adds_up(mention: Mention, near: Sequence[Mention]) -> bool:
    """As a sum or a difference of two, as the sum of the row beside it, or as a member of such a row."""
    like = [one for one in near if one.is_like(mention) and one.quantity.is_exact]
    at, number = like.index(mention), mention.quantity.base_value
    values = [one.quantity.base_value for one in like]
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


def _in_proportion(mention: Mention, near: Sequence[Mention]) -> bool:
    """It and another of its unit make one of the shares: as part of the whole, or as growth."""
    shares = [
        one.quantity for one in near if one.quantity.kind == "share" and one.quantity.step <= Decimal("0.01")
    ]
    number = mention.quantity.base_value
    for one in near:
        other = one.quantity.base_value
        if one is mention or not one.is_like(mention) or not other or not number or other == number:
            continue
        if any(_makes(share, number, other) for share in shares if share.base_value not in (0, 1)):
            return True
    return False


def _makes(share: Quantity, number: Decimal, other: Decimal) -> bool:
    low, high = (number, other) if number < other else (other, number)
    return share.states(low / high) or share.states((high - low) / low) or share.states((high - low) / high)


def _in_product(mention: Mention, near: Sequence[Mention]) -> bool:
    """12人,每人1500元,共1.8万元; 39个主体各带动7人,共273人."""
    figures = [
        one.quantity
        for one in near
        if one is not mention and one.quantity.kind not in ("share", "point", "times")
    ]
    spans = [one.base_value for one in figures if one.kind == "time" and one.base_value > 1]
    here = mention.quantity
    number = here.base_value
    for at, one in enumerate(figures):
        for other in figures[:at]:
            low, high = one.base_value, other.base_value
            if (
                low > 1
                and high > 1
                and number > 1
                and (
                    here.states(low * high)
                    or any(here.states(low * high * span) for span in spans)
                    or (low > high and one.states(number * high))
                    or (high > low and other.states(number * low))
                )
            ):
                return True
    return False
