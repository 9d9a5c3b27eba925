"""The whole town at a glance: key figures, and panels of a table and a chart each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bangfu.ledger.scope import scope_of
from bangfu.policy.model import Indicator
from bangfu.reporting.queries.totals import totals
from bangfu.reporting.shown import FigureShown
from bangfu.terms.errors import UserError
from bangfu.web.reports.asked import Asked
from bangfu.web.reports.figures import Looked, figure_address, looked_at
from bangfu.web.reports.framing import asked_in_reach, frame, uncounted
from bangfu.web.reports.panels import PANELS, Panel, measures, of_findings, of_months
from bangfu.web.reports.taking import taken_away
from bangfu.web.request import Request

_KEY = (
    *("poor_households", "poor_population", "not_exited_households", "monitored_households"),
    *("below_line_households", "benefit_amount", "loans_outstanding", "loans_overdue", "projects_under_way"),
)


@require_safe
def dashboard(request: Request) -> HttpResponse:
    asked = asked_in_reach(request)
    if asked is None:
        return uncounted(request, "dashboard")
    looked = looked_at(asked, scope_of(request.reader, "figure.see"))
    measure = _measure(request, looked)
    told: dict[str, Any] = {
        **frame(request, asked, "dashboard"),
        "key": list(_key(looked)),
        "measure": measure.id if measure else "",
        "measures": [(one.id, one.name) for one in measures(looked)],
        "months": of_months(looked, measure) if measure else None,
        "panels": [
            (panel, panel.chart.as_json() if panel.chart else None) for panel in _panels(request, looked)
        ],
    }
    return render(request, "web/reports/dashboard.html", told)


@require_POST
def export(request: Request) -> HttpResponse:
    """The table of a panel."""
    asked = asked_in_reach(request, right="table.export")
    if asked is None:
        return uncounted(request, "dashboard")
    looked = looked_at(asked, scope_of(request.reader, "table.export"))
    panel = _panel(request, looked, request.POST.get("panel", ""))
    title = f"{panel.title} {asked.day}"
    return taken_away(request, panel.title, panel.grid.columns(), panel.grid.rows(), title=title)


def _panel(request: Request, looked: Looked, wanted: str) -> Panel:
    measure = _measure(request, looked)
    if wanted == "months" and measure is not None:
        return of_months(looked, measure)
    found = next((one for one in _panels(request, looked) if one.id == wanted), None)
    if found is None:
        raise UserError("没有这样一块，或现在没有它的数字。请回到看板再导出")
    return found


def _panels(request: Request, looked: Looked) -> Iterator[Panel]:
    for make in PANELS.values():
        panel = make(looked)
        if panel is not None:
            yield panel
    if request.reader.may("finding.see"):
        yield of_findings(looked, scope_of(request.reader, "finding.see"))


def _measure(request: Request, looked: Looked) -> Indicator | None:
    sent = request.POST if request.method == "POST" else request.GET
    offered = measures(looked)
    return next((one for one in offered if one.id == sent.get("measure")), offered[0] if offered else None)


def _key(looked: Looked) -> Iterator[tuple[FigureShown, str]]:
    """The key figures with their addresses; what could not be counted is left out."""
    known = looked.policy.indicators
    wanted = [known[name] for name in _KEY if name in known]
    found = totals(looked.asked.run, wanted, looked.asked.period, looked.scope)
    for one in wanted:
        if not found[one.id].why_not:
            yield found[one.id], figure_address(one.id, _whole(looked.asked))


def _whole(asked: Asked) -> Asked:
    return asked.narrowed(by="", label="")
