"""Which equations the lines of a grid teach: those that come out in enough of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bangfu.documents.certain.tables.equations import Equation, candidates
from bangfu.documents.certain.tables.grid import Grid, Row
from bangfu.documents.certain.tables.names import is_left_head, is_mean, is_sum_head


def learned(grid: Grid) -> Iterator[tuple[Equation, list[Row], list[Row]]]:
    """The equations that come out in enough lines, with those lines and the others."""
    for equation in candidates(grid):
        outcomes = [(row, equation.holds(row)) for row in _lines(grid, equation)]
        sound = [row for row, fine in outcomes if fine and _tells(equation, row)]
        wrong = [row for row, fine in outcomes if fine is False]
        if _is_learned(grid, equation, sound, wrong):
            yield equation, sound, wrong


def _lines(grid: Grid, equation: Equation) -> Sequence[Row]:
    """A product of two columns is not that of their totals."""
    return grid.items if equation.kind == "standard_multiple" and len(equation.parts) > 1 else grid.rows


def _tells(equation: Equation, row: Row) -> bool:
    """0 = 0 + 0 and 100% of the same tell nothing."""
    figures = [row.cells[at].quantity.base_value for at in equation.parts]
    if equation.kind in ("share", "average"):
        return 0 < figures[0] != figures[1]
    return all(figures) and row.cells[equation.target].quantity.base_value > 0


def _is_learned(grid: Grid, equation: Equation, sound: Sequence[Row], wrong: Sequence[Row]) -> bool:
    """Two lines that come out are no chance where their figures are long or the heads say so; one may be wrong in three."""
    far = [row for row in wrong if not _is_cut_off(equation, row)]
    if len(sound) < 2 or len(far) * 2 > len(sound) or len(wrong) > len(sound):
        return False
    weight = sum(_weight(equation, row) for row in sound)
    head = grid.head(equation.target)
    said = is_sum_head(head) if equation.kind == "sum" else is_left_head(head) or is_mean(head)
    if equation.kind == "standard_multiple":
        said = any(is_mean(grid.head(at)) for at in equation.parts)
    needed = 2.0 if said else 2.5
    if equation.kind == "standard_multiple" and len(equation.parts) == 1:
        needed = 3.0
    return weight >= needed


def _is_cut_off(equation: Equation, row: Row) -> bool:
    """66.6% of 2/3 speaks for the division all the same."""
    true = equation.value(row)
    return (
        true is not None and equation.kind == "share" and row.cells[equation.target].quantity.cuts_off(true)
    )


def _weight(equation: Equation, row: Row) -> float:
    figures = [row.cells[at].quantity for at in (*equation.parts, equation.target)]
    long = sum(len(one.value.normalize().as_tuple().digits) for one in figures)
    return 1.5 if long > 2 * len(figures) else 1.0 if long > len(figures) else 0.5
