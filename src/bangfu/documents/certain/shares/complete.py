"""Shares that make up the whole, of a row of figures told elsewhere: 省外占63.6%,县内占18.7%,省内县外占17.7%."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.scene import Scene, can_add
from bangfu.documents.certain.shares.pairs import NO_PARTS, Pair, agrees, same_unit
from bangfu.documents.certain.shares.slips import slip_of
from bangfu.documents.certain.shares.words import Asked
from bangfu.documents.reading.structure import Mention

_LEAST, _MOST = 3, 8
_BACK = 90
_OPEN = Decimal("0.03")
_SLIP = 1.2


def wrong_of_complete(scene: Scene, asked: Mapping[int, Asked]) -> Iterator[tuple[Mention, Pair]]:
    """The share that is not its item's, where the others are each that of another item of a row that adds up."""
    for sentence in scene.sentences:
        shares = [
            one
            for one in sentence.mentions
            if one.index in asked and asked[one.index].form in ("of", "bare") and asked[one.index].is_generic
        ]
        amount = sum((one.quantity.base_value for one in shares), Decimal(0))
        if _LEAST <= len(shares) <= _MOST and abs(amount - 1) <= _OPEN:
            yield from _odd(scene, shares)


def _odd(scene: Scene, shares: Sequence[Mention]) -> Iterator[tuple[Mention, Pair]]:
    at = scene.place_of(shares[0])
    before = [one for one in scene.mentions[max(0, at - _BACK) : at] if one.quantity.kind not in NO_PARTS]
    for items, total in _rows(before, len(shares)):
        pairs = [Pair(item, total) for item in items]
        fitting = [[pair for pair in pairs if agrees(share, pair)] for share in shares]
        wrong = [share for share, found in zip(shares, fitting, strict=True) if not found]
        used = {found[0].part.index for found in fitting if len(found) == 1}
        left = [pair for pair in pairs if pair.part.index not in used]
        if len(wrong) == len(left) == 1 and len(used) == len(shares) - 1:
            if slip_of(wrong[0].quantity, left[0]).weight >= _SLIP:
                yield wrong[0], left[0]
            return


def _rows(before: Sequence[Mention], size: int) -> Iterator[tuple[Sequence[Mention], Mention]]:
    """Items that follow each other, and the total right before or after them."""
    for start in range(len(before) - size, -1, -1):
        items = before[start : start + size]
        if not all(can_add(one) and same_unit(one, items[0]) for one in items):
            continue
        amount = sum((one.quantity.base_value for one in items), Decimal(0))
        for total in (*before[max(0, start - 1) : start], *before[start + size : start + size + 1]):
            if total.quantity.base_value == amount and same_unit(total, items[0]):
                yield items, total
