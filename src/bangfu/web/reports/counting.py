"""A count is asked for: the work is a job's, since it reads the whole register."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from bangfu.office.home import business_day
from bangfu.office.words import day_in_words
from bangfu.reporting.actions import order_count
from bangfu.terms.errors import UserError
from bangfu.web.days import typed_day
from bangfu.web.findings.starting import EARLIEST
from bangfu.web.request import Request


@require_POST
def count(request: Request) -> HttpResponse:
    """Of the day typed, or the office's own; the page then shows how far it is. UserError for a day long gone."""
    day = typed_day(request.POST.get("day", ""), "日期") or business_day()
    if day < EARLIEST:
        raise UserError(f"日期 {day_in_words(day)} 太早，应在 {day_in_words(EARLIEST)} 以后")
    order_count(day, actor=request.reader.username)
    return redirect(f"{reverse('indicators')}?{urlencode({'day': day_in_words(day)})}")
