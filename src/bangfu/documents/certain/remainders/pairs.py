"""One whole, one part, what is left: 应办27件,已办25件,还有3件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.scene import AMONG, Scene, can_add
from bangfu.documents.certain.remainders.readings import (
    Way,
    comes_out,
    has_rate,
    is_first_of_several,
    without_parts,
)
from bangfu.documents.certain.remainders.slips import slip, swapped
from bangfu.documents.certain.remainders.words import (
    ANOTHER,
    CARRIED,
    CLOSING,
    FINISHED,
    OWED,
    REMAINS,
    REST_OF_ALL,
    SHORT,
    belongs,
    is_negation_of,
    is_whole,
    words_of,
)
from bangfu.documents.reading.structure import Mention

_NEAR = 6
_TOTAL = re.compile("合计|共|总|累计")
_HEAD = re.compile("^.*(?:其中|包括|有|含|为)|[共有计]+$")
_STILL = re.compile("[还尚仍]有")
_CLAUSE = re.compile(r"[,;:。()\n]")


def pair(scene: Scene, rest: Mention, pool: Sequence[Mention], words: str, strict: bool) -> Way | None:
    """The way that words and figures agree on, best first; None where none is certain or another comes out."""
    graded = [(grade(scene, rest, way, words, strict), way) for way in _meant(_ways(pool))]
    sure, way = max(graded, key=lambda one: one[0], default=(0, None))
    if (
        way is None
        or not sure
        or _fits_another_whole(scene, rest, way)
        or (CLOSING.search(words) and _is_carried_apart(scene, pool, way))
    ):
        return None
    (done,) = way.taken
    beside = [one for one in pool if one.sentence == rest.sentence]
    if (
        is_in_row(scene, way, rest)
        and belongs(words, words_of(scene, done))
        and not REST_OF_ALL.search(words)
    ):
        return None if comes_out(scene, rest, beside, beside, way, beside=True) else way
    if sure >= 8:
        wholes = list(dict.fromkeys([way.whole, done, *pool[-2:]]))
        return None if comes_out(scene, rest, pool, wholes, way) else way
    if _TOTAL.search(words_of(scene, done)):
        pool = [one for one in pool if not way.whole.index < one.index < done.index]
    return None if comes_out(scene, rest, pool, pool, way) else way


def _meant(ways: Iterator[Way]) -> list[Way]:
    """Where the part takes up the name of one whole, no other is meant."""
    found = list(ways)
    resumed = {way.taken[0].index for way in found if _is_resumed(way)}
    return [way for way in found if way.taken[0].index not in resumed or _is_resumed(way)]


def _fits_another_whole(scene: Scene, rest: Mention, way: Way) -> bool:
    """全省42.6亿元,年度计划12.5亿元,完成9.15亿元,还差3.35亿元: the same part leaves it of another whole close before."""
    (done,) = way.taken
    at = scene.place_of(done)
    return any(
        one.is_like(rest) and rest.quantity.states(one.quantity.base_value - done.quantity.base_value)
        for one in scene.mentions[max(0, at - 2 * _NEAR) : at]
        if one.paragraph == rest.paragraph and one is not way.whole
    )


def _is_carried_apart(scene: Scene, pool: Sequence[Mention], way: Way) -> bool:
    """Something was carried over that the whole does not hold: 一季度结余40万元;到位460万元,支出412万元,累计结余88万元."""
    carried = [one for one in pool if CARRIED.search(words_of(scene, one)) and one is not way.whole]
    values = {one.quantity.base_value for one in pool}
    return any(way.whole.quantity.base_value - one.quantity.base_value not in values for one in carried)


def _ways(pool: Sequence[Mention]) -> Iterator[Way]:
    """Each near figure as the part, with each greater one as the whole, nearest first."""
    for done in reversed(pool[-_NEAR:]):
        for whole in reversed(pool):
            if whole.quantity.base_value > done.quantity.base_value:
                way = Way(whole, (done,))
                if way.is_exact:
                    yield way


def grade(scene: Scene, rest: Mention, way: Way, words: str, strict: bool) -> int:
    """How certain it is; 0 where it is not."""
    (done,), whole = way.taken, way.whole
    if ANOTHER.search(words) and rest.sentence != done.sentence:
        return 0
    if rest.quantity.states(way.left) or (AMONG.search(rest.gap) and not REST_OF_ALL.search(words)):
        return 0
    if rest.quantity.base_value > whole.quantity.base_value and not strict:
        return 0
    how, near = slip(rest.quantity, way.left), _is_near(scene, way, rest) or _is_resumed(way)
    if not (how or near) or _is_enumerated(scene, way, rest):
        return 0
    if _is_stated_between(scene, done, rest, way.left):
        return 0
    done_words, whole_words = words_of(scene, done) + done.right, words_of(scene, whole) + whole.right
    in_row = is_in_row(scene, way, rest)
    strict = strict or is_negation_of(words, done_words)
    strict = strict or bool(near and FINISHED.search(done_words) and (_STILL.match(words) or in_row))
    beside = in_row or is_in_row(scene, Way(done, (whole,)), rest)
    matches = belongs(words, done_words) or bool(
        (REMAINS.search(words) and beside and is_whole(whole_words))
        or (SHORT.search(words) and beside and OWED.search(whole_words) and not OWED.search(done_words))
        or (REST_OF_ALL.search(words) and "其中" in done.gap)
    )
    rate = has_rate(scene, rest, way)
    several = is_first_of_several(scene, rest)
    if rate and how and may_be_told(scene, rest, way, _is_plain(words, near, in_row, how), words):
        return 9
    plausible = way.left <= 3 * rest.quantity.base_value <= 9 * way.left
    if rate and strict and matches and near and plausible and rest.sentence == done.sentence and not several:
        return 8
    if several or not matches or not strict:
        return 7 if how == "clear" and matches and near and not several else 0
    follows = _is_first(scene, done) and scene.place_of(done) - scene.place_of(whole) <= 2
    named = (
        is_whole(whole_words) or in_row or _is_resumed(way) or (follows and bool(REST_OF_ALL.search(words)))
    )
    if how == "clear" and (near or named or swapped(rest.quantity, way.left)):
        return 6
    if how == "small" and near and named and (rest.sentence == whole.sentence or _is_first(scene, done)):
        return 5
    return 4 if near and named and _is_input_swapped(way, rest) else 0


def _is_resumed(way: Way) -> bool:
    """贫困村11个、非贫困村17个;贫困村已出列8个: the part begins with what the whole was said of."""
    (done,), whole = way.taken, way.whole
    name = _HEAD.sub("", whole.left)
    return len(name) > 1 and whole.sentence == done.sentence and done.left.startswith(name)


def _is_plain(words: str, near: bool, in_row: bool, how: str) -> bool:
    return (near and (in_row or how == "clear")) or (how == "clear" and bool(REST_OF_ALL.search(words)))


def may_be_told(scene: Scene, rest: Mention, way: Way, beside: bool, words: str) -> bool:
    """Words that belong together, or a row; a rate of its own may confirm what is left as it stands."""
    (done,) = way.taken
    done_words = words_of(scene, done) + done.right
    ratio = rest.quantity.base_value / way.whole.quantity.base_value
    own = [one.quantity for one in scene.after(rest)[:1] if one.quantity.kind == "share"]
    if any(one.states(ratio) for one in own):
        return is_negation_of(words, done_words)
    return beside or belongs(words, done_words)


def _is_enumerated(scene: Scene, way: Way, rest: Mention) -> bool:
    """重度残疾7人、休学3人、待核实2人: items of a row, none of them a whole."""
    spans = (scene.between(way.whole, way.taken[0]), scene.between(way.taken[0], rest))
    return all("、" in span and not _CLAUSE.search(span) for span in spans)


def _is_input_swapped(way: Way, rest: Mention) -> bool:
    """The figure that is wrong is the part or the whole: 应发234万元,已发243万元."""
    (done,), left = way.taken, rest.quantity.base_value
    return swapped(done.quantity, way.whole.quantity.base_value - left) or swapped(
        way.whole.quantity, done.quantity.base_value + left
    )


def is_in_row(scene: Scene, way: Way, rest: Mention) -> bool:
    """Whole, part and rest follow each other in one sentence with no like figure between or before."""
    if not way.whole.sentence == way.taken[0].sentence == rest.sentence:
        return False
    row = without_parts([one for one in scene.before(rest) if one.is_like(rest) and can_add(one)])
    return row[-2:] == [way.whole, *way.taken]


def _is_first(scene: Scene, one: Mention) -> bool:
    return not any(other.is_like(one) for other in scene.before(one))


def _is_near(scene: Scene, way: Way, rest: Mention) -> bool:
    """Nothing of the same kind between them but smaller parts of the whole, or parts of the part."""
    (done,), whole = way.taken, way.whole
    first, last = sorted((done, whole), key=lambda one: one.index)
    after = [one for one in _between(scene, last, rest) if one.is_like(rest) and can_add(one)]
    if after and not (last is done and _are_parts(scene, done, after)):
        return False
    return not any(
        one.is_like(rest) and can_add(one) and one.quantity.base_value >= done.quantity.base_value
        for one in _between(scene, first, last)
    )


def _are_parts(scene: Scene, whole: Mention, parts: Sequence[Mention]) -> bool:
    """报销385.6万元,其中统筹基金278.5万元、大病保险41.2万元…: parts of what was taken."""
    head = scene.between(whole, parts[0])
    amount = sum((one.quantity.base_value for one in parts), Decimal(0))
    if amount == whole.quantity.base_value:
        return True
    return amount < whole.quantity.base_value and ("其中" in head or head.startswith(("(", ":")))


def _between(scene: Scene, first: Mention, last: Mention) -> Sequence[Mention]:
    return scene.mentions[scene.place_of(first) + 1 : scene.place_of(last)]


def _is_stated_between(scene: Scene, done: Mention, rest: Mention, left: Decimal) -> bool:
    """What is left was already said: the figure at hand is a part of it."""
    return any(one.is_like(rest) and one.quantity.states(left) for one in _between(scene, done, rest))
