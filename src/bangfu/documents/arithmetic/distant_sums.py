"""Totals stated in another place of the text: 668户、140户、16户 here, 824户 in the first section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from bangfu.documents.arithmetic.causes import slip_of_digits
from bangfu.documents.arithmetic.closing_sums import sum_relation
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene, can_add, total_of
from bangfu.documents.reading.structure import Group, Mention

_ADDED = frozenset({"户", "人", "元", "亩"})


def distant_sums(scene: Scene) -> Iterator[Relation]:
    for sentence in scene.sentences:
        for run in _runs(scene, sentence.groups):
            yield from _closed_elsewhere(scene, run)


def _runs(scene: Scene, groups: Sequence[Group]) -> Iterator[list[Group]]:
    """Three or more groups in a row that give the same two or more units: a classification."""
    for signature, several in groupby(groups, key=lambda group: group.signature):
        run = list(several)
        whole = [one for group in run for one in group.mentions]
        opened = any(scene.is_nested(one) for one in whole)
        if (
            not opened
            and len(signature) > 1
            and len(run) > 2
            and set(signature) <= _ADDED
            and all(can_add(one) and one.quantity.is_exact for one in whole)
        ):
            yield run


def _closed_elsewhere(scene: Scene, run: Sequence[Group]) -> Iterator[Relation]:
    series = [[group.mentions[at] for group in run] for at in range(len(run[0].signature))]
    elsewhere = [
        group
        for sentence in scene.sentences
        for group in sentence.groups
        if sentence.index != run[0].mentions[0].sentence
    ]
    for group in elsewhere:
        if group.signature != run[0].signature:
            continue
        closes = [
            one.quantity.base_value == total_of(members)
            for one, members in zip(group.mentions, series, strict=True)
        ]
        if any(closes):
            yield from _told(group, series, closes)
            return


def _told(group: Group, series: Sequence[list[Mention]], closes: Sequence[bool]) -> Iterator[Relation]:
    for total, members, closed in zip(group.mentions, series, closes, strict=True):
        if closed:
            yield sum_relation(members, total, holds=True)
        elif total.quantity.is_exact and _gap(members, total) < Decimal("0.2"):
            slip = slip_of_digits([one.quantity for one in members], total.quantity)
            note = ",而同一处的另一个数加得上" if not slip else ""
            yield sum_relation(members, total, holds=False, note=note)


def _gap(members: Sequence[Mention], total: Mention) -> Decimal:
    return abs(total_of(members) - total.quantity.base_value) / max(total.quantity.base_value, Decimal(1))
