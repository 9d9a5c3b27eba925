"""Shares whose part and whole the words name: 甲12万元,占总投资的24%; 完成19个,完成率90%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.shares.bases import is_wrong_base
from bangfu.documents.certain.shares.columns import wrong_in_columns
from bangfu.documents.certain.shares.complete import wrong_of_complete
from bangfu.documents.certain.shares.handed import wrong_in_list
from bangfu.documents.certain.shares.joint import (
    comes_out_changed,
    comes_out_jointly,
    is_of_both,
    is_of_other_part,
    is_said_again,
)
from bangfu.documents.certain.shares.multiples import wrong_multiples
from bangfu.documents.certain.shares.named_rows import wrong_of_rows
from bangfu.documents.certain.shares.pairs import FINE, Pair, agrees, pairs_far, pairs_near, parts_of
from bangfu.documents.certain.shares.points import Weighing
from bangfu.documents.certain.shares.proofs import is_before_whole, is_proven_slip
from bangfu.documents.certain.shares.set import wrong_by_rule
from bangfu.documents.certain.shares.slips import MOST_FOR_SLIP, slip_of
from bangfu.documents.certain.shares.told import told
from bangfu.documents.certain.shares.words import Asked, asked
from bangfu.documents.reading.structure import Mention

_SURE = 1.5
"""From so many points of `Weighing` on a pair that does not come out is told."""
_SURER = 5.0
"""So sure that figures taken together may come out by chance."""
_THREE_DIGITS, _TWO_DIGITS = Decimal("0.01"), Decimal("0.1")
_PLAY = 1.5
_RIGHT = 5.0
_PLAIN_SLIP = 2.4
_RULED_OUT = -3.6
_CLEAR, _PROVEN, _EXPLAINED = 1.2, 4.0, 0.6
_TRIED = 8
_OF_OTHER = 1.5
"""What it is worth that the share is that of the other part of two."""
_BEYOND_DOUBT = 4.0
"""A pair that comes out and has so many points is not weighed against others."""


@dataclass(frozen=True)
class Question:
    """A percentage with the pairs it may speak of: those that come out, and the others."""

    asked: Asked
    coming: tuple[Pair, ...]
    others: tuple[Pair, ...]

    @property
    def share(self) -> Mention:
        return self.asked.share

    @property
    def bonus(self) -> float:
        """What it is worth that a pair comes out: the more digits, the more seldom by chance."""
        precision = self.share.quantity.step / self.share.quantity.base_value
        return 5.5 if precision <= _THREE_DIGITS else 4.5 if precision <= _TWO_DIGITS else 3.5


_SAVED = re.compile("(?:省|便宜|优惠|节省|节约|打折|让利|少花|降价)(?:了|出)?(?:近|约)?$")
"""现在90元,省了25%: what is left out is no share of the whole."""


def shares_of(scene: Scene) -> Iterator[Relation]:
    """Every percentage whose likeliest part and whole do not come out, and that comes out with no likely other."""
    said = [
        one
        for share in scene.mentions
        if not _SAVED.search(share.left) and (one := asked(scene, share)) is not None
    ]
    questions = [_question(scene, one) for one in said]
    weighing = Weighing(scene, asked={one.share.index: one for one in said})
    held = {question.share.index: pair for question in questions for pair in _held(weighing, question)}
    weighing.hold(held)
    again = [question for question in questions if len(question.coming) > 1]
    weighing.hold(
        held | {question.share.index: pair for question in again for pair in _held(weighing, question)}
    )
    bare = [one.share for one in said if one.form == "bare" and not one.subject]
    sure = dict(_told_by_others(scene, bare, weighing))
    for question in questions:
        if question.share.index not in sure:
            yield from _fault(weighing, question)
    yield from sure.values()


def _is_of_another_row(scene: Scene, share: Mention, pair: Pair) -> bool:
    """A share in a table is of figures of its own row, or of the row of totals."""
    flat = scene.reading.flat
    start = flat.rfind("\n", 0, share.quantity.start) + 1
    end = (flat + "\n").find("\n", share.quantity.start)
    if flat.count("\t", start, end) < _CELLS:
        return False
    others = [one.quantity.start for one in (pair.part, pair.whole) if not start <= one.quantity.start < end]
    heads = [flat[flat.rfind("\n", 0, at) + 1 : at][:12] for at in others]
    return any("\t" in head and not _TOTAL_ROW.search(head) for head in heads)


_CELLS = 2
_TOTAL_ROW = re.compile(r"计|总|全[镇乡县村]")


def _told_by_others(
    scene: Scene, bare: Sequence[Mention], weighing: Weighing
) -> Iterator[tuple[int, Relation]]:
    """What the other rows of a table, or the other shares of a rule, leave no doubt about."""
    found = (
        *wrong_in_columns(scene, bare),
        *wrong_by_rule(scene),
        *wrong_in_list(scene),
        *wrong_of_rows(scene),
        *wrong_multiples(scene),
        *wrong_of_complete(scene, weighing.asked),
    )
    for share, pair in found:
        if not _is_of_another_row(scene, share, pair):
            yield share.index, told(share, pair)


def _held(weighing: Weighing, question: Question) -> Iterator[Pair]:
    """The likeliest of the pairs that come out, where its part stands where a part does."""
    one, coming = question.asked, question.coming
    if coming:
        best = max(coming, key=lambda pair: weighing.points(one, pair)) if len(coming) > 1 else coming[0]
        if weighing.is_near(one, best.part):
            yield best


def _question(scene: Scene, one: Asked) -> Question:
    parts = parts_of(scene, one)
    coming: list[Pair] = []
    others: list[Pair] = []
    for pair in (*pairs_near(scene, one, parts), *pairs_far(scene, one, parts)):
        (coming if agrees(one.share, pair) else others).append(pair)
    return Question(one, tuple(coming), tuple(others))


def _fault(weighing: Weighing, question: Question) -> Iterator[Relation]:
    one, share = question.asked, question.share.quantity
    rivals = [(_coming_points(weighing, one, pair), pair) for pair in question.coming]
    best = max((points for points, _ in rivals), default=-9.0)
    if best > _BEYOND_DOUBT or weighing.is_without_whole(one) or not _open(weighing, question):
        return
    points, pair = _likeliest(weighing, question)
    rivals = [(worth + _RIGHT * _is_right(weighing, one, rival, pair), rival) for worth, rival in rivals]
    wrong = [
        (worth, weighing.is_strange(one, rival) or is_wrong_base(weighing, one, rival, pair))
        for worth, rival in rivals
    ]
    best = max((worth + (0.0 if explains else question.bonus) for worth, explains in wrong), default=-9.0)
    if points < _SURE or points <= best or _is_of_another_row(weighing.scene, one.share, pair):
        return
    slip = slip_of(share, pair)
    if weighing.is_of_unknown(one, pair) and (slip.is_cut or slip.weight < _CLEAR):
        return
    is_next = one.share.index - pair.part.index <= 2
    surer = points > _SURER or weighing.is_told_alike(one, pair) or slip.weight > _PLAIN_SLIP
    if is_said_again(weighing, one) or comes_out_changed(weighing.scene, one, pair):
        return
    if (surer and is_next and not is_of_both(weighing, one, pair)) or not comes_out_jointly(
        weighing, one, pair
    ):
        yield told(one.share, pair)


def _coming_points(weighing: Weighing, one: Asked, pair: Pair) -> float:
    """What comes out only by the play of rounded members does so more easily by chance."""
    return weighing.points(one, pair) - (0.0 if one.share.quantity.states(pair.ratio) else _PLAY)


def _is_right(weighing: Weighing, one: Asked, coming: Pair, meant: Pair) -> bool:
    """It comes out with the figure just before that bears its name, or with the whole of the very same thing."""
    if coming.part is not meant.part:
        return weighing.is_plain(one, coming.part)
    name = weighing.name_of_whole(one, meant)
    return bool(name) and weighing.is_of_same_thing(coming, meant, name)


def _open(weighing: Weighing, question: Question) -> list[int]:
    """The pairs, by their place, whose part the words do not rule out."""
    return [
        at
        for at, pair in enumerate(question.others)
        if weighing.of_part(question.asked, pair.part) > _RULED_OUT
    ]


def _likeliest(weighing: Weighing, question: Question) -> tuple[float, Pair]:
    """Of the pairs that do not come out, the one with most points, its slip counted."""
    one = question.asked
    scored = sorted(
        ((weighing.points(one, question.others[at]), at) for at in _open(weighing, question)), reverse=True
    )
    found = [
        (points + _slip_weight(weighing, question, question.others[at]), -at)
        for points, at in scored[:_TRIED]
        if points > max(scored[0][0], _SURE) - max(MOST_FOR_SLIP, _PROVEN)
    ]
    if not found:
        return scored[0][0], question.others[scored[0][1]]
    points, at = max(found)
    return points, question.others[-at]


def _slip_weight(weighing: Weighing, question: Question, pair: Pair) -> float:
    weight = slip_of(question.share.quantity, pair).weight
    if 0 < weight < _PROVEN and not any(rival.part is pair.part for rival in question.coming):
        near = weighing.is_near(question.asked, pair.part) or is_before_whole(question.asked, pair)
        return _PROVEN if near and is_proven_slip(weighing.scene, question.asked, pair) else weight
    stated = question.share.quantity
    if weight < 0 and stated.states(1 - pair.ratio) and is_of_other_part(question.asked, pair):
        return _OF_OTHER if stated.step <= FINE else 0.0
    if weight < 0 and any(is_wrong_base(weighing, question.asked, rival, pair) for rival in question.coming):
        return _EXPLAINED
    return weight
