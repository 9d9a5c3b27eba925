"""Accounts and their roles: an administrator manages those whose every role lies in the administrator's own area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangfu.office.accounts import account, accounts, add_account, change_account, manages, reset_password
from bangfu.office.permissions import RIGHTS, ROLES
from bangfu.office.queries import division_name, places_below
from bangfu.office.readers import Holding
from bangfu.spreadsheets.layouts import load_layouts
from bangfu.terms.errors import UserError
from bangfu.web.request import Request
from bangfu.web.system.tabs import with_tabs

_ROOM = 2
"""Roles that the form has room for beyond those that an account has."""


@dataclass(frozen=True)
class AccountSeen:
    """An account as the list shows it; `roles`: each role with its area."""

    number: int
    username: str
    full_name: str
    phone: str
    is_active: bool
    state: str
    roles: tuple[str, ...]
    last_login: Any


@require_safe
def users(request: Request) -> HttpResponse:
    text, role = request.GET.get("q", "").strip(), request.GET.get("role", "")
    found = [_seen(one) for one in accounts() if manages(request.reader, _held(one))]
    shown = [
        one
        for one in found
        if (not text or text in one.username or text in one.full_name)
        and (role not in ROLES or any(told.startswith(ROLES[role].label) for told in one.roles))
    ]
    filled = {"users": shown, "total": len(found), "text": text, "role": role, "roles": ROLES.values()}
    return render(request, "web/system/users.html", with_tabs(request, "users", filled))


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """The made password stands on the answer and nowhere else."""
    if request.method != "POST":
        return _form(request, {"holdings": _lines(())})
    typed, holdings = request.POST, _holdings(request.POST)
    try:
        _demand_own_area(request, holdings)
        made, password = add_account(
            username=typed.get("username", "").strip(),
            full_name=typed.get("full_name", ""),
            phone=typed.get("phone", ""),
            holdings=holdings,
            actor=request.reader.username,
        )
    except UserError as refused:
        return _form(request, {"error": str(refused), "typed": typed, "holdings": _lines(holdings)}, 422)
    return _told_password(request, made.pk, made.username, password, "新建了")


@require_http_methods(["GET", "HEAD", "POST"])
def user(request: Request, number: int) -> HttpResponse:
    found = _managed(request, number)
    filled: dict[str, Any] = {"account": _seen(found), "is_me": found.pk == request.reader.id}
    if request.method != "POST":
        return _form(request, {**filled, "holdings": _lines(_held(found))})
    typed, holdings = request.POST, _holdings(request.POST)
    is_active = "is_active" in typed
    try:
        _demand_own_area(request, holdings)
        _demand_another(request, found, holdings, is_active)
        change_account(
            found,
            full_name=typed.get("full_name", ""),
            phone=typed.get("phone", ""),
            holdings=holdings,
            is_active=is_active,
            actor=request.reader.username,
        )
    except UserError as refused:
        told = {"error": str(refused), "typed": typed, "holdings": _lines(holdings)}
        return _form(request, {**filled, **told}, 422)
    messages.success(request, f"账号 {found.username} 已保存")
    return redirect("users")


@require_POST
def reset(request: Request, number: int) -> HttpResponse:
    found = _managed(request, number)
    if found.pk == request.reader.id:
        raise UserError("自己的密码请在“修改密码”里改")
    password = reset_password(found, actor=request.reader.username)
    return _told_password(request, found.pk, found.username, password, "重置了密码：")


def _form(request: Request, filled: Mapping[str, Any], status: int = 200) -> HttpResponse:
    areas = {
        code: name
        for grant in request.reader.grants("account.manage")
        for code, name in places_below(grant.prefix).items()
    }
    told = {
        "areas": areas.items(),
        "roles": ROLES.values(),
        "rights": [(right.label, [ROLES[role].label for role in right.roles]) for right in RIGHTS.values()],
        "departments": sorted({layout.department for layout in load_layouts() if layout.department}),
        **filled,
    }
    return render(request, "web/system/user.html", with_tabs(request, "users", told), status=status)


def _told_password(request: Request, number: int, username: str, password: str, did: str) -> HttpResponse:
    told = {"number": number, "username": username, "password": password, "did": did}
    return render(request, "web/system/user_password.html", with_tabs(request, "users", told))


def _managed(request: Request, number: int) -> Any:
    found = account(number)
    if found is None or not manages(request.reader, _held(found)):
        raise Http404
    return found


def _demand_own_area(request: Request, holdings: list[Holding]) -> None:
    """UserError where a role would reach beyond the administrator's own area."""
    beyond = [division_name(item.area) for item in holdings if not manages(request.reader, [item])]
    if beyond:
        raise UserError(f"{'、'.join(beyond)}不在您管理的范围里")


def _demand_another(request: Request, found: Any, holdings: list[Holding], is_active: bool) -> None:
    """UserError for who would change their own roles: nobody gives themselves a right, or locks themselves out."""
    if found.pk == request.reader.id and (set(holdings) != set(_held(found)) or not is_active):
        raise UserError("不能改自己的角色，也不能停用自己。请让另一个系统管理员来改")


def _holdings(typed: QueryDict) -> list[Holding]:
    """The roles of the form; lines without a role are empty."""
    lines = zip(typed.getlist("role"), typed.getlist("area"), typed.getlist("departments"), strict=False)
    return [
        Holding(role, area, tuple(departments.replace("、", " ").split()))
        for role, area, departments in lines
        if role
    ]


def _lines(holdings: Sequence[Holding]) -> list[Holding]:
    """With room for more."""
    return [*holdings, *[Holding("", "")] * (_ROOM if holdings else _ROOM + 1)]


def _held(found: Any) -> tuple[Holding, ...]:
    """Also of one that is switched off, for whom `reader_of` tells none."""
    return tuple(
        Holding(item.role, item.area, tuple(item.departments.split())) for item in found.holdings.all()
    )


def _seen(found: Any) -> AccountSeen:
    return AccountSeen(
        found.pk,
        found.username,
        found.full_name,
        found.phone,
        found.is_active,
        _state(found),
        tuple(_told(item) for item in _held(found)),
        found.last_login,
    )


def _told(item: Holding) -> str:
    role = ROLES.get(item.role)
    departments = f"，{'、'.join(item.departments)}" if item.departments else ""
    return f"{role.label if role else item.role}（{division_name(item.area)}{departments}）"


def _state(found: Any) -> str:
    if not found.is_active:
        return "停用"
    if found.locked_until is not None and found.locked_until > timezone.now():
        return "密码错得太多，暂时锁住"
    return "还没有改过初始密码" if found.must_change_password else "启用"
