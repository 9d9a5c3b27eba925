"""Figures set side by side: 比去年的156件多22件, 高于全市平均水平2.3个百分点, 由212人增加到240人,净增28人."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import AMONG, Scene, can_add
from bangfu.documents.certain.remainders.compare_behind import with_benchmark_behind
from bangfu.documents.certain.remainders.compare_words import (
    AGAINST,
    APART,
    BENCHMARK,
    BEYOND,
    CHANGED,
    DATED,
    DUE,
    EXCEEDED,
    FROM,
    MANY,
    MARK,
    NAMED,
    NOT_MANY,
    OVER,
    PAST,
    RISEN,
    THAN,
    THIS,
    TO,
)
from bangfu.documents.certain.remainders.slips import cause_of_slip, slip
from bangfu.documents.certain.remainders.sound import is_in_sum
from bangfu.documents.certain.remainders.words import CLAUSE_END, GOT
from bangfu.documents.reading.structure import Mention

_BACK, _FURTHER = 16, 5


def comparisons(scene: Scene) -> Iterator[Relation]:
    for stated in scene.mentions:
        if (
            not (stated.quantity.is_exact or stated.quantity.text.startswith("超"))
            or AMONG.search(stated.gap)
            or not _says_difference(scene, stated)
        ):
            continue
        pool = _pool(scene, stated)
        pair = with_benchmark_behind(scene, stated, pool) if pool else None
        if pair is not None:
            if not is_in_sum(scene, stated, pair):
                yield _told(pair, stated)
            continue
        at = scene.place_of(stated)
        behind = [one for one in scene.mentions[at + 1 : at + 3] if one.is_like(pool[-1])] if pool else []
        if len(pool) < 2 or _comes_out(stated, [*pool, *behind]):
            continue
        pair = _chosen(scene, stated, pool)
        if pair is not None and not _is_of_now(scene, stated, pair) and not is_in_sum(scene, stated, pair):
            yield _told(pair, stated)


def _is_of_now(scene: Scene, stated: Mention, pair: tuple[Mention, Mention]) -> bool:
    """前年512户,去年468户,今年任务比去年少42户: what is measured stands elsewhere, both figures are of the past."""
    return bool(THIS.search(_words(scene, stated))) and all(PAST.search(one.left) for one in pair)


def _says_difference(scene: Scene, stated: Mention) -> bool:
    words = _words(scene, stated)
    if stated.quantity.kind == "point":
        return bool(CHANGED.search(words)) or (not stated.gap.strip() and bool(AGAINST.search(words)))
    if not stated.gap.strip() and stated.quantity.kind not in ("share", "times", "age"):
        at = scene.place_of(stated)
        return (
            at > 0
            and scene.mentions[at - 1].is_like(stated)
            and bool(OVER.search(scene.mentions[at - 1].left))
        )
    if "新增" in words and not THAN.search(words):
        return False
    if MANY.search(words) and not NOT_MANY.search(words):
        return True
    if EXCEEDED.search(words) and OVER.search(scene.mentions[scene.place_of(stated) - 1].left):
        return True
    return stated.quantity.kind not in ("share", "times", "age") and (
        CHANGED.search(words) is not None and not TO.search(words)
    )


def _words(scene: Scene, stated: Mention) -> str:
    """Its own words; of the second figure of a group those of the group."""
    group = scene.group_of[stated.index]
    if stated.quantity.text.startswith("超"):
        return stated.left + "超"
    if stated.left.strip("、和") or group.mentions[0] is stated:
        return stated.left
    return CLAUSE_END.split(group.label)[-1]


def _pool(scene: Scene, stated: Mention) -> list[Mention]:
    """What may be compared: shares for points, else what counts the same; in its paragraph, nearest last."""
    at = scene.place_of(stated)
    near = [one for one in scene.mentions[max(0, at - _BACK) : at] if one.paragraph == stated.paragraph]
    if stated.quantity.kind == "point":
        return [one for one in near if one.quantity.kind == "share"]
    return [one for one in near if one.is_like(stated) and (can_add(one) or one.sentence == stated.sentence)]


def _comes_out(stated: Mention, pool: Sequence[Mention]) -> bool:
    values = [one.quantity.base_value for one in pool]
    return any(stated.quantity.states(one - other) for one in values for other in values if one > other)


def _chosen(scene: Scene, stated: Mention, pool: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """The benchmark just before, with what is measured against it just before that, or a little further."""
    found = _beside(scene, stated, pool[-1], pool[-2])
    if found is not None or not BENCHMARK.search(pool[-1].left):
        return found
    for further in reversed(pool[-_FURTHER:-2]):
        true = abs(pool[-1].quantity.base_value - further.quantity.base_value)
        if (
            further.sentence == stated.sentence == pool[-1].sentence
            and slip(stated.quantity, true) == "clear"
        ):
            named = not MARK.search(scene.between(pool[-1], stated))
            if further.quantity.is_exact and (named or _has_rate(scene, stated, pool[-1], further)):
                return (further, pool[-1])
    return None


def _beside(
    scene: Scene, stated: Mention, last: Mention, previous: Mention
) -> tuple[Mention, Mention] | None:
    gap = scene.between(last, stated)
    if "、" in gap and not MARK.search(gap):
        return None
    if last.sentence != stated.sentence or not (last.quantity.is_exact and previous.quantity.is_exact):
        return None
    named = [bool(BENCHMARK.search(one.left)) for one in (previous, last)]
    true = abs(last.quantity.base_value - previous.quantity.base_value)
    how = slip(stated.quantity, true)
    apart = APART.search(_words(scene, stated)) and (
        DATED.search(last.left) or NAMED.search(_words(scene, stated))
    )
    in_row = _is_in_row(scene, previous, last, stated)
    against = in_row and _is_against(scene, previous, last, stated)
    if not (any(named) or apart or against) or not how:
        return None
    near = previous.sentence == stated.sentence or scene.place_of(stated) - scene.place_of(previous) <= 3
    beside = not MARK.search(gap)
    if near and FROM.search(previous.left) and RISEN.search(last.left):
        return (previous, last)
    if stated.quantity.kind == "point" and near and _is_named(_words(scene, stated), previous, last):
        return (previous, last)
    if apart and near and previous.sentence == stated.sentence:
        return (previous, last)
    if in_row and (
        any(PAST.search(one.left) for one in (previous, last)) or _is_against(scene, previous, last, stated)
    ):
        return (previous, last)
    if (
        named[1]
        and near
        and (
            how == "clear"
            or beside
            or stated.quantity.kind == "point"
            or _has_rate(scene, stated, last, previous)
        )
    ):
        return (previous, last)
    if near and how == "clear" and previous.sentence == stated.sentence:
        return (previous, last)
    return (previous, last) if near and _has_rate(scene, stated, last, previous) else None


def _is_against(scene: Scene, previous: Mention, last: Mention, stated: Mention) -> bool:
    """方案甲46万元,方案乙39.5万元,甲比乙多6.5万元; 应发7.8万元,实发9.2万元,多发1.4万元."""
    if _is_named(_words(scene, stated), previous, last):
        return True
    if not BEYOND.search(_words(scene, stated)):
        return False
    owed = [bool(DUE.search(one.left + one.right)) for one in (previous, last)]
    got = [bool(GOT.search(one.left)) for one in (previous, last)]
    return (owed[0] and got[1] and not got[0]) or (owed[1] and got[0] and not got[1])


def _is_named(words: str, previous: Mention, last: Mention) -> bool:
    """甲比乙多, 比批复投资少: what stands beside 比 is what the two figures were said of."""
    found = THAN.search(words)
    if found is None:
        return False
    one, other = found["one"][:1], found["other"][:2]
    for first, second in ((previous.left, last.left), (last.left, previous.left)):
        if other in first and (not one or one in second):
            return True
    return False


def _is_in_row(scene: Scene, previous: Mention, last: Mention, stated: Mention) -> bool:
    """Nothing but shares between the three, all in one sentence."""
    row = [
        one for one in scene.before(stated) if one.quantity.kind != "share" or stated.quantity.kind == "point"
    ]
    return row[-2:] == [previous, last]


def _has_rate(scene: Scene, stated: Mention, one: Mention, other: Mention) -> bool:
    """增长8.2% beside it, or 为去年的108.2%: the rate confirms which two are compared."""
    low, high = sorted((one.quantity.base_value, other.quantity.base_value))
    if low <= 0:
        return False
    at = scene.place_of(stated)
    ratios = [high / low - 1, 1 - low / high, high / low, low / high]
    return any(
        near.quantity.kind == "share"
        and near.sentence == stated.sentence
        and any(near.quantity.states(r) for r in ratios)
        for near in scene.mentions[max(0, at - 3) : at + 3]
    )


def _told(pair: tuple[Mention, Mention], stated: Mention) -> Relation:
    high, low = sorted(pair, key=lambda one: -one.quantity.base_value)
    true: Decimal = high.quantity.base_value - low.quantity.base_value
    said = f"{high.quantity.text}-{low.quantity.text}={shown(true, stated.quantity)},文中写的是{stated.quantity.text}"
    cause = cause_of_slip(stated.quantity, true)
    return Relation("difference", (high.index, low.index), stated.index, true, False, "error", said, cause)
