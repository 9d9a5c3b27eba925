"""Which count and which amount a figure said of one belongs to: what stands nearest, or bears its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from bangfu.documents.arithmetic.scene import AMONG, Scene
from bangfu.documents.certain.products.alone import (
    BACK,
    far_named,
    is_alone,
    is_named,
    is_of_others,
    is_of_sum_before,
    of_its_name,
)
from bangfu.documents.certain.products.counts import is_day_of_work, is_elided, may_count
from bangfu.documents.certain.products.doubts import is_doubtful, is_of_other_purpose
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.judge import Triple, comes_out
from bangfu.documents.certain.products.periods import Periods, periods_of
from bangfu.documents.certain.products.totals import is_taken, may_stand, may_total, nearest_totals
from bangfu.documents.reading.structure import Mention

_AHEAD = 7
_OTHERS = re.compile(r"其余|剩余|余下|剩下|另")


@dataclass(frozen=True)
class Reading:
    """`tier` 1: nothing else can be meant; 2: the nearest within the sentence; 3, 4: a part stands further off.

    `alone`: one count and one amount in the sentence, or such as bear the figure's own name.
    `doubtful`: another rate, a plan beside what was done, or another purpose may explain the amount.
    """

    triple: Triple
    tier: int
    alone: bool
    doubtful: bool = False

    @cached_property
    def comes_out(self) -> bool:
        return comes_out(self.triple)


def readings_of(scene: Scene, each: Each, eaches: Mapping[int, Each]) -> list[Reading]:
    """Best first."""
    near = _near(scene, each)
    each = _without_what(each, near)
    counts: list[Mention | None] = [*_counts(each, near, eaches)]
    if not each.unit and each.term:
        counts.append(None)
    counts += far_named(scene, each, near)
    totals = [one for one in near if may_total(each, one, eaches)]
    found = []
    for count in of_its_name(each, counts):
        rest = [one for one in totals if may_stand(each, count, one)]
        for total in dict.fromkeys(nearest_totals(scene, each, count, rest)):
            if not each.is_mean and is_taken(scene, each, count, total, eaches):
                continue
            triple = _triple(scene, each, count, total)
            tier = _tier(scene, triple, totals, counts)
            if is_of_other_purpose(triple):
                continue
            if each.unit or tier < 3 or _is_after_term(triple):
                alone = is_alone(scene, triple, totals, counts) or is_named(scene, triple, counts)
                found.append(
                    Reading(triple, tier, alone, is_doubtful(scene, triple, eaches) or is_of_others(triple))
                )
    return sorted(found, key=lambda one: (one.tier, not one.alone))


def with_siblings(scene: Scene, readings: Sequence[list[Reading]]) -> list[list[Reading]]:
    """经费38.4万元,人均6000元;差旅7.68万元,人均2100元: of the same 64 persons, if the first comes out with them."""
    found: list[list[Reading]] = []
    last: list[Reading] = []
    for several in readings:
        more = list(several)
        if last and several and _are_siblings(last[0].triple.each, several[0].triple.each):
            out = next((one.triple for one in last if one.comes_out), None)
            if out is not None:
                more += _shared(scene, out, several)
        found.append(sorted(more, key=lambda one: (one.tier, not one.alone)))
        last = several
    return found


def _are_siblings(first: Each, second: Each) -> bool:
    near = (
        second.mention.index - first.mention.index <= 4
        and first.mention.paragraph == second.mention.paragraph
    )
    return near and first.is_mean and second.is_mean


def _shared(scene: Scene, out: Triple, several: Sequence[Reading]) -> Iterator[Reading]:
    each = several[0].triple.each
    counts = {one.triple.count.index for one in several if one.triple.count is not None}
    if out.each.unit == each.unit and out.count is not None:
        totals = {one.triple.total.index: one.triple.total for one in several}
        for total in totals.values():
            if out.total.index < total.index < each.mention.index:
                yield Reading(_triple(scene, each, out.count, total), 2, True)
    if out.each.unit != each.unit and out.each.mention.is_like(each.mention):
        for count in {one.triple.count for one in several if one.triple.count is not None}:
            if count.index in counts and out.total.index != count.index:
                yield Reading(_triple(scene, each, count, out.total), 4, False)


def _counts(each: Each, near: Sequence[Mention], eaches: Mapping[int, Each]) -> list[Mention]:
    """Where the very unit stands in the sentence (612户), what only may be counted so (5家) is not meant."""
    found = [one for one in near if one.index not in eaches and may_count(each, one)]
    found += [one for one in near if one.index not in eaches and is_elided(each, one, found)]
    found.sort(key=lambda one: one.index)
    here = each.mention.sentence
    if any(one.sentence == here and one.quantity.base_unit == each.units[0] for one in found if each.units):
        return [one for one in found if one.quantity.base_unit == each.units[0] or one.sentence != here]
    return found


def _without_what(each: Each, near: Sequence[Mention]) -> Each:
    """藏书6.9万册,平均每个藏书150册: 藏书 is no name of what is counted by 个."""
    noun = each.noun[:2]
    is_whole = len(noun) > 1 and any(noun in one.left and one.is_like(each.mention) for one in near)
    return replace(each, noun="") if each.unit == "个" and is_whole else each


def _is_after_term(triple: Triple) -> bool:
    """3个月平均每月5.95万元."""
    term = triple.periods.member
    return (
        triple.count is None
        and triple.each.is_mean
        and term is not None
        and term.index == triple.each.mention.index - 1
    )


def _near(scene: Scene, each: Each) -> list[Mention]:
    at = scene.place_of(each.mention)
    around = scene.mentions[max(0, at - BACK) : at + _AHEAD]
    return [one for one in around if one is not each.mention and one.paragraph <= each.mention.paragraph]


def _tier(scene: Scene, triple: Triple, totals: Sequence[Mention], counts: Sequence[Mention | None]) -> int:
    if _is_tight(scene, triple, totals, counts):
        return 1
    three = [one for one in (triple.each.mention, triple.count, triple.total) if one is not None]
    if len({one.sentence for one in three}) == 1:
        return 2
    if len({one.paragraph for one in three}) == 1 and triple.total.sentence == triple.each.mention.sentence:
        return 3
    if is_of_sum_before(triple, totals):
        return 3
    return 4


def _triple(scene: Scene, each: Each, count: Mention | None, total: Mention) -> Triple:
    three = [one for one in (each.mention, count, total) if one is not None]
    first, last = min(three, key=lambda one: one.index), max(three, key=lambda one: one.index)
    start = first.quantity.start - len(first.left)
    words = scene.reading.flat[start : last.quantity.end + len(last.right)]
    at = scene.place_of(first)
    span = scene.mentions[at : scene.place_of(last) + 2]
    times = [
        one
        for one in span
        if one.quantity.kind == "time"
        and one.sentence == each.mention.sentence
        and not _OTHERS.search(one.left)
    ]
    by_times = count is not None and count.quantity.base_unit in ("人次", "户次")
    ends = sorted((each.mention.index, total.index))
    if count is not None and is_day_of_work(each, count):
        return Triple(each, count, total, Periods((Decimal(1),), Decimal(1)))
    return Triple(
        each, count, total, periods_of(each.term, words, times, (ends[0], ends[1]), by_times=by_times)
    )


def _is_tight(
    scene: Scene, triple: Triple, totals: Sequence[Mention], counts: Sequence[Mention | None]
) -> bool:
    """Nothing that might be meant instead stands between, nor does another count stand on the other side."""
    each, count, total = triple.each.mention, triple.count, triple.total
    three = [one for one in (each, count, total) if one is not None]
    if len({(one.sentence, one.segment) for one in three}) != 1:
        return False
    low, high = min(one.index for one in three), max(one.index for one in three)
    rivals = [one for one in (*totals, *counts) if one is not None and one not in three]
    if any(low < one.index < high and not AMONG.search(one.gap) for one in rivals):
        return _are_parts(scene, triple, [one for one in rivals if low < one.index < high])
    if count is not None and each.index < count.index < total.index:
        return not any(
            one.index == each.index - 1 and one.segment == each.segment and one in counts for one in rivals
        )
    return True


def _are_parts(scene: Scene, triple: Triple, rivals: Sequence[Mention]) -> bool:
    """3400人次,其中缝纫1280人次、电商960人次,支出272万元: all between are parts of the count."""
    count = triple.count
    if count is None or scene.is_nested(count) or count.index > triple.total.index:
        return False
    parts = sum((one.quantity.base_value for one in rivals), Decimal(0))
    return (
        all(one.is_like(count) and scene.is_nested(one) for one in rivals)
        and parts <= count.quantity.base_value
    )
