"""The rows behind a figure, as the reader may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bangfu.engine.indicators.asking import Ask, Asking, CountedRow, Part
from bangfu.engine.indicators.cells import Period
from bangfu.policy.model import Indicator
from bangfu.policy.references import Resolved
from bangfu.registry.scope import EVERYTHING, Scope
from bangfu.reporting.models import FigureRun
from bangfu.reporting.opening import asking_of
from bangfu.reporting.telling import HEADINGS, Told, fields_told, rows_told
from bangfu.terms.model import Field


@dataclass(frozen=True)
class OpenedColumn:
    """A column of the rows; `field` where it is one of the table's own."""

    label: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """A row as it is shown. Its keys lead to the register; numbers of persons are masked."""

    row_key: int
    household: int | None
    village: int | None
    cells: tuple[str, ...]
    values: tuple[Any, ...]
    """What is summed of it or counted once, as it is held."""


@dataclass(frozen=True)
class Opened:
    """The rows that an indicator counts. `of` names the indicator they belong to: a ratio opens to its numerator.

    `in_all`: how many there are, where some are left out and many figures are opened together.
    """

    of: str
    table: str
    columns: tuple[OpenedColumn, ...]
    rows: tuple[OpenedRow, ...]
    has_more: bool
    in_all: int | None = None


def rows_of(
    run: FigureRun,
    resolved: Resolved,
    scope: Scope = EVERYTHING,
    *,
    limit: int = 100,
    after: int = -1,
) -> Opened:
    """The rows behind a figure in the reader's scope, in the order of their keys, from the one after `after` on.

    Without a scope that narrows it they are exactly those that the figure counts. UserError where the snapshot is gone or
    the rulebook is another by now, and for a village that there is not.
    """
    with asking_of(run) as asking:
        return rows_read(asking, resolved, scope, limit=limit, after=after)


def rows_read(
    asking: Asking, resolved: Resolved, scope: Scope = EVERYTHING, *, limit: int = 100, after: int = -1
) -> Opened:
    """The same on a snapshot that is open: who opens many figures opens it once."""
    return _opened(asking, _narrowed(asking.ask(resolved), scope), limit, after)


def rows_together(
    asking: Asking, wanted: Sequence[Resolved], scope: Scope = EVERYTHING, *, limit: int
) -> Iterator[Opened]:
    """The rows of many figures in their order, at most so many of each. What the rows of a table say is read once for all
    figures that open to it.
    """
    asks = [_narrowed(asking.ask(resolved), scope) for resolved in wanted]
    counted = [asking.rows(ask, limit=limit + 1) for ask in asks]
    told = _told_together(asking, asks, counted, limit)
    for ask, rows in zip(asks, counted, strict=True):
        opened = _opened_from(asking, ask, rows, told, limit)
        yield replace(opened, in_all=asking.count_rows(ask)) if opened.has_more else opened


def rows_of_indicator(
    run: FigureRun,
    indicator: Indicator,
    period: Period | None,
    only: Sequence[tuple[str, str | None]] = (),
    *,
    villages: frozenset[int | None] | None = None,
    scope: Scope = EVERYTHING,
    limit: int = 100,
    after: int = -1,
) -> Opened:
    """The same for a cell of a table or chart, whose village and label need not have a name."""
    with asking_of(run) as asking:
        ask = Ask(indicator.id, period if indicator.is_flow else None, tuple(only), villages)
        return _opened(asking, _narrowed(ask, scope), limit, after)


def _narrowed(ask: Ask, scope: Scope) -> Ask:
    if scope.is_everything:
        return ask
    reach: tuple[Part, ...] = tuple(
        (part.villages, part.households) for part in scope.parts if part.departments is None
    )
    return Ask(ask.indicator, ask.period, ask.only, ask.villages, reach)


def _opened(asking: Asking, ask: Ask, limit: int, after: int) -> Opened:
    counted = asking.rows(ask, limit=limit + 1, after=after)
    return _opened_from(asking, ask, counted, _told_together(asking, [ask], [counted], limit), limit)


ToldRows = Mapping[str, tuple[Sequence[Field], Mapping[int, Told]]]
"""By table, which fields are told of its rows, and by key the rows."""


def _told_together(
    asking: Asking, asks: Sequence[Ask], counted: Sequence[Sequence[CountedRow]], limit: int
) -> ToldRows:
    fields: dict[str, dict[str, Field]] = defaultdict(dict)
    keys: dict[str, set[int]] = defaultdict(set)
    for ask, rows in zip(asks, counted, strict=True):
        if indicator := asking.opened(ask):
            fields[indicator.table].update((one.name, one) for one in fields_told(indicator, asking.policy))
            keys[indicator.table].update(row.row_key for row in rows[:limit])
    return {
        table: (
            tuple(known.values()),
            rows_told(asking.dataset, asking.policy, table, tuple(known.values()), keys[table]),
        )
        for table, known in fields.items()
    }


def _opened_from(
    asking: Asking, ask: Ask, counted: Sequence[CountedRow], told: ToldRows, limit: int
) -> Opened:
    indicator = asking.opened(ask)
    if indicator is None:
        return Opened(ask.indicator, "", (), (), False)
    fields = fields_told(indicator, asking.policy)
    known, rows = told[indicator.table]
    places = [known.index(one) for one in fields]
    opened = []
    for row in counted[:limit]:
        one = rows[row.row_key]
        cells = (*one.heading, *(one.cells[place] for place in places))
        opened.append(OpenedRow(row.row_key, one.household, one.village, cells, row.values))
    columns = (*map(OpenedColumn, HEADINGS), *(OpenedColumn(one.label, one) for one in fields))
    return Opened(indicator.id, indicator.table, columns, tuple(opened), len(counted) > limit)
