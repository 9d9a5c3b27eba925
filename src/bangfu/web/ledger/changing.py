"""A ledger's forms: to add a row and to correct one, checked while one types as a household's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bangfu.ledger.editing import named
from bangfu.ledger.listing import ListedRow, View
from bangfu.ledger.reach import reached
from bangfu.ledger.row import row_seen
from bangfu.ledger.scope import scope_of
from bangfu.ledger.shelf import is_typed, parent_of
from bangfu.office.readers import Reader
from bangfu.registry.editing.typed import Typed
from bangfu.registry.editing.writing import Made
from bangfu.registry.listing import HouseholdFilter
from bangfu.registry.listing import households as listed_households
from bangfu.registry.proposals import NEW, ProposedRow
from bangfu.registry.queries import villages_in
from bangfu.registry.scope import EVERYTHING
from bangfu.terms.model import Table
from bangfu.web.editing.answering import answer
from bangfu.web.editing.parts import Part
from bangfu.web.editing.reach import Family, family_of
from bangfu.web.editing.sheets import Sheet, part_of
from bangfu.web.ledger.reach import CHANGE, found_row, table_seen, view_of, villages_of
from bangfu.web.request import Request

OFFERED = 12
"""Households that a search for whom a new row means shows."""


def may_type(reader: Reader, table: str) -> bool:
    return reader.may(CHANGE) and is_typed(table)


@require_http_methods(["GET", "POST"])
def new(request: Request, table: str) -> HttpResponse:
    """The form of a new row; of people and households first whose it is."""
    view = view_of(request.reader, CHANGE)
    declared = table_seen(table, view)
    if not is_typed(table):
        raise Http404
    if "household" in declared.links and not _is_of_village_too(declared):
        return _of_household(request, declared, view)
    return answer(request, _of_village(request, declared, view, None))


@require_http_methods(["GET", "POST"])
def edit(request: Request, table: str, row: int) -> HttpResponse:
    view = view_of(request.reader, CHANGE)
    declared, found = found_row(table, row, view)
    if not is_typed(table):
        raise Http404
    family = _family(request.reader, found)
    if family is None:
        return answer(request, _of_village(request, declared, view, found))
    part = part_of(table, dict(found.values), request.POST)
    return answer(request, _sheet(declared, f"改{declared.label}", part, family))


def _is_of_village_too(table: Table) -> bool:
    """Whether a row may be a village's matter without a household, as a notice is."""
    return "household" in table.links and "person" not in table.links and "project_no" in table.fields


def _family(reader: Reader, row: ListedRow) -> Family | None:
    household = row.values.get("household_key")
    if household is None:
        return None
    try:
        return family_of(reader, household)
    except Http404:
        return None


def _sheet(table: Table, title: str, part: Part, family: Family | None, **more: Any) -> Sheet:
    address = reverse("ledger", args=[table.name])
    here = address if part.is_new else reverse("ledger_row", args=[table.name, part.row])

    def after(made: Made) -> str:
        row = made.get(part.row, part.row)
        return address if row >= NEW else reverse("ledger_row", args=[table.name, row])

    return Sheet(
        title,
        family.id if family else None,
        [part],
        back=here,
        after=after,
        family=family,
        crumbs=(("台账", reverse("ledgers")), (table.label, address)),
        section="ledger",
        **more,
    )


# -- of a household or of one of its members ----------------------------------------------------------


@dataclass(frozen=True)
class Offered:
    """A household that a search found, with those whom it found."""

    id: int
    head: str
    village: str
    number: str
    matches: Sequence[str]


def _of_household(request: Request, table: Table, view: View) -> HttpResponse:
    told = request.POST.get("household") or request.GET.get("household", "")
    if not told.isdecimal() or len(told) > 15:
        return _whose(request, table, view)
    family = family_of(request.reader, int(told))
    has_person = "person" in table.links
    person = (
        _person(request.POST if "person" in request.POST else request.GET, family) if has_person else None
    )
    part = Part(
        table.name, NEW, given=named(table.name, family.id, person), suggested=_suggested(request, table)
    )
    more = {
        "people": family.members if has_person else (),
        "person": person,
        "whose": family.id,
    }
    return answer(request, _sheet(table, f"新增{table.label}", part, family, more=lambda: more))


def _person(given: QueryDict, family: Family) -> int | None:
    """Who of the household is meant: the head until somebody else is chosen."""
    told, members = given.get("person", ""), [int(member["id"]) for member in family.members]
    if told.isdecimal() and int(told) in members:
        return int(told)
    if told == "none" or not members:
        return None
    return family.home["head_key"] if family.home["head_key"] in members else members[0]


def _suggested(request: Request, table: Table) -> Mapping[str, Any]:
    """The programme of the list that the form was opened from."""
    programme = request.GET.get("programme", "")
    is_known = "programme" in table.fields and programme in view_of(request.reader).now.policy.programmes
    return {"programme": programme} if is_known else {}


def _whose(request: Request, table: Table, view: View) -> HttpResponse:
    """Asks whom the new row means: a search, posted as every text that names people."""
    text = request.POST.get("q", "")
    page = (
        listed_households(
            scope_of(request.reader, CHANGE), HouseholdFilter(text=text), day=view.now.day, size=OFFERED
        )
        if text.strip()
        else None
    )
    offered = [
        Offered(row.id, row.head, row.village, row.number, [match.name for match in row.matches])
        for row in (page.rows if page else ())
    ]
    told = {
        "section": "ledger",
        "table": table,
        "text": text,
        "offered": offered,
        "hint": page.hint if page else "",
        "programme": _suggested(request, table).get("programme", ""),
    }
    part = "whose_found" if request.htmx and not request.htmx.boosted else "whose"
    return render(request, f"web/ledger/{part}.html", told)


# -- of a village, of the town, or of another row ------------------------------------------------------


def _of_village(request: Request, table: Table, view: View, row: ListedRow | None) -> Sheet:
    posted = request.POST
    part = (
        Part(table.name, NEW, suggested=_of_parent(request, table, view))
        if row is None
        else part_of(table.name, dict(row.values), posted)
    )
    villages = villages_of(view.scope, villages_in(EVERYTHING)) if "village" in table.links else {}
    held = row.values.get("village_key") if row else None
    told = posted.get("village", "") if posted else str(held or request.GET.get("village", ""))
    village = int(told) if told.isdecimal() and int(told) in villages else None

    def compose(typed: Sequence[Typed]) -> list[ProposedRow]:
        values = {**part.given, **typed[0].values}
        if villages and village is not None and village != held:
            values |= {"village_key": village}
            values |= {"village_name": villages[village]} if "village_name" in table.fields else {}
        return [ProposedRow(table.name, part.row, values)] if typed[0].values or values else []

    is_chosen = _may_choose_village(table, row)
    return _sheet(
        table,
        f"{'新增' if row is None else '改'}{table.label}",
        part,
        None,
        compose=compose,
        stop=_stop(request, table, view, part, is_wanting=is_chosen and row is None and village is None),
        more=lambda: {"villages": sorted(villages.items()) if is_chosen else (), "village": village},
    )


def _may_choose_village(table: Table, row: ListedRow | None) -> bool:
    """Whose row means people is where they are."""
    return "village" in table.links and (row is None or not {"person", "household"} & set(table.links))


def _of_parent(request: Request, table: Table, view: View) -> Mapping[str, Any]:
    """What a new row takes over from the row it is to belong to: `of` in the address."""
    parent, told = parent_of(table.name), request.GET.get("of", "")
    if parent is None or not told.isdecimal() or len(told) > 15:
        return {}
    found = row_seen(parent.to, int(told), view)
    return {own: found.values[theirs] for own, theirs in parent.on} if found else {}


def _stop(request: Request, table: Table, view: View, part: Part, *, is_wanting: bool) -> str:
    """Why it cannot be saved: no village chosen, or it belongs to nothing that the reader keeps."""
    if is_wanting:
        return "请选所在的村"
    parent = parent_of(table.name)
    if parent is None or request.method != "POST":
        return ""
    wanted = {
        theirs: (request.POST.get(part.name(own), "") or "").strip() or part.seen.get(own)
        for own, theirs in parent.on
    }
    if all(wanted.values()) and reached(parent.to, view.scope, view.now.policy).filter(**wanted).exists():
        return ""
    told = "、".join(str(value) for value in wanted.values() if value)
    return f"没有编号为“{told}”的{parent.label}，请核对编号" if told else ""
