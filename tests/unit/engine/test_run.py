"""One run: three answers, several findings of one row, the values of hits, counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.parity.loaded import policy
from tests.parity.small import AS_OF, PLACE, asked, check

from bangfu.engine.run import run


def test_row_hit_by_several_checks_is_found_by_each() -> None:
    rules = [check(f"wage_income > {limit}", ident=f"test.over_{limit}") for limit in (1, 2, 3)]
    answers = asked(*rules, rows=[{"wage_income": 250}])
    assert [[hit.is_finding for hit in answers.hits(rule)] for rule in rules] == [[True], [True], []]


def test_missing_value_is_unknown_and_counted_apart() -> None:
    rule = check("wage_income > 1")
    answers = asked(rule, rows=[{"wage_income": 101}, {}, {"wage_income": 100}, {}])
    assert [(hit.row_key, hit.is_finding) for hit in answers.hits(rule)] == [
        (1100, True),
        (2100, False),
        (4100, False),
    ]
    assert answers.counts(rule) == (1, 2)


def test_missing_may_be_declared_a_pass() -> None:
    rule = check("wage_income > 1", missing_passes=True)
    assert list(asked(rule, rows=[{}]).hits(rule)) == []


def test_more_checks_than_one_mask_column_holds() -> None:
    rules = [check(f"household_size == {size}", ident=f"test.size_{size}") for size in range(70)]
    answers = asked(*rules, rows=[{"household_size": 69}, {"household_size": 31}, {}])
    assert [answers.counts(rule) for rule in (rules[69], rules[31], rules[30])] == [(1, 1), (1, 1), (0, 1)]
    assert [hit.row_key for hit in answers.hits(rules[69]) if hit.is_finding] == [1100]


def test_hits_are_read_to_the_end_whatever_else_is_asked_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bangfu.engine.run.PORTION", 2)
    rule = check("wage_income > 1")
    answers = asked(rule, rows=[{"wage_income": 101}] * 5)
    seen = []
    for hit in answers.hits(rule):
        answers.dataset.connection.execute("SELECT 1").fetchall()
        seen.append(hit.row_key)
    assert seen == [1100, 2100, 3100, 4100, 5100]


def test_hit_carries_the_values_it_rests_on() -> None:
    rule = check("wage_income > 1 and count(m for m in members) == 2")
    other = check("household_size == 9", ident="test.other")
    answers = asked(rule, other, rows=[{"wage_income": 101, "members": [{}, {}]}])
    (hit,) = answers.hits(rule)
    assert dict(zip(answers.nodes_of(rule), hit.values, strict=True)) == {
        rule.when.items[0].left: 101,  # type: ignore[attr-defined]
        rule.when.items[1].left: 2,  # type: ignore[attr-defined]
    }


def test_checks_out_of_force_are_not_asked() -> None:
    rules = [
        check("wage_income > 1", ident="test.from_next_day", since=20231219),
        check("wage_income > 1", ident="test.until_day_before", until=20231217),
        check("wage_income > 1", ident="test.that_day", since=20231218, until=20231218),
    ]
    dataset = asked(rules[0], rows=[{"wage_income": 101}]).dataset
    done = run(dataset, replace(policy(), checks={rule.id: rule for rule in rules}), AS_OF, PLACE)
    assert [item.id for item in done.checks] == ["test.that_day"]
    assert done.not_run == {}
