"""Projects by how far they are, as what is dated of them says: who writes a state by hand forgets it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from bangfu.ledger.watches.due import DUE, Now, Rows, Watch, left
from bangfu.office.words import day_in_words

GROUP, RETENTIONS = "项目阶段", "质保金"
NOT_STARTED, UNFINISHED, UNACCEPTED, UNPAID, DONE = "未实施", "未完工", "未验收", "未报账", "已完成"
MONTHS = "retention_months"
SOON = 90
"""Days before which a retention is said to be near."""
_PRICE = Coalesce(F("audited_price"), F("contract_price")) - Coalesce(F("retention"), Value(0))
STAGES: Mapping[str, Q] = {
    NOT_STARTED: Q(started_on=None, completed_on=None, accepted_on=None),
    UNFINISHED: Q(started_on__isnull=False, completed_on=None, accepted_on=None),
    UNACCEPTED: Q(completed_on__isnull=False, accepted_on=None),
    UNPAID: Q(accepted_on__isnull=False) & (Q(paid=None) | Q(paid__lt=_PRICE)),
}
"""What is due of a price does not hold the retention."""
_STAGES = (
    ("project_not_started", NOT_STARTED, "没有开工日期", "planned_end_on", "计划完工"),
    ("project_unfinished", UNFINISHED, "已开工，没有完工日期", "planned_end_on", "计划完工"),
    ("project_unaccepted", UNACCEPTED, "已完工，没有验收日期", "completed_on", "完工"),
    ("project_unpaid", UNPAID, "已验收，除质保金外没有付清", "accepted_on", "验收"),
)


def projects() -> list[Watch]:
    return [_stage(*one) for one in _STAGES]


def retentions() -> list[Watch]:
    found = (
        ("retention_overdue", "到期未付", "质保期已满，质保金还没有支付", _overdue),
        ("retention_due", "90 天内到期", "先组织质保期满检查，没有质量缺陷的到期支付", _due),
        ("retention_held", "全部未付", "留了质保金、还没有支付的项目", _held),
    )
    return [
        Watch(name, "project", RETENTIONS, label, meaning, narrow, _retention_told)
        for name, label, meaning, narrow in found
    ]


def stage_of(row: Mapping[str, Any]) -> str:
    """How far a project is."""
    if row["accepted_on"] is None:
        if row["completed_on"] is not None:
            return UNACCEPTED
        return NOT_STARTED if row["started_on"] is None else UNFINISHED
    price = row["audited_price"] if row["audited_price"] is not None else row["contract_price"]
    is_short = price is not None and (row["paid"] or 0) < price - (row["retention"] or 0)
    return UNPAID if row["paid"] is None or is_short else DONE


def _stage(name: str, stage: str, meaning: str, column: str, word: str) -> Watch:
    def narrow(rows: Rows, now: Now) -> Rows:
        found: Rows = rows.filter(STAGES[stage]).annotate(**{DUE: Coalesce(F(column), Value(0))})
        return found

    return Watch(name, "project", GROUP, stage, meaning, narrow, partial(_stage_told, column, word))


def _stage_told(column: str, word: str, row: Mapping[str, Any], now: Now) -> str:
    day = row[column]
    if day is None:
        return ""
    if word != "计划完工":
        return f"{day_in_words(day)} {word}"
    return f"{word} {left(day, now)}"


# -- retentions: a day is counted as its month times a hundred and the day -----------------------------


def _held(rows: Rows, now: Now) -> Rows:
    months = Coalesce(F("defect_months"), Value(now.standard(MONTHS) or 0))
    whole = F("accepted_on") / 10_000 * 12 + F("accepted_on") / 100 % 100 - 1 + months
    kept = rows.filter(retention__gt=0, retention_paid_on=None, accepted_on__isnull=False)
    found: Rows = kept.annotate(**{DUE: whole * 100 + F("accepted_on") % 100})
    return found


def _overdue(rows: Rows, now: Now) -> Rows:
    return _held(rows, now).filter(due__lt=_counted(now.day))


def _due(rows: Rows, now: Now) -> Rows:
    return _held(rows, now).filter(due__gte=_counted(now.day), due__lte=_counted(now.after(SOON)))


def _counted(day: int) -> int:
    return (day // 10_000 * 12 + day // 100 % 100 - 1) * 100 + day % 100


def retention_due_on(row: Mapping[str, Any], now: Now) -> int:
    """The day (yyyymmdd) on which the retention of an accepted project is due; in a shorter month its last."""
    months = row["defect_months"] if row["defect_months"] is not None else now.standard(MONTHS) or 0
    year, month = divmod(_counted(row["accepted_on"]) // 100 + months, 12)
    last = monthrange(year, month + 1)[1]
    return int(year * 10_000 + (month + 1) * 100 + min(row["accepted_on"] % 100, last))


def _retention_told(row: Mapping[str, Any], now: Now) -> str:
    defect = "，有质量缺陷记录" if row["has_defect_record"] else ""
    return left(retention_due_on(row, now), now) + defect
