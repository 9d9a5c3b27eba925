"""Who may open which address: one table, held by one middleware. An address without a row does not open.

A view narrows what it shows by `scope_of(request.reader, right)`; what is outside is not found, as if it were not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from bangfu.office.accounts import reader_of
from bangfu.web.request import Request
from bangfu.web.trouble import forbidden

PUBLIC = "public"
"""Opens without login."""

ROUTES: Mapping[str, str] = {
    # account
    "login": PUBLIC,
    "alive": PUBLIC,
    "logout": "self",
    "password": "self",
    # desk
    "desk": "desk.see",
    # household
    # finding
    # task
    # import
    # policy
    # system
}
"""The right that each named address needs; in the order of the folders."""

_BEFORE_A_NEW_PASSWORD = ("password", "logout")


class AccessMiddleware:
    """Gives each request its reader and refuses what the table does not grant."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = cast(Request, request)
        if request.user.is_authenticated:
            asked.reader = reader_of(request.user)
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault(
                "Cache-Control", "no-store"
            )  # a shared PC's back button shows nobody's data
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        right = ROUTES.get(name)
        if right is None:
            raise Http404
        if right == PUBLIC:
            return None
        user = request.user
        if not user.is_authenticated:
            return to_login(request)
        if user.must_change_password and name not in _BEFORE_A_NEW_PASSWORD:
            return redirect("password")
        return None if cast(Request, request).reader.may(right) else forbidden(request)


def to_login(request: HttpRequest) -> HttpResponse:
    """To the login and back; a part of a page says that the session has ended, so that the page keeps what was typed."""
    if request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):
        return HttpResponse("登录已过期，请重新登录", status=401)
    if request.headers.get("HX-Boosted") and request.method == "POST":
        return HttpResponse("登录已过期，请重新登录", status=401)
    back = request.get_full_path() if request.method == "GET" else "/"
    return redirect(f"{reverse('login')}?{urlencode({'next': back})}")
