"""Growth and decline against a figure that the words name: 由30户增加到36户,增长25%."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene


def changes(scene: Scene) -> Iterator[Relation]:
    """Nothing yet."""
    yield from ()
