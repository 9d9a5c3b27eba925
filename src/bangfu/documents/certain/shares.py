"""Shares whose part and whole the words name: 甲12万元,占总投资的24%; 完成19个,完成率90%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.share_pairs import FINE, Pair, agrees, pairs_far, pairs_near, parts_of
from bangfu.documents.certain.share_points import Weighing
from bangfu.documents.certain.share_slips import slip_of
from bangfu.documents.certain.share_words import Asked, asked
from bangfu.documents.reading.structure import Mention

_COMES_OUT = {True: 7.5, False: 6.0}
"""What it is worth that a pair comes out: to the tenth of a percent, and to the percent."""
_SURE = 3.4


def shares_of(scene: Scene) -> Iterator[Relation]:
    told = [one for share in scene.mentions if (one := asked(scene, share)) is not None]
    known: dict[int, list[Pair]] = {one.share.index: list(_pairs(scene, one)) for one in told}
    coming: dict[int, list[Pair]] = {
        one.share.index: [pair for pair in known[one.share.index] if agrees(one.share, pair)] for one in told
    }
    weighing = Weighing(scene)
    weighing.held = {
        one.share.index: max(coming[one.share.index], key=lambda pair: weighing.points(one, pair))
        for one in told
        if coming[one.share.index]
    }
    for one in told:
        yield from _fault(weighing, one, known[one.share.index], coming[one.share.index])


def _pairs(scene: Scene, one: Asked) -> Iterator[Pair]:
    parts = parts_of(scene, one)
    yield from pairs_near(scene, one, parts)
    yield from pairs_far(scene, one, parts)


def _fault(weighing: Weighing, one: Asked, pairs: Sequence[Pair], coming: Sequence[Pair]) -> Iterator[Relation]:
    share = one.share.quantity
    best = max((weighing.points(one, pair) for pair in coming), default=-9.0) + _COMES_OUT[share.step <= FINE]
    scored = [(weighing.points(one, pair), pair) for pair in pairs if pair not in coming]
    if not scored:
        return
    top = max(points for points, _ in scored)
    scored = [(points + slip_of(share, pair).weight, pair) for points, pair in scored if points > top - 3]
    points, pair = max(scored, key=lambda two: two[0])
    if points < _SURE or points <= best:
        return
    yield _told(one.share, pair, points)


def _told(share: Mention, pair: Pair, points: float) -> Relation:
    part, whole = pair.part.quantity, pair.whole.quantity
    said = f"{part.text}÷{whole.text}={_percent(pair.ratio, share)},文中写的是{share.quantity.text}"
    cause = slip_of(share.quantity, pair).cause
    return Relation(
        "share", (pair.part.index, pair.whole.index), share.index, pair.ratio, False, "error", said, cause
    )


def _percent(ratio: Decimal, share: Mention) -> str:
    if share.quantity.unit != "%":
        return f"{(ratio * 100).quantize(Decimal('0.01'))}%"
    return shown(ratio.quantize(max(share.quantity.step / 10, Decimal("0.00001"))), share.quantity)
