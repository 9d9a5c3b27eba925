"""What is left of a row that the words name: 桃源镇 计划380座 完成352座 … 桃源镇缺口最大,差82座; 马鬃镇与高坎乡相差1660元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.scene import Scene, can_add
from bangfu.documents.certain.remainders.readings import Way
from bangfu.documents.certain.remainders.slips import slip, swapped
from bangfu.documents.certain.remainders.words import is_done, is_whole, words_of
from bangfu.documents.reading.structure import Mention

_NAME = re.compile(
    r"[一-龥]{1,6}(?:镇|乡|村|组|社区|街道|县|区|市|州|小学|中学|学校|医院|园区|公司|合作社|站|局|科|标段|片区|基地|班|队)"
)
_SEPARATE = re.compile(r"[,;:。、()\s\d.]|最[高低多少大小差好]的?|其中|[与和跟同比]")
_APART = re.compile(r"相差|差距|差额|极差|相距|落差|悬殊|级差|高出|多出")
_SHORT = re.compile(r"差|缺口|缺|欠|未|没|剩|余|待|短")
_FAR = 120


def of_named_row(scene: Scene, rest: Mention, words: str) -> Way | None:
    """The row that begins with the only name of its sentence: whole and part stand in it."""
    names = [name for name in _names(scene, rest) if any(_rows(scene, rest, name))]
    if len(names) != 1 or not _SHORT.search(words) or _is_in_segment(scene, rest):
        return None
    rows = list(_rows(scene, rest, names[0]))
    if len(rows) != 1:
        return None
    (row,) = rows
    likes = [one for one in row if one.is_like(rest) and can_add(one) and one.quantity.is_exact]
    ways = [Way(one, (other,)) for one in likes for other in likes if _value(one) > _value(other)]
    if any(rest.quantity.states(way.left) for way in ways):
        return None
    sure = [way for way in ways if _fits(scene, way) and slip(rest.quantity, way.left)]
    return sure[0] if len(sure) == 1 else None


def _is_in_segment(scene: Scene, rest: Mention) -> bool:
    return any(one.is_like(rest) and one.segment == rest.segment for one in scene.before(rest))


def _fits(scene: Scene, way: Way) -> bool:
    whole, done = way.whole, way.taken[0]
    return is_whole(_called(scene, whole)) and is_done(_called(scene, done))


def between_named_rows(scene: Scene, rest: Mention) -> Way | None:
    """The figures of one column in the rows of both names; only digits in another order part them from it."""
    if not _APART.search(words_of(scene, rest)):
        return None
    names = _names(scene, rest)
    if len(names) != 2:
        return None
    first, second = (list(_rows(scene, rest, name)) for name in names)
    ways = [
        Way(max(pair, key=_value), (min(pair, key=_value),))
        for one in first
        for other in second
        for pair in zip(one, other, strict=False)
        if pair[0].is_like(rest) and pair[1].is_like(rest) and _value(pair[0]) != _value(pair[1])
    ]
    if any(rest.quantity.states(way.left) for way in ways):
        return None
    fitting = {way.left: way for way in ways if way.is_exact and swapped(rest.quantity, way.left)}
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _names(scene: Scene, rest: Mention) -> list[str]:
    """The names between the figure before it, or the start of its sentence, and itself."""
    found: list[str] = []
    for piece in _SEPARATE.split(rest.gap):
        name = _NAME.match(piece) if piece else None
        if name and len(name[0]) > 1 and name[0] not in found:
            found.append(name[0])
    return found


def _rows(scene: Scene, rest: Mention, name: str) -> Iterator[Sequence[Mention]]:
    """The figures of each earlier sentence that begins with the name."""
    at = scene.place_of(rest)
    near = scene.mentions[max(0, at - _FAR) : at]
    for one in near:
        if one.sentence == rest.sentence or scene.before(one):
            continue
        if one.gap.strip("\t |").lstrip("1234567890.、 ").startswith(name):
            yield [one, *scene.after(one)]


def _called(scene: Scene, one: Mention) -> str:
    return words_of(scene, one) + one.quantity.subject


def _value(one: Mention) -> Decimal:
    return one.quantity.base_value
