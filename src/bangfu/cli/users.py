"""`bangfu user add|list|reset|roles`: accounts of the workbench, for its first administrator and for when none can log in."""

from __future__ import annotations

import argparse
import getpass
from typing import TYPE_CHECKING

from bangfu.cli.arguments import Parser, commands
from bangfu.cli.homes import actor, command
from bangfu.terms.errors import UserError

if TYPE_CHECKING:
    from bangfu.office.readers import Holding

_ROLE = (
    "角色、角色@范围 或 角色@范围:部门，如 clerk、village_cadre@罗峰村、department_officer@421281102000:民政"
)


def add(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = sub.add_parser("user", help="管理工作台的账号", description="管理工作台的账号")
    inner = commands(parser, "做什么")
    made = command(inner, "add", "新建账号，生成一个只显示一次的密码", _add)
    made.add_argument("username", metavar="账号")
    made.add_argument("--name", required=True, metavar="姓名")
    made.add_argument("--role", required=True, action="append", metavar="角色", help=f"{_ROLE}；可以写几次")
    made.add_argument("--phone", default="", metavar="电话", help="帮扶责任人要与结对登记的一样")
    made.add_argument("--ask", action="store_true", help="自己输入密码，不生成")
    command(inner, "list", "列出账号", _list)
    again = command(inner, "reset", "重置密码，并解开锁住的账号", _reset)
    again.add_argument("username", metavar="账号")
    command(inner, "roles", "有哪些角色，各能做什么", _roles)


def _add(arguments: argparse.Namespace) -> int:
    from bangfu.office.accounts import add_account

    given = _asked() if arguments.ask else None
    _, password = add_account(
        username=arguments.username,
        full_name=arguments.name,
        phone=arguments.phone,
        holdings=[_holding(text) for text in arguments.role],
        actor=actor(),
        password=given,
        must_change_password=given is None,
    )
    print(f"已新建账号 {arguments.username}")
    if given is None:
        print(f"密码（只显示这一次，第一次登录要改）：{password}")
    return 0


def _list(arguments: argparse.Namespace) -> int:
    from bangfu.office.accounts import accounts
    from bangfu.office.permissions import ROLES
    from bangfu.office.queries import division_name

    for user in accounts():
        roles = "、".join(
            f"{ROLES[held.role].label}（{division_name(held.area)}{'，' if held.departments else ''}{held.departments}）"
            for held in user.holdings.all()
        )
        print(
            f"{user.username}\t{user.full_name}\t{'启用' if user.is_active else '停用'}\t{roles or '没有角色'}"
        )
    return 0


def _reset(arguments: argparse.Namespace) -> int:
    from bangfu.office.accounts import account_named, reset_password

    user = account_named(arguments.username)
    if user is None:
        raise UserError(f"没有账号 {arguments.username}。用 bangfu user list 看有哪些")
    print(f"新密码（只显示这一次，第一次登录要改）：{reset_password(user, actor=actor())}")
    return 0


def _roles(arguments: argparse.Namespace) -> int:
    from bangfu.office.permissions import RIGHTS, ROLES

    for role in ROLES.values():
        print(f"{role.id}\t{role.label}：{role.meaning}")
        print("\t\t" + "；".join(right.label for right in RIGHTS.values() if role.id in right.roles))
    return 0


def _holding(text: str) -> Holding:
    """What --role says; the home's own place where it names none."""
    from bangfu.office.home import this_home
    from bangfu.office.permissions import ROLES
    from bangfu.office.readers import Holding

    role, _, rest = text.partition("@")
    area, _, departments = rest.partition(":")
    by_label = {one.label: one.id for one in ROLES.values()}
    return Holding(
        by_label.get(role, role),
        _code(area) if area else this_home().place,
        tuple(departments.replace("、", ",").split(",")) if departments else (),
    )


def _code(area: str) -> str:
    """A division code as it is; the name of a place of this town, or of what it lies in, as its code."""
    from bangfu.office.home import this_home
    from bangfu.office.queries import places_below
    from bangfu.terms.divisions import area_prefix

    if area.isdecimal():
        return area.ljust(12, "0")
    place = this_home().place
    near = [*places_below(area_prefix(place)).items(), *places_below(place[:2]).items()]
    found = [code for code, name in near if name in (area, f"{area}委会", f"{area}村委会")]
    if not found:
        raise UserError(f"区划表里没有“{area}”。可以写区划代码，如 {place}")
    return found[0]


def _asked() -> str:
    password = getpass.getpass("密码：")
    if getpass.getpass("再输一遍：") != password:
        raise UserError("两次输入的密码不同，没有新建")
    return password
