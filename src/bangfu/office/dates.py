"""Days that an office counts down to: inspections, assessments, reports that are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import SetDate
from bangfu.terms.errors import UserError

LONGEST = 40


@dataclass(frozen=True)
class Countdown:
    """A day to come (yyyymmdd) and how many days are left; 0 on the day."""

    id: int
    name: str
    on: int
    days: int


def countdowns(day: int, count: int = 6) -> list[Countdown]:
    """The next days to come, as seen from a day (yyyymmdd)."""
    rows = SetDate.objects.filter(on__gte=day).order_by("on", "id").values_list("id", "name", "on")
    return [Countdown(row, name, on, (_date(on) - _date(day)).days) for row, name, on in rows[:count]]


def set_date(*, name: str, on: int, day: int, actor: str) -> None:
    """Adds a day. UserError for one without a name, one that is past, and one that is there already."""
    name = name.strip()
    if not name or len(name) > LONGEST:
        raise UserError(f"事项要写，最多 {LONGEST} 个字")
    if on < day:
        raise UserError("日期已经过去，请写今天或以后的日期")
    with transaction(actor=actor, source=Source("form"), reason="登记重要日期") as change:
        if SetDate.objects.filter(name=name, on=on).exists():
            raise UserError(f"{name} 在这一天已经登记过")
        change.create(SetDate, [{"name": name, "on": on, "added_by": actor}])


def drop_date(number: int, *, actor: str) -> None:
    """Takes a day away; the journal keeps it. UserError where it is not there."""
    with transaction(actor=actor, source=Source("form"), reason="取消重要日期") as change:
        if not SetDate.objects.filter(pk=number).exists():
            raise UserError("这个日期已经取消了")
        change.remove(SetDate, [number])


def _date(day: int) -> date:
    return date(day // 10000, day // 100 % 100, day % 100)
