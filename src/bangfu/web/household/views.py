from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangfu.ledger.scope import scope_of
from bangfu.office.access import record_reveal
from bangfu.office.home import business_day, this_home
from bangfu.registry import queries
from bangfu.registry.household import HouseholdHead, household_head, number_of
from bangfu.registry.listing import households as listed
from bangfu.registry.scope import Scope
from bangfu.reporting.papers.cards import has_card
from bangfu.terms.errors import UserError
from bangfu.web.household.filters import asked_by
from bangfu.web.household.open_work import open_work
from bangfu.web.household.page import SECTIONS, page_of, section_of
from bangfu.web.household.workbook import household_workbook
from bangfu.web.request import Request

RIGHT = "household.see"
LISTED, FOUND = 50, 25
"""Rows of a page; while somebody types, what they look for is among the first or needs another letter."""
OPEN_WORK = "open"
"""The part of the page with findings and tasks: fetched at once, after the page."""


@require_http_methods(["GET", "HEAD", "POST"])
def households(request: Request) -> HttpResponse:
    """A search is posted, so that no name or number comes into an address; the other filters stand in it."""
    scope, day = scope_of(request.reader, RIGHT), business_day()
    asked = asked_by(request, queries.villages_in(scope), day)
    page = listed(
        scope, asked.filter, day=day, after=asked.after, size=FOUND if asked.text.strip() else LISTED
    )
    may = {right: request.reader.may(right) for right in ("table.export", "personal.reveal")}
    shown = {
        "section": "household",
        "asked": asked,
        "page": page,
        "may_export": may["table.export"],
        "may_reveal": may["personal.reveal"],
        "may_change": request.reader.may("household.change"),
    }
    is_part = bool(request.htmx) and not request.htmx.boosted
    answer = render(request, f"web/household/{'results' if is_part else 'list'}.html", shown)
    if is_part:
        answer["HX-Push-Url"] = request.path + asked.query
    return answer


@require_POST
def export(request: Request) -> HttpResponse:
    scope, day = scope_of(request.reader, "table.export"), business_day()
    asked = asked_by(request, queries.villages_in(scope), day)
    reason, in_full = request.POST.get("reason", ""), bool(request.POST.get("full"))
    try:
        return household_workbook(
            request.reader, scope, asked.filter, day=day, reason=reason, in_full=in_full
        )
    except UserError as refused:
        told = {
            "section": "household",
            "asked": asked,
            "reason": reason,
            "in_full": in_full,
            "wrong": refused,
        }
        told["may_reveal"] = request.reader.may("personal.reveal")
        return render(request, "web/household/export.html", told, status=422)


@require_safe
def household(request: Request, household: int) -> HttpResponse:
    head = _head(scope_of(request.reader, RIGHT), household)
    shown = page_of(head, business_day(), this_home().place)
    shown["may_reveal"] = request.reader.may("personal.reveal")
    shown["may_change"] = request.reader.may("household.change")
    shown["may_card"] = request.reader.may("personal.reveal") and has_card(head.standing)
    return render(request, "web/household/household.html", {"section": "household", **shown})


@require_safe
def section(request: Request, household: int, section: str) -> HttpResponse:
    """A part of the page that is fetched when it comes into sight; by itself a page."""
    scope = scope_of(request.reader, RIGHT)
    head = _head(scope, household)
    if section == OPEN_WORK:
        return _open_work(request, scope, head)
    if section not in SECTIONS:
        raise Http404
    before = request.GET.get("before", "")
    shown = section_of(head, section, business_day(), before=_number(before))
    kind = "section" if request.htmx else "section_page"
    return render(request, f"web/household/{kind}.html", {"section": "household", "head": head, **shown})


def _open_work(request: Request, scope: Scope, head: HouseholdHead) -> HttpResponse:
    shown = {
        "section": "household",
        "head": head,
        **open_work(request.reader, scope, head.id, business_day()),
    }
    kind = "tasks" if request.htmx else "tasks_page"
    return render(request, f"web/household/{kind}.html", shown)


@require_POST
def reveal(request: Request, household: int) -> HttpResponse:
    """A number in full, once it is written down who saw it."""
    head = _head(scope_of(request.reader, "personal.reveal"), household)
    table, field = request.POST.get("table", ""), request.POST.get("field", "")
    place = _number(request.POST.get("row", ""))
    number = None if place is None else number_of(head, table, place, field)
    if place is None or number is None:
        raise UserError("没有这个号码,请刷新页面后再试")
    record_reveal(request.reader, table=table, row=place, field=field)
    kind = "revealed" if request.htmx else "revealed_page"
    return render(
        request, f"web/household/{kind}.html", {"section": "household", "head": head, "number": number}
    )


def _head(scope: Scope, household: int) -> HouseholdHead:
    head = household_head(scope, household, business_day())
    if head is None:
        raise Http404
    return head


def _number(text: str) -> int | None:
    """Of a row or an entry; None where the text is none that there could be."""
    return int(text) if text.isdecimal() and len(text) <= 18 else None
