"""Rows of items that the words say make up a figure: 甲、乙、丙共N; N户,其中甲…乙…."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene


def rows(scene: Scene) -> Iterator[Relation]:
    """Nothing yet."""
    yield from ()
