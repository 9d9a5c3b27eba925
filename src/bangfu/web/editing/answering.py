"""What a form's page answers: itself, what the checks say while one types, or where saving leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from bangfu.findings.desk import client
from bangfu.findings.edits import Blocked, ReasonWanted, Unchecked, save
from bangfu.findings.examined import Examined, Place
from bangfu.intake.rulebook import home_rulebook
from bangfu.office.home import business_day
from bangfu.registry.editing.conflicts import Changed
from bangfu.registry.editing.entry import BadEntry
from bangfu.terms.errors import UserError
from bangfu.web.editing.conflict import as_conflict
from bangfu.web.editing.extra import ALSO, offers, taken_in, with_extra
from bangfu.web.editing.inputs import Drawing, Section, said_of, sections_of
from bangfu.web.editing.parts import Part
from bangfu.web.editing.sheets import Read, Sheet, ticket_of
from bangfu.web.request import Request

LIVE = "live"
NOTHING = Read((), {}, {})


@dataclass(frozen=True)
class State:
    """How far an attempt came: what was read and examined, and why it was not saved."""

    read: Read = NOTHING
    examined: Examined | None = None
    error: str = ""
    is_unchecked: bool = False


def answer(request: Request, sheet: Sheet) -> HttpResponse:
    """The form; with what was typed in it, the word of the checks on it, or the way on once it is saved."""
    sheet = with_extra(sheet, request.POST)
    if request.method != "POST":
        return _page(request, sheet, State())
    policy, day = home_rulebook(), business_day()
    read = sheet.read(request.POST, policy, day)
    if LIVE in request.GET:
        return _checked(request, sheet, read)
    if ALSO in request.POST:
        return _page(request, sheet, State(read))
    if sheet.closed and not sheet.is_correction:
        return _page(request, sheet, State(read, error=sheet.closed))
    if read.wrong or read.missing:
        return _page(request, sheet, State(read, error="有填得不对的地方，没有保存。请按提示改正"))
    if sheet.stop:
        return _page(request, sheet, State(read, error=sheet.stop))
    if not read.rows:
        return _page(request, sheet, State(read, error="没有改动，不用保存"))
    return _saved(request, sheet, read)


def _saved(request: Request, sheet: Sheet, read: Read) -> HttpResponse:
    posted = request.POST
    corrects = posted.get("corrects", "") if sheet.is_correction else ""
    if sheet.is_correction and not corrects.strip():
        return _page(request, sheet, State(read, error="改封存的年度要写明更正的理由"))
    try:
        made = save(
            sheet.edit(read.rows, ticket_of(posted)),
            actor=request.reader.username,
            reason=posted.get("reason", "") or corrects,
            is_unchecked_accepted="unchecked" in posted,
            corrects=corrects,
        )
    except Changed as changed:
        return as_conflict(request, sheet, changed)
    except (Blocked, ReasonWanted) as refused:
        return _page(request, sheet, State(read, refused.examined, str(refused)))
    except Unchecked as refused:
        return _page(request, sheet, State(read, error=str(refused), is_unchecked=True))
    except UserError as refused:
        return _page(request, sheet, State(read, error=str(refused)))
    messages.success(
        request, "已保存" + ("，这次没有校验，下一次核查时会检查" if "unchecked" in posted else "")
    )
    return _onward(request, f"{sheet.after(made)}?{urlencode({'saved': sheet.draft})}")


def _onward(request: Request, address: str) -> HttpResponse:
    """A whole new page in any case: it clears the draft."""
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _page(request: Request, sheet: Sheet, state: State) -> HttpResponse:
    posted = request.POST
    wrong = {**state.read.wrong, **state.read.missing}
    drawing = _drawing(request, state, wrong)
    given = ticket_of(posted)
    context = {
        **sheet.more(),
        "section": sheet.section,
        "sheet": sheet,
        "family": sheet.family,
        "sections": list(_sections(sheet, drawing)),
        "taken_in": list(taken_in(sheet)),
        "ticket": f"{given.number}.{given.position}",
        "reason": posted.get("reason", ""),
        "corrects": posted.get("corrects", ""),
        "saved": request.GET.get("saved", ""),
        **_checked_context(sheet, state, drawing),
    }
    return render(request, "web/editing/form.html", context, status=422 if state.error else 200)


def _checked(request: Request, sheet: Sheet, read: Read) -> HttpResponse:
    """What the checks say of the form as it stands, and beside which fields."""
    state, posted = _examined(sheet, read), request.POST
    drawing = _drawing(request, state, read.wrong)
    told = {
        f"{part.name(name)}": said_of(part, one, drawing)
        for part in sheet.all_parts
        for name, one in part.fields.items()
    }
    flagged = [name for name, said in told.items() if said]
    before = posted.get("flagged", "").split()
    context = {
        **_checked_context(sheet, state, drawing),
        "missing": len(read.missing),
        "flagged": " ".join(flagged),
        "told": [(name, told[name]) for name in dict.fromkeys([*flagged, *before]) if name in told],
        "is_live": True,
    }
    return render(request, "web/editing/checked.html", context)


def _drawing(request: Request, state: State, wrong: Mapping[str, BadEntry]) -> Drawing:
    changed = {Place(row.table, row.row, name) for row in state.read.rows for name in row.values}
    return Drawing(home_rulebook(), business_day(), request.POST, wrong, state.examined, changed)


def _sections(sheet: Sheet, drawing: Drawing) -> Iterator[Section]:
    """What was taken in beside the form comes first, where it is seen."""
    for part in (part for part in sheet.extra if part.is_taken_in):
        yield from _along(part, drawing)
    found = [section for part in sheet.parts for section in sections_of(part, drawing)]
    yield from [_together(sheet, found)] if sheet.together else found
    for part in (part for part in sheet.extra if not part.is_taken_in):
        yield from _along(part, drawing)


def _together(sheet: Sheet, sections: Sequence[Section]) -> Section:
    titles = [part.title for part in sheet.parts if part.groups]
    inputs = [
        replace(one, label=title)
        for title, section in zip(titles, sections, strict=True)
        for one in section.inputs
    ]
    return Section("together", sheet.together, inputs)


def _along(part: Part, drawing: Drawing) -> Iterator[Section]:
    for section in sections_of(part, drawing):
        yield replace(section, label=f"一起改：{section.label}")


def _examined(sheet: Sheet, read: Read) -> State:
    if read.missing:
        return State(read)
    try:
        examined = client.examine(sheet.household, read.rows)
    except UserError as refused:
        return State(read, error=str(refused))
    return State(read, examined, is_unchecked=examined is None)


def _checked_context(sheet: Sheet, state: State, drawing: Drawing) -> dict[str, Any]:
    return {
        "is_alone": sheet.household is None,
        "offers": offers(sheet, state.examined),
        "examined": state.examined,
        "error": state.error,
        "wrong": [(name, str(bad)) for name, bad in drawing.wrong.items()],
        "changes": sum(len(row.values) for row in state.read.rows),
        "is_unchecked": state.is_unchecked,
        "accepts_unchecked": "unchecked" in drawing.posted,
    }
