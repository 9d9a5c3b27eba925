"""Columns of a grid against the rows of totals in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.certain.tables.grid import Grid, Row
from bangfu.documents.certain.tables.names import is_loose_total, is_mean, is_said_total
from bangfu.documents.certain.tables.numbers import adds, alike, is_near, makes_up, slipped, sum_of
from bangfu.documents.reading.structure import Mention

_SUBTOTAL = re.compile(r"(?:小计|合计|共计|总计)$")


@dataclass(frozen=True)
class Sum:
    """A column's items and its total."""

    column: int
    items: tuple[Mention, ...]
    total: Mention

    @property
    def holds(self) -> bool:
        return makes_up(self.items, self.total)


@dataclass(frozen=True)
class Totalled:
    """The sums of one row of totals, read in the way in which most of them come out."""

    row: Row
    sums: tuple[Sum, ...]

    @property
    def sound(self) -> int:
        return sum(one.holds for one in self.sums)


def totalled(grid: Grid) -> Iterator[Totalled]:
    """Each row of totals with the rows that it sums."""
    for at, row in enumerate(grid.rows):
        if row.total or _is_last_of_kinds(grid, at):
            readings = [_sums(grid, row, rows) for rows in _readings(grid, at)]
            best = max((Totalled(row, one) for one in readings if one), key=_soundness, default=None)
            if best is not None:
                yield best


def _soundness(one: Totalled) -> tuple[int, int]:
    return one.sound, -len(one.sums)


def _is_last_of_kinds(grid: Grid, at: int) -> bool:
    return at == len(grid.rows) - 1 and at > 1 and is_loose_total(grid.rows[at].name)


def _readings(grid: Grid, at: int) -> Iterator[list[Row]]:
    """The rows since the last total, all items above, the subtotals above, or those below a total on top."""
    above = list(grid.rows[:at])
    last = max((place for place, row in enumerate(above) if row.total), default=-1)
    yield _whole(above[last + 1 :])
    yield _whole([row for row in above if not row.total])
    key = _SUBTOTAL.sub("", grid.rows[at].name)
    if key and key != grid.rows[at].name:
        yield _whole(
            [row for row in above if key in row.name or any(key in one.text for one in row.words.values())]
        )
    totals = [row for row in above if row.total]
    if len(totals) > 1 or (totals and above[last + 1 :]):
        yield [*totals, *_whole(above[last + 1 :])]
    if not _whole(above):
        below = list(grid.rows[at + 1 :])
        end = next((place for place, row in enumerate(below) if row.total), len(below))
        yield _whole(below[:end])


def _whole(rows: Sequence[Row]) -> list[Row]:
    """Without the rows that are parts of others."""
    return [row for row in rows if not row.part and not row.total]


def _sums(grid: Grid, total: Row, rows: Sequence[Row]) -> tuple[Sum, ...]:
    return tuple(
        Sum(column, items, mention)
        for column, mention in total.cells.items()
        if not is_mean(grid.head(column))
        and len(items := tuple(row.cells[column] for row in rows if column in row.cells)) > 1
        and all(map(adds, (*items, mention)))
        and alike((*items, mention))
        and not any(column in row.words and any(map(str.isdigit, row.words[column].text)) for row in rows)
    )


def column_faults(grid: Grid) -> Iterator[Relation]:
    for one in totalled(grid):
        wrong = [found for found in one.sums if not found.holds]
        omitted = _omitted(wrong)
        if omitted is not None:
            yield from (_told(grid, found, f"“{omitted}”一行没有计入") for found in wrong)
            continue
        if len(wrong) > max(1, one.sound + is_said_total(one.row.name)):
            continue
        for found in wrong:
            cause = _cause(found)
            if _is_sure(one, found, cause):
                yield _told(grid, found, cause)


def _omitted(wrong: Sequence[Sum]) -> str | None:
    """The one line, if two columns or more lack just its figures: it was added below and the totals left as they were."""
    if len(wrong) < 2:
        return None
    places = [
        {
            at
            for at, one in enumerate(found.items)
            if makes_up([*found.items[:at], *found.items[at + 1 :]], found.total)
        }
        for found in wrong
    ]
    common = set.intersection(*places) if len({len(found.items) for found in wrong}) == 1 else set[int]()
    return "、".join(found.items[min(common)].quantity.text for found in wrong) if common else None


def _is_sure(one: Totalled, found: Sum, cause: str) -> bool:
    true = sum_of(found.items)
    if any(makes_up(found.items[start:], found.total) for start in range(1, len(found.items) - 1)):
        return False
    if one.sound:
        return bool(cause) or is_near(true, found.total.quantity)
    if not is_said_total(one.row.name) and not cause:
        return False
    return len(found.items) > 2 and (bool(cause) or is_near(true, found.total.quantity))


def _cause(found: Sum) -> str:
    """A slip of the pen in the total, or in one of its items."""
    true = sum_of(found.items)
    if how := slipped(found.total, true):
        return f"“{found.total.quantity.text}”{how},应为{shown(true, found.total.quantity)}"
    gap = true - found.total.quantity.base_value
    for one in found.items:
        right = one.quantity.base_value - gap
        if how := slipped(one, right):
            return f"“{one.quantity.text}”{how},应为{shown(right, one.quantity)}"
    left_out = next((one for one in found.items if one.quantity.base_value == gap), None)
    return f"“{left_out.quantity.text}”没有计入合计" if left_out is not None else ""


def _told(grid: Grid, found: Sum, cause: str) -> Relation:
    true, stated = sum_of(found.items), found.total.quantity
    head = f"“{grid.head(found.column)}”一栏" if grid.head(found.column) else ""
    said = f"表中{head}各行相加是{shown(true, stated)},合计写的是{stated.text}"
    return Relation(
        "sum", tuple(one.index for one in found.items), found.total.index, true, False, "error", said, cause
    )
