"""What is left told in two units, of which one comes out: 142户518人 … 104户388人 … 还没脱贫38户103人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from bangfu.documents.arithmetic.scene import Scene, can_add
from bangfu.documents.certain.remainders.readings import Way, comes_out
from bangfu.documents.certain.remainders.slips import slip, swapped
from bangfu.documents.certain.remainders.words import left_words
from bangfu.documents.reading.structure import Mention

_FAR, _MOST = 80, 3
_LINK = re.compile(
    r"[ \t|、,/(:]*(?:共|计|共计|合计|涉及|涉案|涉|惠及|完成|投入|下达|总|批复|已|的|合同)?(?:贫困|受益|搬迁|脱贫)?"
    r"(?:人口|群众|人数|户数|金额|资金|投资|贷款|补助|补贴|奖补|面积|里程|长度|工资|经费|款项|造价|价款|原值|货值|产值)?"
    r"[ \t|]*"
)
Pair = tuple[Mention, Mention]


def twin_pair(scene: Scene, rest: Mention, pool: Sequence[Mention], strict: bool) -> Way | None:
    """Whole and part are the two whose households leave the households told beside it."""
    if not rest.quantity.is_exact or rest.quantity.kind in ("share", "point", "times") or not strict:
        return None
    if comes_out(scene, rest, pool, pool):
        return None
    for twin in _beside(scene, rest):
        pairs = list(_pairs(scene, rest, twin))
        ways = list(_ways(pairs, twin))
        if not ways or any(rest.quantity.states(way.left) for way in ways) or len(ways) > _MOST:
            continue
        fitting = {way.left: way for way in ways if _is_near(rest, way)}
        if len(fitting) == 1:
            return next(iter(fitting.values()))
    return None


def twin_words(scene: Scene, rest: Mention) -> tuple[str, bool]:
    """未办结17件、涉案金额58万元: the words that say it is left stand before the figure beside it."""
    for twin in _beside(scene, rest):
        if twin.index < rest.index:
            return left_words(scene, twin)
    return "", False


def _is_near(rest: Mention, way: Way) -> bool:
    (done,) = way.taken
    missing = way.whole.quantity.base_value - rest.quantity.base_value
    return bool(slip(rest.quantity, way.left)) or swapped(done.quantity, missing)


def _beside(scene: Scene, rest: Mention) -> Iterator[Mention]:
    """The figure in another unit that says the same: next to it, with hardly a word between."""
    at = scene.place_of(rest)
    for first, second in ((at - 1, at), (at, at + 1)):
        if first < 0 or second >= len(scene.mentions):
            continue
        one, other = scene.mentions[first], scene.mentions[second]
        twin = one if other is rest else other
        if _belong(one, other) and twin.quantity.is_exact:
            yield twin


def _belong(one: Mention, other: Mention) -> bool:
    return (
        one.sentence == other.sentence
        and not one.is_like(other)
        and _LINK.fullmatch(other.gap) is not None
        and can_add(one)
        and can_add(other)
    )


def _pairs(scene: Scene, rest: Mention, twin: Mention) -> Iterator[Pair]:
    """Each earlier couple of figures in the same two units, as (like the twin, like the rest)."""
    at = scene.place_of(rest)
    near = scene.mentions[max(0, at - _FAR) : min(at, scene.place_of(twin))]
    for one, other in pairwise(near):
        if not _belong(one, other) or not (one.quantity.is_exact and other.quantity.is_exact):
            continue
        if one.is_like(twin) and other.is_like(rest):
            yield one, other
        elif one.is_like(rest) and other.is_like(twin):
            yield other, one


def _ways(pairs: Sequence[Pair], twin: Mention) -> Iterator[Way]:
    left = twin.quantity.base_value
    seen: set[tuple[Decimal, Decimal]] = set()
    for whole, whole_twin in ((one[1], one[0]) for one in pairs):
        for part, part_twin in ((one[1], one[0]) for one in pairs):
            if whole_twin.quantity.base_value - part_twin.quantity.base_value != left:
                continue
            values = (whole.quantity.base_value, part.quantity.base_value)
            if values not in seen and values[0] > values[1]:
                seen.add(values)
                yield Way(whole, (part,))
