from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bangfu.findings import queries
from bangfu.findings.actions import call_false_alarm, withdraw_false_alarm
from bangfu.intake.rulebook import home_rulebook
from bangfu.ledger.scope import scope_of
from bangfu.office.home import business_day
from bangfu.office.journal.waiting import Busy
from bangfu.office.journal.writing import Source, transaction
from bangfu.terms.errors import UserError
from bangfu.web.findings.one import found_in, shown
from bangfu.web.request import Request

REASONS = ("资料已更正，等下次导出", "属政策允许的特殊情况", "入户核实无误")
"""Offered to begin with; who decides writes what it rests on."""


@require_safe
def alarms(request: Request) -> HttpResponse:
    """All decisions, the latest first."""
    page = queries.alarms(scope_of(request.reader, "finding.see"), after=request.GET.get("after"))
    policy = home_rulebook()
    listed = [(alarm, policy.checks.get(alarm.check)) for alarm in page.alarms]
    told = {"section": "findings", "alarms": listed, "after": page.after}
    return render(request, "web/findings/alarms.html", told)


@require_POST
def call(request: Request, number: int) -> HttpResponse:
    found = found_in(request, number, right="finding.judge")
    reason, seen = request.POST.get("reason", ""), request.POST.get("seen") or None
    scope = scope_of(request.reader, "finding.judge")
    try:
        with transaction(
            actor=request.reader.username, source=Source("finding", str(number)), reason="认定误报"
        ) as change:
            call_false_alarm(change, number, reason=reason, on=business_day(), scope=scope, seen=seen)
    except Busy:
        raise
    except UserError as refused:
        told = shown(request, found, reason=reason, wrong=str(refused))
        return render(request, "web/findings/finding.html", told, status=422)
    messages.success(request, "已认定为误报。它所依据的值不变，就不再提示")
    return redirect("finding", number)


@require_POST
def withdraw(request: Request, number: int) -> HttpResponse:
    found = found_in(request, number, right="finding.judge")
    reason = request.POST.get("reason", "")
    scope = scope_of(request.reader, "finding.judge")
    try:
        with transaction(
            actor=request.reader.username, source=Source("finding", str(number)), reason="撤回误报认定"
        ) as change:
            withdraw_false_alarm(change, number, reason=reason, on=business_day(), scope=scope)
    except Busy:
        raise
    except UserError as refused:
        told = shown(request, found, reason=reason, wrong=str(refused))
        return render(request, "web/findings/finding.html", told, status=422)
    messages.success(request, "误报认定已撤回，疑点重新提示")
    return redirect("finding", number)
