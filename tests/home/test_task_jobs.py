"""A real run by the worker: what it says of tasks, and the same question asked of all villages."""

from __future__ import annotations

from pathlib import Path

import pytest

from bangfu.casework import actions
from bangfu.casework.actions import Judgement
from bangfu.casework.chain import Link
from bangfu.casework.corrections import Proposal
from bangfu.casework.drafts import FROM_INSPECTION, Draft
from bangfu.casework.evidence_files import KeptFile
from bangfu.casework.jobs import CLIMB, ask_all_villages
from bangfu.casework.models import Task, TaskEvent
from bangfu.findings.asked import Asked
from bangfu.findings.jobs import CHECK
from bangfu.findings.models import Finding
from bangfu.intake.rulebook import rulebook
from bangfu.jobs import worker
from bangfu.jobs.actions import start_job
from bangfu.jobs.daily import queue_daily
from bangfu.jobs.models import Job
from bangfu.jobs.worker import perform
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import Home
from bangfu.registry import actions as registry
from bangfu.reporting.jobs import FIGURES
from tests.home.hashes import models
from tests.home.offices import CHECK as BIRTH
from tests.home.offices import DAY, Office, an_office

PHOTO = KeptFile("ab" * 32, "现场.jpg", "image/jpeg", 1_000)
SEEN = Judgement("属实", "入户", DAY, "本人", "看了身份证", is_discipline_broken=False)


@pytest.fixture
def office(home: Path) -> Office:
    """Both persons' birth dates are not those of their numbers."""
    office = an_office()
    Home.objects.update(business_on=DAY)
    numbers = {"north": "429999198506129594", "south": "429999198412227688"}
    with transaction(actor="张三", source=Source("batch", "2")) as change:
        registry.change_persons(
            change, {office.persons[name]: {"id_no": number} for name, number in numbers.items()}
        )
    return office


def run(office: Office) -> None:
    told = Asked(DAY, (), (BIRTH,)).as_json()
    done(start_job(CHECK, label="核查", actor="clerk", parameters=told))


def done(job: int) -> None:
    perform(Job.objects.get(pk=job))
    assert Job.objects.get(pk=job).state == "done", Job.objects.get(pk=job).error


def birth(office: Office, task: int, text: str) -> None:
    seen = Task.objects.get(id=task).revision
    proposal = Proposal("person", office.persons["north"], "birth_date", text)
    cadre, clerk = office.hand("cadre"), office.hand("clerk")
    seen = actions.answer(
        cadre, task, seen=seen, measure="看身份证", effect="已更正", proposals=[proposal], files=[PHOTO]
    )
    seen = actions.verify(clerk, task, seen=seen, verdict=SEEN)
    actions.close(clerk, task, seen=seen)


def test_from_a_finding_to_its_correction_and_back(office: Office) -> None:
    """Closed without having been mended, the next run opens it again; mended, it stays closed."""
    run(office)
    finding = Finding.objects.get(village_key=office.villages["north"])
    [task] = actions.open_from_findings(office.hand("clerk"), [finding.pk]).tasks
    assert Finding.objects.get(pk=finding.pk).is_handed_out
    birth(office, task, "1985-06-13")
    assert not Finding.objects.get(pk=finding.pk).is_handed_out
    run(office)
    again = Task.objects.get(id=task)
    assert (again.state, again.reopen_count) == ("待整改", 1)
    assert Finding.objects.get(pk=finding.pk).is_handed_out
    birth(office, task, "1985-06-12")
    run(office)
    assert Task.objects.get(id=task).state == "已销号"
    assert Finding.objects.get(pk=finding.pk).gone_run_id is not None
    assert broken_links() == broken_facts(models()) == []


def test_the_same_question_is_asked_of_all_villages(office: Office) -> None:
    run(office)
    finding = Finding.objects.get(village_key=office.villages["north"])
    clerk = office.hand("clerk")
    [task] = actions.open_from_findings(clerk, [finding.pk]).tasks
    job = ask_all_villages(clerk, task, seen=1)
    assert ask_all_villages(clerk, task, seen=2) == job
    done(job)
    sibling = Task.objects.exclude(id=task).get()
    assert (sibling.source_kind, sibling.village_id) == ("举一反三", office.villages["south"])
    assert Task.objects.get(id=task).siblings_checked_on == DAY
    before = TaskEvent.objects.count()
    perform(Job.objects.get(pk=job))
    assert (Task.objects.count(), TaskEvent.objects.count()) == (2, before)


def test_overdue_climbs_by_a_job(office: Office) -> None:
    run(office)
    actions.open_from_findings(office.hand("clerk"), Finding.objects.values_list("pk", flat=True))
    Home.objects.update(business_on=20200601)
    job = start_job(CLIMB, label="超期督办", actor="clerk")
    done(job)
    assert Job.objects.get(pk=job).result == {"县级": 2}


def test_nobody_needs_to_ask_for_what_is_done_every_day(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(office)
    actions.open_from_findings(office.hand("clerk"), Finding.objects.values_list("pk", flat=True))
    Home.objects.update(business_on=20200601)
    monkeypatch.setenv("BANGFU_DAILY", "yes")
    monkeypatch.setattr(worker, "MOST_MEMORY", 0)  # the worker ends after a job
    worker.work_until_stopped()
    job = Job.objects.get(kind=CLIMB)
    assert (job.state, job.actor, job.result) == ("done", "系统", {"县级": 2})
    assert queue_daily(None) == queue_daily(20200601) == 20200601
    assert Job.objects.filter(kind=CLIMB).count() == 1, "once a day, whoever starts"
    Home.objects.update(business_on=20200602)
    assert queue_daily(20200601) == 20200602
    assert Job.objects.filter(kind=CLIMB).count() == 2
    assert Job.objects.filter(kind=FIGURES).count() == 2, "the figures of each day are counted"
    monkeypatch.setenv("BANGFU_DAILY", "no")
    Home.objects.update(business_on=20200603)
    assert queue_daily(20200602) == 20200603
    assert Job.objects.filter(kind=CLIMB).count() == 2


RECTIFICATION = tuple(check for check in rulebook().checks if check.startswith("rectification."))


def found(office: Office, day: int) -> set[str]:
    """What the checks on rectification find of the tasks as of a day."""
    Home.objects.update(business_on=day)
    told = Asked(day, (), RECTIFICATION).as_json()
    done(start_job(CHECK, label="核查", actor="clerk", parameters=told))
    return set(
        Finding.objects.filter(check_id__in=RECTIFICATION, gone_run=None).values_list("check_id", flat=True)
    )


def test_a_task_that_went_its_way_gives_the_checks_nothing_to_find(office: Office) -> None:
    clerk = office.hand("clerk")
    for village in office.villages.values():
        link = Link("村委会", "李副镇长", None, "王村干", "cadre")
        actions.set_chain(clerk, kind="村", village=village, link=link)
    run(office)
    [task] = actions.open_from_findings(
        clerk, [Finding.objects.get(village_key=office.villages["north"], check_id=BIRTH).pk]
    ).tasks
    draft = Draft("公示不规范", FROM_INSPECTION, "督查", DAY, "督查组", village=office.villages["north"])
    told = actions.open_task(clerk, draft)
    assert found(office, DAY) == set()
    assert found(office, 20200508) == {"rectification.overdue"}
    birth(office, task, "1985-06-12")
    actions.note_siblings(clerk, told, seen=1, text="全镇排查")
    birth(office, told, "1985-06-11")
    assert found(office, 20200509) == set()
    assert found(office, 20200601) == {"rectification.not_rechecked"}
    for number in (task, told):
        seen = Task.objects.get(id=number).revision
        actions.recheck(office.hand("clerk2", 20200520), number, seen=seen, text="没有反复")
    assert found(office, 20200602) == set()


def test_a_village_without_a_chain_shows(office: Office) -> None:
    run(office)
    actions.open_from_findings(office.hand("clerk"), Finding.objects.values_list("pk", flat=True))
    assert found(office, DAY) == {"rectification.without_owner"}
