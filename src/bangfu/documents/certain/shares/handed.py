"""Shares handed out one after the other with what each comes to: 公益岗60%,14.76万元;奖补25%,6.15万元;救助15%,3.69万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.mistyped import retyped
from bangfu.documents.arithmetic.scene import Scene, can_add
from bangfu.documents.certain.shares.pairs import NO_PARTS, Pair, same_unit
from bangfu.documents.certain.shares.said import TOLD_AFTER
from bangfu.documents.reading.structure import Mention

Handed = tuple[Mention, Mention]

_ALONE = re.compile(r"[、,(:/|\t]\s*(?:为|计|即|共|合计?|约|折合)?")
_NO_SHARE = re.compile(r"增|减|升|降|涨|跌|同比|环比|提高|率(?:为|达)?$|高于|低于|不[低高少]于|超过?$")
_APART, _LINES = 5, 1
_BACK, _ON = 40, 12
_ENOUGH = 3


def wrong_in_list(scene: Scene) -> Iterator[tuple[Mention, Pair]]:
    """The one of a list that does not come out with the whole that the others have."""
    for run in _runs(scene):
        if len(run) > 1 and sum(share.quantity.base_value for share, _ in run) <= 1:
            yield from _odd(scene, run)


def _runs(scene: Scene) -> Iterator[list[Handed]]:
    run: list[Handed] = []
    for share, amount in _handed(scene):
        if run and not _continues(run[-1], share, amount):
            yield run
            run = []
        run.append((share, amount))
    yield run


def _handed(scene: Scene) -> Iterator[Handed]:
    """Shares with the amount that follows right after."""
    for at, share in enumerate(scene.mentions[:-1]):
        quantity, amount = share.quantity, scene.mentions[at + 1]
        if quantity.kind != "share" or not quantity.is_exact or not 0 < quantity.base_value < 1:
            continue
        told = _ALONE.fullmatch(amount.gap) or TOLD_AFTER.fullmatch(amount.gap)
        if amount.sentence != share.sentence or not told or _NO_SHARE.search(share.left):
            continue
        if amount.quantity.kind not in NO_PARTS and amount.quantity.is_exact and can_add(amount):
            yield share, amount


def _continues(last: Handed, share: Mention, amount: Mention) -> bool:
    near = share.index - last[1].index <= _APART and share.paragraph - last[1].paragraph <= _LINES
    return near and same_unit(last[1], amount)


def _odd(scene: Scene, run: Sequence[Handed]) -> Iterator[tuple[Mention, Pair]]:
    first, last = scene.place_of(run[0][0]), scene.place_of(run[-1][1])
    own = {amount.index for _, amount in run}
    like = [
        one
        for one in (
            *reversed(scene.mentions[max(0, first - _BACK) : first]),
            *scene.mentions[last : last + _ON],
        )
        if same_unit(one, run[0][1]) and one.index not in own and one.quantity.base_value > 0
    ]
    fitting = [(sum(_comes_out(one, whole) for one in run), -at) for at, whole in enumerate(like)]
    count, at = max(fitting, default=(0, 0))
    if count != len(run) - 1:
        return
    share, amount = next(one for one in run if not _comes_out(one, like[-at]))
    true = share.quantity.base_value * like[-at].quantity.base_value
    slipped = retyped(amount.quantity, true) in ("swapped", "digit")
    complete = sum(one.quantity.base_value for one, _ in run) == 1
    if slipped or (count >= _ENOUGH and complete):
        yield share, Pair(amount, like[-at])


def _comes_out(one: Handed, whole: Mention) -> bool:
    share, amount = one
    true = share.quantity.base_value * whole.quantity.base_value
    rounded_share = share.quantity.states(amount.quantity.base_value / whole.quantity.base_value)
    fine = share.quantity.base_value * 100 % 5 != 0
    return abs(amount.quantity.base_value - true) < amount.quantity.step or (fine and rounded_share)
