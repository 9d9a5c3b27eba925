"""Shares whose part and whole the words name: 甲12万元,占总投资的24%; 完成19个,完成率90%."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene


def shares_of(scene: Scene) -> Iterator[Relation]:
    """Nothing yet."""
    yield from ()
