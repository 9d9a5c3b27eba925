"""What all lists of due things have: a day, the rules of that day, and how a day ahead or behind is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from bangfu.office.words import day_in_words
from bangfu.policy.model import Policy

Rows = QuerySet[Any]
DUE = "due"
"""The column that a list of due things adds to its rows: what it is sorted by, never empty."""


@dataclass(frozen=True)
class Now:
    """The rules of a day (yyyymmdd) at a place, which say how long before its day a thing is reminded of."""

    policy: Policy
    day: int
    place: str

    def standard(self, name: str) -> int | None:
        """Of a whole number of days or months; None where nobody knows it."""
        found = self.policy.standards[name].at(self.day, self.place)
        return None if found is None else found.value

    def after(self, days: int) -> int:
        """The day (yyyymmdd) so many days from now."""
        return int((date_of(self.day) + timedelta(days)).strftime("%Y%m%d"))


@dataclass(frozen=True)
class Watch:
    """A list of a ledger's rows: `narrow` keeps those that belong to it and adds `DUE`, `told` says how each stands."""

    id: str
    table: str
    group: str
    label: str
    meaning: str
    narrow: Callable[[Rows, Now], Rows]
    told: Callable[[Mapping[str, Any], Now], str]


def date_of(day: int) -> date:
    return date(day // 10_000, day // 100 % 100, day % 100)


def left(due: int | None, now: Now) -> str:
    """2020-05-01，还有 9 天; nothing where there is no day."""
    if due is None:
        return ""
    days = (date_of(due) - date_of(now.day)).days
    told = f"还有 {days} 天" if days > 0 else "今天到期" if days == 0 else f"已过 {-days} 天"
    return f"{day_in_words(due)}，{told}"
