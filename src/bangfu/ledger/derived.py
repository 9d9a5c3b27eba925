"""What follows from a row's own days on a day: how long a loan still runs, how far a project is, when a retention is due.

Stored nowhere, since it changes without any write. Written once, as SQL that DuckDB, SQLite and PostgreSQL understand
alike: snapshots, and so checks and indicators, and a household's own rows read the same words. Rows are called `t`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

REMINDED = (30, 60, 90)
"""Days before a loan is due when its borrower is reminded; the code list `due_band` is named after them."""
DEFECT_MONTHS = 12
"""How long a retention is held where the contract does not say."""
_MONTH_DAYS = "CASE WHEN {m} IN (4, 6, 9, 11) THEN 30 WHEN {m} <> 2 THEN 31 WHEN {leap} THEN 29 ELSE 28 END"
_LEAP = "({y} % 4 = 0 AND {y} % 100 <> 0) OR {y} % 400 = 0"


def whole(value: str, by: int) -> str:
    """Whole-number division: `/` is not the same in all databases."""
    return f"CAST(({value} - ({value}) % {by}) / {by} AS BIGINT)"


def day_number(day: str) -> str:
    """A day (yyyymmdd) as a number of days, so that two can be subtracted."""
    month = f"({whole(day, 100)} % 100)"
    year = f"({whole(day, 10000)} - CASE WHEN {month} < 3 THEN 1 ELSE 0 END)"
    shifted = f"(({month} + 9) % 12)"
    leaps = f"{whole(year, 4)} - {whole(year, 100)} + {whole(year, 400)}"
    return f"({year} * 365 + {leaps} + {whole(f'({shifted} * 153 + 2)', 5)} + ({day}) % 100)"


def months_later(day: str, months: str) -> str:
    """A day (yyyymmdd) so many months later, the last of the month where there is no such day."""
    count = f"({whole(day, 10000)} * 12 + {whole(day, 100)} % 100 - 1 + ({months}))"
    year, month = whole(count, 12), f"({count} % 12 + 1)"
    last = _MONTH_DAYS.format(m=month, leap=_LEAP.format(y=year))
    kept = f"CASE WHEN ({day}) % 100 > ({last}) THEN ({last}) ELSE ({day}) % 100 END"
    return f"({year} * 10000 + {month} * 100 + {kept})"


def final_due(day: int) -> str:
    return "coalesce(t.extended_until_on, t.due_on)"


def days_to_due(day: int) -> str:
    left = f"({day_number(f'({final_due(day)})')} - {day_number(str(day))})"
    return f"CASE WHEN t.outstanding > 0 THEN {left} END"


def due_band(day: int) -> str:
    left = days_to_due(day)
    bands = " ".join(f"WHEN {left} <= {days} THEN '{days}天内到期'" for days in REMINDED)
    return (
        "CASE WHEN t.outstanding <= 0 OR (t.outstanding IS NULL AND t.settled_on IS NOT NULL) THEN '已结清' "
        f"WHEN {left} < 0 THEN '已逾期' {bands} WHEN {left} IS NOT NULL THEN '{REMINDED[-1]}天以上' END"
    )


def stage(day: int) -> str:
    """The last step that was taken by the day, whatever is written of the ones before; a retention need not be paid."""
    price = "coalesce(t.audited_price, t.contract_price)"
    return (
        f"CASE WHEN t.accepted_on <= {day} THEN CASE "
        f"WHEN t.paid IS NULL OR t.paid + coalesce(t.retention, 0) < {price} THEN '未报账' ELSE '已完成' END "
        f"WHEN t.completed_on <= {day} THEN '未验收' WHEN t.started_on <= {day} THEN '未完工' ELSE '未实施' END"
    )


def retention_due(day: int) -> str:
    later = months_later("t.accepted_on", f"coalesce(t.defect_months, {DEFECT_MONTHS})")
    return f"CASE WHEN t.retention > 0 AND t.accepted_on IS NOT NULL THEN {later} END"


COMPUTED: Mapping[str, Mapping[str, Callable[[int], str]]] = {
    "loan": {"final_due_on": final_due, "days_to_due": days_to_due, "due_band": due_band},
    "project": {"stage": stage, "retention_due_on": retention_due},
}
"""By table and declared field, its value as of a day (yyyymmdd)."""
