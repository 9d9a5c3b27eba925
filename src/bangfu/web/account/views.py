from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangfu.office.accounts import account, change_password, end_sessions
from bangfu.office.logins import check_login
from bangfu.terms.errors import UserError
from bangfu.web.request import Request


@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    after = _safe(request, request.POST.get("next") or request.GET.get("next") or "/")
    if request.user.is_authenticated:
        return redirect(after)
    username, error = request.POST.get("username", "").strip(), ""
    if request.method == "POST":
        try:
            login(request, check_login(username, request.POST.get("password", "")))
            return redirect(after)
        except UserError as refused:
            error = str(refused)
    is_ended = bool(request.POST.get("ended") or request.GET.get("ended"))
    filled = {"username": username, "error": error, "next": after, "is_ended": is_ended}
    return render(request, "web/login.html", filled, status=422 if error else 200)


@require_POST
def log_out(request: Request) -> HttpResponse:
    user = account(request.reader.id)
    if user is not None:
        end_sessions(user)
    logout(request)
    return redirect("login")


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert user.is_authenticated
    error = ""
    if request.method == "POST":
        error = _change(request)
        if not error:
            messages.success(request, "密码已经修改，请记住新密码")
            return redirect("desk")
    return render(
        request,
        "web/password.html",
        {"error": error, "is_first": user.must_change_password},
        status=422 if error else 200,
    )


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """For the supervisor and a proxy: the server answers. For a page that is about to send a form: the session, too."""
    session = "open" if request.user.is_authenticated else "ended"
    return HttpResponse("ok", content_type="text/plain", headers={"X-Session": session})


def _change(request: HttpRequest) -> str:
    """Changes one's password; what is wrong, or nothing."""
    user = request.user
    assert user.is_authenticated
    old, new = request.POST.get("old", ""), request.POST.get("new", "")
    if not user.check_password(old):
        return "原密码不对"
    if new != request.POST.get("again"):
        return "两次写的新密码不同"
    try:
        change_password(user, new)
    except UserError as refused:
        return str(refused)
    update_session_auth_hash(request, user)
    return ""


def _safe(request: HttpRequest, address: str) -> str:
    """Only addresses of our own: a login must not send anybody elsewhere."""
    allowed = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if allowed else "/"
