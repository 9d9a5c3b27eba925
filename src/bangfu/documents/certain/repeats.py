"""A figure said again that is not the one said before: summaries, and digits that lost their 万."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene


def repeats(scene: Scene) -> Iterator[Relation]:
    """Nothing yet."""
    yield from ()
