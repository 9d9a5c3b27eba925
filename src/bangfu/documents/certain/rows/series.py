"""Series of figures of one class at the head of a sentence, after its first figure, or sentence after sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bangfu.documents.certain.rows.candidate import Rows, class_of, first_heavier
from bangfu.documents.certain.rows.collect import collected
from bangfu.documents.certain.rows.words import AMONG, PROGRESS, REST
from bangfu.documents.reading.structure import Mention

_REACH, _BEFORE, _CLOSE, _LONG_NAME = 40, 20, 12, 24
_TABLE = re.compile(r"[\t|]|[^ \n]  +[^ \n]")


@dataclass(frozen=True)
class Series:
    """`loose` is the row with what may be meant as well; `inner` says that its whole stands before it in its sentence."""

    row: Sequence[Mention]
    loose: Sequence[Mention]
    words: str
    inner: bool = False


def series_of(rows: Rows) -> Iterator[Series]:
    known = set[tuple[int, str]]()
    for first in rows.scene.mentions:
        key = first.sentence, class_of(first)
        if key in known or not rows.able(first) or rows.depth(first) or is_in_table(rows, first):
            continue
        known.add(key)
        if not rows.is_total(first):
            yield from _in_sentence(rows, first)
    for heads in _runs_of_heads(rows):
        start = heads[0].quantity.start
        yield Series(heads, heads, rows.flat[max(0, start - _BEFORE) : start])


def _in_sentence(rows: Rows, first: Mention) -> Iterator[Series]:
    """The row that begins with the first figure of its class, and the one that this figure may be the whole of."""
    found, loose = _from(rows, first)
    row = _one_list(rows, found)
    if len(row) > 1:
        yield Series(row, loose, rows.scene.clause(first))
    if len(found) > 1:
        inner = _one_list(rows, _from(rows, found[1])[0])
        if len(inner) > 1:
            yield Series(inner, inner, "", inner=True)


def _from(rows: Rows, first: Mention) -> tuple[list[Mention], list[Mention]]:
    place = rows.scene.place_of(first)
    row, _, loose = collected(rows, first, rows.scene.mentions[place + 1 : place + 1 + _REACH], "apart")
    return row, loose


def _runs_of_heads(rows: Rows) -> Iterator[list[Mention]]:
    """Sentences or lines that each begin with a figure of one class: 作风方面9个。集中在…。组织方面7个。有的…."""
    heads = [one for one in rows.scene.mentions if _is_head(rows, one) and not _heads_a_row(rows, one)]
    run: list[Mention] = []
    for one in heads:
        if run and not _goes_on(rows, run[-1], one):
            if len(run) > 2:
                yield run
            run = []
        run.append(one)
    if len(run) > 2:
        yield run


def _is_head(rows: Rows, one: Mention) -> bool:
    if not rows.able(one) or rows.is_total(one) or rows.depth(one) or is_in_table(rows, one):
        return False
    if AMONG.search(one.gap[-_CLOSE:]):
        return False
    return not rows.scene.before(one) and len(one.gap.split("。")[-1].split("\n")[-1]) < _LONG_NAME


def _heads_a_row(rows: Rows, one: Mention) -> bool:
    after = [each for each in rows.scene.after(one) if class_of(each) == class_of(one) and rows.able(each)]
    return len(after) > 1


def _goes_on(rows: Rows, last: Mention, one: Mention) -> bool:
    if class_of(last) != class_of(one) or last.quantity.unit != one.quantity.unit:
        return False
    if last.paragraph == one.paragraph:
        return one.sentence - last.sentence < 3
    marks = [_marker(rows, each) for each in (last, one)]
    return one.paragraph - last.paragraph == 1 and marks[0] == marks[1] != "word"


def _marker(rows: Rows, one: Mention) -> str:
    """What its line begins with: a number, a sign, or a word."""
    start = rows.flat.rfind("\n", 0, one.quantity.start) + 1
    mark = rows.flat[start : one.quantity.start].lstrip()[:1]
    return "0" if mark.isdigit() or mark in "一二三四五六七八九十第其" else "word" if mark.isalnum() else mark


def _one_list(rows: Rows, row: list[Mention]) -> list[Mention]:
    """The items to the rest, or to a heavier mark, or to what was done with them: 故障74处,破损58处,已修182处."""
    for at, one in enumerate(row[1:], 2):
        if REST.search(one.gap[-12:]):
            return row[:at]
    done = [bool(PROGRESS.search(rows.called(one))) for one in row]
    if len(row) > 2 and not any(done[:2]) and True in done:
        row = row[: done.index(True)]
    return row[: first_heavier(rows, row)] if len(row) > 2 else row


def is_in_table(rows: Rows, one: Mention) -> bool:
    start = rows.flat.rfind("\n", 0, one.quantity.start) + 1
    end = rows.flat.find("\n", one.quantity.start)
    return _TABLE.search(rows.flat[start : end if end >= 0 else None]) is not None
