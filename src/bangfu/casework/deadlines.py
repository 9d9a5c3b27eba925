"""How long a task may take, and who hears of it when it takes longer. Days are yyyymmdd.

Our choice, within what offices do: 立行立改 is 15 to 30 days, 限期整改 three months at most.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

DAYS: Mapping[str, int] = {"错误": 15, "疑点": 30, "提醒": 60}
"""From the day of registering, by severity."""
LONGEST_DAYS = 92
"""A deadline that somebody sets or extends is no later than this many days from now."""
SOON_DAYS = 7
LEVELS: tuple[tuple[int, str], ...] = ((1, "包村领导"), (7, "镇领导"), (15, "县级"))
"""The responsibility chain upwards: from so many days overdue on, who is told."""


def due_on(severity: str, day: int) -> int:
    return later(day, DAYS[severity])


def later(day: int, days: int) -> int:
    """A day so many days later, or earlier where `days` is negative."""
    moved = _date(day) + timedelta(days=days)
    return moved.year * 10_000 + moved.month * 100 + moved.day


def days_left(due: int, day: int) -> int:
    """Negative when it is overdue."""
    return (_date(due) - _date(day)).days


def level_of(due: int, day: int) -> str | None:
    """Who has to know of a task that is still open on a day; None while it is in time."""
    overdue = -days_left(due, day)
    reached = [level for days, level in LEVELS if overdue >= days]
    return reached[-1] if reached else None


def _date(day: int) -> date:
    return date(day // 10_000, day // 100 % 100, day % 100)
