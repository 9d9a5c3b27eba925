"""Single amounts above a limit that the text itself names."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene


def caps_exceeded(scene: Scene) -> Iterator[Relation]:
    """Nothing yet."""
    yield from ()
