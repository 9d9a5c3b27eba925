"""The arithmetic that the columns of a grid may follow, and whether a line does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from bangfu.documents.arithmetic.relation import Kind
from bangfu.documents.certain.tables.grid import Grid, Row
from bangfu.documents.certain.tables.names import is_mean, is_part, is_sum_head
from bangfu.documents.certain.tables.numbers import adds, makes_up

_DONE = re.compile(r"[实已到]|完成|合格|验收|领取|发放")
_MANY = 12
_LONG = 100
"""A figure from which on a chance fit is rare."""
_MONTHS = (1, 2, 3, 4, 6, 8, 9, 10, 11, 12)
_SCALES = tuple(Fraction(10) ** power for power in (-4, -3, 0, 3, 4))
_SUMMED, _MADE_OF = frozenset({"share", "point", "times"}), frozenset({"money", "area", "weight", "volume"})


@dataclass(frozen=True)
class Equation:
    """`target` follows from `parts`; `factor` is what a product or a ratio is multiplied with besides."""

    kind: Kind
    parts: tuple[int, ...]
    target: int
    factor: Fraction = Fraction(1)

    def value(self, row: Row) -> Decimal | None:
        """What the target should be in base units; None where a cell is empty."""
        if any(at not in row.cells for at in (*self.parts, self.target)):
            return None
        figures = [row.cells[at].quantity.base_value for at in self.parts]
        return _COMPUTED[self.kind](figures, self.factor)

    def holds(self, row: Row) -> bool | None:
        true = self.value(row)
        if true is None:
            return None
        target = row.cells[self.target]
        if self.kind in ("sum", "difference"):
            return _adds_up(self, row)
        return target.quantity.states(true) or self._comes_out_loosely(row)

    def _comes_out_loosely(self, row: Row) -> bool:
        """A price of the unit that is written (每公里), and an amount that was rounded before it was divided."""
        parts, target = [row.cells[at].quantity for at in self.parts], row.cells[self.target].quantity
        if self.kind == "average":
            return parts[0].states(target.base_value * parts[1].base_value)
        if self.kind == "standard_multiple" and len(parts) > 1:
            written = [[parts[0].value, parts[1].base_value], [parts[0].base_value, parts[1].value]]
            return any(target.states(_product(figures, self.factor)) for figures in written)
        return False


def _adds_up(equation: Equation, row: Row) -> bool:
    parts, target = [row.cells[at] for at in equation.parts], row.cells[equation.target]
    if equation.kind == "sum":
        return makes_up(parts, target)
    return makes_up([*parts[1:], target], parts[0])


def _product(figures: Sequence[Decimal], factor: Fraction) -> Decimal:
    true = Decimal(factor.numerator)
    for one in figures:
        true *= one
    return true / factor.denominator


def _quotient(figures: Sequence[Decimal], factor: Fraction) -> Decimal | None:
    return figures[0] / figures[1] if figures[1] > 0 else None


def _growth(figures: Sequence[Decimal], factor: Fraction) -> Decimal | None:
    return abs(figures[0] - figures[1]) / figures[1] if figures[1] > 0 else None


_COMPUTED: dict[str, Callable[[Sequence[Decimal], Fraction], Decimal | None]] = {
    "sum": lambda figures, _: sum(figures, Decimal(0)),
    "difference": lambda figures, _: figures[0] - sum(figures[1:], Decimal(0)),
    "standard_multiple": _product,
    "share": _quotient,
    "average": _quotient,
    "growth": _growth,
}


def candidates(grid: Grid) -> Iterator[Equation]:
    """All that the columns may have to do with each other."""
    columns = sorted(grid.classes)[:_MANY]
    yield from _sums(grid, columns)
    yield from _ratios(grid, columns)
    yield from _products(grid, columns)


def _sums(grid: Grid, columns: Sequence[int]) -> Iterator[Equation]:
    """Neighbours that make up the column before or behind them."""
    for target in columns:
        like = [
            at
            for at in columns
            if grid.classes[at] == grid.classes[target] and not is_mean(grid.head(at)) and _may_add(grid, at)
        ]
        if target not in like:
            continue
        place = like.index(target)
        for width in range(2, len(like)):
            if place >= width:
                yield from _sum(grid, like[place - width : place], target)
            if place + width < len(like):
                yield from _sum(grid, like[place + 1 : place + 1 + width], target)
            if width < place and is_sum_head(grid.head(target)):
                for begin in range(place - width):
                    yield from _sum(grid, like[begin : begin + width], target)


def _sum(grid: Grid, parts: Sequence[int], target: int) -> Iterator[Equation]:
    """应缴、已缴、未缴 is a difference; 甲、乙、小计 a sum."""
    own = [at for at in parts if not is_part(grid.head(at))] or list(parts)
    if len(own) < 2:
        return
    if len(own) == 2 and target < own[0] and not is_sum_head(grid.head(target)):
        yield Equation("difference", (target, own[0]), own[1])
        return
    yield Equation("sum", tuple(own), target)


def _may_add(grid: Grid, column: int) -> bool:
    return all(adds(row.cells[column]) for row in grid.rows if column in row.cells)


def _ratios(grid: Grid, columns: Sequence[int]) -> Iterator[Equation]:
    for target in columns:
        kind = _kind_of(grid, target)
        if kind == "share":
            for whole in columns:
                for part in columns:
                    kinds = {grid.classes[part], grid.classes[whole]}
                    if target not in (part, whole) and part != whole and len(kinds) == 1:
                        yield Equation("share", (part, whole), target)
                        yield Equation("growth", (part, whole), target)
        elif is_mean(grid.head(target)):
            for amount in columns:
                for count in columns:
                    like = grid.classes[amount] == grid.classes[target] != grid.classes[count]
                    if like and target not in (amount, count):
                        yield Equation("average", (amount, count), target)


def _kind_of(grid: Grid, column: int) -> str:
    return next((row.cells[column].quantity.kind for row in grid.rows if column in row.cells), "")


def _products(grid: Grid, columns: Sequence[int]) -> Iterator[Equation]:
    """数量×单价=金额, 长×宽=面积, 月报酬×12=全年; and one standard for all lines, which no column names."""
    for target in columns:
        if _kind_of(grid, target) in _SUMMED or is_mean(grid.head(target)):
            continue
        others = [at for at in columns if at < target and _kind_of(grid, at) not in _SUMMED]
        for pair in combinations(others, 2):
            if factor := _common(grid, pair, target):
                yield Equation("standard_multiple", pair, target, factor)
        for one in others:
            factor = _common(grid, (one,), target)
            if factor and factor != 1 and _is_standard(grid, one, target, factor):
                yield Equation("standard_multiple", (one,), target, factor)


def _common(grid: Grid, parts: Sequence[int], target: int) -> Fraction | None:
    """The factor that most lines have in common."""
    counts: Counter[Fraction] = Counter()
    for row in grid.items:
        if target in row.cells and all(at in row.cells for at in parts):
            below = Fraction(1)
            for at in parts:
                below *= Fraction(row.cells[at].quantity.base_value)
            if below > 0:
                counts[Fraction(row.cells[target].quantity.base_value) / below] += 1
    if not counts:
        return None
    factor, often = counts.most_common(1)[0]
    if often < 2 or factor <= 0 or (len(parts) == 2 and not _is_usual(factor)):
        return None
    return factor


def _is_usual(factor: Fraction) -> bool:
    """A product of two columns leaves only months and scales to be multiplied with."""
    return any(factor / scale in _MONTHS for scale in _SCALES)


def _is_standard(grid: Grid, one: int, target: int, factor: Fraction) -> bool:
    """12 months between columns of money; a round standard between a count and an amount."""
    if grid.classes[one] == grid.classes[target]:
        if _kind_of(grid, target) == "count" and is_mean(grid.head(one)):
            return not _DONE.search(grid.head(target))
        return factor in _MONTHS and ("月" in grid.head(one) or is_mean(grid.head(one)))
    return _kind_of(grid, target) in _MADE_OF and _is_round(factor)


def _is_round(factor: Fraction) -> bool:
    if factor.denominator > _LONG:
        return False
    digits = str(factor.numerator * (1000 // factor.denominator or 1)).strip("0")
    return 1000 % factor.denominator == 0 and len(digits) <= 3
