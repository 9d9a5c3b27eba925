"""The office's own Word templates: looked through, kept, replaced, handed out, dropped. Those shipped are handed out."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bangfu.config.env import read_env
from bangfu.office.home import business_day, this_home
from bangfu.reporting.papers.kinds import REPORT
from bangfu.reporting.papers.templates import (
    drop_template,
    keep_template,
    own_templates,
    shipped_templates,
    template_named,
)
from bangfu.reporting.papers.words import samples_on
from bangfu.terms.errors import UserError
from bangfu.web.reports.ordering import Order
from bangfu.web.request import Request
from bangfu.web.system.town import demand_all, is_for_all

RIGHT = "template.change"
"""Templates are the whole office's: the right changes them where it reaches the whole home."""


@require_safe
def templates(request: Request) -> HttpResponse:
    return _page(request)


@require_POST
def upload(request: Request) -> HttpResponse:
    """A new one, or with `number` what takes the place of one. All that is wrong in it is told at once."""
    demand_all(request, RIGHT)
    order = Order(request)
    sent = order.upload("file")
    if sent is None:
        return _page(request, order.wrong.get("file", "没有选文件。请选一个 .docx 文件"))
    path, name = sent
    try:
        _, count = keep_template(
            REPORT,
            name,
            path,
            actor=request.reader.username,
            as_of=business_day(),
            number=order.number("number"),
        )
    except UserError as refused:
        return _page(request, str(refused))
    messages.success(request, f"“{name}”没有写错的地方，已存好：里面有 {count} 个数字")
    return redirect("paper_templates")


@require_safe
def file(request: Request, name: str) -> HttpResponseBase:
    """It names figures and nobody's data."""
    found = template_named(name)
    if found is None or not found.path.is_file():
        raise Http404
    return FileResponse(found.path.open("rb"), as_attachment=True, filename=found.file_name)


@require_POST
def remove(request: Request, number: int) -> HttpResponse:
    demand_all(request, RIGHT)
    found = template_named(str(number))
    if found is None:
        raise Http404
    drop_template(number)
    messages.success(request, f"“{found.name}”已删除，写过的材料不受影响")
    return redirect("paper_templates" if found.kind == REPORT else "paper_forms")


def _page(request: Request, wrong: str = "") -> HttpResponse:
    words, lists = samples_on(business_day(), this_home().place)
    told = {
        "section": "reports",
        "tab": "papers",
        "own": own_templates(REPORT),
        "shipped": shipped_templates(),
        "words": list(words),
        "lists": [(name, list(rows[0])) for name, rows in lists.items()],
        "may_change": is_for_all(request, RIGHT),
        "most_megabytes": read_env().upload_megabytes,
        "wrong": wrong,
    }
    return render(request, "web/reports/templates.html", told, status=422 if wrong else 200)
