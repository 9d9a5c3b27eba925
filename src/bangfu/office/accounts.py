"""Accounts: made, given roles, switched off, never deleted. Each change is journalled."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from bangfu.office.home import this_home
from bangfu.office.journal.waiting import write_lock
from bangfu.office.journal.writing import Source, Writing, transaction
from bangfu.office.models import AccessRecord, Division, RoleHolding, User
from bangfu.office.permissions import ROLES
from bangfu.office.readers import Holding, Reader
from bangfu.terms.divisions import area_prefix
from bangfu.terms.errors import UserError

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for another


def reader_of(user: User) -> Reader:
    """The account as queries see it; one that is switched off may nothing."""
    held = user.holdings.order_by("pk") if user.is_active else ()
    return Reader(
        user.pk,
        user.username,
        user.full_name,
        user.phone,
        tuple(Holding(item.role, item.area, tuple(item.departments.split())) for item in held),
    )


def reader_named(username: str) -> Reader | None:
    """The account as work in the background sees it, with its rights of now; None where there is none."""
    found = User.objects.filter(username=username).first()
    return None if found is None else reader_of(found)


def accounts() -> QuerySet[User]:
    """All accounts with their holdings, by name."""
    return User.objects.prefetch_related("holdings").order_by("username")


def account(number: int) -> User | None:
    return User.objects.prefetch_related("holdings").filter(pk=number).first()


def manages(reader: Reader, held: Sequence[Holding]) -> bool:
    """Whether the reader may manage an account with these roles: all of them lie in an area that is the reader's.

    An account without any role is managed by who manages the whole home.
    """
    areas = [item.area for item in held] or [this_home().place]
    return all(reader.covers("account.manage", area) for area in areas)


def account_named(username: str) -> User | None:
    return User.objects.filter(username=username).first()


def add_account(
    *,
    username: str,
    full_name: str,
    holdings: Sequence[Holding],
    actor: str,
    phone: str = "",
    password: str | None = None,
    must_change_password: bool = True,
) -> tuple[User, str]:
    """A new account and its password, a made one unless given.

    UserError names everything wrong: a name that is taken or has blanks, no full name, unknown roles or areas, a
    department missing where the role needs one, a weak password.
    """
    wrong = [*_wrong_names(username, full_name), *wrong_holdings(holdings)]
    given = password or made_password()
    user = User(
        username=username,
        full_name=full_name.strip(),
        phone=phone.strip(),
        must_change_password=must_change_password,
    )
    wrong.extend(_wrong_password(given, user))
    _refuse(wrong)
    user.set_password(given)
    with transaction(actor=actor, source=Source("account", username), reason="新建账号") as change:
        user.save()
        _hold(user, holdings)
        _note(change, user, f"新建：{full_name}，{_told(holdings)}")
    return user, given


def change_account(
    user: User, *, full_name: str, phone: str, holdings: Sequence[Holding], is_active: bool, actor: str
) -> None:
    """Names, roles and whether it is switched on. UserError as for `add_account`."""
    _refuse([*_wrong_names(None, full_name), *wrong_holdings(holdings)])
    with transaction(actor=actor, source=Source("account", user.username), reason="修改账号") as change:
        user.full_name, user.phone, user.is_active = full_name.strip(), phone.strip(), is_active
        user.save(update_fields=["full_name", "phone", "is_active"])
        user.holdings.all().delete()
        _hold(user, holdings)
        _note(change, user, f"{full_name}，{_told(holdings)}，{'启用' if is_active else '停用'}")


def reset_password(user: User, *, actor: str) -> str:
    """A made password that the user must change at the first login; unlocks the account."""
    password = made_password()
    with transaction(actor=actor, source=Source("account", user.username), reason="重置密码") as change:
        user.set_password(password)
        user.must_change_password, user.failed_logins, user.locked_until = True, 0, None
        user.save(update_fields=["password", "must_change_password", "failed_logins", "locked_until"])
        _note(change, user, "重置密码")
    return password


def change_password(user: User, password: str) -> None:
    """One's own. UserError where the rules refuse it or it is the old one."""
    wrong = _wrong_password(password, user)
    if user.check_password(password):
        wrong.append("新密码不能与原密码相同")
    _refuse(wrong)
    with transaction(
        actor=user.username, source=Source("account", user.username), reason="修改密码"
    ) as change:
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        _note(change, user, "修改密码")


def end_sessions(user: User) -> None:
    """Logs the account out wherever it is logged in."""
    with write_lock(lambda message: None):
        User.objects.filter(pk=user.pk).update(ticket=secrets.token_hex(8))


def made_password() -> str:
    """Twelve letters and digits in three groups, to be read over the phone."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def wrong_holdings(holdings: Sequence[Holding]) -> list[str]:
    """What is wrong with them; empty where nothing is."""
    wrong = [] if holdings else ["至少要有一个角色"]
    known = set(
        Division.objects.filter(code__in=[item.area for item in holdings]).values_list("code", flat=True)
    )
    for item in holdings:
        role = ROLES.get(item.role)
        if role is None:
            wrong.append(f"没有角色“{item.role}”，可用的有 {'、'.join(ROLES)}")
        elif role.reach == "department" and not item.departments:
            wrong.append(f"{role.label}要写明是哪个部门")
        if item.area not in known:
            wrong.append(f"区划表里没有 {item.area}")
    return wrong


def _wrong_names(username: str | None, full_name: str) -> list[str]:
    wrong = []
    if username is not None:
        if not username or not username.isascii() or not username.replace("_", "").replace(".", "").isalnum():
            wrong.append(f"账号“{username}”不合规：应是字母、数字、点或下划线")
        elif len(username) > 40:
            wrong.append("账号最多 40 个字符")
        elif account_named(username) is not None:
            wrong.append(f"账号 {username} 已经有了")
    if not full_name.strip():
        wrong.append("没有写姓名")
    return wrong


def _wrong_password(password: str, user: User) -> list[str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return list(error.messages)
    return []


def _refuse(wrong: Sequence[str]) -> None:
    if wrong:
        raise UserError("；".join(wrong))


def _hold(user: User, holdings: Sequence[Holding]) -> None:
    RoleHolding.objects.bulk_create(
        RoleHolding(user=user, role=item.role, area=item.area, departments=" ".join(item.departments))
        for item in holdings
    )


def _told(holdings: Sequence[Holding]) -> str:
    return "、".join(
        f"{ROLES[item.role].label}（{area_prefix(item.area)}{' ' if item.departments else ''}{' '.join(item.departments)}）"
        for item in holdings
    )


def _note(change: Writing, user: User, what: str) -> None:
    row = {
        "kind": "账号",
        "username": change.actor,
        "object_table": "account",
        "object_row": user.pk,
        "what": what,
    }
    change.create(AccessRecord, [row])
