"""What is left, lacking or more than before, where whole and part stand beside it: 应办27件,已办25件,还有3件."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene, can_add
from bangfu.documents.certain.remainders.accounts import balance
from bangfu.documents.certain.remainders.chains import chain
from bangfu.documents.certain.remainders.closed import closed_accounts
from bangfu.documents.certain.remainders.compare import comparisons
from bangfu.documents.certain.remainders.far_accounts import far_balance
from bangfu.documents.certain.remainders.flows import flows
from bangfu.documents.certain.remainders.inline_rows import inline_rows
from bangfu.documents.certain.remainders.named_rows import between_named_rows, of_named_row
from bangfu.documents.certain.remainders.opposites import opposites
from bangfu.documents.certain.remainders.pairs import pair
from bangfu.documents.certain.remainders.rated import by_rate_beside, of_last_pair, of_whole_again
from bangfu.documents.certain.remainders.readings import Way, earlier, told
from bangfu.documents.certain.remainders.sound import is_sound
from bangfu.documents.certain.remainders.topics import far_topic, minus_named
from bangfu.documents.certain.remainders.turned import (
    far_complement,
    far_pair,
    kept_pair,
    pair_behind,
    reversed_pair,
)
from bangfu.documents.certain.remainders.twins import twin_pair, twin_words
from bangfu.documents.certain.remainders.words import KEPT, left_words, words_of
from bangfu.documents.reading.structure import Mention


def remainders(scene: Scene) -> Iterator[Relation]:
    """Each figure once, by the first way of reading it that is certain."""
    known: set[int] = set()
    accounts: set[frozenset[int]] = set()
    for one in (
        *_left(scene),
        *comparisons(scene),
        *flows(scene),
        *inline_rows(scene),
        *closed_accounts(scene),
        *opposites(scene),
    ):
        everything = frozenset((*one.members, one.stated))
        if one.stated not in known and everything not in accounts:
            known.add(one.stated)
            accounts.add(everything)
            yield one


def _left(scene: Scene) -> Iterator[Relation]:
    for rest in scene.mentions:
        if not can_add(rest):
            way = between_named_rows(scene, rest)
            if way is not None:
                yield told(way, rest)
            continue
        words, strict = left_words(scene, rest)
        if not words:
            way = _beside_twin(scene, rest)
            if way is not None:
                yield told(way, rest)
                continue
        if not (words or KEPT.search(words_of(scene, rest))):
            continue
        pool = earlier(scene, rest)
        way = kept_pair(scene, rest, pool)
        if way is None and words:
            way = _near(scene, rest, words, strict) or _far(scene, rest, words, strict)
        if way is not None:
            yield told(way, rest)


def _beside_twin(scene: Scene, rest: Mention) -> Way | None:
    words, strict = twin_words(scene, rest)
    return twin_pair(scene, rest, earlier(scene, rest), strict) if words else None


def _near(scene: Scene, rest: Mention, words: str, strict: bool) -> Way | None:
    """Whole and part stand beside it, or what was done is called by the same verb."""
    pool = earlier(scene, rest)
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
    return None if way is None or is_sound(scene, rest, way, words) else way


def _far(scene: Scene, rest: Mention, words: str, strict: bool) -> Way | None:
    """Whole and part stand elsewhere: a rate, a second unit or a name says which they are."""
    pool = earlier(scene, rest)
    return (
        twin_pair(scene, rest, pool, strict)
        or by_rate_beside(scene, rest, pool, words)
        or of_whole_again(scene, rest, pool, words)
        or of_last_pair(scene, rest, pool)
        or of_named_row(scene, rest, words)
        or between_named_rows(scene, rest)
        or far_balance(scene, rest)
    )
