"""上级表: a superior's .xlsx whose cells name figures is filled as of a day, and compared with the one sent last."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from bangfu.reporting.papers.kinds import FORM
from bangfu.reporting.papers.orders import order_form
from bangfu.reporting.papers.templates import Template, keep_template, own_templates, template_named
from bangfu.terms.errors import UserError
from bangfu.web.reports.ordering import Order, order_page
from bangfu.web.request import Request


@require_http_methods(["GET", "HEAD", "POST"])
def forms(request: Request) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    order = Order(request)
    day, reason = order.day(), order.reason()
    last = order.upload("last")
    if last is not None and not last[1].lower().endswith(".xlsx"):
        order.wrong["last"] = f"“{last[1]}”不是 .xlsx 文件。请用 Excel 或 WPS 另存为 .xlsx 再上传"
    form = None if order.wrong else _form(order, day)
    if order.wrong or form is None:
        return _page(request, order)
    try:
        number = order_form(
            request.reader,
            form,
            as_of=day,
            village=order.number("village"),
            reason=reason,
            last=last[0] if last else None,
        )
    except UserError as refused:
        order.wrong["village"] = str(refused)
        return _page(request, order)
    return redirect("paper", number=number)


def _form(order: Order, day: int) -> Template | None:
    """The one sent with the form, kept for the next time; else the one chosen. None where something is wrong."""
    sent = order.upload("file")
    if sent is not None:
        path, name = sent
        try:
            number, _ = keep_template(FORM, name, path, actor=order.request.reader.username, as_of=day)
        except UserError as refused:
            order.wrong["file"] = str(refused)
            return None
        return template_named(str(number), FORM)
    found = template_named(order.text("template"), FORM)
    if found is None:
        order.wrong["file"] = "请上传一张表，或选一张存过的表"
    return found


def _page(request: Request, order: Order | None = None) -> HttpResponse:
    own = own_templates(FORM)
    return order_page(
        request,
        "web/reports/forms.html",
        FORM,
        order,
        tab="paper_forms",
        kept=own,
        templates=[(one.id, one.name) for one in own],
    )
