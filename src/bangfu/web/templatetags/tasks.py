"""States and deadlines of tasks in words."""

from __future__ import annotations

from django import template

from bangfu.casework.queries import TaskLine
from bangfu.casework.steps import ANSWERED, CLOSED, OPENED, SENT_BACK, VERIFIED, WORKING

register = template.Library()
_TAGS = {OPENED: "warn", WORKING: "info", ANSWERED: "info", VERIFIED: "ok", CLOSED: "ok", SENT_BACK: "error"}
_SEVERITIES = {"错误": "error", "疑点": "suspicion", "提醒": "reminder"}


@register.filter
def state_tag(state: str) -> str:
    """The class of a state's tag; the word itself says the same."""
    return _TAGS.get(state, "")


@register.filter
def severity_tag(severity: str | None) -> str:
    return _SEVERITIES.get(severity or "", "")


@register.filter
def left(task: TaskLine) -> str:
    """How long until the deadline, or how long since; nothing of a closed task."""
    days = task.days_left
    if days is None:
        return ""
    if days < 0:
        return f"超期 {-days} 天"
    return f"还有 {days} 天" if days else "今天到期"


@register.filter
def left_tag(task: TaskLine) -> str:
    """overdue, warn in the last days, else nothing."""
    days = task.days_left
    return "" if days is None or days > 3 else "overdue" if days < 0 else "warn"


@register.filter
def month_day(day: int) -> str:
    """20200422 as 04-22: for what happened lately."""
    return f"{day // 100 % 100:02d}-{day % 100:02d}"
