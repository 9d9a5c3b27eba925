"""A row of a ledger: all that is written of it, where that came from, what became of it, what hangs together with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangfu.findings.edits import FORM
from bangfu.intake.source_names import source_names
from bangfu.ledger import actions
from bangfu.ledger.columns import grouped_fields, title_in
from bangfu.ledger.listing import ListedRow, View
from bangfu.ledger.row import Related, history_of_row, number_in, related
from bangfu.ledger.shelf import children_of, is_typed, parent_of
from bangfu.ledger.shelf import groups as shelf_groups
from bangfu.ledger.watches.standing import standing_of
from bangfu.office.access import record_reveal
from bangfu.office.journal.versions import versions_of
from bangfu.office.journal.waiting import Busy
from bangfu.office.journal.writing import Source, transaction
from bangfu.registry.queries import villages_in
from bangfu.registry.scope import EVERYTHING
from bangfu.terms.errors import UserError
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Table
from bangfu.web.ledger.cells import UNIT_OF, Cell, Shown, fact_of, shown
from bangfu.web.ledger.changing import may_type
from bangfu.web.ledger.reach import CHANGE, found_row, view_of
from bangfu.web.request import Request


@dataclass(frozen=True)
class Facts:
    """Columns under a heading, each with its name; the empty ones are left out."""

    label: str
    cells: tuple[tuple[str, Cell, str], ...]


@dataclass(frozen=True)
class Beside:
    """Rows that hang together with the row, as a table; `adds` says that a new one can be typed."""

    label: str
    shown: Shown
    is_cut: bool
    adds: bool


@require_safe
def row(request: Request, table: str, row: int) -> HttpResponse:
    view = view_of(request.reader)
    declared, found = found_row(table, row, view)
    return render(request, "web/ledger/row.html", _page(request, declared, found, view))


def _page(request: Request, table: Table, row: ListedRow, view: View) -> dict[str, Any]:
    names, may_change = villages_in(EVERYTHING), may_type(request.reader, table.name)
    sources = source_names([row.values["src"]])
    return {
        "section": "ledger",
        "table": table,
        "row": row,
        "title": title_of(table, row),
        "village": names.get(row.values.get("village_key") or 0) or row.values.get("village_name"),
        "facts": list(_facts(table, row)),
        "standing": standing_of(table.name, row.values, view.now),
        "source": sources.get(row.values["src"] or 0),
        "changes": history_of_row(table.name, row.id),
        "related": [_beside(one, names, request, table) for one in _all_related(table, row, view, request)],
        "may_change": may_change and _is_changeable(request, table, row),
        "may_see_household": request.reader.may("household.see"),
        "may_reveal": request.reader.may("personal.reveal"),
    }


def title_of(table: Table, row: ListedRow) -> str:
    """A row as pages call it: the thing's name, else whom it means."""
    named = "" if "person" in table.links else title_in(table, row.values)
    return named or row.person or row.head or f"第 {row.id} 号"


def _is_changeable(request: Request, table: Table, row: ListedRow) -> bool:
    try:
        found_row(table.name, row.id, view_of(request.reader, CHANGE))
    except Http404:
        return False
    return True


def _facts(table: Table, row: ListedRow) -> Iterator[Facts]:
    for group in grouped_fields(table.name):
        cells = tuple(
            (one.name, fact_of(table, one, row.values), one.definition)
            for one in group.fields
            if row.values[one.name] not in (None, "") and one.name != UNIT_OF
        )
        if cells:
            yield Facts(group.label, cells)


def _all_related(table: Table, row: ListedRow, view: View, request: Request) -> list[Related]:
    """Also those of which there is none yet where one can be added here."""
    found = related(table.name, row, view)
    if not may_type(request.reader, table.name):
        return found
    there = {one.table for one in found}
    children = [
        one.name
        for group in shelf_groups()
        for one in group.tables
        if (parent := parent_of(one.name)) is not None and parent.to == table.name
    ]
    empty = [
        Related(load_terms().table(name).label, name, ())
        for name in children
        if name not in there and is_typed(name)
    ]
    return [*found, *empty]


def _beside(one: Related, names: Any, request: Request, table: Table) -> Beside:
    declared, parent = load_terms().table(one.table), parent_of(one.table)
    adds = parent is not None and parent.to == table.name and may_type(request.reader, one.table)
    without = [own for own, _ in parent.on] if parent is not None and parent.to == table.name else []
    return Beside(one.label, shown(declared, one.rows, names, without=without), one.is_cut, adds)


@require_POST
def reveal(request: Request, table: str, row: int) -> HttpResponse:
    """A number in full, once it is written down who saw it."""
    declared, found = found_row(table, row, view_of(request.reader, "personal.reveal"))
    field = request.POST.get("field", "")
    number = number_in(table, found, field)
    if number is None:
        raise UserError("没有这个号码,请刷新页面后再试")
    record_reveal(request.reader, table=table, row=row, field=field)
    told = {
        "section": "ledger",
        "table": declared,
        "row": found,
        "title": title_of(declared, found),
        "number": number,
    }
    kind = "web/household/revealed.html" if request.htmx else "web/ledger/revealed_page.html"
    return render(request, kind, told)


@require_http_methods(["GET", "POST"])
def remove(request: Request, table: str, row: int) -> HttpResponse:
    """Asks for the reason, then takes the row away; one that others belong to stays."""
    declared, found = found_row(table, row, view_of(request.reader, CHANGE))
    if not is_typed(table):
        raise Http404
    reason, wrong = request.POST.get("reason", "").strip(), ""
    if request.method == "POST":
        wrong = _removed(request, table, found, reason)
        if not wrong:
            messages.success(request, "已删除。变更日志里留有原来的内容，可以查到")
            return redirect("ledger", table)
    told = {
        "section": "ledger",
        "table": declared,
        "row": found,
        "title": title_of(declared, found),
        "facts": list(_facts(declared, found)),
        "held": children_of(table, found.values),
        "version": versions_of([(table, row)])[table, row],
        "reason": reason,
        "wrong": wrong,
    }
    return render(request, "web/ledger/remove.html", told, status=422 if wrong else 200)


def _removed(request: Request, table: str, row: ListedRow, reason: str) -> str:
    """Why it was not; empty once it is gone."""
    if not reason:
        return "请写明删除的理由"
    if request.POST.get("seen") != str(versions_of([(table, row.id)])[table, row.id]):
        return "您打开这一页以后有人改过它，没有删除。请看过现在的内容再决定"
    try:
        with transaction(
            actor=request.reader.username, source=Source(FORM), reason=f"删除:{reason}"
        ) as change:
            actions.remove(change, table, [row.id])
    except Busy:
        raise
    except UserError as refused:
        return str(refused)
    return ""
