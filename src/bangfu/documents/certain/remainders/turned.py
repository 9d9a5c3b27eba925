"""Wholes and parts that stand in another place: behind what is left, far before, or more done than there was to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.scene import Scene, can_add
from bangfu.documents.certain.remainders.pairs import is_in_row, may_be_told
from bangfu.documents.certain.remainders.readings import (
    Way,
    comes_out,
    far_whole,
    has_rate,
    is_first_of_several,
)
from bangfu.documents.certain.remainders.slips import slip, swapped
from bangfu.documents.certain.remainders.words import (
    ANOTHER,
    FINISHED,
    GOT,
    KEPT,
    OWED,
    REMOVED,
    SHORT,
    belongs,
    is_whole,
    undone,
    words_of,
)
from bangfu.documents.reading.structure import Mention

_BACK = 40


def pair_behind(scene: Scene, rest: Mention, pool: Sequence[Mention], words: str, strict: bool) -> Way | None:
    """审减3个,入库19个 of 22个; 已兑付86户,未兑付12户,应兑付98户: part or whole stands behind."""
    behind = [one for one in scene.after(rest)[:3] if one.is_like(rest)] or _in_next(scene, rest)
    if not strict or not pool or not behind or pool[-1].sentence != rest.sentence:
        return None
    last, following = pool[-1], behind[0]
    for way in (Way(last, (following,)), Way(following, (last,))):
        (done,), whole = way.taken, way.whole
        done_words = words_of(scene, done) + done.right
        fits = belongs(words, done_words) and is_whole(
            words_of(scene, whole) + whole.right + scene.label(whole)
        )
        if following.sentence != rest.sentence and not swapped(rest.quantity, way.left):
            continue
        if fits and way.is_exact and slip(rest.quantity, way.left) == "clear" and "其中" not in following.gap:
            everything = [*pool, following]
            return None if comes_out(scene, rest, everything, everything, way) else way
    return None


def _in_next(scene: Scene, rest: Mention) -> list[Mention]:
    """核减资金1.81亿元。入库资金3.2亿元: the next sentence begins with the part."""
    after = scene.mentions[scene.place_of(rest) + 1 :][:1]
    return [one for one in after if one.is_like(rest) and one.paragraph == rest.paragraph]


def far_pair(scene: Scene, rest: Mention, pool: Sequence[Mention], words: str, strict: bool) -> Way | None:
    """累计支付19251万元,支付率93%,未支付1494万元: the whole stands far before, and the rate names it."""
    if (
        ANOTHER.search(words)
        or not pool
        or pool[-1].paragraph != rest.paragraph
        or not pool[-1].quantity.is_exact
    ):
        return None
    done = pool[-1]
    whole = far_whole(scene, rest, done)
    if whole is None or comes_out(scene, rest, pool, pool) or is_first_of_several(scene, rest):
        return None
    way = Way(whole, (done,))
    how = slip(rest.quantity, way.left)
    sure = how == "clear" or (how == "small" and strict)
    return way if sure and may_be_told(scene, rest, way, False, words) else None


def reversed_pair(
    scene: Scene, rest: Mention, pool: Sequence[Mention], words: str, strict: bool
) -> Way | None:
    """应贴息27.9万元,已贴29.7万元,未贴1.8万元: more was done than there was to do."""
    if not strict or len(pool) < 2:
        return None
    way = Way(pool[-2], (pool[-1],))
    (done,), whole = way.taken, way.whole
    if way.left >= 0 or not way.is_exact or not is_in_row(scene, way, rest):
        return None
    done_words, whole_words = words_of(scene, done) + done.right, words_of(scene, whole) + whole.right
    if _is_excess(scene, rest, way, words):
        return way
    owed = OWED.search(whole_words) and not OWED.search(done_words) and not GOT.search(whole_words)
    return (
        way
        if owed and GOT.search(done_words) and SHORT.search(words) and belongs(words, done_words)
        else None
    )


def _is_excess(scene: Scene, rest: Mention, way: Way, words: str) -> bool:
    """排查隐患46处,整改48处,尚余2处: the two stand the wrong way round, one of them is wrong."""
    (done,), whole = way.taken, way.whole
    done_words = words_of(scene, done) + done.right
    if not rest.quantity.states(-way.left) or "净" in words or OWED.search(done_words):
        return False
    found = is_whole(words_of(scene, whole) + whole.right) and FINISHED.search(done_words)
    return bool(found) or "其中" in done.gap


def kept_pair(scene: Scene, rest: Mention, pool: Sequence[Mention]) -> Way | None:
    """申请退出1275户,剔除7户,提交验收1268户: what stays of a whole after what was struck off."""
    if len(pool) < 2 or not KEPT.search(words_of(scene, rest)):
        return None
    way = Way(pool[-2], (pool[-1],))
    (done,), whole = way.taken, way.whole
    if not (REMOVED.search(words_of(scene, done)) and way.is_exact and is_in_row(scene, way, rest)):
        return None
    if REMOVED.search(words_of(scene, whole)) or REMOVED.search(words_of(scene, rest)):
        return None
    how = slip(rest.quantity, way.left)
    sure = how == "clear" or (how == "small" and is_whole(words_of(scene, whole) + whole.right))
    sure = sure or swapped(whole.quantity, done.quantity.base_value + rest.quantity.base_value)
    beside = [one for one in pool if one.sentence == rest.sentence]
    return way if sure and not comes_out(scene, rest, beside, beside, way) else None


def far_complement(scene: Scene, rest: Mention, pool: Sequence[Mention], words: str) -> Way | None:
    """抽查246个,整改231个,整改率93.9%. …未整改的17个: the part is what the word without its 未 was said of."""
    verb = undone(words)
    if not verb or ANOTHER.search(words) or any(one.is_like(rest) for one in scene.before(rest)):
        return None
    for way in _done_before(scene, rest, verb):
        others = [*pool, way.whole, *way.taken]
        if not way.is_exact or not slip(rest.quantity, way.left) or comes_out(scene, rest, others, others):
            return None
        if way.left > 5 * rest.quantity.base_value:
            return None
        return way if has_rate(scene, way.taken[0], way) or _has_rate_behind(scene, way) else None
    return None


def _done_before(scene: Scene, rest: Mention, verb: str) -> Iterator[Way]:
    """The figures that the verb was said of, nearest first, each with the figure before it as its whole."""
    at = scene.place_of(rest)
    likes = [one for one in scene.mentions[max(0, at - _BACK) : at] if one.is_like(rest) and can_add(one)]
    for place in range(len(likes) - 1, 0, -1):
        done, whole = likes[place], likes[place - 1]
        said = words_of(scene, done)
        if verb in said and not undone(said) and whole.quantity.base_value > done.quantity.base_value:
            yield Way(whole, (done,))


def _has_rate_behind(scene: Scene, way: Way) -> bool:
    (done,) = way.taken
    ratio = done.quantity.base_value / way.whole.quantity.base_value
    at = scene.place_of(done)
    return any(
        one.quantity.kind == "share" and one.sentence == done.sentence and one.quantity.states(ratio)
        for one in scene.mentions[at + 1 : at + 3]
    )
