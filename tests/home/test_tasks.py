"""A task from the finding to its closing: every step, and everything that is refused on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangfu.casework import actions
from bangfu.casework.actions import Judgement
from bangfu.casework.chain import Link
from bangfu.casework.drafts import BY_HAND, FROM_INSPECTION, Draft
from bangfu.casework.evidence_files import KeptFile
from bangfu.casework.hands import Hand
from bangfu.casework.models import EvidenceFile, Task, TaskEvent
from bangfu.casework.queries import task_detail
from bangfu.casework.refusals import Changed, NoSuchTask, NotAllowed, NotPossible, Wrong
from bangfu.casework.steps import STATES, STEPS
from bangfu.findings.models import Finding
from bangfu.office.journal.undoing import CannotUndo
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.readers import Holding
from bangfu.registry.scope import EVERYTHING
from tests.home.hashes import models
from tests.home.offices import DAY, NORTH, TOWN, Office, a_run, an_account, an_office, findings

PHOTO = KeptFile("ab" * 32, "现场.jpg", "image/jpeg", 1_000)
SEEN = Judgement("属实", "入户", DAY, "田云本人", "出生日期已按身份证更正", is_discipline_broken=False)


@pytest.fixture
def office(home: Path) -> Office:
    return an_office()


@pytest.fixture
def any_office(any_home: Path) -> Office:
    return an_office()


def opened(office: Office, **told: object) -> int:
    [finding] = findings(office, a_run(), **told)
    [task] = actions.open_from_findings(office.hand("clerk"), [finding]).tasks
    return task


def row(task: int) -> dict[str, object]:
    return Task.objects.filter(id=task).values().get()


def state(task: int) -> tuple[object, object]:
    return row(task)["state"], row(task)["revision"]


def answered(office: Office, task: int, by: str = "cadre") -> int:
    seen = row(task)["revision"]
    return actions.answer(
        office.hand(by), task, seen=seen, measure="入户核对", effect="已更正", files=[PHOTO]
    )


def events(task: int) -> list[tuple[str, str | None]]:
    return list(TaskEvent.objects.filter(task_id=task).order_by("id").values_list("event", "username"))


def sound() -> bool:
    return broken_links() == broken_facts(models()) == []


def test_a_finding_becomes_a_task(any_office: Office) -> None:
    task = row(opened(any_office))
    expected = {
        "issue_no": "2020-0422-0001",
        "issue_type": "出生日期与身份证不符",
        "rule_id": "identity.birth_date_differs_from_number",
        "village_name": "云台山村",
        "object_name": "田云",
        "object_no": "61000000000101",
        "object_level": "人",
        "source_kind": "核查疑点",
        "source_on": DAY,
        "reporter": "周文书",
        "severity": "错误",
        "registered_on": DAY,
        "due_on": 20200507,
        "requirement": "按身份证更正出生日期",
        "state": "待整改",
        "is_open": True,
        "is_suspicion": False,
        "has_evidence": False,
        "department": "村",
    }
    assert {name: task[name] for name in expected} == expected
    assert str(task["source_document"]).startswith("第 1 次核查")
    assert events(int(str(task["id"]))) == [("登记", "clerk")]
    assert sound()


@pytest.mark.parametrize(
    ("severity", "due"), [("error", 20200507), ("suspicion", 20200522), ("reminder", 20200621)]
)
def test_the_deadline_follows_from_the_severity(office: Office, severity: str, due: int) -> None:
    assert row(opened(office, severity=severity))["due_on"] == due


def test_the_whole_way(any_office: Office) -> None:
    office = any_office
    task = opened(office)
    actions.acknowledge(office.hand("cadre"), task, seen=1)
    assert state(task) == ("整改中", 2)
    assert row(task)["assignee"] == "cadre"
    actions.report_progress(office.hand("cadre"), task, seen=2, text="已联系本人")
    actions.answer(office.hand("cadre"), task, seen=3, measure="入户核对", effect="已更正", files=[PHOTO])
    assert state(task) == ("已整改", 4)
    assert (row(task)["rectifier"], row(task)["rectified_on"]) == ("王村干", DAY)
    actions.verify(office.hand("clerk"), task, seen=4, verdict=SEEN)
    assert state(task) == ("已验收", 5)
    actions.close(office.hand("leader", 20200430), task, seen=5, text="同意")
    closed = row(task)
    assert (closed["state"], closed["is_open"], closed["closed_on"]) == ("已销号", False, 20200430)
    assert str(closed["closed_slot"])[:11] == "2020-04-30 "
    assert len(str(closed["closed_slot"])) == 15
    actions.recheck(office.hand("clerk2", 20200525), task, seen=6, text="入户看过,没有反复")
    assert row(task)["rechecked_on"] == 20200525
    assert [kind for kind, _ in events(task)] == [
        *("登记", "签收", "进展", "答复", "核实通过", "销号", "复核"),
    ]
    assert sound()


def test_sent_back_it_is_answered_again(office: Office) -> None:
    task = opened(office)
    answered(office, task)
    with pytest.raises(Wrong, match="退回的理由"):
        actions.send_back(office.hand("clerk"), task, seen=2, reason=" ")
    actions.send_back(office.hand("clerk"), task, seen=2, reason="照片看不清", due=20200520)
    assert state(task) == ("已退回", 3)
    assert (row(task)["rectified_on"], row(task)["due_on"]) == (None, 20200520)
    answered(office, task)
    actions.verify(office.hand("clerk"), task, seen=4, verdict=SEEN)
    actions.send_back(office.hand("leader"), task, seen=5, reason="结论要写清楚")
    assert state(task) == ("已退回", 6)


def test_an_answer_can_be_withdrawn_by_who_gave_it(office: Office) -> None:
    task = opened(office)
    answered(office, task)
    with pytest.raises(NotAllowed, match="不是您答复的"):
        actions.withdraw(office.hand("clerk"), task, seen=2)
    actions.withdraw(office.hand("cadre"), task, seen=2)
    assert state(task) == ("整改中", 3)


@pytest.mark.parametrize("now", STATES)
def test_what_the_state_does_not_allow_is_refused_with_what_it_does(office: Office, now: str) -> None:
    task = opened(office)
    Task.objects.filter(id=task).update(state=now, is_open=now != "已销号")
    clerk = office.hand("clerk")
    attempts = {
        "acknowledge": lambda: actions.acknowledge(clerk, task, seen=1),
        "progress": lambda: actions.report_progress(clerk, task, seen=1, text="x"),
        "answer": lambda: actions.answer(clerk, task, seen=1, measure="x", effect="y"),
        "withdraw": lambda: actions.withdraw(clerk, task, seen=1),
        "attach": lambda: actions.attach(clerk, task, seen=1, files=[PHOTO]),
        "detach": lambda: actions.detach(clerk, task, seen=1, file=1, reason="x"),
        "verify": lambda: actions.verify(clerk, task, seen=1, verdict=SEEN),
        "send_back": lambda: actions.send_back(clerk, task, seen=1, reason="x"),
        "close": lambda: actions.close(clerk, task, seen=1),
        "reopen": lambda: actions.reopen(clerk, task, seen=1, reason="x"),
        "recheck": lambda: actions.recheck(clerk, task, seen=1, text="x"),
        "reassign": lambda: actions.reassign(clerk, task, seen=1, link=Link(unit="x"), reason="x"),
        "extend": lambda: actions.extend(clerk, task, seen=1, due=20200501, reason="x"),
        "note_siblings": lambda: actions.note_siblings(clerk, task, seen=1, text="x"),
    }
    assert attempts.keys() == STEPS.keys()
    for name, attempt in attempts.items():
        if now in STEPS[name].from_states:
            continue
        with pytest.raises(NotPossible, match=f"任务现在是“{now}”，不能{STEPS[name].label}；现在可以："):
            attempt()
    assert row(task)["revision"] == 1


def judge(step: str, hand: Hand, task: int, seen: int) -> None:
    if step == "verify":
        actions.verify(hand, task, seen=seen, verdict=SEEN)
    elif step == "send_back":
        actions.send_back(hand, task, seen=seen, reason="x")
    else:
        actions.close(hand, task, seen=seen)


@pytest.mark.parametrize("step", ["verify", "send_back", "close"])
@pytest.mark.parametrize("part", ["answer", "progress", "attach"])
def test_nobody_judges_what_they_worked_on(office: Office, step: str, part: str) -> None:
    """Also who only sent a photo or a report, and also when somebody else answered after that."""
    task, clerk = opened(office), office.hand("clerk")
    if part == "answer":
        answered(office, task, by="clerk")
        actions.withdraw(clerk, task, seen=2)
    elif part == "progress":
        actions.report_progress(clerk, task, seen=1, text="x")
    else:
        actions.attach(clerk, task, seen=1, files=[PHOTO])
    seen = answered(office, task)
    if step == "close":
        seen = actions.verify(office.hand("clerk2"), task, seen=seen, verdict=SEEN)
    with pytest.raises(NotAllowed, match="自己不能给自己销号"):
        judge(step, clerk, task, seen)
    assert row(task)["revision"] == seen


def test_a_second_account_is_no_second_person(office: Office) -> None:
    """The same name with the same phone is one person; the same name alone is two, and they sign apart."""
    for username, phone in (("wang", "13900000001"), ("wang2", "13900000001"), ("wang3", "13900000003")):
        an_account(username, "王一人", Holding("clerk", TOWN), phone)
    task = opened(office)
    answered(office, task, by="wang")
    with pytest.raises(NotAllowed, match="自己不能给自己销号"):
        actions.verify(office.hand("wang2"), task, seen=2, verdict=SEEN)
    actions.verify(office.hand("wang3"), task, seen=2, verdict=SEEN)
    assert (row(task)["rectifier"], row(task)["verifier"]) == ("王一人", "王一人（wang3）")


def test_who_has_not_the_right_is_told_which_it_takes(office: Office) -> None:
    task = opened(office)
    with pytest.raises(NotAllowed, match="要有“答复整改任务”的权限"):
        answered(office, task, by="leader")
    answered(office, task)
    with pytest.raises(NotAllowed, match="核实整改"):
        actions.verify(office.hand("cadre"), task, seen=2, verdict=SEEN)
    with pytest.raises(NotAllowed, match="登记问题、派发任务"):
        actions.extend(office.hand("cadre"), task, seen=2, due=20200601, reason="x")


@pytest.mark.parametrize("stranger", ["south", "officer", "admin"])
def test_a_task_elsewhere_is_not_there(office: Office, stranger: str) -> None:
    task = opened(office)
    for number in (task, 4711):
        with pytest.raises(NoSuchTask, match=r"^没有这个任务$"):
            answered(office, task, by=stranger) if number == task else actions.acknowledge(
                office.hand(stranger), number, seen=1
            )


def test_a_departments_officer_answers_what_is_the_departments(office: Office) -> None:
    task = opened(office, department="民政")
    answered(office, task, by="officer")
    assert state(task) == ("已整改", 2)


def test_the_second_editor_is_told_what_the_first_did(any_office: Office) -> None:
    office = any_office
    task = opened(office)
    answered(office, task)
    with pytest.raises(Changed, match=r"有人办理过(.|\n)*王村干 答复：入户核对") as caught:
        actions.report_progress(office.hand("clerk"), task, seen=1, text="我也来报")
    assert len(caught.value.since) == 1
    assert state(task) == ("已整改", 2)


def test_a_form_that_is_sent_twice_is_written_once(office: Office) -> None:
    clerk, cadre = office.hand("clerk"), office.hand("cadre")
    draft = Draft("路灯不亮", BY_HAND, "村民来访", DAY, "周文书", village=office.villages["north"])
    first = actions.open_task(clerk, draft, once="form-1")
    assert actions.open_task(clerk, draft, once="form-1") == first
    assert actions.open_task(clerk, draft, once="form-2") != first
    for _ in range(2):
        revision = actions.report_progress(cadre, first, seen=1, text="已报修", once="form-3")
        assert revision == 2
    assert [kind for kind, _ in events(first)] == ["登记", "进展"]
    [finding] = findings(office, a_run())
    again = [actions.open_from_findings(clerk, [finding], once="form-4").tasks for _ in range(2)]
    assert again[0] == again[1]


def test_a_finding_never_has_two_open_tasks(any_office: Office) -> None:
    office = any_office
    clerk = office.hand("clerk")
    [one, two] = findings(office, a_run(), 2)
    first = actions.open_from_findings(clerk, [one])
    both = actions.open_from_findings(clerk, [one, two, two])
    assert (len(first.tasks), len(both.tasks), both.already) == (1, 1, (one,))
    assert both.told == "派发 1 条，1 条已有未销号的任务，1 条还没有责任人，请先设定责任链"


def test_settled_and_foreign_findings_are_left_alone(office: Office) -> None:
    run = a_run()
    gone = findings(office, run, gone_run=run)
    silent = findings(office, run, is_silent=True)
    there = findings(office, run)
    an_account("north_clerk", "北文书", Holding("clerk", NORTH))
    south = findings(office, run, where="south")
    result = actions.open_from_findings(office.hand("north_clerk"), [*gone, *silent, *there, *south, 999])
    assert (len(result.tasks), result.settled, result.outside) == (1, (*gone, *silent), 2)
    assert result.villages == {"云台山村": 1}


def test_two_thousand_are_handed_out_in_few_queries(office: Office) -> None:
    numbers = findings(office, a_run(), 2_000)
    clerk = office.hand("clerk")
    with CaptureQueriesContext(connection) as asked:
        result = actions.open_from_findings(clerk, numbers)
    assert len(result.tasks) == Task.objects.count() == TaskEvent.objects.count() == 2_000
    assert len([query for query in asked if "INSERT" not in query["sql"][:13]]) <= 45
    assert row(result.tasks[-1])["issue_no"] == "2020-0422-2000"
    assert broken_facts(models()) == []


def test_what_was_handed_out_by_mistake_is_taken_back(office: Office) -> None:
    clerk = office.hand("clerk")
    numbers = findings(office, a_run(), 3)
    first = actions.open_from_findings(clerk, numbers)
    assert actions.take_back(clerk, first.tasks[0], reason="选错了规则") == 6
    assert (Task.objects.count(), TaskEvent.objects.count()) == (0, 0)
    again = actions.open_from_findings(clerk, numbers)
    assert row(again.tasks[0])["issue_no"] == "2020-0422-0004"
    answered(office, again.tasks[1])
    with pytest.raises(CannotUndo):
        actions.take_back(clerk, again.tasks[0], reason="还是不对")
    assert sound()


def test_by_hand_every_field_that_lacks_is_named(office: Office) -> None:
    with pytest.raises(Wrong) as caught:
        actions.open_task(office.hand("clerk"), Draft(" ", BY_HAND, severity="大", due_on=20200421))
    assert caught.value.fields.keys() == {
        *("problem", "source_document", "source_on", "reporter", "severity", "due_on"),
    }
    assert "2020-04-22 到 2020-07-23" in caught.value.fields["due_on"]
    with pytest.raises(Wrong, match="没有编号为 999 的户"):
        actions.open_task(office.hand("clerk"), Draft("x", BY_HAND, "来访", DAY, "周文书", household=999))
    with pytest.raises(Wrong, match="最多 2000 个字"):
        actions.open_task(
            office.hand("clerk"),
            Draft("字" * 2_001, BY_HAND, "来访", DAY, "周文书", village=office.villages["north"]),
        )
    assert not Task.objects.exists()


def test_by_hand_about_a_household(office: Office) -> None:
    draft = Draft("屋顶漏水", BY_HAND, "走访", DAY, "周文书", household=office.households["south"])
    task = row(actions.open_task(office.hand("clerk"), draft))
    assert (task["village_id"], task["village_name"]) == (office.villages["south"], "温泉村")
    assert (task["object_name"], task["object_no"], task["object_level"]) == ("田温", "610000000002", "户")
    with pytest.raises(NotAllowed, match=r"不在您的范围"):
        actions.open_task(office.hand("cadre"), draft)


def test_closing_asks_for_evidence_effect_and_siblings(office: Office) -> None:
    """What the checks on rectification would find of a closed task cannot come about."""
    clerk, cadre = office.hand("clerk"), office.hand("cadre")
    draft = Draft(
        "公示不规范", FROM_INSPECTION, "市督查反馈", DAY, "市督查组", village=office.villages["north"]
    )
    task = actions.open_task(clerk, draft)
    with pytest.raises(Wrong) as caught:
        actions.answer(cadre, task, seen=1, measure="", effect=" ")
    assert caught.value.fields.keys() == {"measure", "effect"}
    actions.answer(cadre, task, seen=1, measure="已重新公示", effect="群众知晓")
    actions.verify(clerk, task, seen=2, verdict=SEEN)
    with pytest.raises(NotPossible, match=r"没有佐证材料(.|\n)*举一反三"):
        actions.close(clerk, task, seen=3)
    actions.note_siblings(clerk, task, seen=3, text="全镇 11 个村对照排查,没有别的")
    actions.send_back(clerk, task, seen=4, reason="补照片")
    actions.answer(cadre, task, seen=5, measure="已重新公示", effect="群众知晓", files=[PHOTO])
    actions.verify(clerk, task, seen=6, verdict=SEEN)
    actions.close(clerk, task, seen=7)
    assert row(task)["siblings_checked_on"] == DAY


def test_the_verdict_says_whom_what_and_discipline(office: Office) -> None:
    task = opened(office)
    answered(office, task)
    with pytest.raises(Wrong) as caught:
        actions.verify(office.hand("clerk"), task, seen=2, verdict=Judgement("好", "", None, "", " ", None))
    assert caught.value.fields.keys() == {
        *("conclusion", "way", "visited_on", "people", "found", "is_discipline_broken"),
    }
    broken = Judgement("属实", "入户", DAY, "田云", "村干部代领", is_discipline_broken=True)
    with pytest.raises(Wrong, match="违纪违规情况"):
        actions.verify(office.hand("clerk"), task, seen=2, verdict=broken)
    assert state(task) == ("已整改", 2)


def test_evidence_can_be_added_and_taken_away_by_who_added_it(office: Office) -> None:
    task = opened(office)
    cadre = office.hand("cadre")
    other = KeptFile("cd" * 32, "错.pdf", "application/pdf", 2_000)
    actions.attach(cadre, task, seen=1, files=[PHOTO, other, PHOTO])
    assert EvidenceFile.objects.filter(task_id=task).count() == 2
    wrong = EvidenceFile.objects.get(file_name="错.pdf").id
    with pytest.raises(NotPossible, match="不是您上传的"):
        actions.detach(office.hand("clerk"), task, seen=2, file=wrong, reason="传错了")
    actions.detach(cadre, task, seen=2, file=wrong, reason="传错了")
    assert row(task)["has_evidence"] is True
    right = EvidenceFile.objects.get().id
    actions.detach(cadre, task, seen=3, file=right, reason="也传错了")
    assert row(task)["has_evidence"] is False
    with pytest.raises(Wrong, match="请选择"):
        actions.attach(cadre, task, seen=4, files=[])


def test_reopened_it_begins_again(office: Office) -> None:
    task = opened(office)
    answered(office, task)
    actions.verify(office.hand("clerk"), task, seen=2, verdict=SEEN)
    actions.close(office.hand("clerk"), task, seen=3)
    actions.reopen(office.hand("leader", 20200601), task, seen=4, reason="复核发现没有改到位")
    again = row(task)
    assert (again["state"], again["is_open"], again["due_on"]) == ("待整改", True, 20200616)
    assert (again["closed_on"], again["verifier"], again["has_evidence"]) == (None, None, False)
    assert again["reopen_count"] == 1
    seen = actions.answer(office.hand("cadre"), task, seen=5, measure="x", effect="y")
    actions.verify(office.hand("clerk"), task, seen=seen, verdict=SEEN)
    with pytest.raises(NotPossible, match="没有佐证材料"):
        actions.close(office.hand("clerk"), task, seen=seen + 1)


def test_a_second_task_of_the_finding_keeps_the_first_closed(office: Office) -> None:
    task = opened(office)
    answered(office, task)
    actions.verify(office.hand("clerk"), task, seen=2, verdict=SEEN)
    actions.close(office.hand("clerk"), task, seen=3)
    finding = Finding.objects.get().pk
    assert len(actions.open_from_findings(office.hand("clerk"), [finding]).tasks) == 1
    with pytest.raises(NotPossible, match="另有未销号的任务"):
        actions.reopen(office.hand("clerk"), task, seen=4, reason="x")


def test_reassigned_with_a_reason(office: Office) -> None:
    task = opened(office)
    clerk = office.hand("clerk")
    with pytest.raises(Wrong) as caught:
        actions.reassign(clerk, task, seen=1, link=Link(assignee="nobody"), reason="")
    assert caught.value.fields.keys() == {"reason", "assignee"}
    link = Link(responsible_person="陈民政", assignee="officer", unit="民政办")
    actions.reassign(clerk, task, seen=1, link=link, reason="属民政职责", department="民政")
    told = row(task)
    assert (told["assignee"], told["responsible_unit"], told["department"]) == ("officer", "民政办", "民政")
    answered(office, task, by="officer")
    actions.reassign(clerk, task, seen=3, link=Link(responsible_person="外单位的人"), reason="移交")
    assert (row(task)["responsible_person"], row(task)["assignee"]) == ("外单位的人", None)


def test_a_deadline_is_moved_by_somebody_else_only(office: Office) -> None:
    task = opened(office)
    clerk, clerk2 = office.hand("clerk"), office.hand("clerk2")
    actions.reassign(
        clerk, task, seen=1, link=Link(responsible_person="周文书", assignee="clerk"), reason="自办"
    )
    with pytest.raises(NotAllowed, match="由别人来批"):
        actions.extend(clerk, task, seen=2, due=20200601, reason="忙")
    with pytest.raises(Wrong, match="应在 2020-04-22 到 2020-07-23"):
        actions.extend(clerk2, task, seen=2, due=20201231, reason="忙")
    actions.extend(clerk2, task, seen=2, due=20200601, reason="等住建鉴定")
    assert row(task)["due_on"] == 20200601


def test_the_page_of_a_task_shows_what_the_reader_can_do(office: Office) -> None:
    task = opened(office)
    answered(office, task, by="clerk")

    def ways(hand: Hand) -> dict[str, str | None]:
        detail = task_detail(EVERYTHING, task, hand)
        assert detail is not None
        return {step.id: step.why_not for step in detail.steps}

    assert ways(office.hand("clerk2"))["verify"] is None
    assert "自己不能给自己销号" in str(ways(office.hand("clerk"))["verify"])
    assert ways(office.hand("clerk"))["withdraw"] is None
    assert ways(office.hand("auditor")) == {}
    assert ways(office.hand("cadre")).keys() == {"withdraw", "attach", "detach"}
    assert task_detail(EVERYTHING, 4711, office.hand("clerk")) is None
