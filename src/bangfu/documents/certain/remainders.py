"""What is left, lacking or more than before, where whole and part stand beside it: 应办27件,已办25件,还有3件."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene


def remainders(scene: Scene) -> Iterator[Relation]:
    """Nothing yet."""
    yield from ()
