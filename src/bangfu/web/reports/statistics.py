"""The forms that offices hand in, one line a village, filled from the figures of a day."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bangfu.ledger.scope import scope_of
from bangfu.policy.model import StatisticColumn, StatisticTable
from bangfu.policy.references import parse_reference
from bangfu.reporting.queries import statistic
from bangfu.reporting.queries.figures import policy_of
from bangfu.reporting.queries.statistics import FilledCell, FilledTable
from bangfu.web.reports.asked import Asked
from bangfu.web.reports.figures import Looked, figure_address, looked_at
from bangfu.web.reports.framing import asked_in_reach, frame, uncounted
from bangfu.web.reports.grid import Grid, Head, Line, Number
from bangfu.web.reports.taking import taken_away
from bangfu.web.request import Request


@require_safe
def statistics(request: Request) -> HttpResponse:
    """All forms, with how many of their columns can be filled."""
    asked = asked_in_reach(request)
    if asked is None:
        return uncounted(request, "statistics")
    counted = set(asked.run.counted)
    listed = [(one, _filled(one, asked, counted)) for one in policy_of(asked.run).statistics.values()]
    return render(
        request, "web/reports/statistics.html", {**frame(request, asked, "statistics"), "tables": listed}
    )


@require_safe
def one(request: Request, table: str) -> HttpResponse:
    asked = asked_in_reach(request)
    if asked is None:
        return uncounted(request, "statistics")
    looked = looked_at(asked, scope_of(request.reader, "figure.see"))
    form = _table(looked, table)
    filled = statistic(asked.run, form, looked.scope)
    empty = [
        (column.label, cell.why_not)
        for column, cell in zip(form.columns, filled.totals, strict=True)
        if cell.why_not
    ]
    told: dict[str, Any] = {**frame(request, asked, "statistics"), "table": form, "is_state": True}
    told |= {"grid": _grid(looked, filled), "wanting": empty}
    return render(request, "web/reports/statistic.html", told)


@require_POST
def export(request: Request, table: str) -> HttpResponse:
    asked = asked_in_reach(request, right="table.export")
    if asked is None:
        return uncounted(request, "statistics")
    looked = looked_at(asked, scope_of(request.reader, "table.export"))
    form = _table(looked, table)
    grid = _grid(looked, statistic(asked.run, form, looked.scope))
    title = f"表{form.id} {form.name} {asked.day}"
    return taken_away(request, f"表{form.id}", grid.columns(), grid.rows(), title=title)


def _table(looked: Looked, number: str) -> StatisticTable:
    found = looked.policy.statistics.get(number)
    if found is None:
        raise Http404
    return found


def _filled(form: StatisticTable, asked: Asked, counted: set[str]) -> int:
    """How many columns have a figure."""
    policy = policy_of(asked.run)
    return sum(
        1
        for column in form.columns
        if column.figure and parse_reference(column.figure, policy).indicator.id in counted
    )


def _grid(looked: Looked, filled: FilledTable) -> Grid:
    """A share stands in a column of its own, as the forms have it."""
    lines = tuple(Line(name, tuple(_numbers(filled.table, cells))) for name, cells in filled.lines)
    links = [_address(looked, column) for column in filled.table.columns]
    total = Line("合计", tuple(_numbers(filled.table, filled.totals, links)))
    return Grid("村", tuple(_heads(looked, filled.table)), lines, total)


def _heads(looked: Looked, form: StatisticTable) -> Iterator[Head]:
    for column in form.columns:
        found = parse_reference(column.figure, looked.policy).indicator if column.figure else None
        unit = found.unit if found else ""
        yield Head(column.label, "" if f"({unit})" in column.label else unit)
        if column.share_of:
            yield Head("占比", "%")


def _numbers(
    form: StatisticTable, cells: tuple[FilledCell, ...], links: list[str] | None = None
) -> Iterator[Number]:
    for place, (column, cell) in enumerate(zip(form.columns, cells, strict=True)):
        yield Number(cell.value, links[place] if links and cell.value is not None else "")
        if column.share_of:
            yield Number(None if cell.share is None else Decimal(cell.share))


def _address(looked: Looked, column: StatisticColumn) -> str:
    """The page of the column's figure, broken down as the form has it."""
    if not column.figure:
        return ""
    reference = parse_reference(column.figure, looked.policy)
    by = next((name for name, _ in reference.only if name != "village"), "")
    return figure_address(reference.indicator.id, looked.asked.narrowed(by=by, label=""))
