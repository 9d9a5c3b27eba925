"""A few figures that form one small account by themselves: nothing like them stands beside, so all of them belong to it.

Where the whole is the greatest and first, every other figure was taken from it, and the last is said to be left, in
whatever words, one slip of the pen in the figures is certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import AMONG, Scene, can_add
from bangfu.documents.certain.remainders.closed_words import (
    APART,
    CHANGE,
    DAILY,
    FURTHER,
    LEFT,
    LEFT_BEHIND,
    LESS,
    NEEDED,
    NOT_TAKEN,
    OF_DONE,
    OF_IT,
    STOCK,
    SURE,
    TAKEN,
    WITHIN,
)
from bangfu.documents.certain.remainders.readings import Way, comes_out, told
from bangfu.documents.certain.remainders.slips import slip, swapped
from bangfu.documents.certain.remainders.sound import is_in_sum, is_sound
from bangfu.documents.certain.remainders.words import (
    ANOTHER,
    CLAUSE_END,
    KEPT,
    OWED,
    REMOVED,
    REST_OF_ALL,
    SHORT,
    belongs,
    is_done,
    is_whole,
    left_words,
    undone,
    words_of,
)
from bangfu.documents.reading.structure import Mention

_MOST, _LEAST, _REACH = 5, 2, 8


def _has_company(scene: Scene, rest: Mention) -> bool:
    """At least two like figures near: most figures have none, and need no further look."""
    at = scene.place_of(rest)
    near = scene.mentions[max(0, at - _REACH) : at + _REACH]
    return sum(one.is_like(rest) for one in near) > _LEAST


def closed_account(scene: Scene, rest: Mention) -> Way | None:
    words = _words_of_rest(scene, rest)
    if not words or not rest.quantity.is_exact or AMONG.search(rest.gap) or OF_IT.match(rest.right):
        return None
    for window in _windows(scene, rest):
        if _LEAST <= len(window) <= _MOST and all(one.quantity.is_exact for one in window):
            way = _way(window)
            if way is not None and rest.quantity.states(way.left):
                return None
            if way is not None and _is_certain(scene, rest, way, words):
                return way
    return None


def _words_of_rest(scene: Scene, rest: Mention) -> str:
    """The words that say that it is what is left; "" where nothing does."""
    before, behind = words_of(scene, rest), rest.right
    if OF_DONE.search(before):
        return ""
    found = left_words(scene, rest)[0]
    if found or KEPT.search(before):
        return found or before
    if CHANGE.search(before):
        return ""
    if LEFT.search(before):
        return before
    return before + behind if LEFT_BEHIND.search(behind) else ""


def _windows(scene: Scene, rest: Mention) -> Iterator[list[Mention]]:
    """The like figures of its sentence; those of the next, where it is told first; of the one before; of the lines above."""
    before = [one for one in scene.before(rest) if _counts(one, rest)]
    after = [one for one in scene.after(rest) if _counts(one, rest)]
    behind = _own(after)
    if len(before) >= _LEAST:
        following = [one for one in behind if one.segment == rest.segment]
        if not following or FURTHER.search(following[0].left):
            own = [one for one in before if not scene.is_nested(one)]
            own = own if len(own) >= _LEAST else before
            yield own
            yield [*_sentence_before(scene, rest), *own]
    elif not before and len(behind) >= _LEAST:
        yield behind
    elif not before and not behind:
        yield _sentence_before(scene, rest)
        yield _next_sentence(scene, rest)
        yield _lines(scene, rest)
    elif not behind:
        yield [*_sentence_before(scene, rest), *before]


def _own(after: Sequence[Mention]) -> list[Mention]:
    """What follows, up to where parts of it or further things are told."""
    found: list[Mention] = []
    for one in after:
        if AMONG.search(one.gap) or APART.search(one.gap):
            break
        found.append(one)
    return found


def _counts(one: Mention, rest: Mention) -> bool:
    return one.is_like(rest) and (can_add(one) or DAILY.search(one.left) is not None)


def _next_sentence(scene: Scene, rest: Mention) -> list[Mention]:
    at = scene.place_of(rest)
    following = [one for one in scene.mentions[at + 1 : at + 8] if one.paragraph == rest.paragraph]
    if not following:
        return []
    sentence = following[0].sentence if following[0].sentence != rest.sentence else -1
    if sentence < 0:
        others = [one for one in following if one.sentence != rest.sentence]
        sentence = others[0].sentence if others else -1
    found = _own([one for one in following if one.sentence == sentence and _counts(one, rest)])
    more = found[_LEAST:] and TAKEN.search(words_of(scene, found[_LEAST]))
    return found if more else found[:_LEAST]


def _sentence_before(scene: Scene, rest: Mention) -> list[Mention]:
    found = [one for one in scene.sentence_before(rest) if _counts(one, rest)]
    if not found or rest.paragraph - found[0].paragraph > (2 if len(found) == _LEAST else 0):
        return []
    own = [one for one in found if not scene.is_nested(one)]
    return own if len(own) >= _LEAST or scene.before(rest) else found


def _lines(scene: Scene, rest: Mention) -> list[Mention]:
    """The lines right above that hold one like figure each."""
    found: list[Mention] = []
    last = rest
    while last.index > 0:
        one = scene.mentions[scene.place_of(last) - 1]
        if last.paragraph - one.paragraph != 1 or scene.before(one) or not _counts(one, rest):
            break
        found.append(one)
        last = one
    return found[::-1]


def _way(window: Sequence[Mention]) -> Way | None:
    """The greatest as the whole of all others."""
    whole = max(window, key=lambda one: one.quantity.base_value)
    taken = tuple(one for one in window if one is not whole)
    way = Way(whole, taken)
    return way if way.left > 0 else None


def _is_certain(scene: Scene, rest: Mention, way: Way, words: str) -> bool:
    if rest.quantity.base_value >= way.whole.quantity.base_value or rest.quantity.states(way.left):
        return False
    how = slip(rest.quantity, way.left) or ("clear" if _is_swapped(rest, way) else "")
    if not how or not _is_account(scene, rest, way, words):
        return False
    if how == "small" and not (
        SURE.search(words)
        or WITHIN.match(way.whole.right)
        or OWED.search(words_of(scene, way.whole))
        or _belongs(scene, way, words)
    ):
        return False
    if _is_other(scene, rest, way, words):
        return False
    near = sorted({*_near(scene, rest), *way.taken, way.whole}, key=lambda one: one.index)
    return not comes_out(scene, rest, near, near)


def _is_other(scene: Scene, rest: Mention, way: Way, words: str) -> bool:
    """An item of an enumeration or of a sum, the whole of what follows, or the rest of another verb."""
    row = sorted((way.whole, *way.taken, rest), key=lambda one: one.index)
    if all("、" in two.gap and not CLAUSE_END.search(two.gap) for two in row[1:]):
        return True
    values = [one.quantity.base_value for one in (way.whole, *way.taken)]
    if all(one.sentence < rest.sentence for one in row if one is not rest) and not (
        (REST_OF_ALL.search(words) or _belongs(scene, way, words))
        and not ANOTHER.search(words)
        and not any(SHORT.search(words_of(scene, one)) for one in row[:-1])
    ):
        return True
    if rest.index == row[0].index and not SURE.search(words):
        return True
    if rest.index == row[0].index and any(
        one + other == rest.quantity.base_value for one in values for other in values
    ):
        return True
    if is_in_sum(scene, rest, (way.whole, *way.taken)) or (
        len(way.taken) == 1 and is_sound(scene, rest, way, words)
    ):
        return True
    apart = any(one.segment != rest.segment and one.sentence == rest.sentence for one in way.taken)
    if apart and not _belongs(scene, way, words):
        return True
    gone = [words_of(scene, one) + one.right for one in way.taken]
    verb = undone(words)
    return bool(verb) and verb in words_of(scene, way.whole) and not any(verb in one for one in gone)


def _belongs(scene: Scene, way: Way, words: str) -> bool:
    return any(belongs(words, words_of(scene, one) + one.right) for one in way.taken)


def _near(scene: Scene, rest: Mention) -> Iterator[Mention]:
    at = scene.place_of(rest)
    for one in scene.mentions[max(0, at - 16) : at]:
        if one.paragraph == rest.paragraph and one.is_like(rest):
            yield one


def _is_swapped(rest: Mention, way: Way) -> bool:
    off = rest.quantity.base_value - way.left
    return swapped(way.whole.quantity, way.whole.quantity.base_value + off) or any(
        swapped(one.quantity, one.quantity.base_value - off) for one in way.taken
    )


def _is_account(scene: Scene, rest: Mention, way: Way, words: str) -> bool:
    """Whether the words of all of them fit: what there was, what was taken from it, what is left."""
    whole_words = words_of(scene, way.whole) + way.whole.right
    gone = [words_of(scene, one) + one.right for one in way.taken]
    if LEFT.search(words_of(scene, way.whole)) and not STOCK.search(whole_words):
        return False
    if any(NOT_TAKEN.search(one) for one in gone):
        return False
    less = LESS.search(scene.clause(way.taken[0])) is not None
    first = all(way.whole.index < one.index for one in way.taken)
    called = is_whole(whole_words) or STOCK.search(whole_words) is not None
    if not first:
        called = less or NEEDED.search(whole_words) is not None or OWED.search(whole_words) is not None
    if not left_words(scene, rest)[0] and KEPT.search(words) and not LEFT.search(words):
        return all(REMOVED.search(one) for one in gone) and first and not REMOVED.search(whole_words)
    fits = [_is_taken(words, one) for one in gone]
    return (less or all(fits)) and (called or first)


def _is_taken(words: str, gone: str) -> bool:
    return bool(is_done(gone) or TAKEN.search(gone) or belongs(words, gone) or REMOVED.search(gone))


def closed_accounts(scene: Scene) -> Iterator[Relation]:
    for rest in scene.mentions:
        if _has_company(scene, rest) and (can_add(rest) or DAILY.search(rest.left)):
            way = closed_account(scene, rest)
            if way is not None:
                yield told(way, rest)
