"""All that is wrong in the tables of a text."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.tables.columns import column_faults
from bangfu.documents.certain.tables.grid import grids_in
from bangfu.documents.certain.tables.rows import row_faults


def tables(scene: Scene) -> Iterator[Relation]:
    """Columns against their totals, lines against themselves, and prose against tables."""
    for grid in grids_in(scene):
        yield from column_faults(grid)
        yield from row_faults(grid)
