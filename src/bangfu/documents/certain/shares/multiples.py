"""Multiples of two figures that stand right before: 城镇26580元,农村11960元,城乡比为2.22; 28件,是上年7件的4倍."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import digits, retyped
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.shares.pairs import NO_PARTS, Pair, same_unit
from bangfu.documents.reading.structure import Mention

_RATIO = re.compile(r"[,(;](?:[一-龥]{0,6})比(?:值|例|率)?(?:为|是|达到?|约)?$")
_OF_IT = re.compile(r"(?:[一-龥]{0,4})的$")
_IS = re.compile(r"[,(](?:已|就|正好|约|大约)?(?:是|为|相当于|达到?|等于)[^,;。]*$")
_GROWN = re.compile(r"增|涨|升|翻|多出?|高出")
_DIGITS = 2


def wrong_multiples(scene: Scene) -> Iterator[tuple[Mention, Pair]]:
    """Told where one slip of the pen lies between what is stated and what the two give."""
    for times in scene.mentions:
        quantity = times.quantity
        if quantity.kind == "times" and quantity.is_exact and digits(quantity) >= _DIGITS:
            pair = _pair(scene, times)
            if pair is not None and _is_slip(scene, times, pair):
                yield times, pair


def _is_slip(scene: Scene, times: Mention, pair: Pair) -> bool:
    stated = times.quantity
    slipped = not stated.states(pair.ratio) and retyped(stated, pair.ratio) in ("digit", "swapped")
    return slipped and not _fits_another(scene, times)


def _pair(scene: Scene, times: Mention) -> Pair | None:
    before = scene.before(times)[-2:]
    if len(before) < 2 or not all(_is_plain(one) for one in before) or not same_unit(*before):
        return None
    first, second = before
    if second.index + 1 != times.index or first.index + 1 != second.index or _GROWN.search(times.left):
        return None
    if _RATIO.search(times.gap):
        high, low = sorted(before, key=_value, reverse=True)
        return Pair(high, low)
    is_of = _OF_IT.fullmatch(times.gap) is not None and _IS.search(second.gap) is not None
    return Pair(first, second) if is_of else None


def _is_plain(one: Mention) -> bool:
    return one.quantity.kind not in NO_PARTS and one.quantity.is_exact and one.quantity.base_value > 0


def _value(one: Mention) -> Decimal:
    return one.quantity.base_value


def _fits_another(scene: Scene, times: Mention) -> bool:
    """Two other figures before it give the multiple that is stated."""
    near = [one for one in scene.before(times, paragraph=True)[-6:] if _is_plain(one)]
    return any(
        same_unit(one, other) and times.quantity.states(_value(one) / _value(other))
        for one in near
        for other in near
        if one is not other
    )
