"""Totals beside another that comes out: 34人捐1.72万元,61人捐1.85万元,…。三拨300人,捐款5.90万元."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from bangfu.documents.certain.rows.candidate import Candidate, Rows, are_of_a_size, class_of
from bangfu.documents.certain.rows.numbers import comes_out, fine, likeness
from bangfu.documents.certain.rows.signs import signs_of
from bangfu.documents.certain.rows.words import is_of_them
from bangfu.documents.reading.structure import Mention

_FEWEST, _MOST, _REACH, _MANY, _ALIKE = 2, 12, 40, 1_000_000, 0.0
_ASIDE = re.compile(
    r"其中|[中里](?=[,有])|另|还|再|不含|除|剔|扣|减|增|余|剩|未|没|需|应|拟|计划|任务|目标|设计|上年|去年|同期|往年|占|每|均|最|比|较|超|差|缺|已|的"
)

_RANGE = re.compile(r"以[上下内]|[至到—~-]|及以")
"""10万元以下的21个村,30至50万元52个: a bound of a range counts nothing."""


def columns(rows: Rows) -> Iterator[Candidate]:
    mentions = rows.scene.mentions
    for sure, total in itertools.pairwise(mentions):
        if sure.sentence == total.sentence and _may_be_totals(rows, sure, total):
            for column in _columns(rows, sure, total):
                signs = signs_of(rows, column, total, "") | {"opener=columns", "side=before", "other-column"}
                yield Candidate(tuple(column), total, frozenset(signs))
                break


def _may_be_totals(rows: Rows, sure: Mention, total: Mention) -> bool:
    if class_of(sure) == class_of(total) or not rows.able(sure) or not rows.able(total):
        return False
    if not sure.quantity.is_exact or _RANGE.match(sure.right):
        return False
    if not total.quantity.is_exact or _ASIDE.search(total.gap) or total.quantity.kind == "share":
        return False
    return not is_of_them(rows.scene.clause(sure)) and ";" not in total.gap


def _columns(rows: Rows, sure: Mention, total: Mention) -> Iterator[list[Mention]]:
    """The figures beside those that make the other total up, all of them before or all after theirs."""
    place = rows.scene.place_of(sure)
    near = [
        one
        for one in rows.scene.mentions[max(0, place - _REACH) : place]
        if one.paragraph == sure.paragraph and rows.able(one)
    ]
    kin = [one for one in near if class_of(one) == class_of(sure)]
    for length in range(_FEWEST, min(len(kin), _MOST) + 1):
        run = kin[-length:]
        if not comes_out(run, sure) or (length == _FEWEST and fine(sure) < _MANY):
            continue
        for after in (True, False):
            column = _beside(near, run, total, after=after)
            if column is not None and _is_wrong(column, total):
                yield column
        return


def _beside(
    near: Sequence[Mention], run: Sequence[Mention], total: Mention, *, after: bool
) -> list[Mention] | None:
    """Of each figure of the run the one of the total's class that alone stands between it and its neighbour."""
    column: list[Mention] = []
    for at, one in enumerate(run):
        if after:
            low, high = one.index, run[at + 1].index if at + 1 < len(run) else total.index
        else:
            low, high = run[at - 1].index if at else one.index - 2, one.index
        found = [each for each in near if low < each.index < high and class_of(each) == class_of(total)]
        if len(found) != 1:
            return None
        column += found
    return column


def _is_wrong(column: Sequence[Mention], total: Mention) -> bool:
    if not all(one.quantity.is_exact for one in column) or not are_of_a_size(column):
        return False
    return not comes_out(column, total) and likeness(column, total) > _ALIKE
