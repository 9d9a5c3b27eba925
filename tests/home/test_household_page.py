"""One household's read model: scope, members, milestones, ledgers, history; each in few queries."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangfu.intake.batches import fact_models
from bangfu.ledger import actions as ledger
from bangfu.ledger.history import history_of
from bangfu.ledger.sheets import SECTIONS, filled
from bangfu.ledger.tables import ledgers
from bangfu.office.journal.rows import columns
from bangfu.office.journal.undoing import undo
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import Home
from bangfu.registry import actions
from bangfu.registry.actions import Classed, Happened, Join, Leave
from bangfu.registry.household import (
    COMING,
    CURRENT,
    FORMER,
    HouseholdHead,
    age_on,
    annual_rows,
    household_head,
    is_in,
    members_of,
    milestones_of,
    number_of,
)
from bangfu.registry.scope import EVERYTHING, NOTHING, Part, Scope
from bangfu.terms.loader import load_terms

DAY = 20200422


@pytest.fixture
def household(any_home: Path) -> int:
    """A household of four: the head, a child, one who died, one who joins next year. The office's day is in 2020."""
    Home.objects.update(business_on=DAY)
    with transaction(actor="测试", source=Source("form", "1"), reason="建档") as change:
        [village] = actions.add_villages(change, [{"village_code": "421281102200", "village_name": "罗峰村"}])
        [home, _] = actions.add_households(
            change,
            [
                {
                    "nat_household_no": "610000000001",
                    "village_key": village,
                    "household_phone": "13900000001",
                },
                {},
            ],
        )
        people = actions.add_persons(
            change,
            [
                {
                    "full_name": "王建国",
                    "birth_date": 19700423,
                    "id_no": "429999197004230011",
                    "member_phone": "",
                },
                {"full_name": "王小明", "birth_date": 20110101},
                {"full_name": "王老", "birth_date": 19400101},
                {"full_name": "王新"},
            ],
        )
        since = (20140101, 20140101, 20140101, 20210101)
        actions.join(change, [Join(one, home, on) for one, on in zip(people[::-1], since[::-1], strict=True)])
        actions.leave(change, [Leave(people[2], 20190301, "死亡")])
        actions.set_heads(change, {home: people[0]}, DAY)
        actions.record_statuses(
            change,
            [
                Happened(home, "识别", 20140101, precision="月"),
                Happened(home, "纳入监测", 20191201, precision="月"),
                Happened(home, "脱贫", 20181231, precision="年"),
            ],
        )
        actions.open_episodes(
            change,
            [
                {
                    "household_key": home,
                    "monitored_from": 201912,
                    "monitor_type": "脱贫监测户",
                    "risks": ",因病,因学,",
                },
                {"household_key": home, "monitored_from": 202101, "monitor_type": "边缘户"},
            ],
        )
        actions.classify(change, [Classed(home, "一类", 20191120, "需帮扶")])
        actions.put_annual_records(
            change, [{"household_key": home, "data_year": year} for year in (2019, 2018, 2021)]
        )
    return home


def head_of(household: int, day: int = DAY) -> HouseholdHead:
    head = household_head(EVERYTHING, household, day)
    assert head is not None
    return head


def test_the_head_says_how_the_household_stands(household: int) -> None:
    with CaptureQueriesContext(connection) as asked:
        head = head_of(household)
    assert len(asked) == 1
    assert (head.head_name, head.columns["nat_household_no"]) == ("王建国", "610000000001")
    told = head.standing
    assert (told.status, told.monitoring, told.monitor_type) == ("脱贫户", "监测中", "脱贫监测户")
    assert (told.exit_year, told.local_class, told.size) == (2018, "一类", 2)
    assert head_of(household, 20210101).standing.size == 3  # without any write


def test_a_household_outside_is_like_one_that_is_not_there(household: int) -> None:
    village = head_of(household).village
    assert village is not None
    inside = Scope((Part(frozenset({village})),))
    for scope in (
        NOTHING,
        Scope((Part(frozenset({village + 1})),)),
        Scope((Part(None, None, frozenset({2})),)),
    ):
        assert household_head(scope, household, DAY) is None
        assert not is_in(scope, household)
    assert household_head(inside, household, DAY) is not None
    assert is_in(inside, household)
    for nobody in (0, 99, 10**30):
        assert household_head(EVERYTHING, nobody, DAY) is None


def test_members_stand_with_the_head_first_and_as_of_the_day(household: int) -> None:
    with CaptureQueriesContext(connection) as asked:
        members = members_of(head_of(household), DAY)
    assert len(asked) == 2
    told = [(one.columns["full_name"], one.state, one.age, one.is_head) for one in members]
    assert told[0] == ("王建国", CURRENT, 49, True)
    assert sorted(told[1:]) == [
        ("王小明", CURRENT, 9, False),
        ("王新", COMING, None, False),
        ("王老", FORMER, 79, False),
    ]
    [gone] = [one for one in members if one.state == FORMER]
    assert (gone.left_on, gone.leave_reason) == (20190301, "死亡")


def test_who_left_and_came_back_is_told_once(household: int) -> None:
    head = head_of(household)
    [back] = [one.person for one in members_of(head, DAY) if one.state == FORMER]
    with transaction(actor="测试", source=Source("form")) as change:
        actions.join(change, [Join(back, household, 20200101, "回迁")])
    told = [(one.state, one.joined_on) for one in members_of(head, DAY) if one.person == back]
    assert told == [(CURRENT, 20200101)]


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [(19700423, DAY, 49), (19700422, DAY, 50), (None, DAY, None), (20200423, DAY, None)],
)
def test_age(birth: int | None, day: int, age: int | None) -> None:
    assert age_on(birth, day) == age


def test_milestones_come_latest_first_and_say_what_lies_ahead(household: int) -> None:
    with CaptureQueriesContext(connection) as asked:
        told = milestones_of(household, DAY)
    assert len(asked) == 3
    assert [(one.what, one.on, one.is_ahead) for one in told] == [
        ("纳入监测", 20210101, True),  # of an episode without its event
        ("纳入监测", 20191201, False),
        ("分类为一类", 20191120, False),
        ("脱贫", 20181231, False),
        ("识别", 20140101, False),
    ]
    assert told[1].detail == "脱贫监测户、因病、因学"
    assert (told[3].precision, told[4].precision) == ("年", "月")


def test_years_to_come_are_not_told(household: int) -> None:
    assert [row["data_year"] for row in annual_rows(household, DAY)] == [2018, 2019]


def test_a_number_is_given_of_the_household_and_its_people_only(household: int) -> None:
    head = head_of(household)
    person = head.head
    assert person is not None
    assert number_of(head, "person", person, "id_no") == "429999197004230011"
    assert number_of(head, "household", household, "household_phone") == "13900000001"
    for table, row, field in (
        ("household", household + 1, "household_phone"),
        ("person", 999, "id_no"),
        ("person", person, "full_name"),
        ("person", person, "member_phone"),
        ("person", person, "password"),
        ("account", 1, "password"),
        ("journal_entry", 1, "after"),
        ("household", household, "bank_account_no"),
    ):
        assert number_of(head, table, row, field) is None


# -- ledgers ----------------------------------------------------------------------------------------


def test_every_sheet_names_columns_of_its_ledger() -> None:
    for section in SECTIONS.values():
        for sheet in section.sheets:
            declared = load_terms().table(sheet.table).fields
            assert set(sheet.columns) <= set(declared), sheet.table
            assert sheet.newest in {*declared, "id"}, sheet.table
            assert set(sheet.columns) <= set(columns(ledgers()[sheet.table])), sheet.table


def test_ledgers_hold_what_names_the_household_or_one_of_its_people(household: int) -> None:
    persons = [one.person for one in members_of(head_of(household), DAY)]
    with transaction(actor="测试", source=Source("form")) as change:
        rows = [
            {"household_key": household, "paid_on": 20190101},
            {"person_key": persons[1], "paid_on": 20200101},
            {"household_key": household, "person_key": persons[0], "paid_on": None},
            {"household_key": household + 1, "paid_on": 20200101},
        ]
        ledger.add(change, "benefit", [{**row, "programme": "dibao", "full_name": "王"} for row in rows])
        ledger.add(
            change,
            "loan",
            [{"person_key": persons[0], "loan_no": "L1"}, {"full_name": "李", "loan_no": "L2"}],
        )
        ledger.add(change, "loan_repayment", [{"loan_no": "L1", "repaid_on": 20200101}, {"loan_no": "L2"}])
    [benefits] = filled(SECTIONS["benefits"], household, persons)
    assert [row["paid_on"] for row in benefits.rows] == [20200101, 20190101, None]
    with CaptureQueriesContext(connection) as asked:
        loans, repaid = filled(SECTIONS["loans"], household, persons)
    assert len(asked) == 2
    assert [row["loan_no"] for row in (*loans.rows, *repaid.rows)] == ["L1", "L1"]
    assert all(len(section.sheets) <= 5 for section in SECTIONS.values())


# -- history ----------------------------------------------------------------------------------------


def test_the_history_tells_who_changed_what_newest_first(household: int) -> None:
    head = head_of(household)
    persons = [one.person for one in members_of(head, DAY)]
    with transaction(actor="李四", source=Source("correction", "2020-1"), reason="入户核实") as change:
        actions.change_persons(change, {persons[0]: {"id_no": "429999197004230099", "full_name": "王建"}})
        ledger.add(change, "visit", [{"household_key": household, "content": "走访"}])
        actions.change_households(change, {household + 1: {"address": "别处"}})
    with CaptureQueriesContext(connection) as asked:
        found = history_of(household, persons, size=50)
    assert len(asked) == 2
    visit, person = found[:2]
    assert (visit.what, visit.label, visit.actor, visit.reason) == ("新增", "走访", "李四", "入户核实")
    assert (person.what, person.source) == ("修改", "更正 2020-1")
    assert [(one.label, one.before, one.after) for one in person.moved] == [
        ("姓名", "王建国", "王建"),
        ("证件号码", "429999********0011", "429999********0099"),
    ]
    assert all(one.row != household + 1 or one.table != "household" for one in found)
    numbers = [one.number for one in found]
    assert numbers == sorted(numbers, reverse=True)
    assert {"household", "person", "membership", "status_event", "annual_record"} <= {
        one.table for one in found
    }


def test_the_history_goes_on_page_by_page(household: int) -> None:
    persons = [one.person for one in members_of(head_of(household), DAY)]
    whole = [one.number for one in history_of(household, persons, size=100)]
    paged: list[int] = []
    while some := history_of(household, persons, before=paged[-1] if paged else None, size=4):
        paged.extend(one.number for one in some)
    assert paged == whole


def test_an_undo_says_what_it_undid(household: int) -> None:
    with transaction(actor="李四", source=Source("correction", "2020-1")) as change:
        actions.change_households(change, {household: {"address": "一组"}})
    undo(Source("correction", "2020-1"), fact_models(), actor="王五", reason="改错了户")
    last = history_of(household, [], size=1)[0]
    assert (last.actor, last.source, last.reason) == ("王五", "撤销 更正 2020-1", "改错了户")
    assert [(one.before, one.after) for one in last.moved] == [("一组", "")]
