"""The same whole by another aspect: 按来源,中央1.05亿元、省级4700万元…; 从规模看,…: its parts come to a whole said before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.causes import is_mistyped
from bangfu.documents.arithmetic.closing_sums import sum_relation
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import CHANGE, Scene, can_add, fits_total, total_of
from bangfu.documents.reading.structure import Mention, Sentence

_ASPECT = re.compile(
    r"(?:^|[。;:!?\n )、.])(?:其中,?)?(?:从|按照?|依据?|以|分)[^,:。;\d每]{1,10}(?:看|分|计|算|划分|统计|来看|类别|类型)?[,:]|"
    r"(?:^|[。;:!?\n )、.])(?:分类|类型|结构|来源|用途|投向|区域|行业|规模)(?:看|上|方面|结构)?[,:]"
)
_CLASSED = re.compile(
    r"(?:[两三四五六](?:色|类|级|档)|分[类级档色])(?:管理|帮扶|监测|预警|推进|台账|施策|处置|标识)[。;:]?\n?$"
)
_BACK = 40
_NEAR = 12
_SLACK = 10


def aspects(scene: Scene) -> Iterator[Relation]:
    rows = [row for sentence in scene.sentences for row in _rows(scene, sentence)]
    parts = frozenset(one.index for row in rows if len(row) > 2 for one in row)
    for row in rows:
        yield from _weigh(scene, row, parts)


def _rows(scene: Scene, sentence: Sentence) -> Iterator[list[Mention]]:
    for at, mention in enumerate(sentence.mentions):
        if _opens(scene, mention, at) and not CHANGE.search(mention.left):
            for start in range(at, min(at + 2, len(sentence.mentions))):
                if start == at or not sentence.mentions[start].is_like(mention):
                    yield _row(scene, sentence, start)


def _opens(scene: Scene, mention: Mention, at: int) -> bool:
    """By what aspect; or after 三色管理, 四类, 分级 at the end of the sentence before."""
    if _ASPECT.search(mention.gap):
        return True
    start = scene.sentence_of(mention).start
    before = scene.reading.flat[max(0, start - _NEAR) : start]
    return at == 0 and _CLASSED.search(before) is not None


def _row(scene: Scene, sentence: Sentence, at: int) -> list[Mention]:
    """The quantities of the first one's class up to the next aspect or total."""
    first = sentence.mentions[at]
    row: list[Mention] = []
    for one in sentence.mentions[at:]:
        if row and (_ASPECT.search(one.gap) or scene.is_total(one)):
            break
        if one.is_like(first):
            row.append(one)
    return row


def _weigh(scene: Scene, row: Sequence[Mention], parts: frozenset[int]) -> Iterator[Relation]:
    if len(row) < 3 or not all(can_add(one) and one.quantity.is_exact for one in row):
        return
    wholes = [one for one in _wholes(scene, row[0], row) if one.index not in parts]
    closing = next((one for one in wholes if fits_total(row, one.quantity)), None)
    if closing is not None:
        yield sum_relation(row, closing, holds=True)
        return
    near = next((one for one in wholes if _is_near(row, one)), None)
    if near is not None:
        same = [one for one in wholes if one.quantity.base_value == near.quantity.base_value]
        first = [one for one in same if one.sentence == near.sentence][-1]
        yield sum_relation(row, first, holds=False)


def _wholes(scene: Scene, first: Mention, row: Sequence[Mention]) -> list[Mention]:
    """What the row may be the parts of, nearest first; the parts of something else are none."""
    greatest = max(one.quantity.base_value for one in row)
    before = scene.mentions[max(0, scene.place_of(first) - _BACK) : scene.place_of(first)]
    return [
        one
        for one in reversed(before)
        if one.is_like(first)
        and can_add(one)
        and one.quantity.is_exact
        and one.quantity.base_value > greatest
        and not CHANGE.search(one.left)
        and not scene.is_nested(one)
    ]


def _is_near(row: Sequence[Mention], whole: Mention) -> bool:
    return abs(
        total_of(row) - whole.quantity.base_value
    ) * _SLACK <= whole.quantity.base_value or is_mistyped(whole.quantity, total_of(row))
