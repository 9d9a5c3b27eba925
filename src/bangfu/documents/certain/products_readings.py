"""Which count and which amount a figure said of one belongs to: what stands nearest, or bears its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.arithmetic.scene import AMONG, Scene
from bangfu.documents.certain.products_counts import may_count
from bangfu.documents.certain.products_doubts import is_doubtful, is_of_other_purpose
from bangfu.documents.certain.products_each import Each
from bangfu.documents.certain.products_judge import Triple, comes_out
from bangfu.documents.certain.products_periods import periods_of
from bangfu.documents.certain.products_rates import name_in
from bangfu.documents.certain.products_totals import is_taken, may_stand, may_total, nearest_totals
from bangfu.documents.reading.structure import Mention

_OF_WHAT = re.compile(r"(?:平均|每|[户人村镇乡家次亩笔件头台车场站座处均])+均?[^,;。]{0,4}$")
_BACK, _AHEAD, _FAR_BACK = 20, 7, 60


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


def readings_of(scene: Scene, each: Each, eaches: Mapping[int, Each]) -> list[Reading]:
    """Best first."""
    near = _near(scene, each)
    counts: list[Mention | None] = [*_counts(each, near, eaches)]
    if not each.unit and each.term:
        counts.append(None)
    counts += _far_named(scene, each, near)
    totals = [one for one in near if may_total(each, one, eaches)]
    found = []
    for count in _of_its_name(each, counts):
        rest = [one for one in totals if may_stand(each, count, one)]
        for total in dict.fromkeys(nearest_totals(scene, each, count, rest)):
            if not each.is_mean and is_taken(scene, each, count, total, eaches):
                continue
            triple = _triple(scene, each, count, total)
            tier = _tier(scene, triple, totals, counts)
            if is_of_other_purpose(triple):
                continue
            if each.unit or tier < 3 or _is_after_term(triple):
                alone = _is_alone(scene, triple, totals, counts) or _is_named(scene, triple, counts)
                found.append(Reading(triple, tier, alone, is_doubtful(scene, triple, eaches)))
    return sorted(found, key=lambda one: (one.tier, not one.alone))


def _of_its_name(each: Each, counts: Sequence[Mention | None]) -> Sequence[Mention | None]:
    """助医86户、修房62户,共148户;助医户均1.2万元: of those that the name stands before, if there are any."""
    name = _OF_WHAT.sub("", each.mention.left) if each.is_mean else ""
    if len(name) < 2 or name == each.mention.left:
        return counts
    paragraph = each.mention.paragraph
    own = [one for one in counts if one and one.paragraph == paragraph and name in one.left + one.right[:4]]
    return own or counts


def _far_named(scene: Scene, each: Each, near: Sequence[Mention]) -> list[Mention]:
    """特困供养7人 … 特困供养每人每月860元: the one count further off that bears the name."""
    name = name_in(each.mention.left, "") if each.unit and not each.is_mean else ""
    if len(name) < 2:
        return []
    at = scene.place_of(each.mention)
    far = scene.mentions[max(0, at - _FAR_BACK) : max(0, at - _BACK)]
    found = [one for one in far if name in one.left[-len(name) - 2 :] and may_count(each, one)]
    return found if len({one.quantity.base_value for one in found}) == 1 else []


def with_siblings(scene: Scene, readings: Sequence[list[Reading]]) -> list[list[Reading]]:
    """经费38.4万元,人均6000元;差旅7.68万元,人均2100元: of the same 64 persons, if the first comes out with them."""
    found: list[list[Reading]] = []
    last: list[Reading] = []
    for several in readings:
        more = list(several)
        if last and several and _are_siblings(last[0].triple.each, several[0].triple.each):
            out = next((one.triple for one in last if comes_out(one.triple)), None)
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
    here = each.mention.sentence
    if any(one.sentence == here and one.quantity.base_unit == each.units[0] for one in found if each.units):
        return [one for one in found if one.quantity.base_unit == each.units[0] or one.sentence != here]
    return found


def _is_after_term(triple: Triple) -> bool:
    """3个月平均每月5.95万元."""
    term = triple.periods.member
    return (
        triple.count is None
        and triple.each.is_mean
        and term is not None
        and term.index == triple.each.mention.index - 1
    )


def _is_alone(
    scene: Scene, triple: Triple, totals: Sequence[Mention], counts: Sequence[Mention | None]
) -> bool:
    """One count in the sentence (or paragraph), and one amount, or the amount right before the figure."""
    at, here = triple.each.mention.index, triple.each.mention.sentence
    if triple.count is None:
        return False
    known = _without_parts(scene, triple.count, [one for one in counts if one is not None])
    in_sentence = [one for one in known if one.sentence == here]
    in_paragraph = [one for one in known if one.paragraph == triple.each.mention.paragraph]
    sole = [one for one in totals if one.sentence == here] == [triple.total]
    beside = triple.total.index == at - 1 and triple.total.sentence == here
    if triple.count.sentence == here:
        return in_sentence == [triple.count] and (sole or beside)
    row = sorted(one.index for one in (triple.each.mention, triple.count, triple.total))
    consecutive = row[2] - row[0] == 2 and row[0] == triple.count.index
    return consecutive or (in_paragraph == [triple.count] and beside)


def _without_parts(scene: Scene, whole: Mention, counts: Sequence[Mention]) -> Sequence[Mention]:
    """固定用工46人、灵活用工184人,全年用工230人,其中脱贫人口69人: of these the whole is meant."""
    rest = [
        one for one in counts if one is whole or one.sentence != whole.sentence or not scene.is_nested(one)
    ]
    parts = [one for one in rest if one is not whole and one.sentence == whole.sentence]
    many = sum((one.quantity.base_value for one in parts), Decimal(0))
    if len(parts) > 1 and many == whole.quantity.base_value and all(one.is_like(whole) for one in parts):
        return [one for one in rest if one not in parts]
    return rest if not scene.is_nested(whole) else counts


def _is_named(scene: Scene, triple: Triple, counts: Sequence[Mention | None]) -> bool:
    """低改每亩400元: of the count that 低改 stands before; 脱贫户纯收入289万元: of the persons of 脱贫户."""
    if triple.count is None:
        return False
    tail = _tail_of(triple.count)
    for words in (
        _name_of(triple.each),
        triple.total.left[:3],
        tail if tail in triple.each.mention.left else "",
    ):
        if len(words) > 1 and re.fullmatch(r"[一-龥]+", words):
            bearing = [one for one in counts if one is not None and words in scene.label(one) + one.left]
            if bearing == [triple.count]:
                return True
    return False


def _tail_of(count: Mention) -> str:
    """管水员 of 9个村配管水员27人."""
    return count.left.strip()[-3:] if len(count.left.strip()) > 2 else ""


def _name_of(each: Each) -> str:
    """The word before 每 in its clause."""
    words = re.split(r"每|标准|补助|补贴|均", each.mention.left)[0]
    return words[-4:]


def _near(scene: Scene, each: Each) -> list[Mention]:
    at = scene.place_of(each.mention)
    around = scene.mentions[max(0, at - _BACK) : at + _AHEAD]
    return [one for one in around if one is not each.mention and one.paragraph <= each.mention.paragraph]


def _tier(scene: Scene, triple: Triple, totals: Sequence[Mention], counts: Sequence[Mention | None]) -> int:
    if _is_tight(scene, triple, totals, counts):
        return 1
    three = [one for one in (triple.each.mention, triple.count, triple.total) if one is not None]
    if len({one.sentence for one in three}) == 1:
        return 2
    if len({one.paragraph for one in three}) == 1 and triple.total.sentence == triple.each.mention.sentence:
        return 3
    return 4


def _triple(scene: Scene, each: Each, count: Mention | None, total: Mention) -> Triple:
    three = [one for one in (each.mention, count, total) if one is not None]
    first, last = min(three, key=lambda one: one.index), max(three, key=lambda one: one.index)
    start = first.quantity.start - len(first.left)
    words = scene.reading.flat[start : last.quantity.end + len(last.right)]
    at = scene.place_of(first)
    span = scene.mentions[at : scene.place_of(last) + 2]
    times = [one for one in span if one.quantity.kind == "time" and one.sentence == each.mention.sentence]
    by_times = count is not None and count.quantity.base_unit in ("人次", "户次")
    ends = sorted((each.mention.index, total.index))
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
