"""What is left, lacking or more than before, where whole and part stand beside it: 应办27件,已办25件,还有3件."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene, can_add
from bangfu.documents.certain.remainders.accounts import balance
from bangfu.documents.certain.remainders.chains import chain
from bangfu.documents.certain.remainders.compare import comparisons
from bangfu.documents.certain.remainders.flows import flows
from bangfu.documents.certain.remainders.pairs import pair
from bangfu.documents.certain.remainders.readings import earlier, told
from bangfu.documents.certain.remainders.topics import far_topic, minus_named
from bangfu.documents.certain.remainders.turned import (
    far_complement,
    far_pair,
    kept_pair,
    pair_behind,
    reversed_pair,
)
from bangfu.documents.certain.remainders.words import KEPT, left_words, words_of


def remainders(scene: Scene) -> Iterator[Relation]:
    """Each figure once, by the first way of reading it that is certain."""
    known: set[int] = set()
    for one in (*_left(scene), *comparisons(scene), *flows(scene)):
        if one.stated not in known:
            known.add(one.stated)
            yield one


def _left(scene: Scene) -> Iterator[Relation]:
    for rest in scene.mentions:
        if not can_add(rest):
            continue
        words, strict = left_words(scene, rest)
        if not (words or KEPT.search(words_of(scene, rest))):
            continue
        pool = earlier(scene, rest)
        way = kept_pair(scene, rest, pool)
        if way is None and words:
            way = (
                pair(scene, rest, pool, words, strict)
                or far_pair(scene, rest, pool, words, strict)
                or reversed_pair(scene, rest, pool, words, strict)
                or pair_behind(scene, rest, pool, words, strict)
                or far_complement(scene, rest, pool, words)
                or far_topic(scene, rest, pool, words)
                or minus_named(scene, rest, pool)
                or chain(scene, rest, pool, words)
                or balance(scene, rest)
            )
        if way is not None:
            yield told(way, rest)
