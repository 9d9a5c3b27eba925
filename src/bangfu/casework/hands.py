"""Who acts on a task."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bangfu.office.accounts import accounts
from bangfu.office.readers import Reader


@dataclass(frozen=True)
class Hand:
    """The user who acts, and the office's day (yyyymmdd) on which it is done."""

    reader: Reader
    day: int


def is_one_of(reader: Reader, usernames: Iterable[str]) -> bool:
    """Whether the reader is the person behind one of the accounts: also by another account of the same name and phone."""
    named = set(usernames)
    if not named or reader.username in named:
        return bool(named)
    if not reader.phone:
        return False
    others = accounts().filter(username__in=named, full_name=reader.name, phone=reader.phone)
    return others.exists()


def signature(reader: Reader, *others: str | None) -> str:
    """The reader's name as it is signed; with the account where somebody else of the name has signed already."""
    return f"{reader.name}（{reader.username}）" if reader.name in others else reader.name
