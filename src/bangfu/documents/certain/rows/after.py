"""Rows that open a figure up: N户,其中甲…、乙…; 分别为; 按类别分; a list after a colon or under a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.certain.rows.candidate import (
    Candidate,
    Rows,
    are_of_a_size,
    are_posts,
    class_of,
    first_heavier,
    one_of_each,
    steps,
)
from bangfu.documents.certain.rows.collect import collected
from bangfu.documents.certain.rows.numbers import HOPELESS, comes_out, likeness
from bangfu.documents.certain.rows.openers import opener_of
from bangfu.documents.certain.rows.signs import signs_of
from bangfu.documents.certain.rows.wholes import (
    is_closed_list,
    is_divided_before,
    is_item,
    is_passed,
    is_said_below,
    wholes_of,
)
from bangfu.documents.certain.rows.words import (
    EXCLUSIVE,
    REST,
    TURNS,
    are_told_apart,
    counted_all,
    makes_whole,
    said_count,
)
from bangfu.documents.reading.structure import Mention

_CLOSED = frozenset({"strict", "divided", "colon"})
"""After these words the row is all there is, so that a last item too many is a fault."""
_UNSAID, _LEAST = frozenset({"comma", "bare"}), 3
_REACH, _FAR, _BACK, _OTHERS, _NEXT = 40, 70, 30, 6, 30
_WHOLE_SAID = re.compile(r"总|合计|共(?![同产])|全部")


def after(rows: Rows) -> Iterator[Candidate]:
    mentions = rows.scene.mentions
    classes = [class_of(one) for one in mentions]
    for at, first in enumerate(mentions):
        if not rows.able(first):
            continue
        kind, low = classes[at], max(0, at - _BACK)
        earlier = [
            mentions[place]
            for place in range(at - 1, low - 1, -1)
            if (classes[place] == kind or (kind == "人" and are_posts(mentions[place])))
            and rows.is_whole(mentions[place])
        ]
        if not earlier or first.paragraph - earlier[0].paragraph > 2:
            continue
        words = _opening_words(rows, mentions, at, earlier[0])
        opener = opener_of(words)
        if opener is None and EXCLUSIVE.search(rows.scene.sentence_words(first)):
            opener = "divided-next"
        if opener is None:
            continue
        following = mentions[at + 1 : at + 1 + _REACH]
        yield from _opened(rows, first, earlier, following, opener, words)


def _opening_words(rows: Rows, mentions: Sequence[Mention], at: int, nearest: Mention) -> str:
    """What stands before the first item back to the figure of its kind, other figures included."""
    words = rows.between(nearest, mentions[at])
    return words[-_FAR:]


def _opened(
    rows: Rows,
    first: Mention,
    earlier: Sequence[Mention],
    following: Sequence[Mention],
    opener: str,
    words: str,
) -> Iterator[Candidate]:
    wholes = list(wholes_of(rows, first, earlier, opener, words))
    if not wholes:
        return
    row, stop, loose = collected(rows, first, following, opener)
    if len(row) < 2 or not _may_open(rows, row):
        return
    columns = _columns(row)
    if _comes_out_at_once(rows, columns, loose, wholes[0][0], opener):
        return
    far = opener.endswith("-next") or opener == "lines"
    known = [*(whole for whole, _ in wholes[1:]), *earlier[1:_OTHERS]] if far or wholes[1:] else []
    others = any(_comes_out_at_once(rows, columns, loose, whole, "") for whole in known)
    if others and far:
        return
    for whole, how in wholes[:1] if others else wholes:
        for column in columns[:2]:
            yield from _candidate(rows, column, whole, how, opener, stop, words)


def _comes_out_at_once(
    rows: Rows, columns: Sequence[Sequence[Mention]], loose: Sequence[Mention], whole: Mention, opener: str
) -> bool:
    """Whether the row, or what may be meant instead of it, makes up the whole."""
    own = columns[0]
    starts = (start for start in range(len(own) - 1) if comes_out(own[start:], whole))
    alike = len(own) > 2 and set(steps(rows, own)) == {"、"}
    if not alike and any(not _is_apart(rows, own, start) for start in starts):
        return True
    closed = opener in _CLOSED and len(own) > 2 and _is_one_list(steps(rows, own))
    for column in (*columns, loose):
        for length in range(2, len(column) + 1):
            if comes_out(column[:length], whole) and not (closed and length == len(own) - 1):
                return True
    return False


def _is_one_list(found: Sequence[str]) -> bool:
    return set(found) == {"、"} or (len(found) > 2 and set(found) == {","})


def _is_apart(rows: Rows, row: Sequence[Mention], start: int) -> bool:
    """Whether another row begins there: 8起、6起、5起,已调解16起、未调解3起."""
    return start > 0 and 1 < first_heavier(rows, row) <= start


def _may_open(rows: Rows, row: Sequence[Mention]) -> bool:
    """从40户减到36户, 应留4万元,实留4万元: two sides of one thing are no row."""
    if TURNS.search(rows.between(row[0], row[1])):
        return False
    return not (rows.label(row[0]).startswith("应") and rows.label(row[1]).startswith("实"))


def _columns(row: list[Mention]) -> list[list[Mention]]:
    """The row itself, or its first piece where that is a row, and the first and last of each piece."""
    heads, lasts = one_of_each(row), one_of_each(row, last=True)
    if not 1 < len(heads) < len(row):
        return [row]
    key = row[0].sentence, row[0].segment
    piece = [one for one in row if (one.sentence, one.segment) == key]
    return [piece, heads, row, lasts] if len(piece) > 1 else [heads, row, lasts]


def _candidate(
    rows: Rows,
    column: Sequence[Mention],
    whole: Mention,
    how: str,
    opener: str,
    stop: str,
    words: str,
) -> Iterator[Candidate]:
    column = _to_the_same(column, whole)
    all_of = _counted_after(rows, column)
    number = said_count(words) or said_count(whole.left) or all_of
    length, why = _length(rows, column, stop, number, opener)
    members = tuple(column[:length])
    if length < 2 or not all(one.quantity.is_exact for one in (*members, whole)):
        return
    if likeness(members, whole) < HOPELESS or not are_of_a_size(members):
        return
    if is_item(rows, whole, members, opener):
        return
    if why == "total" and is_said_below(rows, members, whole):
        return
    signs = {f"opener={opener}", f"end={why}", "side=after", f"whole={how}"}
    if number is not None:
        signs.add("number=same" if number == length else "number=other")
    if all_of == length:
        signs.add("counted-all")
    if how != "nearest" and is_passed(rows, whole, members[0]):
        signs.add("whole-passed")
    if not rows.able(whole):
        signs.add("whole-aside")
    if opener.endswith("-next") and how != "named":
        others = [
            one for one in rows.scene.before(whole) if class_of(one) == class_of(whole) and rows.able(one)
        ]
        if others:
            signs.add("whole-late")
    if rows.scene.is_nested(whole) and not opener.startswith(("among", "strict", "bracket")):
        signs.add("whole-nested")
    if opener.startswith(("divided", "strict")) and is_divided_before(rows, whole, members[0]):
        signs.add("whole-divided")
    if opener in ("comma", "bare") and _WHOLE_SAID.search(whole.left[-8:]):
        signs.add("whole-said")
    if is_closed_list(rows, whole, members, opener):
        signs.add("closed-list")
    yield Candidate(members, whole, frozenset(signs | signs_of(rows, members, whole, words)))


def _to_the_same(column: Sequence[Mention], whole: Mention) -> Sequence[Mention]:
    """主管6.2公里,支管14.2公里,与设计的18.6公里一致: the whole said again is no item."""
    same = (at for at, one in enumerate(column) if one.quantity.base_value == whole.quantity.base_value)
    end = next(same, 0)
    return column[:end] if end > 1 else column


def _length(
    rows: Rows, column: Sequence[Mention], stop: str, number: int | None, opener: str
) -> tuple[int, str]:
    for at, one in enumerate(column[1:], 2):
        if REST.search(one.gap[-12:]):
            return at, "rest"
    if number is not None and 1 < number <= len(column):
        return number, "number"
    length, why = first_heavier(rows, column), "heavier"
    if length == len(column):
        why = stop
    if opener not in _UNSAID or length < _LEAST:
        return length, why
    named = _told_apart(rows, column[:length])
    return (named, "names") if named < length else (length, why)


def _told_apart(rows: Rows, column: Sequence[Mention]) -> int:
    """行政编14名,参公编8名,事业编36名,实有在岗51人: how many of the first their names tell apart."""
    labels = [rows.called(one) for one in column]
    if makes_whole(labels):
        return len(labels)
    return next((end for end in range(len(labels), 1, -1) if are_told_apart(labels[:end])), len(labels))


def _counted_after(rows: Rows, column: Sequence[Mention]) -> int | None:
    """The number that the words after the row give to it as all there is."""
    end = rows.scene.sentence_of(column[0]).end
    start = min(column[1].quantity.end, end)
    return counted_all(rows.flat[start : end + _NEXT].split("\n")[0])
