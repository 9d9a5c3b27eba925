"""The ledgers' own doors: what is written, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bangfu.ledger import actions, queries
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.refusal import Refused
from bangfu.registry.actions import Join, add_households, add_persons, join

FORM = Source("form")


def a_member() -> tuple[int, int]:
    with transaction(actor="张三", source=FORM) as change:
        [household] = add_households(change, [{"nat_household_no": "61000000000001"}])
        [person] = add_persons(change, [{"full_name": "田大山", "birth_date": 19600101}])
        join(change, [Join(person, household, 20140101)])
    return person, household


def test_what_a_person_received(any_home: Path) -> None:
    person, household = a_member()
    row = {"person_key": person, "household_key": household, "programme": "yulu", "amount": 150_000}
    with transaction(actor="张三", source=FORM) as change:
        [made] = actions.add(change, "benefit", [row])
        assert actions.correct(change, "benefit", {made: {"amount": 140_000}}) == 1
    [kept] = queries.rows_of_persons("benefit", [person])
    assert (kept["id"], kept["programme"], kept["amount"]) == (made, "yulu", 140_000)


def test_who_is_not_on_file_is_named_as_written(home: Path) -> None:
    with transaction(actor="张三", source=FORM) as change:
        assert actions.add(change, "vehicle", [{"full_name": "田二河", "plate_no": "鄂L00001"}])


def test_everything_wrong_is_told_at_once(home: Path) -> None:
    rows = [{"person_key": 77, "programme": "yulu"}, {"programme": "yulu"}, {"household_key": 78}]
    with (
        pytest.raises(Refused, match=r"没有编号为 77 的人(.|\n)*没有写明是谁的(.|\n)*没有编号为 78 的户"),
        transaction(actor="张三", source=FORM) as change,
    ):
        actions.add(change, "benefit", rows)
    assert not list(queries.rows_of_persons("benefit", [77]))


def test_a_column_that_is_not_there_is_a_bug(home: Path) -> None:
    with pytest.raises(KeyError, match="colour"), transaction(actor="张三", source=FORM) as change:
        actions.add(change, "vehicle", [{"full_name": "田二河", "colour": "红"}])
