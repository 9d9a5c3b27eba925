"""What is left of a pair that a rate has confirmed: 参与5076户,参与率90% … 5640户人家,还有465户没进来; 竣工率93.5%,未竣工43户."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.scene import Scene, can_add
from bangfu.documents.certain.remainders.readings import Way, comes_out
from bangfu.documents.certain.remainders.slips import slip
from bangfu.documents.certain.remainders.words import ANOTHER, undone, words_of
from bangfu.documents.reading.structure import Mention

_TO_GOAL = re.compile(
    r"(?:距|离|较|与|比|对照)[^,。;]{0,10}(?:目标|任务|计划|要求|指标|进度)[^,。;]{0,4}(?:差|缺|少|欠|差距)[一-龥]{0,3}$"
)
_FAR, _PAIR = 120, 8


def by_rate_beside(scene: Scene, rest: Mention, pool: Sequence[Mention], words: str) -> Way | None:
    """竣工率93.5%,未竣工43户: the rate stands here, the figures that it is of in a table far before."""
    verb = undone(words)
    rates = [one for one in scene.before(rest)[-2:] if one.quantity.kind == "share"]
    rates = [one for one in rates if verb and verb in one.left and "率" in one.left]
    if not rates or any(one.is_like(rest) and can_add(one) for one in scene.before(rest)[-2:]):
        return None
    ways = [way for way in _pairs(scene, rest) if _is_named(scene, way, verb) and _states(rates[-1], way)]
    return _only(scene, rest, pool, ways)


def of_whole_again(scene: Scene, rest: Mention, pool: Sequence[Mention], words: str) -> Way | None:
    """全镇5640户人家,还有465户没进来: the whole is said once more, its part stands where it was said first."""
    before = [one for one in scene.before(rest) if one.is_like(rest)]
    if len(before) != 1 or ANOTHER.search(words) or not before[0].quantity.is_exact:
        return None
    whole, at = before[0], scene.place_of(rest)
    same = [
        one
        for one in scene.mentions[max(0, at - _FAR) : at]
        if one.quantity.base_value == whole.quantity.base_value and one.is_like(whole) and one is not whole
    ]
    ways = []
    for one in same:
        place = scene.place_of(one)
        for done in scene.mentions[place + 1 : place + 4]:
            way = Way(whole, (done,))
            if done.is_like(rest) and done.quantity.is_exact and way.left > 0 and _has_rate(scene, done, way):
                ways.append(way)
    return _only(scene, rest, pool, ways)


def of_last_pair(scene: Scene, rest: Mention, pool: Sequence[Mention]) -> Way | None:
    """培训528人次,完成率88%。距全年目标差72人次: the pair of the sentence before, which a rate has confirmed."""
    if not _TO_GOAL.search(rest.gap) or len(pool) < 2 or any(one.is_like(rest) for one in scene.before(rest)):
        return None
    way = Way(pool[-2], (pool[-1],))
    near = pool[-1].paragraph >= rest.paragraph - 1
    sure = near and way.is_exact and way.left > 0 and _has_rate(scene, pool[-1], way)
    return _only(scene, rest, pool, [way]) if sure else None


def _only(scene: Scene, rest: Mention, pool: Sequence[Mention], ways: Sequence[Way]) -> Way | None:
    """None where it comes out of some pair, or where the pairs leave different figures."""
    if any(rest.quantity.states(way.left) for way in ways) or comes_out(scene, rest, pool, pool):
        return None
    fitting = {way.left: way for way in ways if slip(rest.quantity, way.left)}
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _pairs(scene: Scene, rest: Mention) -> Iterator[Way]:
    """Each earlier figure with the greater ones close before it."""
    at = scene.place_of(rest)
    near = [
        one
        for one in scene.mentions[max(0, at - _FAR) : at]
        if one.is_like(rest) and can_add(one) and one.quantity.is_exact
    ]
    for place, done in enumerate(near):
        for whole in near[max(0, place - _PAIR) : place]:
            if whole.quantity.base_value > done.quantity.base_value > 0:
                yield Way(whole, (done,))


def _is_named(scene: Scene, way: Way, verb: str) -> bool:
    (done,) = way.taken
    said = words_of(scene, done) + done.quantity.subject + done.right[:6]
    return verb in said and not undone(said)


def _states(rate: Mention, way: Way) -> bool:
    return rate.quantity.states(way.taken[0].quantity.base_value / way.whole.quantity.base_value)


def _has_rate(scene: Scene, done: Mention, way: Way) -> bool:
    at = scene.place_of(done)
    return any(
        one.quantity.kind == "share" and one.sentence == done.sentence and _states(one, way)
        for one in scene.mentions[at + 1 : at + 3]
    )
