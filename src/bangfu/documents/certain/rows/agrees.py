"""Rows of which the text says that they agree with a figure without saying it again: 三类相加与累计务工人数一致."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.closing_sums import sum_relation
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.certain.rows.candidate import Rows, are_of_a_size, class_of
from bangfu.documents.certain.rows.numbers import comes_out, likeness
from bangfu.documents.certain.rows.words import CHANGE, said_count
from bangfu.documents.reading.structure import Mention

_SUM = r"(?:之和|相加|合计数?|加总|累加|总额|总和|总数|加起来|合起来|加在一[起块]|加一块儿?|汇总数?|合在一起|总量)"
_CLAIM = re.compile(
    r"(?P<who>[^,。;:\n\d]{0,12}?)"
    + _SUM
    + r",?(?:[正刚恰]好|也|均|都|刚)?(?:"
    + r"(?:与|和|同|跟|等于|即为?|就是|便是|正是|相当于|对得上|吻合)(?P<name>[^,。;:\n\d]{2,18}?)(?:完全|相|基本)?"
    + r"(?:一致|相符|符合|吻合|相等|对得上|对应|持平|对上|无误|(?=[,。;\n]))"
    + r")[,。;\n]"
)
_UNITS = (
    (re.compile(r"资金|金额|投资|费用|支出|收入|[钱款]|补助|经费"), "元"),
    (re.compile(r"人数|人口|人员|名额"), "人"),
    (re.compile(r"户数|农户"), "户"),
    (re.compile(r"面积"), "亩"),
)
_REACH, _SURE, _LEAST = 24, 0.0, 2
_PAIR = re.compile(r"(?=([一-龥]{2}))")


def agreements(rows: Rows) -> Iterator[Relation]:
    for claim in _CLAIM.finditer(rows.flat):
        row = _row_before(rows, claim.start(), claim)
        if len(row) < _LEAST or not all(one.quantity.is_exact for one in row) or not are_of_a_size(row):
            continue
        whole = _meant(rows, row, claim["name"])
        if whole is not None:
            yield sum_relation(row, whole, holds=False)


def _row_before(rows: Rows, start: int, claim: re.Match[str]) -> list[Mention]:
    """The items of the sentence right before the claim, as many as it counts."""
    before = [one for one in rows.scene.mentions if one.quantity.end <= start][-_REACH:]
    if not before or start - before[-1].quantity.end > _REACH:
        return []
    kind = next((unit for pattern, unit in _UNITS if pattern.search(claim[0])), class_of(before[-1]))
    near = [one for one in before if one.sentence == before[-1].sentence and class_of(one) == kind]
    row = [one for one in near if rows.able(one) and not rows.depth(one)]
    number = said_count(claim["who"] + claim[0][:6])
    if number is not None and number > 1:
        return row[-number:] if len(row) >= number else []
    return row


def _meant(rows: Rows, row: Sequence[Mention], name: str) -> Mention | None:
    """The figure that the claim names; None where the row gives one of the text, or no figure is near what it gives."""
    own = {one.index for one in row}
    kin = [
        one
        for one in rows.scene.mentions
        if one.index not in own and class_of(one) == class_of(row[0]) and rows.is_whole(one)
    ]
    if any(comes_out(row, one) for one in kin):
        return None
    pairs = set(_PAIR.findall(name))
    close = [
        (len(pairs & set(_PAIR.findall(one.left[-12:]))), likeness(row, one), one)
        for one in kin
        if one.index < row[0].index and not CHANGE.search(one.left[-4:])
    ]
    close = [each for each in close if each[1] > _SURE]
    return max(close, key=lambda each: each[:2])[2] if close else None
