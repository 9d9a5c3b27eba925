"""Totals that no word calls so, right after a row whose names leave no doubt: 稻谷46吨、玉米31吨、小麦12吨,收储量95吨."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.certain.rows.candidate import Candidate, Rows, are_of_a_size, class_of, steps
from bangfu.documents.certain.rows.numbers import comes_out, fine, likeness
from bangfu.documents.certain.rows.readings import has_other_reading
from bangfu.documents.certain.rows.said import is_planned
from bangfu.documents.certain.rows.signs import signs_of
from bangfu.documents.certain.rows.words import PROGRESS, REST, are_told_apart, is_of_them
from bangfu.documents.reading.structure import Mention

_LEAST, _REACH, _LONG, _NEAR = 3, 14, 14, 12
_ALIKE = 0.0
_TOLD_APART = frozenset({"names=whole", "names=kinds", "names=places", "listed"})
_NO_TOTAL = re.compile(
    r"其中|[中里](?=[,有])|另|还|又|再|不含|除|剔|扣|减|增|余|剩|未|没|需|应|拟|计划|任务|目标|上年|去年|同期|往年|占|每|均|最|比|较|超|差|缺|各|至|到$|从|由|原|年初|低于|高于"
)


def follows(rows: Rows) -> Iterator[Candidate]:
    mentions = rows.scene.mentions
    for at in range(_LEAST, len(mentions)):
        total = mentions[at]
        if mentions[at - 1].sentence != total.sentence or not _may_close(rows, total):
            continue
        row = _row(rows, mentions[max(0, at - _REACH) : at], total)
        if len(row) < _LEAST or not _may_be_made(rows, row, total):
            continue
        signs = signs_of(rows, row, total, "") | {"opener=follows", "side=before"}
        labels = [rows.called(one) for one in row]
        if are_told_apart([*labels, rows.called(total)]):
            continue
        if set(steps(rows, row)) == {"、"} and total.gap.startswith(","):
            signs.add("listed")
        if signs & _TOLD_APART:
            yield Candidate(tuple(row), total, frozenset(signs))


def _may_close(rows: Rows, total: Mention) -> bool:
    if not rows.able(total) or not total.quantity.is_exact or rows.depth(total) or is_planned(total):
        return False
    return not _NO_TOTAL.search(total.gap) and not is_of_them(total.gap) and ";" not in total.gap


def _row(rows: Rows, earlier: Sequence[Mention], total: Mention) -> list[Mention]:
    """The figures of its class right before it that one mark parts."""
    row: list[Mention] = []
    for one in reversed(earlier):
        if one.sentence != total.sentence or class_of(one) != class_of(total) or not rows.able(one):
            break
        gap = row[0].gap if row else total.gap
        if len(gap) > _LONG or (PROGRESS.search(one.left[-4:]) and "、" not in gap):
            break
        if row and len(row) > 1 and len({*steps(rows, [one, *row])}) > 1:
            break
        row.insert(0, one)
    return row


def _may_be_made(rows: Rows, row: Sequence[Mention], total: Mention) -> bool:
    if fine(total) <= max(fine(one) for one in row) or not all(one.quantity.is_exact for one in row):
        return False
    if not are_of_a_size(row) or any(comes_out(row[at:], total) for at in range(len(row) - 1)):
        return False
    if any(comes_out(row[1:end], row[0]) for end in range(_LEAST, len(row) + 1)) or REST.search(total.left):
        return False
    if likeness(row, total) < _ALIKE or has_other_reading(rows, row, total, None):
        return False
    kin = rows.scene.before(row[0])[-_NEAR:]
    return not any(class_of(one) == class_of(total) and comes_out(row, one) for one in kin)
