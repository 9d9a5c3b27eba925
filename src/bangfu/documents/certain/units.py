"""Units that can not be right by plain measure: 路宽3.5公里, 次均报销6160万元, 卫生室860亩."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene


def units(scene: Scene) -> Iterator[Relation]:
    """Nothing yet."""
    yield from ()
