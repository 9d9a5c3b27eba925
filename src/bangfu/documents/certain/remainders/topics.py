"""What is left of a pair told further before, which a rate beside it has confirmed: 还差124人, 培训补齐缺口340人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.scene import Scene, can_add
from bangfu.documents.certain.remainders.readings import Way, comes_out
from bangfu.documents.certain.remainders.slips import slip, swapped
from bangfu.documents.certain.remainders.words import ANOTHER, undone, words_of
from bangfu.documents.reading.structure import Mention

_BACK = 90
_LIGHT = re.compile(
    r"尚未|还未|仍未|未能|未|没有|没|仍有|还有|尚有|尚需|还需|还差|尚差|仍差|还|尚|仍|缺口|短缺|缺|差|余下|剩余|剩下|其余|下半年|年底|月底前|"
    r"全[年县乡镇村市]|任务|目标|计划|补齐|部分|资金|人员|对象|的|为|共|有|因|等|原因|需|要|再|把|由|距离?|个|完成|已|累计|对|于|在|和|与"
)
_SHORT = re.compile(r"[还尚仍]差|[还尚仍]缺|缺口|差$|缺$")
_HAN = re.compile("[一-龥]{2,}")
_MARK = re.compile("[,;:(]")
_MINUS = re.compile(
    r"(?:扣除|除去|减去|扣减|扣去|刨[除去]|抛开|去掉|除开|核减)(?P<what>[一-龥]{2})[一-龥]{0,6}(?:后|外|之后|以后)"
)


def far_topic(scene: Scene, rest: Mention, pool: Sequence[Mention], words: str) -> Way | None:
    """The pair whose words or whose rate speak of the same thing, if it is the only one that nearly comes out."""
    topics = _topics(words)
    if ANOTHER.search(words) or not topics or _is_in_clause(scene, rest):
        return None
    small = "small" if _SHORT.search(words) or undone(words) else "clear"
    ways = list(_rated(scene, rest, topics))
    if (
        not ways
        or _is_repeated(scene, rest)
        or any(rest.quantity.states(way.left) for way in ways)
        or comes_out(scene, rest, _of_sentence(rest, pool, words), pool, beside=True)
    ):
        return None
    fitting = {way.left: way for way in ways if slip(rest.quantity, way.left) in ("clear", small)}
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _of_sentence(rest: Mention, pool: Sequence[Mention], words: str) -> Sequence[Mention]:
    """What may leave it as well: where the verb names the pair, only what stands in its own sentence."""
    return [one for one in pool if one.sentence == rest.sentence] if undone(words) else pool


def _is_in_clause(scene: Scene, rest: Mention) -> bool:
    """Beside another figure of the same clause it is what that clause says."""
    near = scene.before(rest)[-1:]
    return any(one.is_like(rest) for one in near) and not _MARK.search(rest.gap)


def _is_repeated(scene: Scene, rest: Mention) -> bool:
    """What was said before is judged there."""
    before = scene.mentions[: scene.place_of(rest)]
    return any(one.is_like(rest) and _value(one) == _value(rest) for one in before)


def _topics(words: str) -> list[str]:
    verb = undone(words)
    return (
        [verb]
        if verb
        else [
            word[at : at + 2] for word in _HAN.findall(_LIGHT.sub(" ", words)) for at in range(len(word) - 1)
        ]
    )


def _rated(scene: Scene, rest: Mention, topics: Sequence[str]) -> Iterator[Way]:
    """Each figure before it with a rate beside it that comes out of it and a greater figure near."""
    at, mentions = scene.place_of(rest), scene.mentions
    for place in range(at - 1, max(0, at - _BACK) - 1, -1):
        done = mentions[place]
        if not done.is_like(rest) or not done.quantity.is_exact or not can_add(done):
            continue
        for rate in mentions[place + 1 : place + 4]:
            if rate.quantity.kind != "share" or rate.sentence != done.sentence:
                continue
            said = (
                words_of(scene, done) + done.right + rate.left + done.quantity.subject + rate.quantity.subject
            )
            if not any(topic in said for topic in topics):
                continue
            for whole in mentions[max(0, place - 5) : place + 4]:
                way = Way(whole, (done,))
                fits = whole.is_like(rest) and whole.paragraph == done.paragraph and way.left > 0
                if fits and way.is_exact and rate.quantity.states(_value(done) / _value(whole)):
                    yield way


def _value(one: Mention) -> Decimal:
    return one.quantity.base_value


def minus_named(scene: Scene, rest: Mention, pool: Sequence[Mention]) -> Way | None:
    """共收捐款36.65万元,扣除发放数后结余2.52万元: what is taken away is named, and stands further before."""
    found = _MINUS.search(rest.gap)
    if found is None or not pool or pool[-1].sentence != rest.sentence or comes_out(scene, rest, pool, pool):
        return None
    whole, at = pool[-1], scene.place_of(rest)
    ways = [
        Way(whole, (one,))
        for one in scene.mentions[max(0, at - _BACK) : at - 1]
        if one.is_like(rest)
        and can_add(one)
        and one is not whole
        and found["what"] in words_of(scene, one) + scene.group_of[one.index].label
    ]
    fitting = {way.left: way for way in ways if way.is_exact and swapped(rest.quantity, way.left)}
    if any(rest.quantity.states(way.left) for way in ways):
        return None
    return next(iter(fitting.values())) if len(fitting) == 1 else None
