"""Later figures that by their words are an earlier one, though no slip of the pen joins the two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import retyped
from bangfu.documents.arithmetic.scene import PER, Scene
from bangfu.documents.certain.repeats.ahead import is_ahead, is_goal, is_of_next_year
from bangfu.documents.certain.repeats.facts import IS_LAST, IS_LEFT, IS_PLANNED
from bangfu.documents.certain.repeats.likeness import Likeness
from bangfu.documents.certain.repeats.parts import are_other_shares, is_owned, is_part
from bangfu.documents.certain.repeats.slips import Pair, agree, is_near
from bangfu.documents.certain.repeats.words import DEFINITE, ONCE, RATE, RISE
from bangfu.documents.reading.structure import Mention

NOT_COMPARED = frozenset({"point", "times", "time", "age"})
_NAMED = 2.0
"""So much of its name has the later figure to share."""
_GROWN = re.compile(r"(?:上升|提高|提升|下降|降低|增加|升|降|增)(?:到|至)(?:今年的?|目前的?|现在的?)?$")
_TRIED = 2
_AFTER = 20
_FEW = 6
_CLOSE, _FAR_APART, _MANY = Decimal("1.02"), Decimal("1.3"), 1000
_BIAS = -1.3
ENOUGH = 5.0
"""So much must speak for two figures of the same name being one."""


def echoes(scene: Scene, likeness: Likeness) -> Iterator[tuple[Pair, float]]:
    """For each figure of a summary the earlier one of its name that says another number, and what speaks for it."""
    for second in scene.mentions:
        if not looks_back(scene, likeness, second):
            continue
        for first, margin in _named(scene, likeness, second):
            pair = Pair(first, second, "other", 1.0)
            score = min(margin, 4) / 2 + sum(_of_second(scene, likeness, pair)) + _BIAS
            yield pair, score + likeness.of(pair, ENOUGH - score)


def looks_back(scene: Scene, likeness: Likeness, mention: Mention) -> bool:
    quantity = mention.quantity
    if quantity.kind in NOT_COMPARED or not quantity.is_exact or quantity.is_label or quantity.per:
        return False
    if mention.index in likeness.cells or RISE.search(mention.left) or is_owned(scene, mention):
        return False
    if ONCE.search(scene.reading.flat, quantity.end, quantity.end + _AFTER):
        return False
    if quantity.kind == "share":
        last = mention.paragraph == scene.mentions[-1].paragraph
        return (last or likeness.is_closing(mention)) and not awaits(scene, likeness, mention)
    return likeness.is_late(mention) or likeness.is_closing(mention)


def awaits(scene: Scene, likeness: Likeness, mention: Mention) -> bool:
    """Whether it is still to be reached, and not one of many that are said again."""
    return is_goal(scene, mention) or (not likeness.is_recital(mention) and is_ahead(scene, mention))


def _named(scene: Scene, likeness: Likeness, second: Mention) -> Iterator[tuple[Mention, float]]:
    """The earlier figure that shares most of its name, and by how much more than any of another value."""
    known = []
    for first in likeness.before(second):
        if (
            first.paragraph != second.paragraph
            and first.quantity.is_exact
            and is_near(first.quantity, second.quantity)
        ):
            said, part = likeness.names.shared(first, second)
            if said >= _NAMED:
                known.append((said * min(part, 1), first))
    if not known:
        return
    known.sort(key=_score_of, reverse=True)
    top = known[0][0]
    if any(
        other > top / 2 and agree(one.quantity, second.quantity) and not likeness.states(one)[IS_LAST]
        for other, one in known
    ):
        return
    for score, first in known[:_TRIED]:
        rivals = (other for other, one in known if one.quantity.base_value != first.quantity.base_value)
        yield first, score - next(rivals, 0.0)


def _score_of(one: tuple[float, Mention]) -> float:
    return one[0]


def _of_second(scene: Scene, likeness: Likeness, pair: Pair) -> Iterator[float]:
    first, second = pair.first, pair.second
    left = likeness.are_left(pair)
    if not left and awaits(scene, likeness, second) and not _are_one_plan(scene, likeness, pair):
        yield -8.0
    if any(one.index < second.index and not likeness.states(one)[IS_LAST] for one in likeness.same(second)):
        yield -2.5
    if DEFINITE.search(second.left):
        yield 1.5
    if any(one.sentence == second.sentence for one in likeness.same(first)):
        yield -3.0
    around = [one for one in scene.sentence_of(second).mentions if one is not second]
    if any(len(likeness.same(one)) > 1 and one.quantity.base_value > 9 for one in around):
        yield 1.0
    if retyped(second.quantity, first.quantity.base_value):
        yield 1.5
    elif _ratio(first, second) < _CLOSE and second.quantity.base_value >= _MANY:
        yield 1.0
    elif _ratio(first, second) > _FAR_APART:
        yield -1.2
    if is_part(scene, likeness.names, first, second):
        yield -6.0
    if second.quantity.kind == "share" and are_other_shares(scene, first, second):
        yield -4.0
    if likeness.states(first)[IS_LEFT] != likeness.states(second)[IS_LEFT]:
        yield -2.0
    if likeness.states(first)[IS_LAST] != likeness.states(second)[IS_LAST]:
        yield -3.0
    if left:
        yield 0.5
    one_rate, other_rate = (RATE.search(_GROWN.sub("", likeness.names.left(one))) for one in (first, second))
    if (
        one_rate
        and other_rate
        and (one_rate[1].endswith(other_rate[1]) or other_rate[1].endswith(one_rate[1]))
    ):
        yield 1.5
    if second.quantity.base_value < _FEW and second.quantity.kind != "share":
        yield -1.5 if left else -3.0
    one, two = first.quantity.time[:4], second.quantity.time[:4]
    unsaid = likeness.is_closing(second) and not likeness.says_year(second)
    if not left and not unsaid and one and two and one != two and one[:2] == two[:2]:
        yield -3.0
    if PER.search(second.left):
        yield -6.0
    if likeness.names.of(second).near and not likeness.names.heard(first, second):
        yield -2.0
    yield -1.0 * sum(one.is_like(second) and abs(one.index - second.index) == 1 for one in around)


def _ratio(first: Mention, second: Mention) -> Decimal:
    one, two = first.quantity.base_value, second.quantity.base_value
    return max(one, two) / min(one, two)


def _are_one_plan(scene: Scene, likeness: Likeness, pair: Pair) -> bool:
    """Whether the earlier figure is planned too, and not for the year before."""
    first, second = pair.first, pair.second
    if second.quantity.kind == "share" or not likeness.states(first)[IS_PLANNED]:
        return False
    return is_of_next_year(scene, first) or not is_of_next_year(scene, second)
