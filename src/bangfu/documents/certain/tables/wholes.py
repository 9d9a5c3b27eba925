"""The prose around a grid: its figures above and below, up to the next table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.tables.grid import Grid
from bangfu.documents.reading.structure import Mention

_ABOVE, _BELOW = 160, 320


@dataclass(frozen=True)
class Prose:
    scene: Scene
    grids: Sequence[Grid]

    @cached_property
    def mentions(self) -> list[Mention]:
        """Those in no table."""
        spans = [(grid.start, grid.end) for grid in self.grids]
        return [
            one
            for one in self.scene.mentions
            if not any(start <= one.quantity.start < end for start, end in spans)
        ]

    def above(self, grid: Grid) -> list[Mention]:
        return [one for one in self.mentions if grid.start - _ABOVE <= one.quantity.start < grid.start]

    def below(self, grid: Grid) -> list[Mention]:
        """As far as the text may still speak of the table."""
        end = min(
            (other.start for other in self.grids if other.start > grid.start), default=grid.end + _BELOW
        )
        end = min(end, grid.end + _BELOW)
        return [one for one in self.mentions if grid.end <= one.quantity.start < end]

    def near(self, grid: Grid) -> list[Mention]:
        return [*self.above(grid), *self.below(grid)]
