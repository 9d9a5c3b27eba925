"""Later figures that a neighbour said again gives away, or that are last year's figure left standing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import retyped
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.repeats.ahead import is_ahead
from bangfu.documents.certain.repeats.echoes import NOT_COMPARED, looks_back
from bangfu.documents.certain.repeats.facts import IS_LAST
from bangfu.documents.certain.repeats.likeness import Likeness
from bangfu.documents.certain.repeats.names import pairs_of
from bangfu.documents.certain.repeats.slips import Pair, agree, is_near
from bangfu.documents.certain.repeats.words import ASK, GAP, LACK, LAST, RATE, RISE
from bangfu.documents.reading.structure import Mention

_TELLING, _FEW, _GROUP = 10, 2, 4.5
"""A smaller figure may well stand in two places by chance."""
_OLD_NAMED = 1.5
_OLD = re.compile(
    r"(?:上年|去年|同期|上月|上季度?|上期|前年|年初|期初|月初|季初|[比较](?:(?:19|20)\d\d)?[年月季][底末初]的?|原来|原先|由|从|任务数?|计划数?|目标数?|指标数?|预算数?|应[^,。;]{1,4})[^,。;、的]{0,8}$"
)
_DUE = re.compile(r"应(?![急用对届])")
_FALL = re.compile(r"减|降|少|低|回落|下滑|压")
_OLD_HERE = re.compile(r"由|从|比|较|上年|去年|同期|任务|计划|规划|指标|目标|预算|原|增至|增加到|升至|提高到")
_RATE_SIDE = re.compile(r"[一-龥]{0,4}[,、]?(?:[一-龥]{1,4}率|占比)(?:为|达到?|是)?")
_SIDE = re.compile(r"[、,]?(?:共|计|涉及|惠及|金额|资金)?")


def sibling_pairs(scene: Scene, likeness: Likeness) -> Iterator[tuple[Pair, float]]:
    """71户228人 above and 71户238人 below: one of the two said again beside another number."""
    for at, second in enumerate(scene.mentions):
        if at == 0 or second.quantity.kind in NOT_COMPARED or not second.quantity.is_exact:
            continue
        beside = scene.mentions[at - 1]
        if beside.quantity.base_value < _FEW or not _are_pair(beside, second):
            continue
        few = beside.quantity.base_value < _TELLING
        for twin in likeness.same(beside):
            if twin.index >= beside.index or twin.sentence == beside.sentence:
                continue
            first = scene.mentions[scene.place_of(twin) + 1]
            if second.quantity.kind == "share" and _rate_of(first) != _rate_of(second):
                continue
            if _are_pair(twin, first) and first.is_like(second) and first.quantity.is_exact:
                if not few:
                    yield from _sibling(likeness, first, second, 0.0)
                elif _are_called_alike(twin, beside, second):
                    yield from _sibling(likeness, first, second, _GROUP)


def _are_called_alike(twin: Mention, beside: Mention, second: Mention) -> bool:
    """监测对象7户22人 above and 7户23人监测对象 below."""
    group = pairs_of(twin.left[-6:])
    return not group.isdisjoint(pairs_of(beside.left[-6:]) | pairs_of(second.right[:6]))


def _sibling(
    likeness: Likeness, first: Mention, second: Mention, named: float
) -> Iterator[tuple[Pair, float]]:
    one, two = first.quantity, second.quantity
    if not agree(one, two) and is_near(one, two) and second.index not in likeness.cells:
        pair = Pair(first, second, "other", 1.0)
        slip = retyped(two, one.base_value)
        if slip or not named:
            yield pair, likeness.of(pair) + named + (1.5 if slip else 0.0)


def _are_pair(one: Mention, other: Mention) -> bool:
    """户 and 人, 笔 and 万元 side by side, the second of the first."""
    if one.sentence != other.sentence or one.is_like(other):
        return False
    side = _RATE_SIDE if other.quantity.kind == "share" else _SIDE
    return side.fullmatch(other.gap) is not None


def _rate_of(share: Mention) -> str:
    """务工率, without what stands before: 外出务工率."""
    found = RATE.search(share.left)
    return found[1][-3:] if found else share.left[-3:]


def exchanged(scene: Scene) -> Iterator[Pair]:
    """1127户、3604人 above and 3604户、1127人 below."""
    known: dict[tuple[str, Decimal, str, Decimal], tuple[Mention, Mention]] = {}
    for one, other in zip(scene.mentions, scene.mentions[1:], strict=False):
        if not _are_pair(one, other) or min(one.quantity.base_value, other.quantity.base_value) < _TELLING:
            continue
        units = one.quantity.base_unit, other.quantity.base_unit
        values = one.quantity.base_value, other.quantity.base_value
        if (units[0], values[1], units[1], values[0]) in known:
            first, second = known[units[0], values[1], units[1], values[0]]
            yield Pair(first, one, "exchanged", 1.0)
            yield Pair(second, other, "exchanged", 1.0)
        known.setdefault((units[0], values[0], units[1], values[1]), (one, other))


def asked(scene: Scene, likeness: Likeness) -> Iterator[Pair]:
    """尚差90万元 above; 为补足上述缺口,恳请安排99万元 below: what is asked for is not what is lacking."""
    lacking = [
        one
        for one in scene.mentions
        if one.quantity.kind == "money" and one.quantity.is_exact and GAP.search(one.left[-8:])
    ]
    for second in scene.mentions:
        quantity = second.quantity
        if quantity.kind != "money" or not quantity.is_exact or not lacking:
            continue
        before = [one for one in lacking if one.sentence < second.sentence]
        words = scene.sentence_words(second)
        if not before or not (ASK.search(words) and LACK.search(words)) or len(likeness.same(second)) > 1:
            continue
        alone = len({one.quantity.base_value for one in before}) == 1
        if alone and not agree(before[-1].quantity, quantity) and _is_only_amount(scene, second):
            yield Pair(before[-1], second, "other", 1.0)


def _is_only_amount(scene: Scene, mention: Mention) -> bool:
    several = scene.sentence_of(mention).mentions
    return sum(one.quantity.kind == "money" for one in several) == 1 and is_near(
        mention.quantity, mention.quantity
    )


def old_figures(scene: Scene, likeness: Likeness) -> Iterator[tuple[Pair, float]]:
    """今年5200万元,上年4800万元 above, and 4800万元 below as though it were this year's."""
    for second in scene.mentions:
        if (
            not looks_back(scene, likeness, second)
            or _DUE.search(second.left)
            or likeness.states(second)[IS_LAST]
            or _OLD_HERE.search(second.gap + second.right[:8])
            or is_ahead(scene, second)
        ):
            continue
        for old in likeness.same(second):
            first = _now_of(scene, likeness, old)
            if old.paragraph == second.paragraph or old.index > second.index or first is None:
                continue
            if not _own_name(likeness, first, old).isdisjoint(pairs_of(second.right[:8])):
                continue
            said = max(likeness.names.shared(one, second)[0] for one in (first, old))
            if (said >= _OLD_NAMED or likeness.is_of_repeats(second)) and not any(
                one.sentence == second.sentence for one in likeness.same(first)
            ):
                yield Pair(first, second, "old", 1.0), max(said, _OLD_NAMED)


def _own_name(likeness: Likeness, first: Mention, old: Mention) -> frozenset[str]:
    """年初失学7人,劝返5人: what is called 失学 below is the former."""
    return pairs_of(old.left[-4:]) - likeness.names.of(first).near


def risen_figures(scene: Scene, likeness: Likeness) -> Iterator[tuple[Pair, float]]:
    """今年14家,比上年净增3家 above, and 11家 below as though it were this year's."""
    for first, rise in zip(scene.mentions, scene.mentions[1:], strict=False):
        one = first.quantity
        if not _is_rise(first, rise):
            continue
        before = one.base_value - rise.quantity.base_value * (-1 if _FALL.search(rise.left) else 1)
        for second in likeness.valued(one.base_unit, before):
            if second.sentence <= first.sentence or not looks_back(scene, likeness, second):
                continue
            if likeness.states(second)[IS_LAST] or _OLD_HERE.search(second.gap) or is_ahead(scene, second):
                continue
            yield Pair(first, second, "old", 1.0), likeness.names.shared(first, second)[0]


def _is_rise(first: Mention, rise: Mention) -> bool:
    return (
        first.sentence == rise.sentence
        and first.is_like(rise)
        and first.quantity.is_exact
        and rise.quantity.is_exact
        and LAST.search(rise.gap) is not None
        and RISE.search(rise.left) is not None
    )


def _now_of(scene: Scene, likeness: Likeness, old: Mention) -> Mention | None:
    """The figure of now beside one that is called last year's or the one to be reached."""
    at = scene.place_of(old)
    if not (_OLD.search(old.left) or _OLD.search(old.gap[-8:])):
        return None
    around = [scene.mentions[place] for place in (at - 1, at + 1) if 0 <= place < len(scene.mentions)]
    fit = [
        one
        for one in around
        if one.sentence == old.sentence
        and one.is_like(old)
        and one.quantity.is_exact
        and one.quantity.base_value != old.quantity.base_value
        and is_near(one.quantity, old.quantity)
        and not likeness.states(one)[IS_LAST]
        and not RISE.search(one.left)
        and not _OLD.search(one.left)
    ]
    return fit[0] if len(fit) == 1 else None
