from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bangfu.intake.rulebook import home_rulebook
from bangfu.policy.standards import UNITS
from bangfu.web.policy.rules import here, matches, readers_of, value_here, values_of
from bangfu.web.request import Request


@require_safe
def listed(request: Request) -> HttpResponse:
    policy, at, words = home_rulebook(), here(), request.GET.get("q", "").strip()
    rows = [
        (one, value_here(one, at), one.at(at.day, at.place))
        for one in policy.standards.values()
        if matches(words, (one.name, one.id, *(value.source for value in one.values)))
    ]
    rows.sort(key=lambda row: row[0].name)
    told = {"section": "policy", "tab": "standards", "rows": rows, "q": words, "day": at.day}
    return render(request, "web/policy/standards.html", told)


@require_safe
def standard(request: Request, standard: str) -> HttpResponse:
    policy, at = home_rulebook(), here()
    found = policy.standards.get(standard)
    if found is None:
        raise Http404
    told = {
        "section": "policy",
        "standard": found,
        "unit": UNITS.get(found.unit, ""),
        "now": value_here(found, at),
        "values": values_of(found, at),
        "checks": readers_of(found, policy),
        "day": at.day,
    }
    return render(request, "web/policy/standard.html", told)
