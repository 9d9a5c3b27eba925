"""142户518人 above, 小计104户388人 in the table, 还没脱贫38户103人 below: the households confirm what the persons are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.certain.tables.grid import Grid, Row
from bangfu.documents.certain.tables.numbers import is_near, slipped
from bangfu.documents.certain.tables.wholes import Prose
from bangfu.documents.reading.structure import Mention

_BESIDE = re.compile(r"[、,]?[一-龥]{0,2}")

Couple = tuple[Mention, Mention]


def group_faults(grid: Grid, prose: Prose) -> Iterator[Relation]:
    totals = [row for row in grid.rows if row.total]
    if not totals:
        return
    above, below = list(_couples(prose.above(grid))), list(_couples(prose.below(grid)))
    for part in _in_row(totals[-1]):
        for whole in above:
            for rest in below:
                yield from _fault(whole, part, rest)


def _couples(mentions: Sequence[Mention]) -> Iterator[Couple]:
    for at, first in enumerate(mentions[:-1]):
        second = mentions[at + 1]
        if (
            first.sentence == second.sentence
            and _BESIDE.fullmatch(second.gap)
            and _counted(first)
            and _counted(second)
        ):
            yield first, second


def _in_row(row: Row) -> Iterator[Couple]:
    cells = [one for one in row.cells.values() if _counted(one)]
    for at, first in enumerate(cells[:-1]):
        yield first, cells[at + 1]


def _counted(one: Mention) -> bool:
    return (
        one.quantity.is_exact
        and not one.quantity.per
        and one.quantity.kind in ("person", "household", "count", "money")
    )


def _fault(whole: Couple, part: Couple, rest: Couple) -> Iterator[Relation]:
    """The first figures come out and are long enough to be no chance, the second do not."""
    for at in (0, 1):
        if not (whole[at].is_like(part[at]) and whole[at].is_like(rest[at])):
            return
    for known, doubted in ((0, 1), (1, 0)):
        gaps = [whole[at].quantity.base_value - part[at].quantity.base_value for at in (known, doubted)]
        stated = rest[doubted]
        if gaps[0] < 10 or gaps[1] <= 0 or rest[known].quantity.base_value != gaps[0]:
            continue
        if stated.quantity.states(gaps[1]):
            return
        how = slipped(stated, gaps[1])
        if how or is_near(gaps[1], stated.quantity):
            written = shown(gaps[1], stated.quantity)
            said = f"{whole[doubted].quantity.text}-{part[doubted].quantity.text}={written},文中写的是{stated.quantity.text}"
            cause = f"“{stated.quantity.text}”{how},应为{written}" if how else ""
            members = (whole[doubted].index, part[doubted].index)
            yield Relation("difference", members, stated.index, gaps[1], False, "error", said, cause)
