from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bangfu.casework.queries.recent import recent
from bangfu.intake.history import batches_seen
from bangfu.jobs import queries as jobs
from bangfu.office.dates import countdowns, drop_date, set_date
from bangfu.office.home import business_day
from bangfu.terms.errors import UserError
from bangfu.web.days import typed_day
from bangfu.web.desk import blocks
from bangfu.web.desk.system import system_state
from bangfu.web.request import Request
from bangfu.web.saved import mark_saved
from bangfu.web.tasks.acting import reach

_DATES = 5
_NEWS = 8
_JOBS = 4


@require_safe
def desk(request: Request) -> HttpResponse:
    return _page(request)


@require_safe
def news(request: Request) -> HttpResponse:
    """What arrived and what runs: a part of the page that asks for itself again and again."""
    reader = request.reader
    shown: dict[str, Any] = {"jobs": jobs.jobs(reader, size=_JOBS)}
    if reader.may("task.see"):
        shown["recent"] = recent(reach(request), _NEWS)
    if reader.may("import.see") and reach(request, "import.see").is_everything:
        shown["batches"] = batches_seen(size=3)
    return render(request, "web/desk/news.html", shown)


@require_POST
def date_add(request: Request) -> HttpResponse:
    name, on = request.POST.get("name", ""), request.POST.get("on", "")
    try:
        day = typed_day(on, "日期")
        if day is None:
            raise UserError("请写日期")
        set_date(name=name, on=day, day=business_day(), actor=request.reader.username)
    except UserError as refused:
        return _page(request, {"name": name, "on": on, "wrong": str(refused)}, status=422)
    mark_saved(request, "date")
    messages.success(request, "日期已登记")
    return redirect("desk")


@require_POST
def date_drop(request: Request, number: int) -> HttpResponse:
    drop_date(number, actor=request.reader.username)
    messages.success(request, "日期已取消")
    return redirect("desk")


def _page(request: Request, date: Mapping[str, str] | None = None, status: int = 200) -> HttpResponse:
    """`date` is what was typed for a day that was refused."""
    reader, day = request.reader, business_day()
    shown: dict[str, Any] = {
        "section": "desk",
        "dates": countdowns(day, _DATES),
        "may_set_date": reader.may("date.set"),
        "date": date or {},
    }
    if reader.may("task.see"):
        shown |= _tasks(request, day)
    if reader.may("finding.see"):
        shown["run"] = blocks.last_whole_run(reach(request, "finding.see"))
    if reader.may("account.manage"):
        shown["system"] = system_state()
    answer = render(request, "web/desk/desk.html", shown, status=status)
    if status != 200:
        answer["HX-Push-Url"] = "false"
    return answer


def _tasks(request: Request, day: int) -> dict[str, Any]:
    reader, scope = request.reader, reach(request)
    order = request.GET.get("order", "")
    order = order if order in blocks.ORDERS else "overdue"
    return {
        "figures": blocks.figures(reader, scope, day),
        "waiting": blocks.waiting(reader, scope, day),
        "standings": blocks.standings(scope, day, order),
        "orders": blocks.ORDERS,
        "order": order,
        "is_comparing": not reader.may("task.answer"),
    }
