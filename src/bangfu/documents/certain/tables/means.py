"""Means that the prose below a table takes of its totals: 小计320户次、90.0万元, 次均救助3094元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.certain.tables.columns import Totalled, totalled
from bangfu.documents.certain.tables.grid import Grid
from bangfu.documents.certain.tables.names import is_mean
from bangfu.documents.certain.tables.numbers import slipped, sum_of, written
from bangfu.documents.certain.tables.rates import is_named
from bangfu.documents.certain.tables.wholes import Prose
from bangfu.documents.reading.structure import Mention, base_class

_MEAN = re.compile(
    r"(?:([人户亩次村家笔座公里个组]+)均|平均(?:每|一)?([人户亩次村家笔座个组公里]*))[一-龥]{0,6}?[为达约]?$"
)
_OTHER = re.compile(r"上[期年月季]|去年|前年|往年|同期|其中|计划|标准")
_CLASSES = {
    "人": "人",
    "户": "户",
    "亩": "平方米",
    "次": "",
    "家": "家",
    "笔": "笔",
    "座": "座",
    "公里": "米",
    "个": "个",
}


def mean_faults(grid: Grid, prose: Prose) -> Iterator[Relation]:
    wholes = list(totalled(grid))
    if not wholes:
        return
    for stated in prose.below(grid):
        found = _MEAN.search(stated.left)
        words = _clauses(prose, stated)
        if (
            found is None
            or _OTHER.search(words)
            or not stated.quantity.is_exact
            or stated.quantity.kind == "share"
        ):
            continue
        if any(is_named(row.name, words) for row in grid.items):
            continue
        if not _has_own_basis(prose, wholes[-1], stated):
            yield from _fault(grid, wholes[-1], stated, found[1] or found[2] or "")


def _clauses(prose: Prose, stated: Mention) -> str:
    """Its sentence up to it."""
    sentence = prose.scene.sentence_of(stated)
    words = prose.scene.reading.flat[sentence.start : stated.quantity.start]
    return words.rsplit(";", 1)[-1]


def _has_own_basis(prose: Prose, whole: Totalled, stated: Mention) -> bool:
    """Figures before it in its sentence that are not the table's totals: it is a mean of these."""
    known = {one.quantity.base_value for one in whole.row.cells.values()}
    return any(
        one.quantity.base_value not in known
        and one.quantity.kind not in ("share", "point")
        and one.segment == stated.segment
        for one in prose.scene.before(stated)
        if not _MEAN.search(one.left)
    )


def _fault(grid: Grid, whole: Totalled, stated: Mention, by: str) -> Iterator[Relation]:
    cells = whole.row.cells
    amounts = [
        at
        for at in cells
        if grid.classes.get(at) == base_class(stated.quantity) and not is_mean(grid.head(at))
    ]
    counts = [at for at in cells if at not in amounts and _counts(cells[at], by)]
    if len(amounts) != 1 or len(counts) != 1:
        return
    amount, count = cells[amounts[0]], cells[counts[0]]
    if count.quantity.base_value <= 0:
        return
    true = _mean(amount.quantity.base_value, count, by)
    if stated.quantity.states(true):
        return
    how = slipped(stated, true)
    cause = (
        f"“{stated.quantity.text}”{how},应为{written(true, stated.quantity)}"
        if how
        else _by_repair(whole, amount, count, stated, by)
    )
    if cause:
        said = (
            f"按表中{amount.quantity.text}÷{count.quantity.text}={written(true, stated.quantity)},"
            f"文中写的是{stated.quantity.text}"
        )
        yield Relation(
            "average", (amount.index, count.index), stated.index, true, False, "error", said, cause
        )


def _mean(amount: Decimal, count: Mention, by: str) -> Decimal:
    """亩均 and 每公里 divide by the unit, not by its base."""
    return amount / (count.quantity.value if by in ("亩", "公里") else count.quantity.base_value)


def _counts(cell: Mention, by: str) -> bool:
    quantity = cell.quantity
    if by == "次":
        return quantity.base_unit.endswith("次")
    if by in ("亩", "公里"):
        return quantity.unit == by
    if by:
        return base_class(quantity) == _CLASSES.get(by, by)
    return quantity.kind in ("person", "household", "count")


def _by_repair(whole: Totalled, amount: Mention, count: Mention, stated: Mention, by: str) -> str:
    """It was computed with the true sum of the column."""
    for one in whole.sums:
        if (
            one.total is amount
            and not one.holds
            and stated.quantity.states(_mean(sum_of(one.items), count, by))
        ):
            return f"“{amount.quantity.text}”应为{written(sum_of(one.items), amount.quantity)}"
    return ""
