"""The rows behind a finding: its own, those it leads to, those a comprehension found."""

from __future__ import annotations

from typing import Any

from tests.parity.small import asked, check

from bangfu.engine.evidence import evidence


def found(
    text: str, *rows: dict[str, Any], subject: str = "household"
) -> list[tuple[int, str, int, tuple[str, ...]]]:
    rule = check(text, subject)
    run = asked(rule, rows=list(rows))
    return [(row.subject, row.table, row.src_row, row.fields) for row in evidence(run, rule)]


def test_own_row_comes_with_the_fields_the_rule_read() -> None:
    rows = found("wage_income > transfer_income", {"wage_income": 2, "transfer_income": 1})
    assert rows == [(1100, "household", 100, ("wage_income", "transfer_income"))]


def test_rows_that_pass_or_are_unknown_have_no_evidence() -> None:
    assert found("wage_income > 1", {"wage_income": 100}, {}) == []


def test_row_of_a_to_one_relation_follows_the_own_row() -> None:
    rows = found("head.work_months > 12", {"head": {"row_key": 5, "work_months": 13}})
    assert rows == [(1100, "household", 100, ()), (1100, "person", 5, ("work_months",))]


def test_only_the_related_rows_that_satisfy_the_rule_are_shown() -> None:
    members = [{"row_key": 1, "work_months": 13}, {"row_key": 2, "work_months": 1}]
    rows = found("any(m.work_months > 12 for m in members)", {"members": members})
    assert [row[1:3] for row in rows] == [("household", 100), ("person", 1)]


def test_rows_looked_at_in_vain_are_shown_where_none_satisfied() -> None:
    members = [{"row_key": 1, "work_months": 3}, {"row_key": 2, "work_months": 1}]
    rows = found("not any(m.work_months > 12 for m in members)", {"members": members})
    assert [row[1:3] for row in rows] == [("household", 100), ("person", 1), ("person", 2)]


def test_rows_two_relations_away_are_shown() -> None:
    members = [{"row_key": 1, "vehicles": [{"row_key": 7, "price": 20_000_000}, {"row_key": 8, "price": 1}]}]
    rows = found("any(any(v.price > 50000 for v in m.vehicles) for m in members)", {"members": members})
    assert ("vehicle", 7) in [row[1:3] for row in rows]
    assert ("vehicle", 8) not in [row[1:3] for row in rows]


def test_several_findings_each_have_their_own_rows() -> None:
    rows = found("wage_income > 1", {"wage_income": 101}, {"wage_income": 100}, {"wage_income": 102})
    assert [row[0] for row in rows] == [1100, 3100]
