"""A column of percentages that are shares of the whole of another column: 因病203户占41.9%, under 合计484户."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.certain.tables.columns import totalled
from bangfu.documents.certain.tables.grid import Grid, Row
from bangfu.documents.certain.tables.numbers import makes_up, slipped, written
from bangfu.documents.certain.tables.wholes import Prose
from bangfu.documents.reading.structure import Mention

_LEAST = 2
_MANY = 3


@dataclass(frozen=True)
class Portions:
    """The rows whose share comes out of the whole, and the others."""

    column: int
    target: int
    whole: Mention
    sound: tuple[Row, ...]
    wrong: tuple[Row, ...]


def portion_faults(grid: Grid, prose: Prose) -> Iterator[Relation]:
    for target, best in _portions(grid, prose):
        for row in best.wrong:
            part, stated = row.cells[best.column], row.cells[target]
            true = part.quantity.base_value / best.whole.quantity.base_value
            cause = slipped(stated, true)
            if cause or len(best.sound) >= _MANY:
                cause = (
                    f"“{stated.quantity.text}”{cause},应为{written(true, stated.quantity)}" if cause else ""
                )
                said = (
                    f"{part.quantity.text}÷{best.whole.quantity.text}={written(true, stated.quantity)},"
                    f"表中写的是{stated.quantity.text},其他各行都相符"
                )
                members = (part.index, best.whole.index)
                yield Relation("share", members, stated.index, true, False, "error", said, cause)


def portions_settled(grid: Grid, prose: Prose) -> set[int]:
    return {row.cells[target].index for target, best in _portions(grid, prose) for row in best.sound}


def _portions(grid: Grid, prose: Prose) -> Iterator[tuple[int, Portions]]:
    for target in _shares(grid):
        best = max(_readings(grid, prose, target), key=_soundness, default=None)
        if best is not None and len(best.sound) >= _LEAST and len(best.wrong) * 2 <= len(best.sound):
            yield target, best


def _soundness(one: Portions) -> tuple[int, int]:
    return len(one.sound), -len(one.wrong)


def _shares(grid: Grid) -> list[int]:
    return [
        column
        for column in grid.classes
        if sum(row.cells[column].quantity.kind == "share" for row in grid.items if column in row.cells)
        > _LEAST
    ]


def _readings(grid: Grid, prose: Prose, target: int) -> Iterator[Portions]:
    for column in grid.classes:
        if column == target:
            continue
        rows = [row for row in grid.items if column in row.cells and target in row.cells and not row.part]
        for whole in _wholes(grid, prose, column, rows):
            outcomes = [(row, _comes_out(row, column, target, whole)) for row in rows]
            sound, wrong = ([row for row, fine in outcomes if fine is good] for good in (True, False))
            yield Portions(column, target, whole, tuple(sound), tuple(wrong))


def _wholes(grid: Grid, prose: Prose, column: int, rows: Sequence[Row]) -> Iterator[Mention]:
    """The total of the column; where there is none, or a wrong one, a figure near the table that its rows make up."""
    for one in totalled(grid):
        if column in one.row.cells:
            yield one.row.cells[column]
    parts = [row.cells[column] for row in rows]
    yield from (
        one for one in prose.near(grid) if len(parts) > 1 and one.is_like(parts[0]) and makes_up(parts, one)
    )


def _comes_out(row: Row, column: int, target: int, whole: Mention) -> bool | None:
    part, stated = row.cells[column], row.cells[target]
    if not part.is_like(whole) or whole.quantity.base_value <= 0 or not stated.quantity.is_exact:
        return None
    return stated.quantity.states(part.quantity.base_value / whole.quantity.base_value)
