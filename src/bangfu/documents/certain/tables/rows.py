"""Lines of a grid in which the arithmetic of its columns does not come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.certain.tables.equations import Equation
from bangfu.documents.certain.tables.grid import Grid, Row
from bangfu.documents.certain.tables.learning import learned
from bangfu.documents.certain.tables.names import is_exception
from bangfu.documents.certain.tables.numbers import is_near, slipped, written

Learned = tuple[Equation, list[Row], list[Row]]
_SIGNS = {"sum": "+", "difference": "-", "standard_multiple": "×", "share": "÷", "average": "÷"}


def row_faults(grid: Grid) -> Iterator[Relation]:
    """Of each cell what the likeliest equation says: the one that comes out in most lines."""
    found = list(learned(grid))
    if not any(wrong for _, _, wrong in found):
        return
    for row in grid.rows:
        told: set[int | frozenset[int]] = set()
        for one in sorted(found, key=lambda each: (-len(each[1]), each[0].kind == "average")):
            equation = one[0]
            places = frozenset((*equation.parts, equation.target))
            if row not in one[2] or told & {equation.target, places} or _comes_out_otherwise(found, one, row):
                continue
            true = equation.value(row)
            if true is not None and _is_fault(equation, row, true, one):
                told |= {equation.target, places}
                yield _told(grid, equation, row, true)


def _comes_out_otherwise(found: Sequence[Learned], one: Learned, row: Row) -> bool:
    """Another equation of the same cell that fits as many lines, and this one too."""
    return any(
        other.target == one[0].target and row in sound and len(sound) >= len(one[1])
        for other, sound, _ in found
        if other is not one[0]
    )


def _is_fault(equation: Equation, row: Row, true: Decimal, one: Learned) -> bool:
    stated = row.cells[equation.target].quantity
    if not all(row.cells[at].quantity.is_exact for at in (*equation.parts, equation.target)):
        return False
    if equation.kind == "standard_multiple" and any(is_exception(piece.text) for piece in row.words.values()):
        return False
    return len(one[1]) > 2 or is_near(true, stated) or bool(_cause(equation, row, true))


def _cause(equation: Equation, row: Row, true: Decimal) -> str:
    """Which cell has a slip of the pen."""
    target = row.cells[equation.target]
    if how := slipped(target, true):
        return f"“{target.quantity.text}”{how},应为{written(true, target.quantity)}"
    for place, column in enumerate(equation.parts):
        cell, right = row.cells[column], _right(equation, row, place)
        if right is not None and (how := slipped(cell, right)):
            return f"“{cell.quantity.text}”{how},应为{written(right, cell.quantity)}"
    return ""


def _right(equation: Equation, row: Row, place: int) -> Decimal | None:
    """What the part at `place` should be for the equation to come out."""
    figures = [row.cells[at].quantity.base_value for at in equation.parts]
    target = row.cells[equation.target].quantity.base_value
    if equation.kind == "sum":
        return target - sum(figures) + figures[place]
    if equation.kind == "difference":
        return target + figures[1] if place == 0 else figures[0] - target
    if equation.kind == "standard_multiple":
        others = Decimal(equation.factor.numerator) / equation.factor.denominator
        for at, one in enumerate(figures):
            others *= one if at != place else 1
        return target / others if others else None
    return None


def _told(grid: Grid, equation: Equation, row: Row, true: Decimal) -> Relation:
    members = [row.cells[at] for at in equation.parts]
    stated = row.cells[equation.target].quantity
    terms = _written(equation, [one.quantity.text for one in members])
    name = f"“{row.name}”一行" if row.name else "这一行"
    said = f"表中{name}{terms}应为{written(true, stated)},写的是{stated.text},其他各行都相符"
    index = row.cells[equation.target].index
    return Relation(
        equation.kind,
        tuple(one.index for one in members),
        index,
        true,
        False,
        "error",
        said,
        _cause(equation, row, true),
    )


def _written(equation: Equation, texts: Sequence[str]) -> str:
    if equation.kind == "growth":
        return f"({texts[0]}-{texts[1]})÷{texts[1]}"
    words = _SIGNS[equation.kind].join(texts)
    factor = equation.factor
    if equation.kind == "standard_multiple" and factor != 1:
        return f"{words}×{factor}" if factor.denominator == 1 else words
    return words


def settled(grid: Grid) -> set[int]:
    """The cells that come out as the others of their column do: nothing else is to be made of them."""
    return {row.cells[equation.target].index for equation, sound, _ in learned(grid) for row in sound}
