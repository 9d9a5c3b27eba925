"""Means of means, and what a mean rose by: 亩均收益420元,平均种植180亩,户均7.56万元; 亩产提高38公斤,全区增产456吨."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import digits
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.each import Each, each_of_words
from bangfu.documents.certain.products.slips import POWERS, slip_of_total
from bangfu.documents.reading.structure import Mention

_EACH_HAS = re.compile(r"(?:平均|[户人社家场村棚]均|每[户人社家场村棚])[一-龥]{0,6}$")
_FROM = re.compile(r"[由从](?:原来|原先|[去上前]年|\d+年|项目前|改造前)?的?$")
_RISE = re.compile(r"(?:提高|增加|增长|增产|增收|多产|多收|净增|增)了?$")
_ALL_MORE = re.compile(r"增(?:产|收|加)[一-龥]{0,4}$")
_BARE = frozenset({"money", "share", "point", "times", "time", "age"})
_BACK, _TELLING = 80, 3


def chain_faults(scene: Scene, eaches: Mapping[int, Each]) -> Iterator[Relation]:
    for each in eaches.values():
        if each.is_mean and each.mention.quantity.is_exact:
            yield from _of_means(scene, each, eaches)
    for one in scene.mentions:
        from_what = _FROM.search(one.left)
        risen = each_of_words(one, one.left[: from_what.start()]) if from_what is not None else None
        if risen is not None and one.quantity.is_exact:
            yield from _of_rise(scene, risen)


def _of_means(scene: Scene, each: Each, eaches: Mapping[int, Each]) -> Iterator[Relation]:
    """What one 亩 yields times the 亩 that one household has."""
    stated = each.mention
    before = scene.before(stated)[-6:]
    if len(before) < 2 or stated.quantity.kind != "money" or before[-1].index != stated.index - 1:
        return
    size = before[-1]
    if size.quantity.kind in _BARE or not size.quantity.is_exact or not _EACH_HAS.search(size.left):
        return
    rates = _rates_by(size, before[:-1], eaches)
    products = [(one, one.quantity.base_value * size.quantity.base_value) for one in rates]
    if any(stated.quantity.states(true) for _, true in products) or digits(stated.quantity) < _TELLING:
        return
    for rate, true in reversed(products):
        cause = slip_of_total(stated.quantity, true)
        if cause is not None:
            yield _told(size, rate, stated, true, cause.words)
            return


def _rates_by(size: Mention, before: Sequence[Mention], eaches: Mapping[int, Each]) -> Sequence[Mention]:
    """亩均收入1180元,成本760元,纯收益420元: all that follow in the row."""
    starts = [
        at
        for at, one in enumerate(before)
        if (each := eaches.get(one.index)) is not None
        and size.quantity.base_unit in each.units
        and each.scale == 1
    ]
    if not starts:
        return []
    return [one for one in before[starts[0] :] if one.quantity.kind == "money" and one.quantity.is_exact]


def _of_rise(scene: Scene, each: Each) -> Iterator[Relation]:
    after = [one for one in scene.after(each.mention) if one.is_like(each.mention)][:3]
    if len(after) < 3 or each.scale != 1:
        return
    new, rise, total = after
    risen = new.quantity.base_value - each.mention.quantity.base_value == rise.quantity.base_value > 0
    if not risen or not _RISE.search(rise.left) or not _ALL_MORE.search(total.left):
        return
    at = scene.place_of(each.mention)
    counts = [
        one
        for one in (*scene.mentions[max(0, at - _BACK) : at], *scene.after(each.mention))
        if one.quantity.base_unit in each.units and one.quantity.base_value > 0
    ]
    products = [(one, one.quantity.base_value * rise.quantity.base_value) for one in counts]
    if any(total.quantity.states(true) for _, true in products) or digits(total.quantity) < _TELLING:
        return
    for count, true in products:
        if any(true * power == total.quantity.base_value for power in POWERS):
            yield _told(count, rise, total, true, "小数点或单位错位")
            return


def _told(count: Mention, rate: Mention, total: Mention, true: Decimal, cause: str) -> Relation:
    said = (
        f"{count.quantity.text}×{rate.quantity.text}={shown(true, total.quantity)},"
        f"文中写的是{total.quantity.text}"
    )
    members = (count.index, rate.index)
    return Relation("standard_multiple", members, total.index, true, False, "error", said, cause)
