"""All that is wrong in the tables of a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.relation import Kind, Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.tables.accounts import account_faults
from bangfu.documents.certain.tables.columns import column_faults
from bangfu.documents.certain.tables.grid import Grid, grids_in
from bangfu.documents.certain.tables.groups import group_faults
from bangfu.documents.certain.tables.means import mean_faults
from bangfu.documents.certain.tables.names import is_exception
from bangfu.documents.certain.tables.portions import portion_faults, portions_settled
from bangfu.documents.certain.tables.rates import rate_faults
from bangfu.documents.certain.tables.remarks import remark_faults
from bangfu.documents.certain.tables.rows import row_faults, settled
from bangfu.documents.certain.tables.told import told_otherwise
from bangfu.documents.certain.tables.wholes import Prose

_MISREAD: frozenset[Kind] = frozenset({"share", "unit_slip", "standard_multiple", "average"})
"""What is not to be said of a cell that comes out as the others of its column do."""


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


def without_settled(scene: Scene, found: Sequence[Relation]) -> list[Relation]:
    """The doubts without those of cells that the arithmetic of their table explains."""
    doubted = {one.stated for one in found if one.holds is False and one.kind in _MISREAD}
    if not doubted:
        return list(found)
    grids = list(grids_in(scene))
    prose, fine = Prose(scene, grids), set[int]()
    for grid in grids:
        if any(one.index in doubted for row in grid.rows for one in row.cells.values()):
            fine |= settled(grid) | portions_settled(grid, prose) | _exceptions(grid)
    return [
        one for one in found if one.holds is not False or one.kind not in _MISREAD or one.stated not in fine
    ]


def _exceptions(grid: Grid) -> set[int]:
    """The cells of lines that say why they follow no rule, and cells with nothing in them."""
    return {
        one.index
        for row in grid.items
        for one in row.cells.values()
        if one.quantity.base_value == 0 or any(is_exception(piece.text) for piece in row.words.values())
    }
