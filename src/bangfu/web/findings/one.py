from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bangfu.findings import queries
from bangfu.findings.queries import Detail
from bangfu.findings.shown import cell_shown, has_hidden, values_shown
from bangfu.intake.rulebook import home_rulebook
from bangfu.ledger.scope import scope_of
from bangfu.office.access import record_reveal
from bangfu.office.home import this_home
from bangfu.terms.divisions import area_prefix
from bangfu.terms.loader import load_terms
from bangfu.web.request import Request


@require_safe
def finding(request: Request, number: int) -> HttpResponse:
    return render(request, "web/findings/finding.html", shown(request, found_in(request, number)))


@require_POST
def reveal(request: Request, number: int) -> HttpResponse:
    """The same page with numbers in full, once; that it was seen is written down before."""
    found = found_in(request, number, right="personal.reveal")
    record_reveal(request.reader, table="finding", row=number, field="explanation")
    return render(request, "web/findings/finding.html", shown(request, found, in_full=True))


def found_in(request: Request, number: int, *, right: str = "finding.see") -> Detail:
    """The finding, where the right reaches it: outside there is none. Who may do something must also see it."""
    for each in dict.fromkeys(("finding.see", right)):
        found = queries.finding(scope_of(request.reader, each), number)
        if found is None:
            raise Http404
    assert found is not None
    return found


def shown(request: Request, found: Detail, *, in_full: bool = False, **more: Any) -> dict[str, Any]:
    """What the page of a finding shows."""
    policy, home = home_rulebook(), this_home()
    line, reader = found.line, request.reader
    check = policy.checks.get(line.check)
    day, place = found.events[0].as_of, area_prefix(home.place)
    is_there = line.state != "gone"
    return {
        "section": "findings",
        "found": found,
        "line": line,
        "check": check,
        "table": load_terms().tables[line.table].label if line.table in load_terms().tables else line.table,
        "explanation": found.explanation if in_full else line.explanation,
        "values": values_shown(found, check, policy, day, place, in_full=in_full),
        "cells": [(cell, cell_shown(cell, in_full=in_full)) for cell in found.cells],
        "may_see_household": reader.may("household.see"),
        "in_full": in_full,
        "may_reveal": not in_full and reader.may("personal.reveal") and has_hidden(found),
        "may_judge": is_there and reader.may("finding.judge"),
        "may_hand_out": is_there and not line.is_silent and reader.may("task.open"),
        "holding": next((one for one in found.decisions if one.holds), None),
        **more,
    }
