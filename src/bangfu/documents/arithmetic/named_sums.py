"""A total whose bracket names its parts: 一级2016人、二级4377人…;重度(一、二级)6393人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.closing_sums import sum_relation
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene, can_add, fits_total, total_of
from bangfu.documents.reading.structure import Mention

_BRACKET = re.compile(r"[(]([一-龥A-Za-z]{1,6}(?:[、和及与][一-龥A-Za-z]{1,6})+)[)]$")
_SLACK = 5


def named_sums(scene: Scene) -> Iterator[Relation]:
    for total in scene.mentions:
        match = _BRACKET.search(total.gap)
        if match is None or not can_add(total) or not total.quantity.is_exact:
            continue
        members = _members(scene, total, re.split("[、和及与]", match[1]))
        if len(members) < 2 or not all(one.quantity.is_exact for one in members):
            continue
        if fits_total(members, total.quantity):
            yield sum_relation(members, total, holds=True)
        elif abs(total_of(members) - total.quantity.base_value) * _SLACK <= total.quantity.base_value:
            yield sum_relation(members, total, holds=False)


def _members(scene: Scene, total: Mention, names: Sequence[str]) -> list[Mention]:
    """The quantity of each name, nearest first; empty where one is missing. 一、二级 names 一级 and 二级."""
    before = [one for one in scene.before(total, paragraph=True) if one.is_like(total) and can_add(one)]
    found = []
    for name in names:
        whole = name if len(name) > 1 else name + names[-1][1:]
        one = next(
            (
                one
                for one in reversed(before)
                if one.left.strip("、 ").startswith(whole) or one.left.endswith(whole)
            ),
            None,
        )
        if one is None or one in found:
            return []
        found.append(one)
    return found
