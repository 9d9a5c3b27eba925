"""Which count and which amount a figure said of one belongs to: what stands nearest, or bears its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bangfu.documents.arithmetic.scene import AMONG, Scene
from bangfu.documents.certain.products_each import Each, is_limit, may_count
from bangfu.documents.certain.products_judge import Triple
from bangfu.documents.certain.products_periods import periods_of
from bangfu.documents.reading.structure import Mention

_BACK, _AHEAD = 20, 7
_NEXT_TO = re.compile(r"[、和与及][一-龥]{0,8}")
_FILLER = re.compile(r"[达到约为了近超过的共计]+$")


@dataclass(frozen=True)
class Reading:
    """`tier` 1: nothing else can be meant; 2: the nearest within the sentence; 3, 4: a part stands further off.

    `alone`: one count and one amount in the sentence, or such as bear the figure's own name.
    """

    triple: Triple
    tier: int
    alone: bool


def readings_of(scene: Scene, each: Each, eaches: Mapping[int, Each]) -> list[Reading]:
    """Best first."""
    near = _near(scene, each)
    counts: list[Mention | None] = [*_counts(each, near, eaches)]
    if not each.unit and each.term:
        counts.append(None)
    totals = [one for one in near if _may_total(each, one, eaches)]
    found = []
    for count in counts:
        rest = [one for one in totals if _may_stand(each, count, one)]
        for total in dict.fromkeys(_nearest(scene, each, count, rest)):
            triple = _triple(scene, each, count, total)
            tier = _tier(triple, totals, counts)
            if each.unit or tier < 3:
                alone = _is_alone(each, totals, counts) or _is_named(scene, triple, counts)
                found.append(Reading(triple, tier, alone))
    return sorted(found, key=lambda one: (one.tier, not one.alone))


def _counts(each: Each, near: Sequence[Mention], eaches: Mapping[int, Each]) -> list[Mention]:
    """Where the very unit stands in the sentence (612户), what only may be counted so (5家) is not meant."""
    found = [one for one in near if one.index not in eaches and may_count(each, one)]
    here = each.mention.sentence
    if any(one.sentence == here and one.quantity.base_unit == each.units[0] for one in found if each.units):
        return [one for one in found if one.quantity.base_unit == each.units[0] or one.sentence != here]
    return found


def _is_alone(each: Each, totals: Sequence[Mention], counts: Sequence[Mention | None]) -> bool:
    here = each.mention.sentence
    return all(
        len([one for one in several if one is not None and one.sentence == here]) == 1
        for several in (totals, counts)
    )


def _is_named(scene: Scene, triple: Triple, counts: Sequence[Mention | None]) -> bool:
    """低改每亩400元: of the count that 低改 stands before; 脱贫户纯收入289万元: of the persons of 脱贫户."""
    if triple.count is None:
        return False
    for words in (_name_of(triple.each), triple.total.left[:3]):
        if len(words) > 1 and re.fullmatch(r"[一-龥]+", words):
            bearing = [one for one in counts if one is not None and words in scene.label(one) + one.left]
            if bearing == [triple.count]:
                return True
    return False


def _name_of(each: Each) -> str:
    """The word before 每 in its clause."""
    words = re.split(r"每|标准|补助|补贴|均", each.mention.left)[0]
    return words[-4:]


def _near(scene: Scene, each: Each) -> list[Mention]:
    at = scene.place_of(each.mention)
    around = scene.mentions[max(0, at - _BACK) : at + _AHEAD]
    return [one for one in around if one is not each.mention and one.paragraph <= each.mention.paragraph]


def _nearest(scene: Scene, each: Each, count: Mention | None, totals: Sequence[Mention]) -> Iterator[Mention]:
    """The nearest before and after in the sentence, with those joined to it by 、; else the last before."""
    at, here = each.mention.index, each.mention.sentence
    before = [one for one in reversed(totals) if one.index < at]
    after = [one for one in totals if one.index > at and one.sentence == here]
    beside = [one for one in before if one.sentence == here]
    if beside and _is_bracketed(scene, beside[0], each):
        after = []
    for row in (beside, after):
        for number, one in enumerate(row):
            if number:
                last = row[number - 1]
                joined = _NEXT_TO.fullmatch((one if row is after else last).gap)
                if not joined and not (row is beside and AMONG.search(last.gap)):
                    break
            yield one
    if not beside and before and (each.is_mean or not after):
        yield before[0]
    what = _FILLER.sub("", each.what)
    if each.is_mean:
        paragraph = each.mention.paragraph
        adjacent = count is not None and count.index == at - 1 and count.sentence == here
        for one in before:
            if one.paragraph == paragraph and (adjacent or (len(what) > 1 and what[-4:] in one.left)):
                yield one


def _is_bracketed(scene: Scene, total: Mention, each: Each) -> bool:
    """报酬49.6万元(每人2000元): the bracket explains what stands right before it."""
    between = scene.between(total, each.mention)
    return between.startswith("(") and ")" not in between


def _tier(triple: Triple, totals: Sequence[Mention], counts: Sequence[Mention | None]) -> int:
    if _is_tight(triple, totals, counts):
        return 1
    three = [one for one in (triple.each.mention, triple.count, triple.total) if one is not None]
    if len({one.sentence for one in three}) == 1:
        return 2
    if len({one.paragraph for one in three}) == 1 and triple.total.sentence == triple.each.mention.sentence:
        return 3
    return 4


def _may_total(each: Each, one: Mention, eaches: Mapping[int, Each]) -> bool:
    other = eaches.get(one.index)
    return (
        one.is_like(each.mention)
        and (other is None or (not other.unit and other.term == each.term and other is not each))
        and one.quantity.base_value > 0
        and not one.quantity.per
        and not is_limit(one)
    )


def _may_stand(each: Each, count: Mention | None, total: Mention) -> bool:
    """Where both count the same kind of thing (400人由31名干部包保) the whole is the greater."""
    if count is total:
        return False
    return count is None or not count.is_like(total) or count.quantity.base_value < total.quantity.base_value


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
    return Triple(each, count, total, periods_of(each.term, words, times, (ends[0], ends[1]), by_times=by_times))


def _is_tight(triple: Triple, totals: Sequence[Mention], counts: Sequence[Mention | None]) -> bool:
    """Nothing that might be meant instead stands between, nor does another count stand on the other side."""
    each, count, total = triple.each.mention, triple.count, triple.total
    three = [one for one in (each, count, total) if one is not None]
    if len({(one.sentence, one.segment) for one in three}) != 1:
        return False
    low, high = min(one.index for one in three), max(one.index for one in three)
    rivals = [one for one in (*totals, *counts) if one is not None and one not in three]
    if any(low < one.index < high and not AMONG.search(one.gap) for one in rivals):
        return False
    if count is not None and each.index < count.index < total.index:
        return not any(one.index == each.index - 1 and one.segment == each.segment and one in counts for one in rivals)
    return True


