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

_COMES_OUT = {True: 5.5, False: 4.5}
"""What it is worth that a pair comes out: to the tenth of a percent, and to the percent."""
_SURE = 1.0
_SURER = 5.0


def shares_of(scene: Scene) -> Iterator[Relation]:
    told = [one for share in scene.mentions if (one := asked(scene, share)) is not None]
    known: dict[int, list[Pair]] = {one.share.index: list(_pairs(scene, one)) for one in told}
    coming: dict[int, list[Pair]] = {
        one.share.index: [pair for pair in known[one.share.index] if agrees(one.share, pair)] for one in told
    }
    weighing = Weighing(scene, asked={one.share.index: one for one in told})
    weighing.held = {
        one.share.index: max(coming[one.share.index], key=lambda pair: weighing.points(one, pair))
        for one in told
        if coming[one.share.index]
    }
    weighing.held = {
        one.share.index: pair
        for one in told
        if (pair := weighing.held.get(one.share.index)) and weighing.is_near(one, pair.part)
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
    if not (points > _SURER and one.share.index - pair.part.index <= 2) and _comes_out_jointly(weighing, one, pair):
        return
    told = _told(one.share, pair, points)
    from dataclasses import replace
    yield replace(told, explanation=told.explanation + f"|{points:.2f}")


def _comes_out_jointly(weighing: Weighing, one: Asked, pair: Pair) -> bool:
    """在校2131人、送教上门15人,入学率100%: parts taken together, or what is left, are the share that is stated."""
    scene, stated, whole = weighing.scene, one.share.quantity, pair.whole.quantity.base_value
    if stated.states(1 - pair.ratio) or _is_made_of_shares(scene, one) or _is_said_again(weighing, one):
        return True
    like = [other for other in scene.before(one.head) if other.is_like(pair.part) and other is not pair.whole]
    values = [other.quantity.base_value for other in like[-4:]]
    return any(
        stated.states(sum(values[start:end], Decimal(0)) / whole)
        for start in range(len(values))
        for end in range(start + 2, len(values) + 1)
    )


def _is_said_again(weighing: Weighing, one: Asked) -> bool:
    """A share said before of the same part, where it came out, and now in a summary."""
    return any(
        weighing.scene.reading.quantities[index].base_value == one.share.quantity.base_value
        and any(other.part.quantity.base_value == part.quantity.base_value for part in _before(weighing.scene, one))
        for index, other in weighing.held.items()
        if index != one.share.index
    )


def _before(scene: Scene, one: Asked) -> list[Mention]:
    return scene.before(one.head)[-1:]


def _is_made_of_shares(scene: Scene, one: Asked) -> bool:
    """…占62%,…占12%,…占12%,三项占86%; or what they leave of the whole."""
    before = [other for other in scene.before(one.head, paragraph=True) if other.is_like(one.share)]
    values = [other.quantity.base_value for other in before[-5:]]
    stated = one.share.quantity.base_value
    for start in range(len(values) - 1):
        for end in range(start + 2, len(values) + 1):
            amount = sum(values[start:end], Decimal(0))
            if stated in (amount, 1 - amount):
                return True
    return False


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
