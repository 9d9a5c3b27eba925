"""Corrected values: proposed with an answer, written only when somebody else has verified it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bangfu.casework import actions, corrections
from bangfu.casework.actions import Judgement
from bangfu.casework.corrections import Proposal
from bangfu.casework.models import Task, TaskCorrection
from bangfu.casework.queries import correction_in_full, task_detail
from bangfu.casework.refusals import ValuesMoved, Wrong
from bangfu.intake.snapshots.writing import write_snapshot
from bangfu.ledger import actions as ledger
from bangfu.office.journal.undoing import undo
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import Entry
from bangfu.registry import actions as registry
from bangfu.registry.models import AnnualRecord, FieldValue, Household, Person
from bangfu.registry.scope import EVERYTHING
from tests.home.hashes import models
from tests.home.offices import DAY, Office, a_run, an_office, findings

SEEN = Judgement("属实", "入户", DAY, "田云本人", "看了身份证", is_discipline_broken=False)


@pytest.fixture
def office(any_home: Path) -> Office:
    return an_office()


def opened(office: Office, where: str = "north", **told: Any) -> int:
    [finding] = findings(office, a_run(), where=where, **told)
    return actions.open_from_findings(office.hand("clerk"), [finding]).tasks[0]


def answer(office: Office, task: int, *proposals: Proposal, seen: int = 1) -> int:
    return actions.answer(
        office.hand("cadre"), task, seen=seen, measure="核对", effect="已改", proposals=proposals
    )


def birth(office: Office, text: str = "1985年6月12日", where: str = "north") -> Proposal:
    return Proposal("person", office.persons[where], "birth_date", text)


def birth_on_file(office: Office) -> int | None:
    return Person.objects.values_list("birth_date", flat=True).get(id=office.persons["north"])


def states(task: int) -> list[str]:
    rows = TaskCorrection.objects.filter(task_id=task).order_by("id")
    return list(rows.values_list("state", flat=True))


def test_the_register_changes_on_verification_only(office: Office) -> None:
    task = opened(office)
    seen = answer(office, task, birth(office))
    assert birth_on_file(office) == 19800101
    kept = TaskCorrection.objects.get()
    assert (kept.value_seen, kept.value_new, kept.state) == ("1980-01-01", "1985-06-12", "待核实")
    actions.verify(office.hand("clerk"), task, seen=seen, verdict=SEEN)
    assert birth_on_file(office) == 19850612
    assert states(task) == ["已更正"]
    entry = Entry.objects.filter(table="person").order_by("-number")[0]
    head = entry.transaction
    assert (head.kind, head.source, head.actor) == ("correction", "2020-0422-0001", "clerk")
    national = FieldValue.objects.values_list("field_name", "source_kind", "value").get()
    assert national == ("birth_date", "国网", "1980-01-01")
    assert broken_links() == broken_facts(models()) == []


def test_sent_back_nothing_changes(office: Office) -> None:
    task = opened(office)
    seen = answer(office, task, birth(office))
    actions.send_back(office.hand("clerk"), task, seen=seen, reason="没有户口簿照片")
    assert (birth_on_file(office), states(task)) == (19800101, ["待核实"])
    seen = answer(office, task, birth(office, "19850613"), seen=seen + 1)
    assert states(task) == ["已撤回", "待核实"]
    actions.send_back(office.hand("clerk"), task, seen=seen, reason="再看")
    answer(office, task, birth(office, "1985-06-13"), seen=seen + 1)
    assert states(task) == ["已撤回", "待核实"]


def test_what_is_no_value_of_the_field_is_named(office: Office) -> None:
    north, person = office.households["north"], office.persons["north"]
    year = AnnualRecord.objects.get(household_id=north).id
    with pytest.raises(Wrong) as caught:
        answer(
            office,
            opened(office),
            birth(office, "1985-02-30"),
            Proposal("person", person, "sex", "雄"),
            Proposal("person", person, "id_no", "429999198506129590"),
            Proposal("annual_record", year, "net_income", "很多"),
            Proposal("household", north, "nat_household_no", "610000000001"),
            Proposal("annual_record", year, "data_year", "2018"),
            Proposal("person", person, "colour", "红"),
            Proposal("membership", 1, "joined_on", "2014-01-01"),
            Proposal("household", 999, "address", "一组"),
        )
    found = caught.value.fields
    assert len(found) == 9
    assert "出生日期填的是“1985-02-30”，应是" in found[f"person.{person}.birth_date"]
    assert "男、女" in found[f"person.{person}.sex"]
    assert "校验码" in found[f"person.{person}.id_no"]
    assert "数字" in found[f"annual_record.{year}.net_income"]
    assert "与台账里现在的一样" in found[f"household.{north}.nat_household_no"]
    for other in (f"annual_record.{year}.data_year", f"person.{person}.colour", "household.999.address"):
        assert "这个任务不能更正" in found[other]
    assert not TaskCorrection.objects.exists()


def test_a_task_corrects_only_what_it_is_about(office: Office) -> None:
    task = opened(office)
    for proposal in (
        birth(office, where="south"),
        Proposal("household", office.households["south"], "address", "一组"),
        Proposal("village", office.villages["north"], "first_secretary", "甲"),
    ):
        with pytest.raises(Wrong, match="这个任务不能更正"):
            answer(office, task, proposal)
    village = opened(office, table="village", person_key=None, household_key=None)
    answer(
        office, village, Proposal("village", office.villages["north"], "first_secretary", "甲"), birth(office)
    )
    with pytest.raises(Wrong, match="这个任务不能更正"):
        answer(office, opened(office, table="village", household_key=None), birth(office, where="south"))


def test_every_kind_of_value_comes_back_as_it_was_typed(office: Office) -> None:
    north, person = office.households["north"], office.persons["north"]
    year = AnnualRecord.objects.get(household_id=north).id
    with transaction(actor="张三", source=Source("form")) as change:
        [benefit] = ledger.add(change, "benefit", [{"person_key": person, "programme": "yulu"}])
    task = opened(office)
    typed = {
        ("household", north, "address"): ("云台山村 一组", "云台山村 一组"),
        ("household", north, "first_identified_on"): ("2016年3月", 201603),
        ("household", north, "poverty_causes_other"): ("因病,因残", None),
        ("household", north, "is_two_daughter_family"): ("是", True),
        ("person", person, "sex"): ("男", "男"),
        ("person", person, "work_months"): ("9", None),
        ("annual_record", year, "net_income"): ("4,567.89元", 456_789),
        ("annual_record", year, "house_area_sqm"): ("100.5", 1_005_000),
        ("benefit", benefit, "amount"): ("1500", 150_000),
    }
    seen = answer(office, task, *(Proposal(*place, text) for place, (text, _) in typed.items()))
    actions.verify(office.hand("clerk"), task, seen=seen, verdict=SEEN)
    kept = Household.objects.filter(id=north).values().get()
    assert (kept["address"], kept["first_identified_on"]) == ("云台山村 一组", 201603)
    assert (kept["is_two_daughter_family"], set(kept["poverty_causes_other"].split(","))) == (
        True,
        {"", "因病", "因残"},
    )
    figures = AnnualRecord.objects.filter(id=year).values().get()
    assert (figures["net_income"], figures["house_area_sqm"], figures["data_year"]) == (
        456_789,
        1_005_000,
        2019,
    )
    assert states(task) == ["已更正"] * len(typed)
    rows = list(TaskCorrection.objects.values())
    now = corrections.current(rows)
    assert {row["id"]: row["value_new"] for row in rows} == now


def test_an_empty_text_empties_the_field(office: Office) -> None:
    task = opened(office)
    seen = answer(office, task, birth(office, ""))
    actions.verify(office.hand("clerk"), task, seen=seen, verdict=SEEN)
    assert birth_on_file(office) is None


def test_labels_with_a_comma_in_them_stay_whole(home: Path) -> None:
    field = corrections.fields_of("household")["left_behind"]
    held = corrections.held_text(field, ",留守儿童,留守老人,")
    assert held == "留守儿童;留守老人"
    assert set(corrections.value_of(field, held).split(",")) == {"", "留守儿童", "留守老人"}


def moved(office: Office, to: int) -> None:
    with transaction(actor="国网", source=Source("batch", "2")) as change:
        registry.change_persons(change, {office.persons["north"]: {"birth_date": to}})


def test_a_value_that_moved_meanwhile_has_to_be_decided(office: Office) -> None:
    task = opened(office)
    seen = answer(office, task, birth(office))
    moved(office, 19850601)
    clerk = office.hand("clerk")
    with pytest.raises(ValuesMoved, match=r"提出时是“1980-01-01”，现在是“1985-06-01”") as caught:
        actions.verify(clerk, task, seen=seen, verdict=SEEN)
    [item] = caught.value.moved
    detail = task_detail(EVERYTHING, task, clerk)
    assert detail is not None
    assert [(one.now, one.is_moved) for one in detail.corrections] == [("1985-06-01", True)]
    assert (birth_on_file(office), Task.objects.get().state) == (19850601, "已整改")
    actions.verify(clerk, task, seen=seen, verdict=SEEN, decided={item.correction: "drop"})
    assert (birth_on_file(office), states(task)) == (19850601, ["不更正"])


def test_a_value_that_moved_can_be_written_all_the_same(office: Office) -> None:
    task = opened(office)
    seen = answer(office, task, birth(office))
    moved(office, 19850601)
    kept = TaskCorrection.objects.get().id
    actions.verify(office.hand("clerk"), task, seen=seen, verdict=SEEN, decided={kept: "apply"})
    assert (birth_on_file(office), states(task)) == (19850612, ["已更正"])


def test_what_the_register_says_already_is_as_good_as_written(office: Office) -> None:
    task = opened(office)
    seen = answer(office, task, birth(office))
    moved(office, 19850612)
    actions.verify(office.hand("clerk"), task, seen=seen, verdict=SEEN)
    assert (birth_on_file(office), states(task)) == (19850612, ["已更正"])


def test_a_closed_year_opens_for_a_verified_correction(office: Office) -> None:
    with transaction(actor="张三", source=Source("form")) as change:
        registry.freeze_year(change, 2019)
    task = opened(office)
    year = AnnualRecord.objects.get(household_id=office.households["north"]).id
    seen = answer(office, task, Proposal("annual_record", year, "net_income", "4500"))
    actions.verify(office.hand("clerk"), task, seen=seen, verdict=SEEN)
    assert AnnualRecord.objects.get(id=year).net_income == 450_000


def test_a_verified_correction_can_be_undone(office: Office) -> None:
    task = opened(office)
    seen = answer(office, task, birth(office))
    actions.verify(office.hand("clerk"), task, seen=seen, verdict=SEEN)
    undo(Source("correction", "2020-0422-0001"), {model.table: model for model in models()}, actor="clerk")
    assert (birth_on_file(office), states(task), Task.objects.get().state) == (19800101, ["待核实"], "已整改")
    assert broken_links() == broken_facts(models()) == []


def test_numbers_are_masked_where_a_task_shows_them(office: Office) -> None:
    task = opened(office)
    person = office.persons["north"]
    answer(office, task, Proposal("person", person, "id_no", "429999198506129594"))
    detail = task_detail(EVERYTHING, task, office.hand("clerk"))
    assert detail is not None
    assert "429999********9595" in detail.task.problem
    [shown] = detail.corrections
    assert (shown.label, shown.seen, shown.new) == ("证件号码", "空", "429999********9594")
    assert correction_in_full(EVERYTHING, task, shown.id) == ("空", "429999198506129594")
    officer = task_detail(EVERYTHING, task, office.hand("officer"))
    assert officer is not None
    assert officer.corrections[0].new == "***"


def test_a_snapshot_holds_what_checks_may_ask_of_tasks(office: Office, tmp_path: Path) -> None:
    task = opened(office)
    seen = answer(office, task, birth(office))
    actions.verify(office.hand("clerk"), task, seen=seen, verdict=SEEN)
    manifest = write_snapshot(DAY, tmp_path / "snapshot")
    counts = {name: manifest.rows[name] for name in ("task", "task_event", "task_correction", "verdict")}
    assert counts == {"task": 1, "task_event": 3, "task_correction": 1, "verdict": 1}
