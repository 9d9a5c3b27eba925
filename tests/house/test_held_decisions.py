"""The decision records in a few rows: what each promises, asked of the compiled SQL on a real Dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bangfu.engine.dataset import Dataset
from bangfu.engine.dialects.duckdb import Emitter
from bangfu.engine.plan import Planner
from bangfu.engine.reference import Context, evaluate
from bangfu.engine.run import run
from bangfu.policy.language.errors import ExpressionError
from bangfu.policy.language.parser import parse
from bangfu.policy.language.types import MONEY
from bangfu.policy.language.vocabulary import Vocabulary
from bangfu.policy.model import Check, Policy
from bangfu.policy.standard import Standard, StandardValue
from bangfu.terms.loader import load_terms
from tests.parity.rows_to_tables import Tables

TERMS = load_terms()
AS_OF, PLACE = 20231218, "421281102"
LINE = Standard(
    "line", "收入线", "yuan", MONEY, (StandardValue(20230101, 20231231, "42", 760_000, True, "", None),)
)
VOCABULARY = Vocabulary(TERMS, standards={"line": MONEY})


def check(text: str, subject: str = "household", number: int = 0) -> Check:
    when = parse(text, subject, VOCABULARY)
    words: dict[str, Any] = dict.fromkeys(("name", "department", "rectify", "basis", "file"), "")
    nothing: dict[str, Any] = dict.fromkeys(("refs", "codes", "focus", "examples"), ())
    return Check(
        id=f"c{number}",
        subject=subject,
        severity="error",
        when=when,
        text=text,
        since=None,
        until=None,
        missing_passes=False,
        line=1,
        **words,
        **nothing,
    )


def policy(*checks: Check) -> Policy:
    return Policy(TERMS, {"line": LINE}, {}, {}, {item.id: item for item in checks}, "")


def dataset(rows: Sequence[Mapping[str, Any]], subject: str = "household") -> Dataset:
    tables = Tables(TERMS)
    for number, row in enumerate(rows):
        tables.add_subject(subject, row, number)
    return tables.dataset(AS_OF)


def answers(
    text: str, rows: Sequence[Mapping[str, Any]], as_of: int = AS_OF, subject: str = "household"
) -> list[str]:
    """What the compiled check and the reference evaluator both say of each row."""
    asked = check(text, subject)
    rulebook = policy(asked)
    hits = {
        hit.row_key: hit.is_finding for hit in run(dataset(rows, subject), rulebook, as_of, PLACE).hits(asked)
    }
    words: dict[bool | None, str] = {True: "finding", False: "unknown", None: "pass"}
    compiled = [words[hits.get((number + 1) * 1000 + 100)] for number in range(len(rows))]
    judge: dict[bool | None, str] = {True: "finding", False: "pass", None: "unknown"}
    assert compiled == [judge[evaluate(asked.when, row, Context(rulebook, as_of, PLACE))] for row in rows]
    return compiled


def income(fen: int | None) -> Mapping[str, Any]:
    return {"per_capita_net_income": fen}


def test_a_missing_income_is_unknown_never_a_pass() -> None:
    rows = [income(759_999), income(760_000), income(None)]
    assert answers('per_capita_net_income < standard("line")', rows) == ["finding", "pass", "unknown"]


def test_unknown_does_not_hide_a_certain_answer() -> None:
    members = [{"birth_date": None}, {"birth_date": 20100101}]
    text = "any(age(m.birth_date) < 16 for m in members)"
    assert answers(text, [{"members": members}, {"members": members[:1]}]) == ["finding", "unknown"]


@pytest.mark.parametrize(
    "text",
    ["per_capita_net_incom < 5", 'per_capita_net_income < "5"', "__import__('os')", "SELECT 1", "members[0]"],
)
def test_an_expression_that_does_not_compile_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        check(text)


def test_the_same_rows_answer_by_the_date_that_is_given() -> None:
    rows = [{"birth_date": 20071219}]
    assert answers("age(birth_date) < 16", rows, 20231218, "person") == ["finding"]
    assert answers("age(birth_date) < 16", rows, 20231219, "person") == ["pass"]


def test_tenths_add_up_exactly() -> None:
    """In binary floating point 0.1 + 0.2 is not 0.3, and a household would be listed for it."""
    benefits = [{"amount": 10}, {"amount": 20}]
    assert answers("sum(b.amount for b in benefits) > 0.3", [{"benefits": benefits}]) == ["pass"]
    assert answers("sum(b.amount for b in benefits) == 0.3", [{"benefits": benefits}]) == ["finding"]


def test_a_missing_list_is_said_once_and_a_missing_value_per_row() -> None:
    asked = check("any(b.amount > 1 for b in benefits) or per_capita_net_income < 5")
    rows = dataset([income(None), income(None)])
    complete = run(rows, policy(asked), AS_OF, PLACE)
    assert not complete.not_run
    assert complete.counts(asked) == (0, 2)
    without = {name: relation for name, relation in rows.relations.items() if name != "benefit"}
    partial = run(Dataset(rows.connection, without, rows.fields), policy(asked), AS_OF, PLACE)
    assert list(partial.not_run) == [asked.id]
    assert TERMS.table("benefit").label in "".join(partial.not_run[asked.id])
    assert not partial.answered


def test_a_standard_without_a_value_is_said_once() -> None:
    asked = check('per_capita_net_income < standard("line")')
    result = run(dataset([income(1)]), policy(asked), 20221218, PLACE)
    assert LINE.name in "".join(result.not_run[asked.id])


def test_a_hundred_checks_are_one_pass_and_share_their_features() -> None:
    checks = [
        check(
            f"count(m for m in members if m.birth_date is None) > {n} or per_capita_net_income < {n}",
            number=n,
        )
        for n in range(100)
    ]
    relations = {name: f'"{name}"' for name in TERMS.tables}
    steps, passes = Planner(TERMS, Emitter(policy(*checks), AS_OF, PLACE), relations).plan(checks)
    assert len(passes) == 1
    assert len(steps) == 1
    assert steps[0].sql.upper().count("GROUP BY") == 1


def test_asking_for_an_earlier_row_looks_at_no_pairs() -> None:
    rule = check("any(o.row_key < row_key for o in same_id)", subject="person")
    relations = {name: f'"{name}"' for name in TERMS.tables}
    steps, _ = Planner(TERMS, Emitter(policy(rule), AS_OF, PLACE), relations).plan([rule])
    assert not [step for step in steps if "JOIN" in step.sql]
    twice = [{"id18": "429999199001010011"}, {"id18": "429999199001010011"}, {"id18": None}, {"id18": "x"}]
    answered = run(dataset(twice, "person"), policy(rule), AS_OF, PLACE)
    assert [hit.is_finding for hit in answered.hits(rule)] == [
        True,
        False,
    ]  # the second one; the one without a number
