"""A part or whole that is mistyped in its place, and stands right elsewhere in the text or comes out of two others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import digits
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.shares.company import LEFT_OVER
from bangfu.documents.certain.shares.pairs import NO_PARTS, Pair, same_unit
from bangfu.documents.certain.shares.slips import one_wrong, swapped
from bangfu.documents.certain.shares.words import Asked
from bangfu.documents.reading.structure import Mention

_DIGITS = 3
_MANY = 24
_OUT = re.compile(r"淘汰|剔除|落选|退回|核减|劝退|取消|驳回")


def is_proven_slip(scene: Scene, one: Asked, pair: Pair) -> bool:
    """任务12000万元,完成127.7%, where 1.532亿元 stands elsewhere and 1.523亿元 here."""
    return any(_stands(scene, pair, value) for value in _mended(one, pair))


def is_before_whole(one: Asked, pair: Pair) -> bool:
    """销售1.523亿元,任务12000万元,完成127.7%."""
    at = one.head.index
    same = pair.part.sentence == one.head.sentence
    return one.form in ("task", "rate") and same and pair.part.index + 2 == pair.whole.index + 1 == at


def _mended(one: Asked, pair: Pair) -> Iterator[Decimal]:
    """The values of the part, one slip away, with which the share comes out."""
    stated, part, whole = one.share.quantity, pair.part.quantity, pair.whole.quantity.base_value
    values = (*swapped(part), *one_wrong(part)) if part.is_exact else ()
    return (value for value in values if value and stated.states(value / whole))


def _stands(scene: Scene, pair: Pair, value: Decimal) -> bool:
    part = pair.part
    like = [
        other
        for other in scene.mentions
        if same_unit(other, part) and other is not part and other.quantity.is_exact
        if other.quantity.kind not in NO_PARTS
    ]
    if digits(part.quantity) >= _DIGITS and any(other.quantity.base_value == value for other in like):
        return True
    words = part.left + part.gap + scene.label(part)
    if not (LEFT_OVER.search(words) or _OUT.search(words)):
        return False
    at = scene.place_of(part)
    return _is_left([other for other in like if abs(scene.place_of(other) - at) <= _MANY], value)


def _is_left(like: list[Mention], value: Decimal) -> bool:
    """还没脱贫103人, where 518人 less 388人 are 130."""
    values = {other.quantity.base_value for other in like}
    return any(other > value and other - value in values for other in values if other != 2 * value)
