from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from bangfu.casework import queries
from bangfu.casework.actions import reassign
from bangfu.casework.books import SHEETS, heads, rows, write_tasks
from bangfu.casework.deadlines import DAYS
from bangfu.casework.queries import TaskLine
from bangfu.office.access import record_export, watermark
from bangfu.office.home import business_day, this_home
from bangfu.office.queries import division_name
from bangfu.office.words import day_in_words
from bangfu.terms.errors import UserError
from bangfu.web.days import now_in_words
from bangfu.web.request import Request
from bangfu.web.tasks.acting import hand_of, reach
from bangfu.web.tasks.filters import MARKS, SOURCES, STANDS, VIEWS, Chosen, chosen, options
from bangfu.web.tasks.people import named_link, officers
from bangfu.web.tasks.posted import Posted

MOST_PRINTED = 1_000
MOST_TAKEN_OUT = 20_000
NUMBER_WIDTH = 5  # of the column 序号, as in the workbook
MOST_TOLD = 3  # messages travel in a cookie
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def tasks(request: Request) -> HttpResponse:
    scope, day = reach(request), business_day()
    asked = chosen(request.GET, request.reader.username, day)
    found = queries.tasks(scope, asked.filter, day=day, after=request.GET.get("after"))
    return render(
        request,
        "web/tasks/list.html",
        {
            "section": "tasks",
            "chosen": asked,
            "views": VIEWS,
            "stands": STANDS,
            "severities": tuple(DAYS),
            "sources": SOURCES,
            "marks": MARKS,
            "options": options(scope),
            "found": found,
            "count": queries.count(scope, asked.filter),
            "is_later": bool(request.GET.get("after")),
            "may_export": request.reader.may("table.export"),
            "may_open": request.reader.may("task.open"),
            "officers": SimpleLazyObject(lambda: officers("task.answer")),
            "once": secrets.token_hex(8),
            "may_set_chain": request.reader.may("chain.set"),
        },
    )


@require_POST
def export(request: Request) -> HttpResponse:
    """The list as it was chosen, or the marked rows of it, as a workbook or as a page to be printed."""
    day = business_day()
    asked = chosen(request.GET, request.reader.username, day)
    reason, is_print = request.POST.get("reason", ""), request.POST.get("form") == "print"
    view = request.POST.get("sheet", "")
    view = view if view in SHEETS else asked.view
    if not reason.strip():
        raise UserError("请写明导出的用途")
    listed = _listed(request, asked, day, MOST_PRINTED if is_print else MOST_TAKEN_OUT)
    record_export(request.reader, what=SHEETS[view].title, reason=reason, rows=len(listed))
    line = watermark(request.reader, on=now_in_words(), reason=reason)
    return _printed(request, view, asked, listed, line) if is_print else _book(view, listed, line)


@require_POST
def reassign_marked(request: Request) -> HttpResponse:
    """The marked tasks to somebody else, each as if it were done alone: what was refused is told, the rest is done."""
    hand, posted = hand_of(request), request.POST
    link = named_link(Posted(request, 0).typed)
    marked = list(_marked(request))
    if not marked:
        raise UserError("没有选中任务。请先在清单里勾选要改派的任务")
    refused: list[str] = []
    for number, seen in marked:
        try:
            once = f"{posted.get('once', '')}-{number}"
            reassign(hand, number, seen=seen, link=link, reason=posted.get("reason", ""), once=once)
        except UserError as error:
            refused.append(str(error).partition("\n")[0])  # what comes after names people
    if len(refused) < len(marked):
        messages.success(request, f"已改派 {len(marked) - len(refused)} 条")
    for words in refused[:MOST_TOLD]:
        messages.error(request, words)
    if len(refused) > MOST_TOLD:
        messages.error(request, f"另有 {len(refused) - MOST_TOLD} 条没有改派")
    query = request.GET.urlencode()
    return redirect(f"/tasks?{query}" if query else "tasks")


def _listed(request: Request, asked: Chosen, day: int, most: int) -> list[TaskLine]:
    found: Iterable[TaskLine] = queries.every_task(reach(request), asked.filter, day=day)
    wanted = {number for number, _ in _marked(request)}
    if wanted:
        found = islice((task for task in found if task.id in wanted), len(wanted))
    listed = list(islice(found, most + 1))
    if len(listed) > most:
        raise UserError(f"这样选出来的超过 {most:,} 条。请先按村、部门或状态筛选，分几次导出")
    return listed


def _marked(request: Request) -> Iterator[tuple[int, int]]:
    """The ticked rows: number and revision of each task."""
    for text in request.POST.getlist("task"):
        number, _, seen = text.partition("-")
        if number.isdecimal() and seen.isdecimal():
            yield int(number), int(seen)


def _book(view: str, listed: list[TaskLine], line: str) -> HttpResponse:
    place = division_name(this_home().place)
    with TemporaryDirectory(prefix="bangfu-") as folder:
        path = Path(folder) / "tasks.xlsx"
        write_tasks(path, view, listed, where=place, watermark=line)
        answer = HttpResponse(path.read_bytes(), content_type=XLSX)
    name = f"{place}{SHEETS[view].title}_{day_in_words(business_day())}.xlsx"
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer


def _printed(request: Request, view: str, asked: Chosen, listed: list[TaskLine], line: str) -> HttpResponse:
    sheet = SHEETS[view]
    filled = {"sheet": sheet, "chosen": asked, "heads": heads(sheet), "rows": rows(sheet, listed)}
    wide = [NUMBER_WIDTH, *(width for _, width, *_ in sheet.columns)]
    widths = [round(100 * width / sum(wide)) for width in wide]
    more = {"widths": widths, "view": view, "line": line, "count": len(listed), "section": "tasks"}
    return render(request, "web/tasks/print.html", {**filled, **more})
