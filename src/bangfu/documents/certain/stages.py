"""What comes later in a procedure and can not be more than what came before: 完工9个、验收11个."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene


def stages(scene: Scene) -> Iterator[Relation]:
    """Nothing yet."""
    yield from ()
