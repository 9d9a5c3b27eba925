"""What people see when something cannot be done: in words, with what to do, and nothing of the program's insides."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bangfu.office.journal.waiting import Busy, waiting_at_most
from bangfu.office.trouble import told

PATIENCE = 45.0
"""Seconds that who saves a form waits for another writer: less than the minute after which proxies give up."""


class TroubleMiddleware:
    """Turns refusals that no view has put into its form into a page that says them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with waiting_at_most(PATIENCE):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        said = told(error)
        if said is None:
            return None
        if isinstance(error, Busy):
            return page(
                request, "还没有保存", f"{said}。填写的内容留在本机，回到刚才的页面就能看到", status=409
            )
        return page(request, "没有办成", said, status=400)


def page(request: HttpRequest, title: str, message: str, *, status: int) -> HttpResponse:
    """A page that says what is the matter; for a part of a page only the words."""
    if request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):
        return render(request, "web/parts/trouble.html", {"message": message}, status=status)
    return render(request, "web/trouble.html", {"title": title, "message": message}, status=status)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request, "没有权限", "您的角色不能打开这个页面或做这件事。需要的话请联系系统管理员", status=403
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(
        request,
        "没有找到",
        "没有这个页面或这条记录，也可能不在您的范围里。请核对后从菜单重新进入",
        status=404,
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(
        request,
        "没有接收",
        "一次提交的内容太多，或浏览器发来的内容不完整，没有接收。请分几次提交",
        status=400,
    )


def failed(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "web/failed.html",
        {"message": "程序出错了，没有保存。请重试；还不行就联系维护者"},
        status=500,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(request, "没有提交", "页面放得太久或换过账号，这次没有提交。请刷新页面后重试", status=403)
