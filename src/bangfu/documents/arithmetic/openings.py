"""Where a whole is opened up: which whole, and which quantities are its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bangfu.documents.arithmetic.partitions import make_whole, parts_named
from bangfu.documents.arithmetic.scene import AMONG, CHANGE, Scene, can_add, fits_total, total_of
from bangfu.documents.reading.structure import Mention, Sentence

_ASIDE = re.compile(r"占|任务|计划|目标")
REST = re.compile(r"其余|余下|剩下|其他|另有|另外")
_SHORT = 9
_FAR = 60
_CALLED = re.compile(r"[ ]*([一-龥]{3,10})中,")
_NO_WHOLES = frozenset({"share", "point", "times", "age", "time"})
_OPENER = re.compile(r"(?:分别(?:为|是|有|达|达到)?|分为|包括|包含|中,(?:有)?|中有|[:(])[^,:;()。]{0,24}$")


@dataclass(frozen=True)
class Opening:
    whole: Mention
    parts: list[Mention]
    opener: str
    is_strict: bool = False


def openings(scene: Scene) -> Iterator[Opening]:
    for sentence in scene.sentences:
        used: set[int] = set()
        yield from _from_sentence_before(scene, sentence)
        for at, mention in enumerate(sentence.mentions[1:], 1):
            opener = _opener(scene, mention)
            if opener is None or mention.index in used:
                continue
            reached = _reached(scene, sentence.mentions[at:])
            used.update(one.index for one in reached)
            for nearest in _wholes(scene, sentence.mentions[:at], mention, opener):
                members = [one for one in reached if _counts_same(scene, one, nearest) and _may_be_part(one)]
                whole = _closing(sentence.mentions[:at], nearest, members) or _first_of_joined(
                    scene, nearest, members
                )
                if members and whole is not None:
                    yield Opening(whole, members, opener)


def _closing(before: Sequence[Mention], nearest: Mention, members: Sequence[Mention]) -> Mention | None:
    """The whole that the parts make up exactly, where it is another than the nearest."""
    if len(members) < 2:
        return None
    alike = [one for one in before if one.is_like(nearest) and can_add(one) and not _is_other_year(one)]
    fitting = [
        one
        for one in reversed(alike)
        if any(fits_total(members[:length], one.quantity) for length in range(2, len(members) + 1))
    ]
    return fitting[0] if fitting else None


def _is_other_year(one: Mention) -> bool:
    return CHANGE.search(one.left) is not None and re.search(r"上年|去年|同期|年初", one.left) is not None


def _first_of_joined(scene: Scene, whole: Mention, members: Sequence[Mention]) -> Mention | None:
    """506万居民和86万师生,其中…: of two wholes joined by 和 the one that the parts make up; None where neither is."""
    if not re.match(r"[^,。;]{0,12}[和及与]", whole.gap):
        return whole
    before = [one for one in scene.before(whole) if one.is_like(whole)]
    return next(
        (one for one in [whole, *before[-1:]] if len(members) > 1 and fits_total(members, one.quantity)), None
    )


def _from_sentence_before(scene: Scene, sentence: Sentence) -> Iterator[Opening]:
    """…72户171人。其中:甲村12户31人;…: the whole is the one that closes, else the first of the sentence before."""
    first = sentence.mentions[0]
    if named := _CALLED.match(first.gap):
        yield from _called(scene, sentence, named[1])
    if not re.match(r"[ ]*其中", first.gap):
        return
    before = scene.sentence_before(first)
    reached = _reached(scene, sentence.mentions)
    closes = False
    for unit in dict.fromkeys(one.quantity.base_unit for one in reached):
        wholes = [one for one in before if one.quantity.base_unit == unit and can_add(one)]
        wholes = [one for one in wholes if not (_ASIDE.search(one.left) or CHANGE.search(one.left))] or wholes
        members = [one for one in reached if one.quantity.base_unit == unit and _may_be_part(one)]
        if not wholes or not members:
            continue
        closing = [one for one in wholes if len(members) > 1 and fits_total(members, one.quantity)]
        near = closing or wholes if len(wholes) == 1 else closing or _near(wholes, members)
        series = closes and len(wholes) == 1 and len(members) > 1
        closes = closes or bool(closing)
        if near:
            yield Opening(near[-1], members, first.gap, bool(closing) or series)


def _called(scene: Scene, sentence: Sentence, name: str) -> Iterator[Opening]:
    """特困人员中,集中供养486人,分散供养1632人: the whole stands further up, under that name."""
    first = sentence.mentions[0]
    members = [
        one
        for one in _reached(scene, sentence.mentions)
        if one.is_like(first) and one.segment == first.segment and _may_be_part(one)
    ]
    above = [one for one in scene.mentions[: scene.place_of(first)][-_FAR:] if one.is_like(first)]
    wholes = [one for one in above if one.left.endswith(name) and can_add(one)]
    if len(members) > 1 and wholes:
        yield Opening(wholes[-1], members, first.gap)


def _near(wholes: Sequence[Mention], members: Sequence[Mention]) -> list[Mention]:
    """Of several wholes the last that the parts nearly make up, where the parts' names make up a whole."""
    if len(members) < 2 or not is_partition([one.left + one.right[:6] for one in members]):
        return []
    amount = total_of(members)
    return [
        one for one in wholes if abs(amount - one.quantity.base_value) * 10 <= one.quantity.base_value * 3
    ]


def _opener(scene: Scene, mention: Mention) -> str | None:
    """The words that open the whole up before this quantity; None where nothing does."""
    if AMONG.search(mention.gap):
        return mention.gap[mention.gap.rfind("其中") :] if "其中" in mention.gap else mention.gap
    if _begins_partition(scene, mention):
        return ","
    match = _OPENER.search(mention.gap)
    if match is None or re.fullmatch(r"[(](?:即|折合|约合|合|相当于|折算|约)?", match[0]):
        return None
    return None if len(mention.gap[: match.start()].strip(" ,、")) > 16 else match[0]


def _begins_partition(scene: Scene, mention: Mention) -> bool:
    """126户,C级78户,D级48户: names that together make up a whole, right after it."""
    before, after = scene.before(mention)[-1:], scene.after(mention)[:1]
    if not before or not after or not re.fullmatch(r",[一-龥A-Za-z]{1,6}", mention.gap):
        return False
    row = [mention, after[0]]
    alike = before[0].is_like(mention) and after[0].is_like(mention) and len(after[0].gap) < _SHORT
    whole = before[0].quantity.base_value
    near = abs(total_of(row) - whole) * 10 <= whole
    names = [one.left for one in row]
    return alike and near and is_partition(names) and not is_partition([before[0].left, *names])


def _reached(scene: Scene, following: Sequence[Mention]) -> list[Mention]:
    """How far the opening reaches: to the end of the bracket that holds it, the next 其中 or the next total."""
    kept: list[Mention] = []
    for one in following:
        if kept:
            if _leaves_bracket(scene, kept[0], one):
                break
            if AMONG.search(one.gap) and (";" in one.gap or "(" not in one.gap):
                break
            if (
                scene.is_total(one)
                and not REST.search(one.gap)
                and len(kept) > 1
                and ("," in one.gap or ";" in one.gap)
            ):
                break
        kept.append(one)
    return kept


def _leaves_bracket(scene: Scene, first: Mention, one: Mention) -> bool:
    """Whether a bracket that was open at the first part is closed before this one."""
    depth = 0
    for char in scene.reading.flat[first.quantity.start : one.quantity.start]:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return True
    return False


def _wholes(scene: Scene, before: Sequence[Mention], first: Mention, opener: str) -> list[Mention]:
    """Of each class the nearest quantity before the opening; nothing beyond a ; unless nothing else is there."""
    found: dict[str, Mention] = {}
    reach = {first.segment, before[-1].segment}
    stocks = [one for one in before if not (CHANGE.search(one.left) or _ASIDE.search(one.left))]
    before = [one for one in before if one in stocks or not any(one.is_like(other) for other in stocks)]
    named = _named(before, first)
    for one in [*reversed(named), *reversed(before)]:
        if "分别" in opener and "其中" not in opener and _is_item_before(scene, one, before):
            continue
        if one.quantity.kind in _NO_WHOLES or not (one.segment in reach or one in named):
            continue
        if not re.search(r"每[^,]{0,6}$", one.left):
            found.setdefault(one.quantity.base_unit, one)
    return list(found.values())


def _is_item_before(scene: Scene, one: Mention, before: Sequence[Mention]) -> bool:
    """甲村1户132平方米、乙村2户分别为118和121平方米: 132 is of another item of the row."""
    return one is not before[-1] and "、" in scene.between(one, before[-1])


def _named(before: Sequence[Mention], first: Mention) -> list[Mention]:
    """农村15870人,城市2334人;农村对象中,…: the wholes that are called by the name that stands before 中."""
    name = re.search(r"(?:^|[,;:])([一-龥]{2})[一-龥]{0,8}(?:中|里)[,有]?[^,]{0,12}$", first.gap)
    return [one for one in before if name is not None and name[1] in one.left]


def _counts_same(scene: Scene, one: Mention, whole: Mention) -> bool:
    """The same unit, or persons in posts: 岗位156个,其中护林员62人."""
    if one.is_like(whole):
        return True
    posts = whole.quantity.unit == "个" and "岗位" in scene.label(whole) + whole.right[:8]
    return posts and one.quantity.base_unit == "人"


def _may_be_part(mention: Mention) -> bool:
    return can_add(mention) and not CHANGE.search(mention.left)


def is_partition(labels: Sequence[str]) -> bool:
    """Whether the labels are different names of one row that together make up a whole."""
    return bool(labels) and make_whole([parts_named(label) for label in labels])
