"""Findings become tasks: those ticked, or all that the filters leave; always after a look at how many."""

from __future__ import annotations

import secrets
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bangfu.casework.actions import open_from_findings
from bangfu.casework.actions.opening import MOST
from bangfu.casework.hands import Hand
from bangfu.findings import queries
from bangfu.findings.handing_out import to_hand_out
from bangfu.ledger.scope import scope_of
from bangfu.office.home import business_day
from bangfu.registry.scope import Scope
from bangfu.terms.errors import UserError
from bangfu.web.findings.filters import filter_of, query_of
from bangfu.web.request import Request


@require_http_methods(["GET", "POST"])
def hand_out(request: Request) -> HttpResponse:
    """Shows what is about to be handed out; confirmed, does it."""
    scope = scope_of(request.reader, "task.open")
    if request.method != "POST":
        return redirect("findings")
    numbers = _numbers(request, scope)
    if request.POST.get("confirmed") != "yes":
        return _confirm(request, scope, numbers)
    try:
        opened = open_from_findings(
            Hand(request.reader, business_day()),
            numbers,
            note=request.POST.get("note", ""),
            once=request.POST.get("once", ""),
        )
    except UserError as refused:
        return _confirm(request, scope, numbers, wrong=str(refused))
    messages.success(request, opened.told)
    if len(numbers) == 1 and not request.GET:
        return redirect("finding", numbers[0])
    return redirect(f"{reverse('findings')}?{query_of(filter_of(request.GET))}")


def _numbers(request: Request, scope: Scope) -> list[int]:
    if request.POST.get("which") == "all":
        return queries.numbers(scope, filter_of(request.GET), MOST + 1)
    return [int(one) for one in request.POST.getlist("finding") if one.isdecimal() and len(one) < 18]


def _confirm(request: Request, scope: Scope, numbers: list[int], wrong: str = "") -> HttpResponse:
    found = to_hand_out(scope, numbers[:MOST])
    if numbers and not found:
        raise Http404
    told: dict[str, Any] = {
        "section": "findings",
        "found": found[:20],
        "count": len(found),
        "is_too_many": len(numbers) > MOST,
        "most": MOST,
        "villages": Counter(one.village_name or "未写明村" for one in found).most_common(),
        "which": request.POST.get("which", "chosen"),
        "numbers": [one.number for one in found] if request.POST.get("which") != "all" else [],
        "query": query_of(filter_of(request.GET)),
        "once": secrets.token_hex(8),
        "note": request.POST.get("note", ""),
        "wrong": wrong,
    }
    return render(request, "web/findings/hand_out.html", told, status=422 if wrong or not found else 200)
