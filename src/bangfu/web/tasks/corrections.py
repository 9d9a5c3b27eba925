from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bangfu.casework import queries
from bangfu.casework.corrections import WAITING
from bangfu.office.access import record_reveal
from bangfu.office.words import label_of
from bangfu.web.request import Request
from bangfu.web.tasks.acting import hand_of, reach
from bangfu.web.tasks.correctable import PREFIX, block, places, suggested, without


@require_safe
def fields(request: Request, task: int) -> HttpResponse:
    """The inputs for corrected values: those that the rule has read, or all of one row. A part of the task's page."""
    hand = hand_of(request)
    detail = queries.task_detail(reach(request, "task.answer"), task, hand, right="task.answer")
    if detail is None:
        raise Http404
    if not request.htmx:
        return redirect("task", task)
    sees_all = request.reader.may("household.see")
    listed = places(detail.task, hand.day)
    first = suggested(detail.task, listed, hand.day, sees_all=sees_all)
    kept = {
        f"{PREFIX}{one.table}.{one.row}.{one.field}" for one in detail.corrections if one.state == WAITING
    }
    asked = request.GET.get("row")
    if asked is None:
        blocks = [] if request.GET.get("more") else [without(one, kept) for one in first]
        shown = {"blocks": [one for one in blocks if one.fields], "places": listed, "task": detail.task}
        return render(request, "web/tasks/parts/places.html", shown)
    place = next((one for one in listed if one.key == asked), None)
    if place is None:
        raise Http404
    taken = kept | {one.name for some in first for one in some.fields}
    whole = without(block(place, hand.day, sees_all=sees_all), taken)
    return render(request, "web/tasks/parts/fields.html", {"block": whole})


@require_POST
def reveal(request: Request, task: int, correction: int) -> HttpResponse:
    """The numbers of a correction in full, written down before they are shown."""
    hand = hand_of(request)
    detail = queries.task_detail(reach(request, "personal.reveal"), task, hand, right="personal.reveal")
    found = next((one for one in detail.corrections if one.id == correction), None) if detail else None
    values = queries.correction_in_full(reach(request, "personal.reveal"), task, correction)
    if found is None or values is None:
        raise Http404
    record_reveal(request.reader, table="task_correction", row=correction, field=found.field)
    told = {"label": label_of(found.table, found.field), "seen": values[0], "new": values[1]}
    return render(request, "web/tasks/parts/revealed.html", told)
