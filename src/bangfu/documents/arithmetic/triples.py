"""Count, rate and amount side by side: 发放2905人,每人300元,共87.15万元; each of the three may stand last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from bangfu.documents.arithmetic.causes import is_mistyped
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.arithmetic.standards import Rate, rate_of
from bangfu.documents.reading.structure import Mention

_ORDERS = ((0, 1, 2), (1, 0, 2), (0, 2, 1))
"""Where count, rate and amount stand among three neighbours."""
_AGAIN = re.compile(r"最高|上限|封顶|不超过|至|标准提高|收入|增收|工资")
_ONCE = re.compile(r"[当本]月|月发放|月支出|月均")
_YEARLY = re.compile(r"全年|年发放|年支付|年共|年需")
_ODD = (Decimal(10), Decimal("0.1"), Decimal(10_000), Decimal("0.0001"))
_LOW, _HIGH = Decimal("0.8"), Decimal("1.25")


def triples(scene: Scene, known: frozenset[int]) -> Iterator[Relation]:
    """`known` are amounts that another reading has judged."""
    for sentence in scene.sentences:
        for at in range(len(sentence.mentions) - 2):
            three = sentence.mentions[at : at + 3]
            if three[0].segment == three[2].segment:
                yield from _of_three(three, known)


def _of_three(three: Sequence[Mention], known: frozenset[int]) -> Iterator[Relation]:
    for order in permutations(range(3)):
        if order not in _ORDERS:
            continue
        count, rate, amount = (three[at] for at in order)
        found = rate_of(rate)
        if found is None or _AGAIN.search(rate.left) or amount.index in known:
            continue
        if _is_count(found, count) and amount.is_like(rate) and amount.quantity.is_exact:
            yield from _weighed(found, count, amount)


def _is_count(rate: Rate, count: Mention) -> bool:
    return (
        rate.has_unit
        and count.quantity.base_unit in rate.units
        and count.quantity.is_exact
        and "每" not in count.left
    )


def _weighed(rate: Rate, count: Mention, amount: Mention) -> Iterator[Relation]:
    months = _months(rate, amount)
    if months is None or not count.quantity.base_value or "每" in amount.left or "均" in amount.left:
        return
    computed = rate.mention.quantity.base_value * count.quantity.base_value / rate.scale * months
    members = (count.index, rate.mention.index)
    if amount.quantity.states(computed):
        yield Relation("standard_multiple", members, amount.index, computed, True)
        return
    ratio = amount.quantity.base_value / computed
    if not (
        _LOW < ratio < _HIGH
        or ratio in _ODD
        or is_mistyped(amount.quantity, computed)
        or _slips(rate, count, amount, months)
    ):
        return
    times = f"×{months}个月" if months > 1 else ""
    product = f"{count.quantity.text}×{rate.mention.quantity.text}{times}={shown(computed, amount.quantity)}"
    said = f"{product},文中写的是{amount.quantity.text}"
    yield Relation("standard_multiple", members, amount.index, computed, False, "error", said)


def _slips(rate: Rate, count: Mention, amount: Mention, months: int) -> bool:
    """Whether a slip in the rate itself explains the difference."""
    each = amount.quantity.base_value / count.quantity.base_value * rate.scale / months
    return is_mistyped(rate.mention.quantity, each)


def _months(rate: Rate, amount: Mention) -> int | None:
    """How many times the rate is paid; None where nobody says."""
    if not rate.term:
        return 1
    if rate.term == "月" and _ONCE.search(amount.left):
        return 1
    return 12 if rate.term == "月" and _YEARLY.search(amount.left) else None
