"""Two figures and a third that is made of them -> shares, growth, averages and products that may be meant."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.claims.claim import Claim
from bangfu.documents.linking.each import units_of_one
from bangfu.documents.linking.linked import Linked
from bangfu.documents.linking.links import Links
from bangfu.documents.linking.sums import claim_of, mention_at
from bangfu.documents.linking.values import scale_of
from bangfu.documents.reading.structure import Mention

_RANKS = 3
_UNSAID = 0.5
"""What a claim that needs a number nobody linked to it is worth beside one that does not."""
_YEAR = 12
_MONTHS = (3, 6, _YEAR)
_MOST_TIMES = 366
_AROUND = 6
_DIRECTION, _DOWN = re.compile("[增升涨减降跌缩]|提高"), frozenset("减降跌缩")
_TIMED = frozenset({"time", "times", "count"})

_Pair = tuple[Mention, Mention, float]


def ratios(scene: Scene, links: Links, stated: Mention) -> Iterator[Linked]:
    for part, whole, chance in _pairs(scene, links, stated, "share.part", "share.whole"):
        if stated.quantity.kind in ("share", "times"):
            yield from _quotient("share", part, whole, stated, chance)
    for old, new, chance in _pairs(scene, links, stated, "growth.old", "growth.new"):
        yield from _growth(old, new, stated, chance)
    for amount, count, chance in _pairs(scene, links, stated, "average.sum", "average.count"):
        yield from _averages(amount, count, stated, chance)
    for count, rate, chance in _pairs(scene, links, stated, "product.count", "product.rate"):
        yield from _products(scene, links, count, rate, stated, chance)


def _pairs(scene: Scene, links: Links, stated: Mention, first: str, second: str) -> Iterator[_Pair]:
    ones, others = links.of(first, stated.index)[:_RANKS], links.of(second, stated.index)[:_RANKS]
    for (one, chance), (other, likely) in itertools.product(ones, others):
        if one != other:
            both = math.sqrt(chance * likely) * math.sqrt(min(chance, likely))
            yield mention_at(scene, one), mention_at(scene, other), both


def _averages(amount: Mention, count: Mention, stated: Mention, chance: float) -> Iterator[Linked]:
    """Of one as it is named (每公里 of metres); of a month, and one as the count is written, are tried too."""
    scale = units_of_one(stated)
    yield from _quotient("average", amount, count, stated, chance, scale)
    for other in {*(scale / times for times in _MONTHS), scale_of(count.quantity)} - {scale}:
        yield from _quotient("average", amount, count, stated, chance * _UNSAID, other, is_told=False)


def _quotient(
    kind: str,
    part: Mention,
    whole: Mention,
    stated: Mention,
    chance: float,
    times: Decimal = Decimal(1),
    *,
    is_told: bool = True,
) -> Iterator[Linked]:
    (low, high), (least, most) = part.quantity.span, whole.quantity.span
    if not whole.quantity.base_value or least <= 0:
        return
    computed = part.quantity.base_value / whole.quantity.base_value * times
    way = f"{part.quantity.text}÷{whole.quantity.text}"
    claim = claim_of(kind, (part, whole), stated, computed, (low / most * times, high / least * times), way)
    yield Linked(claim, chance, is_told)


def _growth(old: Mention, new: Mention, stated: Mention, chance: float) -> Iterator[Linked]:
    said = stated.quantity
    if said.kind == "point":
        if old.quantity.kind == new.quantity.kind == "share":
            yield Linked(_change(old, new, stated), chance)
    elif said.kind not in ("share", "times") and said.unit not in ("倍", "成"):
        if old.is_like(new) and old.is_like(stated):
            yield Linked(_change(old, new, stated), chance)
    elif old.quantity.kind == "share" and new.quantity.kind == "share":
        yield Linked(_change(old, new, stated), chance)
    elif old.quantity.base_value and old.quantity.span[0] > 0:
        yield from _rates(old, new, stated, chance)


def _in_order(old: Mention, new: Mention, stated: Mention) -> tuple[Mention, Mention]:
    """The figure that the words say is greater, and the other one; where they do not say it, the greater one first.

    由8000元增加到10000元,减少25%: what comes out but for its direction does not come out.
    """
    said = _DIRECTION.findall(stated.left)
    if said:
        return (old, new) if said[-1] in _DOWN else (new, old)
    return (new, old) if new.quantity.base_value >= old.quantity.base_value else (old, new)


def _change(old: Mention, new: Mention, stated: Mention) -> Claim:
    first, second = _in_order(old, new, stated)
    computed = first.quantity.base_value - second.quantity.base_value
    (low, high), (least, most) = old.quantity.span, new.quantity.span
    slack = (high - low + most - least) / 2
    way = f"{first.quantity.text}-{second.quantity.text}"
    between = (max(Decimal(0), computed - slack) if computed >= 0 else computed - slack), computed + slack
    return claim_of("growth", (old, new), stated, computed, between, way)


def _rates(old: Mention, new: Mention, stated: Mention, chance: float) -> Iterator[Linked]:
    """The change as a share of the old figure; the new as a multiple of the old one is tried too."""
    (low, high), (least, most) = old.quantity.span, new.quantity.span
    times = new.quantity.base_value / old.quantity.base_value
    between = least / high, most / low
    first, second = _in_order(old, new, stated)
    changes = [(edge - 1 if first is new else 1 - edge) for edge in (*between, times)]
    low, high = sorted(changes[:2])
    way = f"({first.quantity.text}-{second.quantity.text})÷{old.quantity.text}"
    changed = claim_of(
        "growth", (old, new), stated, changes[2], (low if changes[2] < 0 else max(low, Decimal(0)), high), way
    )
    yield Linked(changed, chance)
    way = f"{new.quantity.text}÷{old.quantity.text}"
    yield Linked(claim_of("growth", (old, new), stated, times, between, way), chance * _UNSAID, is_told=False)


def _products(
    scene: Scene, links: Links, count: Mention, rate: Mention, stated: Mention, chance: float
) -> Iterator[Linked]:
    linked = [
        mention_at(scene, at)
        for at, likely in links.of("product.times", stated.index)
        if likely > _UNSAID and at not in (count.index, rate.index)
    ]
    scale = units_of_one(rate)
    said = {number for one in linked for number in _numbers(one)}
    for times in said or {1}:
        yield _product(count, rate, stated, times, scale, chance)
    for times in {1, *_MONTHS, *_times_near(scene, count, rate, stated)} - (said or {1}):
        yield _product(count, rate, stated, times, scale, chance * _UNSAID, is_told=False)
    for other in {Decimal(1), scale_of(count.quantity)} - {scale}:
        yield _product(count, rate, stated, 1, other, chance * _UNSAID, is_told=False)


def _product(
    count: Mention,
    rate: Mention,
    stated: Mention,
    times: int,
    scale: Decimal,
    chance: float,
    *,
    is_told: bool = True,
) -> Linked:
    (low, high), (least, most) = count.quantity.span, rate.quantity.span
    each = times / scale
    computed = count.quantity.base_value * rate.quantity.base_value * each
    way = f"{count.quantity.text}×{rate.quantity.text}" + (f"×{times}" if times > 1 else "")
    between = low * least * each, high * most * each
    claim = claim_of("standard_multiple", (count, rate), stated, computed, between, way)
    return Linked(claim, chance, is_told)


def _times_near(scene: Scene, count: Mention, rate: Mention, stated: Mention) -> Iterator[int]:
    place = stated.index
    for one in scene.mentions[max(0, place - _AROUND) : place + _AROUND]:
        if one.quantity.kind in _TIMED and one not in (count, rate, stated):
            yield from _numbers(one)


def _numbers(one: Mention) -> Iterator[int]:
    """How often by this figure: 2年 is twice, and twenty-four months."""
    value = one.quantity.value
    if value == int(value) and 1 < value <= _MOST_TIMES:
        yield int(value)
        if one.quantity.unit == "年":
            yield int(value) * _YEAR
