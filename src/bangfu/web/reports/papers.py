"""生成报告: a template, a day and an area are chosen, a job writes the paper, and what was written stays in a list."""

from __future__ import annotations

import secrets
import shutil

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangfu.documents.files.opening import open_text
from bangfu.documents.files.source import Source
from bangfu.jobs.queries import job
from bangfu.jobs.workfolder import uploads_folder
from bangfu.ledger.scope import scope_of
from bangfu.office.access import record_export
from bangfu.reporting.papers.files import DOCX
from bangfu.reporting.papers.kinds import FORM, REPORT, RIGHTS
from bangfu.reporting.papers.orders import order_report, remove_paper
from bangfu.reporting.papers.shelf import PaperShown, name_of, paper, path_of
from bangfu.reporting.papers.templates import (
    own_templates,
    shipped_templates,
    speaks_of_the_town,
    template_named,
)
from bangfu.terms.errors import UserError
from bangfu.web.reports.ordering import Order, order_page
from bangfu.web.request import Request
from bangfu.web.system.town import is_for_all

_WORDS = ("主送机关", "发文字号", "检查名称", "署名")
_KINDS = (REPORT, FORM)


@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: Request) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    order = Order(request)
    day, reason = order.day(), order.reason()
    template = template_named(order.text("template"), REPORT)
    if template is None:
        order.wrong["template"] = "请选一个模板"
    if order.wrong or template is None:
        return _page(request, order)
    try:
        number = order_report(
            request.reader,
            template,
            as_of=day,
            village=order.number("village"),
            reason=reason,
            words={name: order.text(name) for name in _WORDS if order.text(name)},
            with_annex=bool(order.text("annex")),
        )
    except UserError as refused:
        order.wrong["village"] = str(refused)
        return _page(request, order)
    return redirect("paper", number=number)


def _page(request: Request, order: Order | None = None) -> HttpResponse:
    """Who has a part of the town is not offered what speaks of the whole of it."""
    templates = [*own_templates(REPORT), *shipped_templates()]
    if not scope_of(request.reader, RIGHTS[REPORT]).is_everything:
        templates = [one for one in templates if not speaks_of_the_town(one)]
    offered = [(one.id, one.name if one.is_shipped else f"{one.name}（本单位）") for one in templates]
    return order_page(request, "web/reports/papers.html", REPORT, order, tab="papers", templates=offered)


@require_safe
def one(request: Request, number: int) -> HttpResponse:
    shown = _found(request, number)
    seen = job(request.reader, shown.job or 0) if shown.made_at is None else None
    told = {
        "section": "reports",
        "tab": "papers" if shown.kind == REPORT else "paper_forms",
        "paper": shown,
        "job": seen,
        "may_remove": _may_remove(request, shown) and (seen is None or seen.is_over),
    }
    return render(request, "web/reports/paper.html", told)


@require_POST
def file(request: Request, number: int) -> HttpResponseBase:
    """Handed out, once it is written down who took it. UserError where it has been cleared away."""
    return hand_out(request, _found(request, number))


@require_POST
def remove(request: Request, number: int) -> HttpResponse:
    """By who asked for it, or who looks after the templates."""
    shown = _found(request, number)
    if not _may_remove(request, shown):
        raise UserError("这份材料是别人写的，请让写的人或镇里的专干删除")
    if shown.made_at is None and (seen := job(request.reader, shown.job or 0)) and not seen.is_over:
        raise UserError("这份材料正在写，请先取消后台任务，再删除")
    remove_paper(number)
    return redirect("papers" if shown.kind == REPORT else "paper_forms")


def hand_out(request: Request, shown: PaperShown) -> HttpResponseBase:
    what = request.POST.get("what", "")
    path = path_of(shown, what)
    if path is None:
        raise UserError(f"这个文件不在了（有个人信息的只留 {shown.kept_days} 天），请重新写一份")
    name = name_of(shown, what)
    record_export(request.reader, what=name, reason=shown.reason, rows=shown.rows)
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


def text_of_paper(request: Request, number: str) -> Source:
    """A report that was written here; a copy, since what is checked is moved to where it is kept. UserError where it is gone."""
    shown = paper(request.reader, int(number), (REPORT,)) if number.isdecimal() and len(number) < 18 else None
    path = path_of(shown, DOCX) if shown is not None else None
    if shown is None or path is None:
        raise UserError("没有这份报告，或者它的文件不在了。请重新写一份，或上传文件核对")
    copy = uploads_folder() / f"{secrets.token_hex(8)}.upload"
    shutil.copyfile(path, copy)
    return open_text(copy, name_of(shown, DOCX))


def _found(request: Request, number: int) -> PaperShown:
    shown = paper(request.reader, number, _KINDS)
    if shown is None:
        raise Http404
    return shown


def _may_remove(request: Request, shown: PaperShown) -> bool:
    return shown.actor == request.reader.username or is_for_all(request, "template.change")
