"""A ledger's list, and what its rows come to."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bangfu.ledger.listing import View, listed
from bangfu.ledger.totals import added_fields, totals
from bangfu.ledger.watches.known import watches, watches_of
from bangfu.registry.queries import villages_in
from bangfu.registry.scope import EVERYTHING
from bangfu.terms.model import Table
from bangfu.web.ledger.asked import Asked, asked_by
from bangfu.web.ledger.cells import shown
from bangfu.web.ledger.changing import may_type
from bangfu.web.ledger.programme import about
from bangfu.web.ledger.reach import table_seen, view_of, villages_of
from bangfu.web.ledger.template import layouts_for
from bangfu.web.request import Request

LISTED, FOUND = 50, 25
"""Rows of a page; while somebody types, what they look for is among the first or needs another letter."""


@require_http_methods(["GET", "HEAD", "POST"])
def ledger(request: Request, table: str) -> HttpResponse:
    """A search is posted, so that no name or number comes into an address; the other filters stand in it."""
    view = view_of(request.reader)
    declared, names = table_seen(table, view), villages_in(EVERYTHING)
    asked = asked_by(request, declared, villages_of(view.scope, names), view.now)
    size = FOUND if asked.filter.text.strip() else LISTED
    page = listed(table, asked.filter, view, after=asked.after, size=size)
    watch = watches().get(asked.filter.watch)
    without = ("programme",) if asked.programme else ()
    told = {
        "section": "ledger",
        "table": declared,
        "asked": asked,
        "page": page,
        "shown": shown(declared, page.rows, names, without=without, watch=watch, now=view.now),
        "watch": watch,
        "programme": about(asked.programme, request.reader, view.now) if asked.programme else None,
        "may_export": request.reader.may("table.export"),
        "may_reveal": request.reader.may("personal.reveal"),
        "may_add": may_type(request.reader, table),
        "may_load": request.reader.may("import.load"),
        "layouts": layouts_for(table, asked.programme),
        "watches": watches_of(table),
    }
    is_part = bool(request.htmx) and not request.htmx.boosted
    answer = render(request, f"web/ledger/{'results' if is_part else 'list'}.html", told)
    if is_part:
        answer["HX-Push-Url"] = request.path + asked.query
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def sums(request: Request, table: str) -> HttpResponse:
    """What the list's rows come to, for its page: asked for after it, as it may take seconds where there are millions."""
    view = view_of(request.reader)
    declared, names = table_seen(table, view), villages_in(EVERYTHING)
    asked = asked_by(request, declared, villages_of(view.scope, names), view.now)
    told = {"section": "ledger", "table": declared, "asked": asked, **totalled(declared, asked, view)}
    kind = "totals" if request.htmx else "totals_page"
    return render(request, f"web/ledger/{kind}.html", told)


def totalled(table: Table, asked: Asked, view: View) -> dict[str, Any]:
    found = totals(table.name, asked.filter, view)
    return {
        "totals": found,
        "times": "人次" if "person" in table.links else "户次" if "household" in table.links else "条",
        "sums": [(one.label, found.sums[one.name]) for one in added_fields(table) if one.name in found.sums],
    }
