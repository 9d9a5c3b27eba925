"""Rows of three figures under a head line: 涉及、已整改、未整改 … 危房改造超标:37户、31户、6户; most of the rows come out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.remainders.readings import Way, told
from bangfu.documents.reading.structure import Mention

_HEAD = re.compile(r"未|余|剩|差|欠|[核审]减|待|没|缺|不")
_MARKS = frozenset("、,/;|")
_THREE, _LEAST, _HEAD_SIZE = 3, 3, 90


def inline_rows(scene: Scene) -> Iterator[Relation]:
    for block in _blocks(scene):
        wrong = [way for way in block if not way[1].quantity.states(way[0].left)]
        right = len(block) - len(wrong)
        if right >= _LEAST and 0 < len(wrong) * 3 <= right and _has_head(scene, block[0][0].whole):
            yield from (told(way, rest) for way, rest in wrong if way.is_exact)


def _has_head(scene: Scene, first: Mention) -> bool:
    start = scene.sentence_of(first).start
    return _HEAD.search(scene.reading.flat[max(0, start - _HEAD_SIZE) : start]) is not None


def _blocks(scene: Scene) -> Iterator[Sequence[tuple[Way, Mention]]]:
    """Consecutive lines that each hold just three like figures in a row."""
    block: list[tuple[Way, Mention]] = []
    last = -1
    for sentence in scene.sentences:
        row = _row(sentence.mentions)
        if row is None or (block and sentence.paragraph - last > 1):
            if block:
                yield block
            block = []
        if row is not None:
            block.append(row)
            last = sentence.paragraph
    if block:
        yield block


def _row(mentions: Sequence[Mention]) -> tuple[Way, Mention] | None:
    if len(mentions) != _THREE:
        return None
    whole, done, rest = mentions
    marked = all(one.gap.strip() in _MARKS for one in (done, rest))
    if not marked or not (whole.is_like(done) and done.is_like(rest)):
        return None
    return Way(whole, (done,)), rest
