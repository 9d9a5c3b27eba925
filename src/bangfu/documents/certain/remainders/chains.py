"""Several parts taken from one whole: 共160件,结案142件,拒赔7件,其余11件; 医疗费A,统筹B,大病C,救助D,个人负担E."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.remainders.flows import COMES
from bangfu.documents.certain.remainders.readings import Way, comes_out, is_first_of_several
from bangfu.documents.certain.remainders.slips import slip, swapped
from bangfu.documents.certain.remainders.words import REST_OF_ALL, is_whole, words_of
from bangfu.documents.reading.structure import Mention

_CHAIN = re.compile(
    r"剩|余|库存|结存|留存|自付|自负|自费|负担|承担|可[支分]配|未|没|待|不属实|还有|尚有|仍有|另有?$|另外|在办|在建|正在|结转|空|闲|净"
)
_OVERLAP = re.compile(r"交叉|重复|重叠|重合|兼|多选|可多|同时|既")
_LIST = re.compile(r"[:(:]|其中|分别|按")
_LEAST = 2


def chain(scene: Scene, rest: Mention, pool: Sequence[Mention], words: str) -> Way | None:
    """The one way that ends just before it, begins with what its words call the whole and nearly comes out."""
    if not _CHAIN.search(words) or _OVERLAP.search(scene.sentence_words(rest)):
        return None
    if is_first_of_several(scene, rest) or not pool or pool[-1].sentence != rest.sentence:
        return None
    found = [way for way in _ways(scene, pool) if way.is_exact and _is_sure(scene, rest, way, words)]
    if len(found) != 1 or comes_out(scene, rest, pool, pool):
        return None
    return found[0]


def _ways(scene: Scene, pool: Sequence[Mention]) -> Iterator[Way]:
    for at in range(len(pool) - _LEAST - 1, -1, -1):
        way = Way(pool[at], tuple(pool[at + 1 :]))
        if way.left > 0 and all(one.sentence == pool[-1].sentence for one in way.taken):
            yield way


def _is_sure(scene: Scene, rest: Mention, way: Way, words: str) -> bool:
    if any(COMES.search(words_of(scene, one)) for one in way.taken):
        return False
    how, whole = slip(rest.quantity, way.left), way.whole
    off = rest.quantity.base_value - way.left
    if not how and any(swapped(one.quantity, one.quantity.base_value - off) for one in way.taken):
        how = "clear"
    if not how:
        return False
    named = is_whole(words_of(scene, whole) + whole.right) or bool(
        _LIST.search(scene.between(whole, way.taken[0]))
    )
    first = whole.sentence == rest.sentence and not any(one.is_like(rest) for one in scene.before(whole))
    if how == "clear":
        return named or first
    return bool(REST_OF_ALL.search(words)) and (first or named) and whole.sentence == rest.sentence
