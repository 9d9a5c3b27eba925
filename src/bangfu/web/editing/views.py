from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bangfu.intake.rulebook import home_rulebook
from bangfu.ledger.editing import named, typed_ledgers
from bangfu.ledger.queries import rows_of_household
from bangfu.registry.proposals import NEW
from bangfu.registry.queries import frozen_years, records_of
from bangfu.terms.forms import Form, load_forms
from bangfu.terms.model import Field
from bangfu.web.editing.answering import answer
from bangfu.web.editing.conflict import in_words
from bangfu.web.editing.extra import closed_by, is_typed, title_of
from bangfu.web.editing.parts import Part
from bangfu.web.editing.reach import Family, family_of, row_of
from bangfu.web.editing.sheets import Sheet, part_of
from bangfu.web.request import Request

YEARS = 7
"""Of this and the last years a record may be added."""
SHOWN = 6
"""Columns of a ledger's list."""


@require_http_methods(["GET", "POST"])
def household(request: Request, household: int) -> HttpResponse:
    family = family_of(request.reader, household)
    part = part_of("household", family.home, request.POST)
    return answer(request, _sheet(family, "户的资料", part))


@require_http_methods(["GET", "POST"])
def row(request: Request, household: int, table: str, row: int) -> HttpResponse:
    family = family_of(request.reader, household)
    if not is_typed(table):
        raise Http404
    stored = row_of(family, table, row)
    part = part_of(table, stored, request.POST)
    closed = closed_by(table, stored)
    may_correct = bool(closed) and request.reader.may("task.verify")
    return answer(
        request, _sheet(family, title_of(table, stored), part, closed=closed, is_correction=may_correct)
    )


@require_http_methods(["GET", "POST"])
def new_row(request: Request, household: int, table: str) -> HttpResponse:
    family = family_of(request.reader, household)
    if table == "annual_record":
        return answer(request, _new_record(request, family))
    if table not in typed_ledgers():
        raise Http404
    return answer(request, _new_ledger_row(request, family, table))


@require_safe
def rows(request: Request, household: int, table: str) -> HttpResponse:
    family = family_of(request.reader, household)
    if table not in typed_ledgers():
        raise Http404
    form, policy = load_forms()[table], home_rulebook()
    listed = _columns(form)
    found = rows_of_household(table, family.id, [member["id"] for member in family.members])
    context = {
        **side(family),
        "section": "household",
        "family": family,
        "title": form.table.label,
        "here": (table, 0),
        "table": form.table,
        "heads": [field.label for field in listed],
        "rows": [
            (item["id"], [(field.label, in_words(field, item[field.name], policy)) for field in listed])
            for item in reversed(found)
        ],
    }
    return render(request, "web/editing/rows.html", context)


def _columns(form: Form) -> list[Field]:
    """Who it is, what says which row it is, when and how much, then what the form begins with."""
    fields = form.table.fields
    first = ["full_name", *form.must, *form.table.dated_by[:1], "amount", "state"]
    names = dict.fromkeys([*(name for name in first if name in fields), *form.fields])
    return [fields[name] for name in names][:SHOWN]


def side(family: Family) -> dict[str, Any]:
    """Where else one may go from a form of the household."""
    records = {year: record["id"] for (_, year), record in records_of([family.id]).items()}
    frozen = frozen_years()
    return {
        "years": [(year, records[year], year in frozen) for year in sorted(records, reverse=True)],
        "ledgers": [load_forms()[table].table for table in typed_ledgers()],
    }


def _sheet(
    family: Family, title: str, part: Part, also: Mapping[str, Any] | None = None, **more: Any
) -> Sheet:
    return Sheet(
        title,
        family.id,
        [part],
        back=family.address,
        after=lambda made: _address(family, part, made.get(part.row, part.row)),
        family=family,
        more=lambda: side(family) | {"here": (part.table, part.row), **(also or {})},
        **more,
    )


def _address(family: Family, part: Part, row: int) -> str:
    """Of the row's form; of its list where a form that came twice had made the row before."""
    if part.table == "household":
        return reverse("household_edit", args=[family.id])
    if row < NEW:
        return reverse("row_edit", args=[family.id, part.table, row])
    if part.table == "annual_record":
        return reverse("household_edit", args=[family.id])
    return reverse("rows_edit", args=[family.id, part.table])


def _new_record(request: Request, family: Family) -> Sheet:
    taken = {year for _, year in records_of([family.id])} | frozen_years()
    current = family.day // 10_000
    free = [year for year in range(current, current - YEARS, -1) if year not in taken]
    told = request.POST.get("year", "")
    year = int(told) if told.isdecimal() and int(told) in free else (free or [current])[0]
    stop = (
        f"{told} 年度的记录已经有了，或者已经封存，请在左边选年度去改" if told and told != str(year) else ""
    )
    part = Part("annual_record", NEW, given={"household_key": family.id, "data_year": year})
    closed = "" if free else "近几年的年度记录都已经有了，请在左边选年度去改"
    more = {"free_years": free, "year": year}
    return _sheet(family, "新增年度记录", part, more, closed=closed, stop=stop)


def _new_ledger_row(request: Request, family: Family, table: str) -> Sheet:
    has_person = "person_key" in load_forms()[table].table.hidden_columns
    posted = request.POST
    told = (posted or request.GET).get("person", "")
    members = [member["id"] for member in family.members] if has_person else []
    person = int(told) if told.isdecimal() and int(told) in members else None
    if person is None and has_person and members and told != "none":
        person = family.home["head_key"] if family.home["head_key"] in members else members[0]
    part = Part(table, NEW, given=named(table, family.id, person))
    more = {"people": family.members if has_person else (), "person": person}
    return _sheet(family, f"新增{load_forms()[table].table.label}", part, more)
