"""The journal: what was written, sealed, tampered with, and undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection

from bangfu.office.journal.undoing import CannotUndo, undo
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import Entry, Transaction
from bangfu.registry.models import Household, Membership, Person
from bangfu.terms.errors import UserError
from tests.home.hashes import facts_hash, models

BATCH = Source("batch", "1")


def write(source: Source = BATCH) -> tuple[int, int]:
    """One household with one person, in one transaction."""
    with transaction(actor="张三", source=source) as change:
        [household] = change.create(Household, [{"nat_household_no": "610000000001", "is_cancelled": False}])
        [person] = change.create(Person, [{"full_name": "甲", "birth_date": 19800101}])
        change.create(Membership, [{"person_key": person, "household_key": household, "joined_on": 20140101}])
    return household, person


def create_two(*rows: dict[str, object]) -> None:
    with transaction(actor="张三", source=BATCH) as change:
        for row in rows:
            change.create(Household, [row])


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_what_is_written_is_told_and_holds(any_home: Path) -> None:
    household, _ = write()
    with transaction(actor="李四", source=Source("correction"), reason="入户核实") as change:
        assert (
            change.change(Household, {household: {"is_cancelled": True, "nat_household_no": "610000000001"}})
            == 1
        )
    assert broken_links() == []
    assert broken_facts(models()) == []
    [last] = Entry.objects.filter(transaction_id=2)
    assert (json.loads(last.before or ""), json.loads(last.after or "")) == (
        {"is_cancelled": False},
        {"is_cancelled": True},
    )
    assert Transaction.objects.get(position=2).reason == "入户核实"


def test_a_transaction_that_fails_leaves_no_trace(any_home: Path) -> None:
    before = facts_hash()
    with pytest.raises(KeyError, match="no_such_column"):
        create_two({"nat_household_no": "610000000001"}, {"no_such_column": 1})
    assert facts_hash() == before
    assert not Transaction.objects.exists()


def test_a_transaction_without_a_change_leaves_no_trace(any_home: Path) -> None:
    household, _ = write()
    with transaction(actor="张三", source=Source("form")) as change:
        assert change.change(Household, {household: {"is_cancelled": False}}) == 0
    assert Transaction.objects.count() == 1


@pytest.mark.parametrize(
    ("statement", "values", "told"),
    [
        (
            "UPDATE journal_entry SET after = %s WHERE number = 2",
            ['{"full_name":"乙"}'],
            "第 2 条(person 1,事务 1)",
        ),
        ("DELETE FROM journal_entry WHERE number = 2", [], "缺少第 2 条"),
        (
            'INSERT INTO journal_entry (number, position, "table", "row", after, digest) '
            'SELECT 7, 2, "table", 9, after, digest FROM journal_entry WHERE number = 2',
            [],
            "第 7 条(person 9,事务 2)",
        ),
        ("UPDATE journal_transaction SET actor = %s WHERE position = 1", ["别人"], "事务 1(经办 别人"),
        ("DELETE FROM journal_entry WHERE number = 6", [], "事务 2 记有 3 条,实有 2 条"),
    ],
)
def test_tampering_is_found_and_named(any_home: Path, statement: str, values: list[str], told: str) -> None:
    write()
    write(Source("batch", "2")) if "9" not in values else None
    run(statement, *values)
    assert any(told in line for line in broken_links()), broken_links()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE person SET full_name = '乙' WHERE id = 1", "person 1:full_name 与登记的不符"),
        ("DELETE FROM membership WHERE id = 1", "membership 1:登记过,现在没有了"),
        ("INSERT INTO person (id, full_name) VALUES (8, '丙')", "person 8:没有登记过"),
    ],
)
def test_facts_written_past_the_journal_are_named(any_home: Path, statement: str, told: str) -> None:
    write()
    run(statement)
    assert broken_links() == []
    assert broken_facts(models()) == [told]


def test_undo_brings_every_table_back(any_home: Path) -> None:
    household, person = write()
    before = facts_hash()
    second = Source("batch", "2")
    with transaction(actor="张三", source=second) as change:
        change.change(Person, {person: {"full_name": "乙", "sex": "男"}})
        change.change(Person, {person: {"full_name": "丙"}})
        change.remove(Membership, [1])
        [other] = change.create(Person, [{"full_name": "丁"}])
        change.create(Membership, [{"person_key": other, "household_key": household, "joined_on": 20200101}])
    undo(second, models_by_name(), actor="李四")
    assert facts_hash() == before
    assert broken_links() == []
    assert broken_facts(models()) == []
    with pytest.raises(UserError, match="没有可以撤销的 batch 2"):
        undo(second, models_by_name(), actor="李四")


def test_undo_is_refused_where_later_changes_rest_on_it(any_home: Path) -> None:
    household, person = write()
    with transaction(actor="李四", source=Source("form")) as change:
        change.change(Person, {person: {"full_name": "乙"}})
        [other] = change.create(Person, [{"full_name": "丁"}])
        change.create(Membership, [{"person_key": other, "household_key": household, "joined_on": 20200101}])
    before = facts_hash()
    with pytest.raises(CannotUndo) as refused:
        undo(BATCH, models_by_name(), actor="李四")
    assert refused.value.rows == [("membership", 2, 2), ("person", person, 2)]
    assert facts_hash() == before


def models_by_name() -> dict[str, type]:
    return {model.table: model for model in models()}
