"""Persons times a standard times months, totals over counts: 每人每月600元,12人全年8.46万元; 户均3000元."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene


def products(scene: Scene) -> Iterator[Relation]:
    """Nothing yet."""
    yield from ()
