"""Who is responsible, who hears of what is overdue, what runs say of tasks, and the same question asked everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bangfu.casework import actions
from bangfu.casework.actions import Heard, Judgement
from bangfu.casework.chain import Link
from bangfu.casework.drafts import FROM_INSPECTION, Draft
from bangfu.casework.evidence_files import KeptFile
from bangfu.casework.models import Responsibility, Task, TaskEvent
from bangfu.casework.queries import chain_lines
from bangfu.casework.refusals import NotAllowed, NotPossible, Wrong
from bangfu.findings.models import Finding, Run
from bangfu.office.journal.reading import last_entry
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.readers import Holding
from bangfu.registry.scope import EVERYTHING
from tests.home.hashes import models
from tests.home.offices import DAY, NORTH, Office, a_run, an_account, an_office, findings

PHOTO = KeptFile("ab" * 32, "现场.jpg", "image/jpeg", 1_000)
CHAIN = Link("云台山村委会", "李副镇长", "leader", "王村干", "cadre")


@pytest.fixture
def office(any_home: Path) -> Office:
    return an_office()


def judgement(conclusion: str = "属实") -> Judgement:
    return Judgement(conclusion, "入户", DAY, "田云本人", "看过", is_discipline_broken=False)


def opened(office: Office, run: Run | None = None, **told: Any) -> int:
    numbers = findings(office, run or a_run(), **told)
    return actions.open_from_findings(office.hand("clerk"), numbers).tasks[0]


def closed(office: Office, task: int, conclusion: str = "属实") -> None:
    seen = Task.objects.get(id=task).revision
    seen = actions.answer(office.hand("cadre"), task, seen=seen, measure="x", effect="y", files=[PHOTO])
    seen = actions.verify(office.hand("clerk"), task, seen=seen, verdict=judgement(conclusion))
    actions.close(office.hand("clerk"), task, seen=seen)


def set_chain(office: Office, village: str = "north", link: Link = CHAIN, **told: Any) -> int:
    return actions.set_chain(
        office.hand("clerk"), kind="村", village=office.villages[village], link=link, **told
    )


def row(task: int) -> dict[str, Any]:
    return Task.objects.filter(id=task).values().get()


def last_event(task: int) -> tuple[str, str | None]:
    return TaskEvent.objects.filter(task_id=task).order_by("-id").values_list("event", "text")[0]


def sound() -> bool:
    return broken_links() == broken_facts(models()) == []


# -- the chain -----------------------------------------------------------------------------------------


def test_new_tasks_take_the_chain_of_their_village(office: Office) -> None:
    assert set_chain(office) == 0
    task = row(opened(office))
    assert (task["lead_leader"], task["lead_account"]) == ("李副镇长", "leader")
    assert (task["responsible_unit"], task["responsible_person"], task["assignee"]) == (
        "云台山村委会",
        "王村干",
        "cadre",
    )
    south = row(opened(office, where="south"))
    assert (south["responsible_unit"], south["responsible_person"]) == ("温泉村", None)


def test_a_departments_problem_goes_to_its_officer_where_one_is_set(office: Office) -> None:
    set_chain(office)
    first = row(opened(office, department="民政"))
    assert (first["assignee"], first["department"]) == ("cadre", "民政")
    officer = Link("民政办", None, None, "陈民政", "officer")
    assert actions.set_chain(office.hand("clerk"), kind="部门", department="民政", link=officer) == 1
    second = row(opened(office, department="民政"))
    for task in (row(first["id"]), second):
        assert (task["assignee"], task["responsible_unit"]) == ("officer", "民政办")
        assert task["lead_leader"] == "李副镇长"


def test_open_tasks_follow_the_chain_unless_they_were_given_to_somebody(office: Office) -> None:
    ownerless = opened(office)
    by_hand = opened(office)
    actions.reassign(
        office.hand("clerk"), by_hand, seen=1, link=Link(responsible_person="陈某"), reason="他经手的"
    )
    assert set_chain(office) == 1
    assert (row(ownerless)["assignee"], row(by_hand)["responsible_person"]) == ("cadre", "陈某")
    assert set_chain(office) == 0
    successor = Link("云台山村委会", "李副镇长", "leader", "冯村干", "south")
    assert set_chain(office, link=successor) == 1
    assert row(ownerless)["responsible_person"] == "冯村干"
    assert row(ownerless)["revision"] == 1
    assert Responsibility.objects.count() == 1
    assert set_chain(office, link=CHAIN, move_open=False) == 0
    assert sound()


def test_a_chain_that_cannot_be_is_refused(office: Office) -> None:
    with pytest.raises(Wrong) as caught:
        actions.set_chain(
            office.hand("clerk"), kind="村", village=999, link=Link(assignee="nobody", lead_account="x")
        )
    assert caught.value.fields.keys() == {"village", "responsible_person", "assignee", "lead_account"}
    with pytest.raises(Wrong, match="请填写部门"):
        actions.set_chain(office.hand("clerk"), kind="部门", link=CHAIN)
    an_account("north_clerk", "北文书", Holding("clerk", NORTH))
    for kind, village in (("村", office.villages["south"]), ("镇领导", None)):
        with pytest.raises(NotAllowed, match="不在您的范围内"):
            actions.set_chain(office.hand("north_clerk"), kind=kind, village=village, link=CHAIN)
    with pytest.raises(NotAllowed):
        actions.set_chain(office.hand("cadre"), kind="村", village=office.villages["north"], link=CHAIN)


def test_the_chain_is_shown_with_what_is_not_set(office: Office) -> None:
    set_chain(office)
    actions.set_chain(office.hand("clerk"), kind="镇领导", link=Link(responsible_person="郑镇长"))
    shown = [(line.kind, line.name, line.link.responsible_person) for line in chain_lines(EVERYTHING)]
    assert shown == [("村", "云台山村", "王村干"), ("村", "温泉村", None), ("镇领导", "镇领导", "郑镇长")]


# -- overdue -------------------------------------------------------------------------------------------


def test_overdue_climbs_the_chain_and_is_told_once(office: Office) -> None:
    set_chain(office)
    actions.set_chain(office.hand("clerk"), kind="镇领导", link=Link(responsible_person="郑镇长"))
    task = opened(office)  # due 2020-05-07
    assert actions.climb(20200507) == {}
    for day, level, text in (
        (20200508, "包村领导", "超期 1 天，还没有整改完，请包村领导李副镇长督办"),
        (20200514, "镇领导", "超期 7 天，还没有整改完，请镇领导郑镇长督办"),
        (20200522, "县级", "超期 15 天，还没有整改完，请县级督办"),
    ):
        assert actions.climb(day) == {level: 1}
        before = last_entry()
        assert actions.climb(day) == {}
        assert last_entry() == before
        assert (row(task)["escalated_to"], row(task)["escalated_on"]) == (level, day)
        assert last_event(task) == ("督办升级", text)
    assert actions.climb(20200601) == {}
    assert row(task)["revision"] == 1
    assert sound()


def test_after_days_without_the_program_the_highest_level_is_told(office: Office) -> None:
    task = opened(office)
    assert actions.climb(20200601) == {"县级": 1}
    assert TaskEvent.objects.filter(task_id=task, event="督办升级").count() == 1


def test_an_extended_deadline_climbs_anew(office: Office) -> None:
    task = opened(office)
    actions.climb(20200601)
    clerk = office.hand("clerk", 20200601)
    actions.extend(clerk, task, seen=1, due=20200620, reason="等鉴定")
    assert row(task)["escalated_to"] is None
    assert actions.climb(20200602) == {}
    assert actions.climb(20200621) == {"包村领导": 1}


def test_an_answered_task_climbs_until_it_is_closed(office: Office) -> None:
    task = opened(office)
    actions.answer(office.hand("cadre"), task, seen=1, measure="x", effect="y", files=[PHOTO])
    assert actions.climb(20200508) == {"包村领导": 1}
    assert "已答复，等待核实" in str(last_event(task)[1])
    actions.verify(office.hand("clerk"), task, seen=2, verdict=judgement())
    actions.close(office.hand("clerk"), task, seen=3)
    assert actions.climb(20200601) == {}


# -- what a run says -----------------------------------------------------------------------------------


def goes(run: Run) -> None:
    """The run does not find them any more."""
    Finding.objects.update(gone_run=run)


def comes_back(run: Run, **told: Any) -> None:
    Finding.objects.update(gone_run=None, since_run=run, **told)


def heard(run: Run) -> Heard:
    return actions.after_run(run.pk, actor="clerk", day=20200501)


def test_a_run_that_finds_it_no_more_is_noted_once(office: Office) -> None:
    task = opened(office)
    run = a_run(20200430)
    goes(run)
    assert heard(run) == Heard(not_found=1)
    assert (row(task)["not_found_on"], row(task)["state"]) == (20200430, "待整改")
    assert last_event(task) == ("核查不再发现", "第 2 次核查（2020-04-30）已不再发现")
    assert heard(run) == Heard()
    again = a_run(20200501)
    comes_back(again)
    assert heard(again) == Heard(found_again=1)
    assert row(task)["not_found_on"] is None
    assert row(task)["revision"] == 1
    assert sound()


def test_a_closed_task_whose_fault_is_found_again_opens_again(office: Office) -> None:
    task = opened(office)
    closed(office, task)
    run = a_run()
    assert heard(run) == Heard(reopened=1)
    again = row(task)
    assert (again["state"], again["is_open"], again["reopen_count"]) == ("待整改", True, 1)
    assert (again["due_on"], again["closed_on"], again["revision"]) == (20200516, None, 5)
    assert last_event(task) == ("重开", "第 2 次核查（2020-04-22）仍发现这个问题，重新整改")
    assert heard(run) == Heard()
    assert sound()


def test_a_run_that_began_before_the_closing_says_nothing_against_it(office: Office) -> None:
    task = opened(office)
    run = a_run()
    closed(office, task)
    comes_back(run)
    assert heard(run) == Heard()
    assert row(task)["state"] == "已销号"
    later = a_run()
    comes_back(later)
    assert heard(later) == Heard(reopened=1)
    closed(office, task)
    assert heard(later) == Heard()


def test_a_run_that_did_not_ask_says_nothing(office: Office) -> None:
    task = opened(office)
    closed(office, task)
    for told in ({"answered": ["identity.no_id_number"]}, {"villages": [office.villages["south"]]}):
        run = a_run()
        Run.objects.filter(pk=run.pk).update(is_whole=False, **told)
        assert heard(run) == Heard()
    aside = a_run()
    Run.objects.filter(pk=aside.pk).update(is_aside=True)
    assert heard(aside) == Heard()
    assert actions.after_run(4711, actor="clerk", day=DAY) == Heard()
    assert row(task)["state"] == "已销号"


@pytest.mark.parametrize("conclusion", ["不属实", "情况特殊"])
def test_what_was_verified_as_no_fault_stays_closed_until_its_values_change(
    office: Office, conclusion: str
) -> None:
    task = opened(office)
    closed(office, task, conclusion)
    run = a_run()
    comes_back(run)
    assert heard(run) == Heard()
    comes_back(run, values_hash="b")
    assert heard(run) == Heard(reopened=1)
    assert row(task)["reopen_count"] == 1


def test_a_false_alarm_stays_closed(office: Office) -> None:
    task = opened(office)
    closed(office, task)
    run = a_run()
    comes_back(run, is_silent=True)
    assert heard(run) == Heard()
    assert row(task)["is_open"] == 0


def test_only_one_task_of_a_finding_opens_again(office: Office) -> None:
    run = a_run()
    first = opened(office, run)
    closed(office, first)
    [second] = actions.open_from_findings(office.hand("clerk"), [Finding.objects.get().pk]).tasks
    later = a_run()
    comes_back(later)
    assert heard(later) == Heard()
    closed(office, second)
    latest = a_run()
    comes_back(latest)
    assert heard(latest) == Heard(reopened=1)
    assert (row(first)["is_open"], row(second)["is_open"]) == (False, True)


# -- 举一反三 ---------------------------------------------------------------------------------------------


def test_one_problem_asks_all_villages(office: Office) -> None:
    run = a_run()
    task = opened(office, run)
    findings(office, run, 2, "south")
    findings(office, run, 1, "south", is_silent=True)
    findings(office, run, 1, "south", gone_run=run)
    findings(office, run, 1, "south", check_id="identity.no_id_number")
    clerk = office.hand("clerk")
    actions.note_asked(clerk, task, seen=1)
    result = actions.ask_everywhere(clerk, task)
    assert (len(result.tasks), len(result.already), result.villages) == (2, 1, {"温泉村": 2})
    sibling = row(result.tasks[0])
    assert (sibling["source_kind"], sibling["note"]) == ("举一反三", "由 2020-0422-0001 举一反三")
    assert row(task)["siblings_checked_on"] == DAY
    assert last_event(task) == ("举一反三", "全范围核查出 3 条，新派发 2 条")
    assert actions.ask_everywhere(clerk, task).tasks == ()
    assert sound()


def test_siblings_are_opened_in_the_readers_area_only(office: Office) -> None:
    run = a_run()
    task = opened(office, run)
    findings(office, run, 1, "south")
    an_account("north_clerk", "北文书", Holding("clerk", NORTH))
    assert actions.ask_everywhere(office.hand("north_clerk"), task).tasks == ()


def test_without_a_check_there_is_nothing_to_ask(office: Office) -> None:
    draft = Draft("x", FROM_INSPECTION, "督查", DAY, "督查组", village=office.villages["north"])
    task = actions.open_task(office.hand("clerk"), draft)
    for ask in (
        lambda: actions.note_asked(office.hand("clerk"), task, seen=1),
        lambda: actions.ask_everywhere(office.hand("clerk"), task),
    ):
        with pytest.raises(NotPossible, match="不是核查规则发现的"):
            ask()
