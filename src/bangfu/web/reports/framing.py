"""What the pages of figures have in common: their tabs, and the choice of day, period and village."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render

from bangfu.jobs.queries import waiting_jobs
from bangfu.ledger.scope import scope_of
from bangfu.office.home import business_day
from bangfu.office.words import day_in_words
from bangfu.registry.queries import villages_in
from bangfu.registry.scope import Scope
from bangfu.reporting.jobs import FIGURES
from bangfu.reporting.queries.figures import policy_of
from bangfu.web.reports.asked import Asked, asked, days_offered, periods_offered
from bangfu.web.request import Request

SECTION = "reports"


def asked_in_reach(request: Request, *, right: str = "figure.see") -> Asked | None:
    """None where there is no such count. A village that the right does not reach is not found."""
    found = asked(request.POST if request.method == "POST" else request.GET)
    if found is not None and found.village is not None:
        for one in dict.fromkeys(("figure.see", right)):
            if found.village not in villages_in(scope_of(request.reader, one)):
                raise Http404
    return found


def frame(request: Request, found: Asked, tab: str) -> dict[str, Any]:
    """For the templates of all pages of a count."""
    scope = scope_of(request.reader, "figure.see")
    villages = villages_in(scope)
    return {
        "section": SECTION,
        "tab": tab,
        "asked": found,
        "query": found.query,
        "fields": list(QueryDict(found.query).items()),
        "days": days_offered(),
        "periods": periods_offered(found.run, found.when),
        "villages": list(villages.items()),
        "village": villages.get(found.village, "") if found.village is not None else "",
        "reach": reach_in_words(scope, villages),
        "counted_at": found.run.at,
        "today": day_in_words(business_day()),
        "is_changed": policy_of(found.run).hash != found.run.policy_hash,
        "may_count": request.reader.may("run.start"),
        "may_export": request.reader.may("table.export"),
        "jobs": list(waiting_jobs(request.reader, (FIGURES,)).values()),
    }


def reach_in_words(scope: Scope, villages: Mapping[int, str]) -> str:
    """Empty where it is everything."""
    if scope.is_everything:
        return ""
    return "、".join(villages.values()) or "没有整个村在您的范围里"


def uncounted(request: Request, tab: str) -> HttpResponse:
    """The page before there is a count of the day asked for."""
    told = {
        "section": SECTION,
        "tab": tab,
        "day": request.GET.get("day", ""),
        "days": days_offered(),
        "today": day_in_words(business_day()),
        "may_count": request.reader.may("run.start"),
        "jobs": list(waiting_jobs(request.reader, (FIGURES,)).values()),
    }
    return render(request, "web/reports/uncounted.html", told)
