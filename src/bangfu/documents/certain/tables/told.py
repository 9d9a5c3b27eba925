"""What the prose says of a table's lines otherwise than the table: differences, what is left, totals told again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from bangfu.documents.arithmetic.mistyped import digits
from bangfu.documents.arithmetic.relation import Kind, Relation, shown
from bangfu.documents.arithmetic.scene import PER
from bangfu.documents.certain.tables.grid import Grid, Row
from bangfu.documents.certain.tables.names import is_mean
from bangfu.documents.certain.tables.numbers import is_near, slipped
from bangfu.documents.certain.tables.rates import is_named
from bangfu.documents.certain.tables.wholes import Prose
from bangfu.documents.reading.structure import Mention, base_class

_APART = re.compile(r"相差|差距|差额|相距|落差|高出|多出|少了?$|多了?$|高$|低$|悬殊")
_LEFT = re.compile(r"[剩余欠缺差]|未|还有|尚有|没有?[一-龥]{0,4}$|缺口")
_PAST = re.compile(r"上[期年月季周次]|去年|前年|同期|往年|原|增|减|比|较|其中|计划|任务|目标|新|再")


def told_otherwise(grid: Grid, prose: Prose) -> Iterator[Relation]:
    below = prose.below(grid)
    for one in below:
        if one.quantity.is_exact and not one.quantity.is_label and one.quantity.kind != "share":
            yield from _apart(grid, one)
            yield from _left(grid, one)
    yield from _again(grid, prose, below)


def _apart(grid: Grid, stated: Mention) -> Iterator[Relation]:
    """最高的甲镇与最低的乙乡相差1606元."""
    if not _APART.search(stated.left):
        return
    words = re.split(r"[。;\n]", stated.gap)[-1]
    rows = [row for row in grid.items if is_named(row.name, words)]
    columns = _columns_of(grid, stated)
    if len(rows) != 2 or len(columns) != 1 or not all(columns[0] in row.cells for row in rows):
        return
    pair = sorted((row.cells[columns[0]] for row in rows), key=lambda one: -one.quantity.base_value)
    true = pair[0].quantity.base_value - pair[1].quantity.base_value
    if not stated.quantity.states(true) and (is_near(true, stated.quantity) or slipped(stated, true)):
        yield _relation("difference", pair, stated, true, "两者相差")


def _left(grid: Grid, stated: Mention) -> Iterator[Relation]:
    """任务18600户、完成17856户 in the line of totals, 还欠着474户 below."""
    if (
        not _LEFT.search(stated.left)
        or _PAST.search(stated.left)
        or stated.quantity.per
        or PER.search(stated.left)
    ):
        return
    row = _row_of(grid, stated)
    columns = [at for at in _columns_of(grid, stated) if row is not None and at in row.cells]
    if row is None or not 2 <= len(columns) <= 4 or (row.total and len(columns) > 2):
        return
    columns = columns[:2]
    pair = sorted((row.cells[at] for at in columns), key=lambda one: -one.quantity.base_value)
    true = pair[0].quantity.base_value - pair[1].quantity.base_value
    if (
        true <= 0
        or stated.quantity.states(true)
        or any(_says_left(row, columns, stated) for row in grid.items)
    ):
        return
    if digits(stated.quantity) >= 2 and slipped(stated, true):
        yield _relation("difference", pair, stated, true, "两者相减")


def _row_of(grid: Grid, stated: Mention) -> Row | None:
    """The line that its clause names, else that of the totals."""
    words = re.split(r"[;。\n]", stated.gap)[-1]
    named = [row for row in grid.items if is_named(row.name, words)]
    totals = [row for row in grid.rows if row.total]
    if named:
        return named[0] if len(named) == 1 else None
    return totals[0] if len(totals) == 1 else None


def _says_left(row: Row, columns: Sequence[int], stated: Mention) -> bool:
    """It is said of one line."""
    if not all(at in row.cells for at in columns):
        return False
    figures = [row.cells[at].quantity.base_value for at in columns]
    return abs(figures[0] - figures[1]) == stated.quantity.base_value


def _columns_of(grid: Grid, stated: Mention) -> list[int]:
    return [at for at, kind in grid.classes.items() if kind == base_class(stated.quantity)]


def _again(grid: Grid, prose: Prose, below: Sequence[Mention]) -> Iterator[Relation]:
    """303户、1220万元 below a line of totals with 303户 and 1320万元: beside a figure that agrees one that does not."""
    totals = [row for row in grid.rows if row.total]
    around = [*prose.above(grid), *below]
    for row in totals[-1:]:
        for first, second in pairwise(around):
            for witness, doubt in ((first, second), (second, first)):
                cell = _other_cell(grid, row, witness, doubt)
                if cell is not None and _stand_together(first, second):
                    yield _relation("restated", [cell], doubt, cell.quantity.base_value, "表中合计是")


def _stand_together(first: Mention, second: Mention) -> bool:
    return (
        first.sentence == second.sentence
        and re.fullmatch(r"[、,]?[一-龥]{0,4}", second.gap) is not None
        and not _PAST.search(second.gap)
        and not _PAST.search(first.left)
    )


def _other_cell(grid: Grid, row: Row, witness: Mention, doubt: Mention) -> Mention | None:
    """The total that the doubted figure should repeat."""
    if not (_is_plain(witness) and _is_plain(doubt)) or witness.is_like(doubt):
        return None
    agrees = [
        at
        for at, one in row.cells.items()
        if one.is_like(witness) and one.quantity.base_value == witness.quantity.base_value
    ]
    columns = [at for at in _columns_of(grid, doubt) if at in row.cells and not is_mean(grid.head(at))]
    if len(agrees) != 1 or len(columns) != 1 or digits(doubt.quantity) < 2:
        return None
    cell = row.cells[columns[0]]
    if cell.quantity.base_value == doubt.quantity.base_value or not slipped(doubt, cell.quantity.base_value):
        return None
    return None if doubt.quantity.states(cell.quantity.base_value) else cell


def _is_plain(one: Mention) -> bool:
    quantity = one.quantity
    return (
        quantity.is_exact
        and not quantity.per
        and not quantity.is_label
        and quantity.kind not in ("share", "point")
    )


def _relation(kind: Kind, members: Sequence[Mention], stated: Mention, true: Decimal, words: str) -> Relation:
    texts = "-".join(one.quantity.text for one in members)
    written = shown(true, stated.quantity)
    said = f"表中{texts},{words}{written},文中写的是{stated.quantity.text}"
    how = slipped(stated, true)
    cause = f"“{stated.quantity.text}”{how},应为{written}" if how else ""
    return Relation(
        kind, tuple(one.index for one in members), stated.index, true, False, "error", said, cause
    )
