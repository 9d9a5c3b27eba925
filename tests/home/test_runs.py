"""Runs on the register: what is new, still there, gone and back; a false alarm is silent until its values change."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangfu.findings.asked import Asked
from bangfu.findings.models import FalseAlarm, Finding, Run, Tally, Turn
from bangfu.findings.runs import run_checks
from bangfu.findings.single import check_household
from bangfu.intake.batches import fact_models
from bangfu.ledger import actions as ledger
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.journal.writing import Source, transaction
from bangfu.registry import actions
from bangfu.registry.actions import Leave
from bangfu.registry.scope import NOTHING, Part, Scope
from bangfu.terms.errors import UserError
from tests.home.office_with_faults import (
    DAY,
    OTHER,
    RIGHT,
    WRONG,
    Office,
    counts,
    finding_of,
    make_office,
    run,
    set_birth,
    silence,
    speak,
)

FIRST, SECOND = "61000000000000", "61000000000100"
BIRTH = "identity.birth_date_differs_from_number"


@pytest.fixture
def office(any_home: Path) -> Office:
    return make_office()


@pytest.fixture
def one(home: Path) -> Office:
    """The same in SQLite alone, where the database makes no difference."""
    return make_office()


def test_a_run_is_a_difference_from_the_one_before(office: Office, tmp_path: Path) -> None:
    person = office.persons[0][0]
    assert counts(run(tmp_path / "1")) == {"new": 2}
    assert counts(run()) == {"remaining": 2}
    set_birth(person, RIGHT)
    assert counts(run()) == {"remaining": 1, "gone": 1}
    assert counts(run()) == {"remaining": 1}
    set_birth(person, 19800102)
    assert counts(run()) == {"remaining": 1, "returned": 1}
    set_birth(person, 19800103)
    assert counts(run()) == {"remaining": 2, "changed": 1}
    numbers = list(Run.objects.order_by("pk").values_list("pk", flat=True))
    finding = finding_of(FIRST)
    assert (finding.first_run_id, finding.since_run_id, finding.gone_run_id) == (numbers[0], numbers[4], None)
    turns = Turn.objects.filter(finding=finding).order_by("run_id").values_list("run_id", "kind")
    assert list(turns) == [(numbers[2], "gone"), (numbers[4], "returned"), (numbers[5], "changed")]
    assert "1980" in finding.explanation


def test_what_remains_is_not_written_again(one: Office) -> None:
    run()
    with CaptureQueriesContext(connection) as asked:
        run()
    writes = [
        query["sql"]
        for query in asked
        if query["sql"].startswith(('UPDATE "finding" SET "name"', 'INSERT INTO "finding" '))
    ]
    assert len(writes) == 2  # each once for all rows, and none of them any row
    assert Finding.objects.exclude(first_run=Run.objects.order_by("pk")[0]).count() == 0


def test_a_finding_knows_its_person_household_and_village(one: Office) -> None:
    run()
    keys = Finding.objects.order_by("subject").values_list("person_key", "household_key", "village_key")
    expected = [
        (members[0], home, village)
        for members, home, village in zip(one.persons, one.households, one.villages, strict=True)
    ]
    assert list(keys) == expected
    told = check_household(one.households[0], as_of=DAY).findings
    about = {
        (found.subject.person_key, found.subject.household_key, found.subject.village_key) for found in told
    }
    assert expected[0] in about
    assert {key[1:] for key in about} == {expected[0][1:]}


def test_a_run_of_a_village_speaks_of_that_village_only(office: Office) -> None:
    run()
    set_birth(office.persons[0][0], RIGHT)
    set_birth(office.persons[1][0], RIGHT)
    partial = run(villages=(office.villages[0],))
    assert counts(partial) == {"gone": 1}
    assert partial.by_village == {str(office.villages[0]): {"gone": 1}}
    assert finding_of(SECOND).gone_run_id is None
    assert counts(run()) == {"gone": 1}


def test_a_household_that_moved_away_is_not_gone(one: Office) -> None:
    run()
    with transaction(actor="张三", source=Source("form")) as change:
        actions.change_households(change, {one.households[0]: {"village_key": one.villages[1]}})
    assert counts(run(villages=(one.villages[0],))) == {}
    assert counts(run(villages=(one.villages[1],))) == {"remaining": 2}
    assert finding_of(FIRST).village_key == one.villages[1]


def test_a_run_of_some_checks_speaks_of_these_only(one: Office) -> None:
    run()
    set_birth(one.persons[0][0], RIGHT)
    other = run(only=(OTHER,))
    assert (other.chosen, other.is_whole, other.counts["gone"]) == (["identity.checksum_wrong"], False, 0)
    assert Finding.objects.get(subject=FIRST, check_id=BIRTH).gone_run_id is None
    assert counts(run()) == {"remaining": 1, "gone": 1}


def test_a_check_that_could_not_be_asked_says_nothing_is_gone(one: Office) -> None:
    run()
    Finding.objects.filter(subject=FIRST).update(check_id="post.agreement_expired")
    whole = run(only=())
    assert "post.agreement_expired" in whole.not_run
    assert Finding.objects.get(check_id="post.agreement_expired").gone_run_id is None


def test_a_check_that_is_no_more_finds_nothing(one: Office) -> None:
    run()
    Finding.objects.filter(subject=FIRST).update(check_id="identity.no_such_check")
    assert run(only=()).by_check["identity.no_such_check"] == {"gone": 1}


def test_a_run_of_an_earlier_day_stands_aside(office: Office) -> None:
    run()
    set_birth(office.persons[0][0], RIGHT)
    aside = run(day=DAY - 10000)
    assert (aside.is_aside, aside.counts["new"], aside.counts["gone"]) == (True, 1, 0)
    assert Finding.objects.filter(gone_run__isnull=True).count() == 2
    assert Finding.objects.filter(aside_run=aside).count() == 1
    assert counts(run()) == {"remaining": 1, "gone": 1}


def test_a_run_after_the_business_day_stands_aside(one: Office) -> None:
    assert run(day=20991231).is_aside
    assert Finding.objects.filter(gone_run__isnull=True).count() == 0


def test_a_job_that_is_delivered_twice_runs_once(one: Office) -> None:
    asked = Asked(DAY, (one.villages[0],), (BIRTH,))
    first = run_checks(Asked.from_json(asked.as_json()), actor="张三", job=7)
    assert run_checks(asked, actor="张三", job=7) == first
    assert Run.objects.count() == 1


def test_a_run_that_is_stopped_leaves_nothing(office: Office) -> None:
    for last in ("正在读取", "正在核查", "正在写出", "正在与上次", "正在保存"):
        with pytest.raises(Stopped):
            run_checks(Asked(DAY), actor="张三", say=partial(stop_at, last))
        assert not Run.objects.exists()
        assert not Finding.objects.exists()
    run_checks(Asked(DAY), actor="张三")
    assert Run.objects.get().counts["new"] > 1


class Stopped(BaseException):
    """As a job that nobody wants any more is stopped."""


def stop_at(last: str, message: str, fraction: float | None = None) -> None:
    if message.startswith(last):
        raise Stopped


def test_what_is_told_along_the_way_rises_to_the_end(one: Office) -> None:
    told: list[float] = []
    run_checks(Asked(DAY), actor="张三", say=lambda message, fraction=None: told.append(fraction or 0.0))
    assert told == sorted(told)
    assert told[-1] > 0.9


def test_another_run_that_comes_in_between_is_seen(one: Office) -> None:
    inside: list[dict[str, int]] = []

    def elsewhere() -> None:
        inside.append(counts(run()))
        connection.close()

    def interrupt(message: str, fraction: float | None = None) -> None:
        if message.startswith("正在保存"):
            other = Thread(target=elsewhere)
            other.start()
            other.join()

    run_checks(Asked(DAY, (), (BIRTH,)), actor="张三", say=interrupt)
    assert inside == [{"new": 2}]
    assert counts(Run.objects.order_by("-pk")[0]) == {"remaining": 2}
    assert Finding.objects.count() == 2


def test_a_false_alarm_is_silent_until_its_values_change(office: Office) -> None:
    run()
    finding = finding_of(FIRST)
    with pytest.raises(UserError, match="写明为什么"):
        silence(finding.pk, " ")
    silence(finding.pk)
    with pytest.raises(UserError, match="已经认定"):
        silence(finding.pk)
    assert counts(run()) == {"remaining": 2, "silent": 1}
    set_birth(office.persons[0][0], 19800102)
    assert counts(run()) == {"remaining": 2, "changed": 1}
    set_birth(office.persons[0][0], WRONG)
    assert counts(run()) == {"remaining": 2, "changed": 1, "silent": 1}
    with pytest.raises(UserError, match="没有编号为 99"):
        silence(99, "x")


def test_a_false_alarm_is_withdrawn(one: Office) -> None:
    run()
    finding = finding_of(FIRST)
    with pytest.raises(UserError, match="没有认定"):
        speak(finding.pk)
    silence(finding.pk)
    with pytest.raises(UserError, match="为什么撤回"):
        speak(finding.pk, "")
    speak(finding.pk)
    assert not finding_of(FIRST).is_silent
    assert counts(run()) == {"remaining": 2}
    alarm = FalseAlarm.objects.values().get()
    assert (alarm["called_by"], alarm["withdrawn_by"], alarm["withdrawn_why"]) == ("张三", "李四", "又错了")
    silence(finding.pk, "还是误报")
    assert finding_of(FIRST).is_silent


def test_a_false_alarm_is_called_within_ones_scope_and_of_the_values_that_were_seen(one: Office) -> None:
    run()
    finding = finding_of(FIRST)
    inside = Scope((Part(frozenset(one.villages[:1])),))
    outside = Scope((Part(frozenset(one.villages[1:])),))
    for scope in (outside, NOTHING):
        with pytest.raises(UserError, match="没有编号为"):
            silence(finding.pk, scope=scope)
    with pytest.raises(UserError, match="值在您打开页面以后变了"):
        silence(finding.pk, scope=inside, seen="other")
    silence(finding.pk, scope=inside, seen=finding.values_hash)
    with pytest.raises(UserError, match="没有编号为"):
        speak(finding.pk, scope=outside)


def test_decisions_are_sealed_in_the_journal(office: Office) -> None:
    run()
    silence(finding_of(FIRST).pk)
    assert list(broken_links()) == []
    assert list(broken_facts(fact_models().values())) == []
    FalseAlarm.objects.update(reason="别的理由")
    assert list(broken_facts(fact_models().values())) != []


def test_a_decision_tells_no_number_in_full(one: Office) -> None:
    run(only=())
    shown = Finding.objects.values_list("explanation", flat=True)
    assert any("429999********9595" in text for text in shown)
    assert not any("429999198506129595" in text for text in shown)
    for finding in Finding.objects.filter(explanation__contains="*"):
        silence(finding.pk)
    assert not any(
        "19850612" in (text or "") for text in FalseAlarm.objects.values_list("explanation", flat=True)
    )


def test_the_kept_counts_are_those_of_the_findings(office: Office) -> None:
    run(only=())
    silence(finding_of_check().pk)
    for step in (
        lambda: None,
        lambda: set_birth(office.persons[1][0], RIGHT),
        lambda: run(villages=(office.villages[0],)),
    ):
        step()
        run(only=())
        assert kept() == counted()
    speak(finding_of_check().pk)
    assert kept() == counted()
    run(villages=(office.villages[1],), only=())
    assert kept() == counted()


def finding_of_check() -> Finding:
    return Finding.objects.filter(check_id=BIRTH).order_by("pk")[0]


def kept() -> dict[tuple[str, int | None], tuple[int, int]]:
    rows = Tally.objects.exclude(open=0, silent=0).values_list("check_id", "village_key", "open", "silent")
    return {(check, village): (opened, silent) for check, village, opened, silent in rows}


def counted() -> dict[tuple[str, int | None], tuple[int, int]]:
    found: dict[tuple[str, int | None], tuple[int, int]] = {}
    for check, village, is_silent in Finding.objects.filter(gone_run__isnull=True).values_list(
        "check_id", "village_key", "is_silent"
    ):
        opened, silent = found.get((check, village), (0, 0))
        found[check, village] = (opened + (not is_silent), silent + is_silent)
    return found


def test_fresh_is_what_came_since_the_last_whole_run(one: Office) -> None:
    run(only=())
    whole = sum(Tally.objects.values_list("fresh", flat=True))
    assert whole == Finding.objects.count()
    run(only=())
    assert sum(Tally.objects.values_list("fresh", flat=True)) == 0
    set_birth(one.persons[0][1], WRONG)
    run(villages=(one.villages[0],), only=())
    fresh = sum(Tally.objects.values_list("fresh", flat=True))
    assert fresh == Finding.objects.filter(first_run=Run.objects.order_by("-pk")[0]).count() > 0
    run(villages=(one.villages[0],), only=())
    assert sum(Tally.objects.values_list("fresh", flat=True)) == fresh


def test_what_a_list_says_of_a_former_member_is_told_of_that_person(one: Office) -> None:
    person = one.persons[0][1]
    with transaction(actor="张三", source=Source("form")) as change:
        actions.leave(change, [Leave(person, 20200101, "婚出")])
        paid = {
            "programme": "dibao",
            "person_key": person,
            "full_name": "乙0",
            "amount": 10000,
            "period": "2023-01",
            "period_from": 202301,
            "period_to": 202301,
        }
        ledger.add(change, "benefit", [paid, paid])
    run(only=("dibao.paid_twice",))
    found = Finding.objects.get(check_id="dibao.paid_twice")
    assert (found.subject, found.name, found.household) == ("61000000000001", "乙0", "610000000000")
    assert (found.person_key, found.household_key, found.village_key) == (
        person,
        one.households[0],
        one.villages[0],
    )
