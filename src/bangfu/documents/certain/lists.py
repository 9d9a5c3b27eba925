"""Counts of things that are then named: 四个乡镇:甲、乙、丙; 五条建议:一是…四是…; 上述3个问题."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene


def lists(scene: Scene) -> Iterator[Relation]:
    """Nothing yet."""
    yield from ()
