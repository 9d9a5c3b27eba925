"""What falls due and what is open on a day: the same from the ledgers' queries, on both databases, and in snapshots."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangfu.intake.snapshots.writing import write_snapshot
from bangfu.ledger import actions
from bangfu.ledger.derived import day_number, months_later
from bangfu.ledger.due import free_posts, loans_due, project_stages, retentions_due
from bangfu.office.journal.writing import Source, transaction
from bangfu.registry.actions import add_villages
from bangfu.registry.scope import EVERYTHING, NOTHING, Part, Scope

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
PROJECTS: tuple[tuple[str, dict[str, int], str], ...] = (
    ("没有开工", {}, "未实施"),
    ("明天开工", {"started_on": 20200423}, "未实施"),
    ("开工", {"started_on": 20200101}, "未完工"),
    ("完工", {"started_on": 20200101, "completed_on": 20200401}, "未验收"),
    (
        "验收",
        {"started_on": 20200101, "completed_on": 20200401, "accepted_on": 20200410, "paid": 96},
        "未报账",
    ),
    (
        "留质保金",
        {
            "started_on": 20190101,
            "completed_on": 20190301,
            "accepted_on": 20190331,
            "paid": 97,
            "retention": 3,
        },
        "已完成",
    ),
    (
        "质保金未到期",
        {
            "started_on": 20190101,
            "completed_on": 20190801,
            "accepted_on": 20190831,
            "paid": 97,
            "retention": 3,
            "defect_months": 18,
        },
        "已完成",
    ),
    (
        "质保金已付",
        {
            "started_on": 20180101,
            "completed_on": 20180301,
            "accepted_on": 20180331,
            "paid": 100,
            "retention": 3,
            "retention_paid_on": 20190401,
        },
        "已完成",
    ),
)
COLUMNS = (
    "started_on",
    "completed_on",
    "accepted_on",
    "paid",
    "retention",
    "retention_paid_on",
    "defect_months",
)


def some_ledgers() -> list[int]:
    """Two villages: the first has the loans, projects and ten posts, three of them held; the second has five."""
    with transaction(actor="张三", source=Source("form")) as change:
        villages = add_villages(
            change,
            [
                {"village_name": "罗峰村", "village_code": "421281102200"},
                {"village_name": "金峰村", "village_code": "421281102206"},
            ],
        )
        here = {"village_key": villages[0]}
        loans = [
            {**here, "full_name": name, "due_on": due, "extended_until_on": later, "outstanding": left}
            for name, due, later, left, _, _ in LOANS
        ]
        actions.add(change, "loan", loans)
        projects = [
            {**here, "project_name": name, "audited_price": 100, **dict.fromkeys(COLUMNS), **given}
            for name, given, _ in PROJECTS
        ]
        actions.add(change, "project", projects)
        quotas = [
            {"village_key": key, "data_year": 2020, "quota": quota}
            for key, quota in zip(villages, (10, 5), strict=True)
        ]
        actions.add(change, "post_quota", quotas)
        held = [(20200101, None), (20200101, 20200422), (20200101, 20201231)]
        not_held = [(20200101, 20200421), (20200423, None)]
        posts = [
            {**here, "full_name": "甲", "data_year": 2020, "started_on": since, "ended_on": until}
            for since, until in (*held, *not_held)
        ]
        actions.add(change, "post", posts)
    return villages


def test_loans_projects_and_posts_on_a_day(any_home: Path) -> None:
    first, second = some_ledgers()
    with CaptureQueriesContext(connection) as asked:
        due = loans_due(EVERYTHING, DAY)
    assert len(asked) == 1
    expected = [(name, days, band) for name, _, _, _, days, band in LOANS if days is not None and days <= 90]
    assert [(row["full_name"], row["days_to_due"], row["due_band"]) for row in due] == expected
    assert [row["full_name"] for row in loans_due(EVERYTHING, DAY, 0)] == ["逾期", "当天"]
    stages = [stage for _, _, stage in PROJECTS]
    assert dict(project_stages(EVERYTHING, DAY)) == {stage: stages.count(stage) for stage in stages}
    found = [(row["project_name"], row["retention_due_on"]) for row in retentions_due(EVERYTHING, DAY)]
    assert found == [("留质保金", 20200331)]
    later = [
        (row["project_name"], row["retention_due_on"]) for row in retentions_due(EVERYTHING, DAY, 20210228)
    ]
    assert later == [("留质保金", 20200331), ("质保金未到期", 20210228)]
    free = [(one.village, one.quota, one.held, one.free) for one in free_posts(EVERYTHING, DAY)]
    assert free == [(first, 10, 3, 7), (second, 5, 0, 5)]


def test_a_reader_sees_his_own_places(home: Path) -> None:
    first, second = some_ledgers()
    here, there = (Scope((Part(frozenset({village})),)) for village in (first, second))
    paired = Scope((Part(None, None, frozenset({first})),))
    assert [len(loans_due(scope, DAY)) for scope in (here, there, NOTHING)] == [5, 0, 0]
    assert [sum(project_stages(scope, DAY).values()) for scope in (here, there, paired)] == [8, 0, 0]
    assert [len(retentions_due(scope, DAY)) for scope in (here, there, paired)] == [1, 0, 0]
    assert [len(free_posts(scope, DAY)) for scope in (here, there, paired, NOTHING)] == [1, 1, 0, 0]


def test_a_snapshot_says_the_same(home: Path, tmp_path: Path) -> None:
    some_ledgers()
    write_snapshot(DAY, tmp_path / "snapshot")

    def read(table: str, names: str) -> list[tuple[object, ...]]:
        return duckdb.sql(
            f"SELECT {names} FROM '{tmp_path}/snapshot/{table}.parquet' ORDER BY row_key"
        ).fetchall()

    loans = [(name, days, band) for name, _, _, _, days, band in LOANS]
    assert read("loan", "full_name, days_to_due, due_band") == loans
    assert read("project", "project_name, stage") == [(name, stage) for name, _, stage in PROJECTS]


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
