"""Lists of tasks: what is chosen, page by page, by an index, in the same number of queries, within the scope only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangfu.casework import actions
from bangfu.casework.actions import Judgement
from bangfu.casework.chain import Link
from bangfu.casework.evidence_files import KeptFile
from bangfu.casework.models import Task
from bangfu.casework.queries import (
    ALL,
    CLOSED,
    OPEN,
    TaskFilter,
    count,
    desk,
    every_task,
    league,
    open_task_of_finding,
    task_detail,
    tasks,
    tasks_of_household,
    to_recheck,
)
from bangfu.ledger.scope import scope_of
from bangfu.registry.scope import EVERYTHING, NOTHING, Part, Scope
from tests.home.offices import DAY, Office, a_run, an_office, findings

PHOTO = KeptFile("ab" * 32, "现场.jpg", "image/jpeg", 1_000)
SEEN = Judgement("属实", "入户", DAY, "田云本人", "看过", is_discipline_broken=False)


@pytest.fixture
def office(home: Path) -> Office:
    return an_office()


@pytest.fixture
def any_office(any_home: Path) -> Office:
    return an_office()


def opened(office: Office, count: int = 1, where: str = "north", **told: Any) -> list[int]:
    numbers = findings(office, a_run(), count, where, **told)
    return list(actions.open_from_findings(office.hand("clerk"), numbers).tasks)


def closed(office: Office, task: int) -> None:
    seen = Task.objects.get(id=task).revision
    seen = actions.answer(office.hand("cadre"), task, seen=seen, measure="x", effect="y", files=[PHOTO])
    seen = actions.verify(office.hand("clerk"), task, seen=seen, verdict=SEEN)
    actions.close(office.hand("clerk"), task, seen=seen)


def listed(scope: Scope = EVERYTHING, day: int = DAY, **chosen: Any) -> list[int]:
    return [task.id for task in every_task(scope, TaskFilter(**chosen), day=day)]


def test_open_tasks_come_by_deadline_then_closed_ones(any_office: Office) -> None:
    office = any_office
    reminder = opened(office, severity="reminder")
    errors = opened(office, 3)
    closed(office, errors[0])
    assert listed() == [*errors[1:], *reminder]
    assert listed(which=CLOSED) == [errors[0]]
    assert listed(which=ALL) == [*errors[1:], *reminder, errors[0]]


def test_page_by_page_nothing_is_left_out_or_told_twice(any_office: Office) -> None:
    office = any_office
    errors = opened(office, 7)
    reminders = opened(office, 4, severity="reminder")
    for task in (errors[2], reminders[1]):
        closed(office, task)
    expected = listed(which=ALL)
    assert sorted(expected) == sorted([*errors, *reminders])
    for size in (1, 2, 3, 5, 9, 11, 50):
        found, after = [], None
        while True:
            page = tasks(EVERYTHING, TaskFilter(which=ALL), day=DAY, after=after, size=size)
            assert len(page.rows) <= size
            found.extend(task.id for task in page.rows)
            after = page.after
            if after is None:
                break
        assert found == expected


@pytest.mark.parametrize("after", ["", "x", "1-2", "1-2-x", "9-9-9-9", "1-20200101-²", "1--5-3"])
def test_a_place_that_is_none_is_the_beginning(office: Office, after: str) -> None:
    opened(office, 2)
    page = tasks(EVERYTHING, TaskFilter(), day=DAY, after=after)
    assert len(page.rows) == 2


def test_every_choice(any_office: Office) -> None:
    office = any_office
    clerk = office.hand("clerk")
    link = Link("云台山村委会", "李副镇长", None, "王村干", "cadre")
    actions.set_chain(clerk, kind="村", village=office.villages["north"], link=link)
    [north] = opened(office)
    [south] = opened(office, where="south", severity="suspicion", department="民政")
    [other] = opened(office, check_id="identity.no_id_number", severity="reminder")
    actions.acknowledge(office.hand("cadre"), north, seen=1)
    actions.climb(20200520)
    numbers = dict(Task.objects.values_list("id", "issue_no"))
    choices: dict[str, tuple[dict[str, Any], list[int]]] = {
        "state": ({"state": "整改中"}, [north]),
        "village": ({"village": office.villages["south"]}, [south]),
        "household": ({"household": office.households["north"]}, [north, other]),
        "severity": ({"severity": "疑点"}, [south]),
        "department": ({"department": "民政"}, [south]),
        "unit": ({"unit": "温泉村"}, [south]),
        "assignee": ({"assignee": "cadre"}, [north, other]),
        "source": ({"source": "核查疑点"}, [north, south, other]),
        "check": ({"check": "identity.no_id_number"}, [other]),
        "escalated": ({"escalated": "镇领导"}, [north]),
        "above": ({"is_above": True}, [north]),
        "overdue": ({"overdue_on": 20200508}, [north]),
        "due today": ({"overdue_on": 20200507}, []),
        "due": ({"due_from": 20200508, "due_by": 20200530}, [south]),
        "owner": ({"without_owner": True}, [south]),
        "number": ({"text": numbers[south]}, [south]),
        "name": ({"text": " 田云 "}, [north, other]),
        "household number": ({"text": "610000000002"}, [south]),
        "two": ({"assignee": "cadre", "severity": "提醒"}, [other]),
        "none": ({"text": "%"}, []),
        "closed": ({"which": CLOSED}, []),
        "overdue and closed": ({"which": CLOSED, "overdue_on": 20200601}, []),
        "gone": ({"not_found": True}, []),
    }
    for name, (chosen, expected) in choices.items():
        assert (name, listed(day=20200520, **chosen)) == (name, expected)
        assert count(EVERYTHING, TaskFilter(**chosen)).number == len(expected)


def test_a_list_is_narrowed_to_the_readers_scope(any_office: Office) -> None:
    office = any_office
    [north] = opened(office)
    [south] = opened(office, where="south")
    [welfare] = opened(office, where="south", department="民政")
    everything = {north, south, welfare}
    expected = {
        "clerk": everything,
        "leader": everything,
        "auditor": everything,
        "cadre": {north},
        "south": {south, welfare},
        "officer": {welfare},
        "admin": set(),
    }
    for username, seen in expected.items():
        reader = office.hand(username).reader
        scope = scope_of(reader, "task.see")
        assert (username, set(listed(scope))) == (username, seen)
        found = {task for task in everything if task_detail(scope, task, office.hand(username)) is not None}
        assert (username, found) == (username, seen)
        assert sum(item.open for item in league(scope, DAY)) == len(seen)
        assert count(scope, TaskFilter()).number == len(seen)
    helper = Scope((Part(None, None, frozenset({office.households["north"]})),))
    assert listed(helper) == [north]
    assert listed(NOTHING) == []


def test_counts_stop_at_a_cap(office: Office) -> None:
    opened(office, 12)
    assert str(count(EVERYTHING, TaskFilter(), cap=10)) == "10+"
    assert str(count(EVERYTHING, TaskFilter(), cap=12)) == "12"
    assert str(count(EVERYTHING, TaskFilter(which=ALL), cap=5)) == "5+"


def test_a_line_says_how_long_there_is(office: Office) -> None:
    [task] = opened(office)
    [line] = tasks(EVERYTHING, TaskFilter(), day=20200510).rows
    assert (line.days_left, line.is_overdue) == (-3, True)
    closed(office, task)
    [line] = tasks(EVERYTHING, TaskFilter(which=CLOSED), day=20200510).rows
    assert (line.days_left, line.is_overdue) == (None, False)


def test_numbers_of_persons_are_masked_in_lists(office: Office) -> None:
    opened(office, subject="田某 证件号码 429999198506129594", person_key=None, household_key=None)
    [line] = tasks(EVERYTHING, TaskFilter(), day=DAY).rows
    assert "429999198506129595" not in line.problem
    assert line.object_name == "田某 证件号码 429999********9594"


def test_what_waits_for_a_reader(office: Office) -> None:
    clerk = office.hand("clerk")
    link = Link("云台山村委会", "李副镇长", None, "王村干", "cadre")
    actions.set_chain(clerk, kind="村", village=office.villages["north"], link=link)
    one, two, three = opened(office, 3)
    [south] = opened(office, where="south", severity="reminder")
    seen = actions.answer(office.hand("cadre"), two, seen=1, measure="x", effect="y", files=[PHOTO])
    closed(office, three)
    actions.verify(clerk, two, seen=seen, verdict=SEEN)
    actions.answer(office.hand("south"), south, seen=1, measure="x", effect="y")
    actions.climb(20200515)
    shown = desk(office.hand("cadre").reader, EVERYTHING, 20200515)
    assert [task.id for task in shown.mine.rows] == [one, two]
    assert [task.id for task in shown.overdue.rows] == [one, two]
    assert [task.id for task in shown.escalated.rows] == [one, two]
    assert [task.id for task in shown.to_verify.rows] == [south]
    assert [task.id for task in shown.to_close.rows] == [two]
    assert (shown.soon.rows, str(shown.mine.count)) == ((), "2")
    soon = desk(office.hand("cadre").reader, EVERYTHING, 20200502).soon
    assert [task.id for task in soon.rows] == [one, two]
    table = [
        (item.name, item.open, item.overdue, item.closed, item.closed_percent)
        for item in league(EVERYTHING, 20200515)
    ]
    assert table == [("云台山村", 2, 2, 1, 33), ("温泉村", 1, 0, 0, 0)]


def test_closed_errors_are_to_be_looked_at_again(office: Office) -> None:
    one, two = opened(office, 2)
    for task in (one, two):
        closed(office, task)
    assert to_recheck(EVERYTHING, 20200520).rows == ()
    actions.recheck(office.hand("clerk2", 20200522), one, seen=4, text="没有反复")
    assert [task.id for task in to_recheck(EVERYTHING, 20200522).rows] == [two]


def test_the_tasks_of_a_household_and_of_a_finding(office: Office) -> None:
    [north], [south] = opened(office), opened(office, where="south")
    closed(office, north)
    household = office.households["north"]
    assert [task.id for task in tasks_of_household(EVERYTHING, household, day=DAY)] == [north]
    finding = Task.objects.values_list("finding_no", flat=True)
    found = open_task_of_finding(EVERYTHING, finding.get(id=south) or 0, day=DAY)
    assert found is not None
    assert found.id == south
    assert open_task_of_finding(EVERYTHING, finding.get(id=north) or 0, day=DAY) is None


def queries(ask: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def test_queries_do_not_grow_with_the_list(office: Office) -> None:
    reader, clerk = office.hand("clerk").reader, office.hand("clerk")
    for size in (1, 60):
        task = opened(office, size)[-1]
        closed(office, opened(office)[0])
        assert queries(lambda: tasks(EVERYTHING, TaskFilter(which=ALL), day=DAY)) <= 2
        assert queries(lambda: tasks(EVERYTHING, TaskFilter(which=ALL, text="田"), day=DAY)) <= 3
        assert queries(lambda: count(EVERYTHING, TaskFilter(which=ALL))) <= 2
        assert queries(lambda: league(EVERYTHING, DAY)) == 3
        assert queries(lambda: desk(reader, EVERYTHING, DAY)) <= 12
        assert queries(lambda task=task: task_detail(EVERYTHING, task, clerk)) <= 12


CHOICES: dict[str, dict[str, Any]] = {
    "all": {},
    "village": {"village": 1},
    "state": {"state": "已整改"},
    "severity": {"severity": "疑点"},
    "department": {"department": "民政"},
    "unit": {"unit": "温泉村"},
    "assignee": {"assignee": "cadre"},
    "check": {"check": "identity.no_id_number"},
    "source": {"source": "检查反馈"},
    "household": {"household": 1},
    "overdue": {"overdue_on": DAY},
    "soon": {"due_from": DAY, "due_by": 20200501},
    "number": {"text": "2020-0422-0001"},
    "name": {"text": "田云"},
    "owner": {"without_owner": True},
    "gone": {"not_found": True},
    "above": {"is_above": True},
}


def plan(scope: Scope = EVERYTHING, which: str = OPEN, **chosen: Any) -> list[str]:
    """How SQLite reads a page of the list."""
    with CaptureQueriesContext(connection) as asked:
        tasks(scope, TaskFilter(which=which, **chosen), day=DAY, after=f"{int(which == OPEN)}-20200101-1")
    found = []
    with connection.cursor() as cursor:
        for query in asked:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            found.extend(str(step[3]) for step in cursor.fetchall())
    return found


@pytest.mark.parametrize("which", [OPEN, CLOSED])
@pytest.mark.parametrize("choice", CHOICES)
def test_every_list_is_read_by_an_index_in_its_order(office: Office, choice: str, which: str) -> None:
    if which == CLOSED and choice in ("overdue", "state"):
        which = OPEN
    opened(office, 5)
    steps = plan(which=which, **CHOICES[choice])
    assert steps
    assert [step for step in steps if step.startswith("SCAN")] == []
    if choice not in ("household", "number", "name"):  # few rows: they are sorted
        assert [step for step in steps if "B-TREE" in step] == []


def test_one_villages_list_is_read_by_the_villages_index(office: Office) -> None:
    opened(office, 5)
    scope = scope_of(office.hand("cadre").reader, "task.see")
    assert [step for step in plan(scope) if "task_by_village" not in step] == []
    assert [step for step in plan(assignee="cadre") if "task_by_assignee" not in step] == []
    department = scope_of(office.hand("officer").reader, "task.see")
    assert [step for step in plan(department) if "task_by_department" not in step] == []
