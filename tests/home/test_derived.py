"""What follows from a row's own days on a day: the same on both databases and in snapshots, as the calendar has it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from django.db import connection

from bangfu.intake.snapshots.writing import write_snapshot
from bangfu.ledger import actions
from bangfu.ledger.derived import COMPUTED, day_number, months_later
from bangfu.office.journal.writing import Source, transaction

DAY = 20200422
LOANS = (
    ("逾期", 20200421, None, 100, -1, "已逾期"),
    ("当天", 20200422, None, 100, 0, "30天内到期"),
    ("三十天", 20200522, None, 100, 30, "30天内到期"),
    ("三十一天", 20200523, None, 100, 31, "60天内到期"),
    ("九十天", 20200721, None, 100, 90, "90天内到期"),
    ("以后", 20200722, None, 100, 91, "90天以上"),
    ("展期", 20200301, 20210301, 100, 313, "90天以上"),
    ("还清", 20200421, None, 0, None, "已结清"),
    ("没有到期日", None, None, 100, None, None),
)
_DONE = {"started_on": 20190101, "completed_on": 20190301, "accepted_on": 20190331}
PROJECTS: tuple[tuple[str, dict[str, int], str, int | None], ...] = (
    ("没有开工", {}, "未实施", None),
    ("明天开工", {"started_on": 20200423}, "未实施", None),
    ("开工", {"started_on": 20200422}, "未完工", None),
    ("完工", {"started_on": 20200101, "completed_on": 20200401}, "未验收", None),
    ("明天验收", {"completed_on": 20200401, "accepted_on": 20200423}, "未验收", None),
    ("没有拨付", _DONE, "未报账", None),
    ("少付", {**_DONE, "paid": 96, "retention": 3}, "未报账", 20200331),
    ("留质保金", {**_DONE, "paid": 97, "retention": 3}, "已完成", 20200331),
    ("十一个月", {**_DONE, "paid": 97, "retention": 3, "defect_months": 11}, "已完成", 20200229),
    ("没有开工日期", {"accepted_on": 20190331, "paid": 100}, "已完成", None),
)
COLUMNS = ("started_on", "completed_on", "accepted_on", "paid", "retention", "defect_months")


def some_ledgers() -> None:
    with transaction(actor="张三", source=Source("form")) as change:
        loans = [
            {"full_name": name, "due_on": due, "extended_until_on": later, "outstanding": left}
            for name, due, later, left, _, _ in LOANS
        ]
        actions.add(change, "loan", loans)
        projects = [
            {"project_name": name, "audited_price": 100, **dict.fromkeys(COLUMNS), **given}
            for name, given, _, _ in PROJECTS
        ]
        actions.add(change, "project", projects)


LOANS_THEN = [(name, days, band) for name, _, _, _, days, band in LOANS]
PROJECTS_THEN = [(name, stage, due) for name, _, stage, due in PROJECTS]


def test_both_databases_reckon_alike(any_home: Path) -> None:
    some_ledgers()
    days, band = (COMPUTED["loan"][name](DAY) for name in ("days_to_due", "due_band"))
    stage, due = (COMPUTED["project"][name](DAY) for name in ("stage", "retention_due_on"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT full_name, {days}, {band} FROM loan t ORDER BY id")
        assert cursor.fetchall() == LOANS_THEN
        cursor.execute(f"SELECT project_name, {stage}, {due} FROM project t ORDER BY id")
        assert cursor.fetchall() == PROJECTS_THEN


def test_a_snapshot_says_what_is_so_on_its_day(home: Path, tmp_path: Path) -> None:
    some_ledgers()
    write_snapshot(DAY, tmp_path / "snapshot")

    def read(table: str, names: str) -> list[tuple[object, ...]]:
        path = f"{tmp_path}/snapshot/{table}.parquet"
        return duckdb.sql(f"SELECT {names} FROM '{path}' ORDER BY row_key").fetchall()

    assert read("loan", "full_name, days_to_due, due_band") == LOANS_THEN
    assert read("project", "project_name, stage, retention_due_on") == PROJECTS_THEN


@pytest.mark.parametrize("months", [0, 1, 11, 12, 13, 36])
def test_days_are_reckoned_as_the_calendar_does(months: int) -> None:
    """Every third day of some years, one of them a leap year that is none by the hundreds."""
    days = [
        date(year, 1, 1) + timedelta(days=nth)
        for year in (1899, 1900, 2000, 2019, 2020)
        for nth in range(0, 366, 3)
    ]
    numbers = [day.year * 10000 + day.month * 100 + day.day for day in days]
    shown = ", ".join(f"({number})" for number in numbers)
    asked = f"SELECT {day_number('d')}, {months_later('d', str(months))} FROM (VALUES {shown}) AS given(d)"
    found = duckdb.sql(asked).fetchall()
    zero = found[0][0] - days[0].toordinal()
    assert [number - zero for number, _ in found] == [day.toordinal() for day in days]
    assert [later for _, later in found] == [later_by_hand(day, months) for day in days]


def later_by_hand(day: date, months: int) -> int:
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return year * 10000 + month * 100 + min(day.day, last)
