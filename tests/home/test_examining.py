"""A household as an edit would make it is told what it is told once the edit is written, and nothing is written before."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from bench.home import add_lists, add_register, ids_of_households
from django.db.models import Max

from bangfu.findings.examined import Examined, as_document, from_document
from bangfu.findings.hiding import hidden
from bangfu.findings.single import HouseholdDesk
from bangfu.intake.batches import fact_models
from bangfu.ledger.editing import stored_row, write_edit
from bangfu.ledger.queries import rows_of_household
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import Counter as LastNumber
from bangfu.policy.loader import load_policy
from bangfu.policy.model import Policy
from bangfu.registry import actions, queries
from bangfu.registry.actions import Happened, Join, Refused
from bangfu.registry.proposals import NEW, ProposedRow
from bangfu.terms.errors import UserError
from bangfu.terms.forms import load_forms
from bangfu.terms.model import Field
from tests.home.hashes import facts_hash

DAY = 20231218
PERSONS = 240
EDITS = 36
Told = dict[tuple[str, str, int], str]


class Editor:
    """Makes edits of all kinds, the same ones each time."""

    def __init__(self, policy: Policy, seed: int) -> None:
        self.policy = policy
        self.random = Random(seed)
        self.kinds = (
            self.fields_of_household,
            self.fields_of_person,
            self.fields_of_record,
            self.new_record,
            self.newcomer,
            self.somebody_leaves,
            self.somebody_moves_in,
            self.a_payment,
            self.new_household,
        )

    def edit(self, household: int, number: int) -> tuple[int, list[ProposedRow]]:
        return self.kinds[number % len(self.kinds)](household)

    def fields_of_household(self, household: int) -> tuple[int, list[ProposedRow]]:
        return household, [ProposedRow("household", household, self.values("household"))]

    def fields_of_person(self, household: int) -> tuple[int, list[ProposedRow]]:
        person = self.random.choice(queries.members_on(DAY, [household])[household])
        return household, [ProposedRow("person", person, self.values("person"))]

    def fields_of_record(self, household: int) -> tuple[int, list[ProposedRow]]:
        [row, *_] = queries.records_of([household]).values()
        return household, [ProposedRow("annual_record", row["id"], self.values("annual_record"))]

    def new_record(self, household: int) -> tuple[int, list[ProposedRow]]:
        taken = {year for _, year in queries.records_of([household])}
        year = next(year for year in (2023, 2022, 2021, 2020) if year not in taken)
        values = self.values("annual_record") | {"household_key": household, "data_year": year}
        return household, [ProposedRow("annual_record", NEW, values)]

    def newcomer(self, household: int) -> tuple[int, list[ProposedRow]]:
        values = {**self.values("person"), "nat_person_no": None, "birth_date": 20230105}
        joined = {"joined_on": 20230105, "join_reason": "新生儿", "household_key": household}
        return household, [
            ProposedRow("person", NEW, values),
            ProposedRow("membership", NEW + 1, {**joined, "person_key": NEW}),
        ]

    def somebody_leaves(self, household: int) -> tuple[int, list[ProposedRow]]:
        person = queries.members_on(DAY, [household])[household][-1]
        values = {"left_on": 20230601, "leave_reason": "死亡"}
        return household, [ProposedRow("membership", queries.history_of(person)[-1].id, values)]

    def somebody_moves_in(self, household: int) -> tuple[int, list[ProposedRow]]:
        other = self.random.choice([one for one in ids_of_households(20) if one != household])
        person = queries.members_on(DAY, [other])[other][-1]
        here = {"person_key": person, "household_key": household, "joined_on": 20230701}
        return household, [
            ProposedRow("membership", queries.history_of(person)[-1].id, {"left_on": 20230701}),
            ProposedRow("membership", NEW, {**here, "join_reason": "婚嫁"}),
        ]

    def a_payment(self, household: int) -> tuple[int, list[ProposedRow]]:
        [person, *_] = queries.members_on(DAY, [household])[household]
        rows = rows_of_household("benefit", household, [person])
        if rows and self.random.random() < 0.5:
            return household, [ProposedRow("benefit", rows[0]["id"], self.values("benefit"))]
        keys = {"household_key": household, "person_key": person}
        return household, [ProposedRow("benefit", NEW, {**self.values("benefit"), **keys})]

    def new_household(self, household: int) -> tuple[int, list[ProposedRow]]:
        village = queries.household_rows([household])[household]["village_key"]
        home = {**self.values("household"), "nat_household_no": None, "village_key": village}
        member = {"person_key": NEW + 1, "household_key": NEW, "joined_on": 20230301}
        identified = {"household_key": NEW, "event": "识别", "happened_on": 20230301}
        return NEW, [
            ProposedRow("household", NEW, {**home, "head_key": NEW + 1}),
            ProposedRow(
                "person", NEW + 1, {**self.values("person"), "nat_person_no": None, "birth_date": 19800101}
            ),
            ProposedRow("membership", NEW + 2, member),
            ProposedRow("status_event", NEW + 3, identified),
        ]

    def values(self, table: str) -> dict[str, Any]:
        fields = list(load_forms()[table].fields.values())
        chosen = self.random.sample(fields, self.random.randint(1, 12))
        return {field.name: self.value(field) for field in chosen}

    def value(self, field: Field) -> Any:
        if self.random.random() < 0.2:
            return None
        if field.type in ("code", "codes"):
            label = self.random.choice(sorted(self.policy.codelists[field.codes or ""].all_labels))
            return f",{label}," if field.type == "codes" else label
        kinds = {
            "yes_no": lambda: self.random.random() < 0.5,
            "date": lambda: self.random.choice([19700101, 20150630, 20231101]),
            "month": lambda: self.random.choice([197001, 201506, 202311]),
            "text": lambda: self.random.choice(["429999198506129595", "13900000000", "甲"]),
        }
        return kinds.get(field.type, lambda: self.random.randint(0, 100_000))()


def told(desk: HouseholdDesk, household: int) -> Told:
    found = desk.check(household).findings
    return {
        (one.check.id, one.check.subject, one.row): hidden(one.explanation, one.check, one.values)
        for one in found
        if one.is_finding
    }


def told_of(examined: Examined, *standings: str, made: dict[int, int]) -> Told:
    return {
        (fault.check, fault.table, made.get(fault.row, fault.row)): fault.explanation
        for fault in examined.faults
        if fault.standing in standings
    }


@pytest.fixture
def policy() -> Policy:
    return load_policy()


@pytest.fixture
def register(any_home: Path, policy: Policy) -> Path:
    add_register(PERSONS, policy)
    add_lists(policy)
    for table, model in fact_models().items():
        last = model._default_manager.aggregate(last=Max("id"))["last"]
        LastNumber.objects.update_or_create(table=table, defaults={"last": last or 0})
    return any_home


def back(rows: list[ProposedRow]) -> list[ProposedRow]:
    """What takes changes of fields back, as long as they are not written."""
    kept = [(item, stored_row(item.table, item.row)) for item in rows if not item.is_new]
    return [
        ProposedRow(item.table, item.row, {name: row[name] for name in item.values})
        for item, row in kept
        if row is not None and item.table != "membership"
    ]


def write(rows: list[ProposedRow]) -> dict[int, int] | None:
    """The numbers of the new rows; None where the register refuses them."""
    try:
        with transaction(actor="张三", source=Source("form")) as change:
            return write_edit(change, rows, 20230701)
    except Refused:
        return None


def compare(desk: HouseholdDesk, asked: int, household: int, rows: list[ProposedRow]) -> Examined | None:
    """Examines the rows for a household, writes them and sees what is told then. None where they are refused."""
    before = told(desk, household)
    examined = desk.examine(asked, rows)
    made = write(rows)
    if made is None:
        return None
    after = told(desk, made.get(asked, household))
    assert told_of(examined, "introduced", "remaining", made=made) == after
    if asked == household:
        gone = {key: said for key, said in before.items() if key not in after}
        assert told_of(examined, "mended", made=made) == gone
        assert told_of(examined, "remaining", made=made).keys() == before.keys() & after.keys()
    return examined


def test_an_edit_is_told_what_it_is_told_once_written(register: Path, policy: Policy) -> None:
    desk, editor, seen, written = HouseholdDesk(DAY), Editor(policy, seed=5), Counter[str](), 0
    for number, household in enumerate(ids_of_households(EDITS)):
        asked, rows = editor.edit(household, number)
        reverse = back(rows)
        for some in (rows, reverse):
            examined = compare(desk, asked, household, some) if some else None
            seen.update(fault.standing for fault in (examined.faults if examined else ()))
            written += examined is not None
    assert written > EDITS
    assert min(seen.values()) > 10
    assert len(seen) == 3


def test_nothing_is_written_by_examining(register: Path, policy: Policy) -> None:
    desk, editor, before = HouseholdDesk(DAY), Editor(policy, seed=6), facts_hash()
    for number, household in enumerate(ids_of_households(9)):
        desk.examine(*editor.edit(household, number))
    assert facts_hash() == before


def test_the_same_number_elsewhere_is_found_before_it_is_written(any_home: Path) -> None:
    number = "42999919850612959X"
    with transaction(actor="张三", source=Source("form")) as change:
        homes = actions.add_households(change, [{"nat_household_no": f"61000000000{n}"} for n in (1, 2)])
        given = [{"full_name": "甲", "id_no": number}, {"full_name": "乙", "id_no": None}]
        people = actions.add_persons(change, given)
        actions.join(
            change, [Join(person, home, 20140101) for person, home in zip(people, homes, strict=True)]
        )
    desk = HouseholdDesk(DAY)
    examined = desk.examine(homes[1], [ProposedRow("person", people[1], {"id_no": number})])
    twice = [fault for fault in examined.errors if "ID-001" in fault.refs or "重复" in fault.name]
    assert [(fault.table, fault.row) for fault in twice] == [("person", people[1])]
    assert {(place.table, place.row) for place in twice[0].places} >= {("person", people[1])}
    again = desk.examine(homes[1], [ProposedRow("person", people[1], {"id_no": "429999198506129590"})])
    assert not [fault for fault in again.faults if fault.check == twice[0].check]


def test_a_fault_that_was_there_is_not_brought_in_and_is_marked_where_its_values_change(
    any_home: Path,
) -> None:
    with transaction(actor="张三", source=Source("form")) as change:
        [home] = actions.add_households(change, [{"nat_household_no": "610000000001"}])
        bad = {"full_name": "甲", "id_no": "429999198506129595", "birth_date": 19800101}
        [person] = actions.add_persons(change, [bad])
        actions.join(change, [Join(person, home, 20140101)])
    desk = HouseholdDesk(DAY)
    check = "identity.birth_date_differs_from_number"
    asked = {
        "elsewhere": {"full_name": "乙"},
        "there": {"birth_date": 19810101},
        "mended": {"birth_date": 19850612},
    }
    found = {
        name: next(
            fault
            for fault in desk.examine(home, [ProposedRow("person", person, values)]).faults
            if fault.check == check
        )
        for name, values in asked.items()
    }
    assert {name: (fault.standing, fault.is_touched) for name, fault in found.items()} == {
        "elsewhere": ("remaining", False),
        "there": ("remaining", True),
        "mended": ("mended", False),
    }
    assert {place.field for place in found["there"].places} == {"birth_date", "id_no"}
    again = desk.examine(home, [ProposedRow("person", person, {"full_name": "乙"})])
    assert from_document(as_document(again)) == again


def test_what_was_written_meanwhile_is_seen_by_the_same_desk(any_home: Path) -> None:
    with transaction(actor="张三", source=Source("form")) as change:
        [home] = actions.add_households(change, [{"nat_household_no": "610000000001"}])
        [person] = actions.add_persons(
            change, [{"full_name": "甲", "id_no": "429999198506129595", "birth_date": 19850612, "sex": "男"}]
        )
        actions.join(change, [Join(person, home, 20140101)])
        actions.record_statuses(change, [Happened(home, "识别", 20131231)])
    desk = HouseholdDesk(DAY)
    rows = [ProposedRow("person", person, {"sex": "女"})]
    assert "identity.sex_differs_from_number" in {fault.check for fault in desk.examine(home, rows).errors}
    with transaction(actor="李四", source=Source("form")) as change:
        actions.change_persons(change, {person: {"sex": "女"}})
    again = {fault.check: fault.standing for fault in desk.examine(home, rows).faults}
    assert again["identity.sex_differs_from_number"] == "remaining"


def test_a_household_not_on_file_is_refused(any_home: Path) -> None:
    desk = HouseholdDesk(DAY)
    with pytest.raises(UserError, match="没有编号为 7 的户"):
        desk.examine(7, [ProposedRow("household", 7, {"address": "甲"})])
    with pytest.raises(UserError, match="还没有建档"):
        desk.examine(NEW, [ProposedRow("household", NEW, {"address": "甲"})])
    assert stored_row("household", 7) is None
