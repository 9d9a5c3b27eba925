"""What makes a doubt of a remainder groundless: the figure is an item of a sum, or its rate is told of part and rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.remainders.pairs import is_in_row
from bangfu.documents.certain.remainders.readings import Way
from bangfu.documents.certain.remainders.words import OWED, REST_OF_ALL, is_negation_of, words_of
from bangfu.documents.reading.structure import Mention

_BEYOND = re.compile(r"缺口|超|亏|赤字|透支|倒挂|倒欠|差额")
_APART = re.compile(r"相差|差距|差额|之差|悬殊")
_BACK, _LEAST = 24, 3


def is_sound(scene: Scene, rest: Mention, way: Way, words: str) -> bool:
    if way.left < 0:
        return rest.quantity.states(-way.left) and _BEYOND.search(words) is not None
    total = scene.is_total(way.whole)
    if _is_apart(scene, rest, words) or (not total and is_in_sum(scene, rest, (way.whole, *way.taken))):
        return True
    in_row = is_in_row(scene, way, rest)
    if not in_row and any(_is_told_by_rate(scene, rest, one, way) for one in (way.whole, *way.taken)):
        return True
    owed = in_row and OWED.search(words_of(scene, way.whole))
    if not owed and _is_left_otherwise(scene, rest, way):
        return True
    negated = any(is_negation_of(words, words_of(scene, one)) for one in way.taken)
    return not negated and not REST_OF_ALL.search(words) and _is_listed(scene, rest, way)


def _is_told_by_rate(scene: Scene, rest: Mention, done: Mention, way: Way) -> bool:
    """订单饱满17家,占60.7%,其余11家: the rate is of both together, the whole is another."""
    if len(way.taken) != 1 or not rest.quantity.is_exact or not done.quantity.base_value:
        return False
    value = done.quantity.base_value
    at = scene.place_of(done)
    until = at + 2 if done is way.whole else at + 3
    rates = [one.quantity for one in scene.mentions[at + 1 : until] if one.quantity.kind == "share"]
    both, whole = value + rest.quantity.base_value, way.whole.quantity.base_value
    return any(
        one.states(value / both) and (done is way.whole or not one.states(value / whole)) for one in rates
    )


def _is_left_otherwise(scene: Scene, rest: Mention, way: Way) -> bool:
    """共需885.6万元。到位800万元,拨付728.8万元,缺口85.6万元: what is called whole is itself the part of a greater."""
    at, whole = scene.place_of(rest), way.whole
    before = [one for one in scene.mentions[max(0, at - _BACK) : at] if one.is_like(rest)]
    return any(
        _leaves(rest, one, whole) for one in before if one.index < whole.index and one.quantity.is_exact
    )


def _is_apart(scene: Scene, rest: Mention, words: str) -> bool:
    """最高的286万元,最低的31万元,相差255万元: some two of its sentence are so far apart, limits and means too."""
    here = [one for one in scene.before(rest) if one.is_like(rest)]
    return bool(_APART.search(words)) and any(_leaves(rest, one, other) for one in here for other in here)


def _leaves(rest: Mention, whole: Mention, done: Mention) -> bool:
    left = whole.quantity.base_value - done.quantity.base_value
    return left > 0 and rest.quantity.states(left)


def is_in_sum(scene: Scene, rest: Mention, others: Sequence[Mention]) -> bool:
    """2016年800名,2017年450名,2018年560名,2019年290名,共2100名: it is one item of a sum that comes out."""
    row = [one for one in (*scene.before(rest), rest, *scene.after(rest)) if one.is_like(rest)]
    if len(row) < _LEAST or not all(one in row for one in others):
        return False
    return _adds_up(scene, rest, others, row)


def _adds_up(scene: Scene, rest: Mention, others: Sequence[Mention], row: Sequence[Mention]) -> bool:
    """Some run of at least three of the row with it, summed, is a figure near."""
    at = scene.place_of(rest)
    near = {
        one.quantity.base_value
        for one in scene.mentions[max(0, at - _BACK) : at + _BACK]
        if one.is_like(rest) and one is not rest
    }
    places = [row.index(one) for one in (rest, *others)]
    first, last = min(places), max(places)
    for start in range(first + 1):
        total = sum((one.quantity.base_value for one in row[start:last]), Decimal(0))
        for end in range(last, len(row)):
            total += row[end].quantity.base_value
            if end - start + 1 >= _LEAST and total in near:
                return True
    return False


def _is_listed(scene: Scene, rest: Mention, way: Way) -> bool:
    """发现问题21个:一卡多车8个,记录缺失6个,公车私用4个,未封存5个: a list after a colon that opens up the figure before."""
    row = [one for one in (*scene.before(rest), rest, *scene.after(rest)) if one.is_like(rest)]
    heads = [at for at, one in enumerate(row) if ":" in one.gap]
    if not heads or not heads[-1]:
        return False
    items = row[heads[-1] :]
    return len(items) > _LEAST and way.whole in items and rest in items
