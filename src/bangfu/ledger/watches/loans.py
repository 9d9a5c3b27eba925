"""Loans that are still owed, by how many days are left; an extended one has its later day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from bangfu.ledger.watches.due import DUE, Now, Rows, Watch, left

GROUP = "贷款到期"
LAST, SECOND, FIRST = "loan_remind_days_last", "loan_remind_days_second", "loan_remind_days"
_BEHIND = {FIRST: SECOND, SECOND: LAST}
"""By reminder the one that comes after it, nearer to the day."""


def loans() -> list[Watch]:
    return [
        _watch("loan_overdue", "已逾期", "到期日已过，还有余额", _overdue),
        _watch(
            "loan_due_last",
            "30 天内",
            "末次提醒：备好还款，或办理续贷、展期",
            lambda r, n: _within(r, n, LAST),
        ),
        _watch("loan_due_second", "60 天内", "二次提醒", lambda r, n: _within(r, n, SECOND)),
        _watch("loan_due_first", "90 天内", "首次提醒", lambda r, n: _within(r, n, FIRST)),
    ]


def _watch(name: str, label: str, meaning: str, narrow: Any) -> Watch:
    return Watch(name, "loan", GROUP, label, meaning, narrow, _told)


def _owed(rows: Rows) -> Rows:
    due = Coalesce(F("extended_until_on"), F("due_on"), Value(0))
    found: Rows = rows.filter(outstanding__gt=0).annotate(**{DUE: due}).filter(due__gt=0)
    return found


def _overdue(rows: Rows, now: Now) -> Rows:
    return _owed(rows).filter(due__lt=now.day)


def _within(rows: Rows, now: Now, reminder: str) -> Rows:
    """Those of one reminder only: who is reminded for the last time is not in the lists before."""
    most = now.standard(reminder)
    if most is None:
        return _owed(rows).none()
    behind = now.standard(_BEHIND[reminder]) if reminder in _BEHIND else None
    first = now.day if behind is None else now.after(behind + 1)
    return _owed(rows).filter(due__gte=first, due__lte=now.after(most))


def _told(row: Mapping[str, Any], now: Now) -> str:
    return left(row["extended_until_on"] or row["due_on"], now)
