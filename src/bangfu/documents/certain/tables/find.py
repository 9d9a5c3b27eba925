"""All that is wrong in the tables of a text."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.tables.accounts import account_faults
from bangfu.documents.certain.tables.columns import column_faults
from bangfu.documents.certain.tables.grid import grids_in
from bangfu.documents.certain.tables.groups import group_faults
from bangfu.documents.certain.tables.means import mean_faults
from bangfu.documents.certain.tables.portions import portion_faults
from bangfu.documents.certain.tables.rates import rate_faults
from bangfu.documents.certain.tables.remarks import remark_faults
from bangfu.documents.certain.tables.rows import row_faults
from bangfu.documents.certain.tables.told import told_otherwise
from bangfu.documents.certain.tables.wholes import Prose


def tables(scene: Scene) -> Iterator[Relation]:
    """Columns against their totals, lines against themselves, and prose against tables."""
    grids = list(grids_in(scene))
    prose = Prose(scene, grids)
    for grid in grids:
        yield from column_faults(grid)
        yield from row_faults(grid)
        yield from portion_faults(grid, prose)
        yield from remark_faults(scene, grid)
        yield from rate_faults(grid, prose)
        yield from told_otherwise(grid, prose)
        yield from mean_faults(grid, prose)
        yield from group_faults(grid, prose)
    yield from account_faults(scene, grids)
