"""One indicator: what it is, what it came to, and how that divides."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bangfu.engine.outline import outline
from bangfu.engine.wording import Wording
from bangfu.ledger.scope import scope_of
from bangfu.policy.model import VILLAGE, Indicator
from bangfu.registry.queries import villages_in
from bangfu.reporting.queries import figure
from bangfu.terms.divisions import area_prefix
from bangfu.terms.errors import UserError
from bangfu.web.reports.asked import EVER, Asked
from bangfu.web.reports.figures import (
    Looked,
    broken_down,
    chart_of,
    dimension_name,
    is_of_time,
    looked_at,
    offered,
    over_time,
    rows_address,
)
from bangfu.web.reports.framing import asked_in_reach, frame, uncounted
from bangfu.web.reports.grid import Grid
from bangfu.web.reports.listing import TOPICS, indicator_of
from bangfu.web.reports.taking import taken_away
from bangfu.web.request import Request


@require_safe
def indicator(request: Request, indicator: str) -> HttpResponse:
    one = found(indicator)
    asked = asked_in_reach(request)
    if asked is None:
        return uncounted(request, "indicators")
    looked = looked_at(asked, scope_of(request.reader, "figure.see"))
    by, every = by_of(one, asked), every_of(request, one, asked)
    shown = figure(asked.run, one, asked.of(one), scope=looked.scope)
    grid = _grid(looked, one, by, every) if by and not shown.why_not else None
    chart = chart_of(grid, one.name, one.unit) if grid and not grid.is_heat else None
    wording = Wording(looked.policy, asked.run.as_of, area_prefix(asked.run.place))
    told: dict[str, Any] = {
        **frame(request, asked, "indicators"),
        "one": one,
        "back": asked.narrowed(by="", label="").query,
        "topic": TOPICS.get(one.topic, one.topic),
        "programme": looked.policy.programmes.get(one.programme or ""),
        "parts": [looked.policy.indicators[name] for name in one.parts],
        "table": looked.policy.terms.tables[one.table].label if one.table else "",
        "figure": shown,
        "rows": rows_address(one.id, asked.narrowed(by="", label="")),
        "point": outline(one.where, wording) if one.where is not None else None,
        "opens": one.measure != "standard",
        "dimensions": offered(one, looked.policy),
        "by": by,
        "by_name": dimension_name(one, by, looked.policy) if by else "",
        "every": every,
        "may_cross": may_cross(one, by),
        "grid": grid,
        "chart": chart.as_json() if chart else None,
    }
    return render(request, "web/reports/indicator.html", told)


@require_POST
def export(request: Request, indicator: str) -> HttpResponse:
    """The breakdown that is seen."""
    one, asked = found(indicator), asked_in_reach(request, right="table.export")
    if asked is None:
        return uncounted(request, "indicators")
    looked = looked_at(asked, scope_of(request.reader, "table.export"))
    by, every = by_of(one, asked), every_of(request, one, asked)
    if not by:
        raise UserError(f"{one.name}没有分组，没有可以导出的表")
    grid = _grid(looked, one, by, every)
    title = f"{one.name}，按{dimension_name(one, by, looked.policy)} {_time(one, asked, by, every)}"
    return taken_away(request, one.name, grid.columns(), grid.rows(), title=title)


def found(name: str) -> Indicator:
    one = indicator_of(name)
    if one is None:
        raise Http404
    return one


def by_of(one: Indicator, asked: Asked) -> str:
    """The dimension asked for, the village unless another, none where there are none."""
    if asked.by in one.dimensions:
        return asked.by
    return VILLAGE if VILLAGE in one.dimensions else next(iter(one.dimensions), "")


def may_cross(one: Indicator, by: str) -> bool:
    """Whether the breakdown can have a column for each month."""
    return bool(by) and one.is_flow and not is_of_time(by) and "month" in one.dimensions


def every_of(request: Request, one: Indicator, asked: Asked) -> str:
    sent = request.POST if request.method == "POST" else request.GET
    return "month" if sent.get("every") == "month" and may_cross(one, by_of(one, asked)) else ""


def _grid(looked: Looked, one: Indicator, by: str, every: str) -> Grid:
    if is_of_time(by):
        return over_time(looked, one, by)
    if every:
        return over_time(looked, one, every, by=by)
    return broken_down(looked, [one], by)


def _time(one: Indicator, asked: Asked, by: str, every: str) -> str:
    if every or is_of_time(by) or not one.is_flow or asked.when == EVER:
        return f"截至 {asked.day}"
    return asked.in_words


def place_in_words(request: Request, asked: Asked) -> str:
    """The village that is looked at; nothing where it is all."""
    if asked.village is None:
        return ""
    return villages_in(scope_of(request.reader, "figure.see")).get(asked.village, "")
