"""Accounts that a task can be given to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bangfu.casework.chain import COLUMNS, Link
from bangfu.office.accounts import account_named, accounts
from bangfu.office.permissions import RIGHTS


@dataclass(frozen=True)
class Officer:
    username: str
    name: str

    @property
    def told(self) -> str:
        return f"{self.name}（{self.username}）"


def officers(right: str) -> list[Officer]:
    """Accounts in use whose role has a right, by name of the account."""
    roles = RIGHTS[right].roles
    named = accounts().filter(is_active=True, holdings__role__in=roles).distinct()
    return [Officer(*row) for row in named.values_list("username", "full_name")]


def named_link(typed: Mapping[str, str]) -> Link:
    """Who was typed or chosen; whoever is chosen by account need not be typed by name."""
    texts = {name: typed.get(name, "").strip() for name in COLUMNS}
    if texts["assignee"] and not texts["responsible_person"]:
        user = account_named(texts["assignee"])
        texts["responsible_person"] = user.full_name if user else ""
    return Link(**texts)
