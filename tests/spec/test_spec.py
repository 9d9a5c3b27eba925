"""The tables in `tables/`: an expression, a row as rules' examples write it, the answer; asked of both engines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bangfu.policy.examples import DEFAULT_AS_OF, DEFAULT_PLACE, record
from bangfu.policy.language.parser import parse
from bangfu.policy.language.types import DATE, DECIMAL, INTEGER, MONEY
from bangfu.policy.language.vocabulary import Vocabulary
from bangfu.policy.loader import vocabulary_of
from bangfu.policy.model import Check, Policy
from bangfu.policy.root import default_root
from bangfu.policy.source import Problem, day, read
from bangfu.policy.standard import Standard, StandardValue
from tests.parity.answers import asking, compiled, judged
from tests.parity.loaded import policy
from tests.parity.rows_to_tables import Tables

FOLDER = Path(__file__).parent / "tables"
ANSWERS = {True: "finding", False: "pass", "unknown": "unknown"}


@dataclass(frozen=True)
class Case:
    text: str
    given: Mapping[str, Any]
    answer: str
    as_of: int
    place: str


@pytest.mark.parametrize("file", sorted(path.name for path in FOLDER.glob("*.yaml")))
def test_every_line_of_a_table_is_answered_as_it_says_by_both_engines(file: str) -> None:
    subject, cases = table(file)
    groups: dict[tuple[int, str], list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.as_of, case.place].append(case)
    wrong = [
        line for (as_of, place), group in groups.items() for line in failures(subject, group, as_of, place)
    ]
    assert not wrong, "\n".join(wrong)


def failures(subject: str, cases: list[Case], as_of: int, place: str) -> list[str]:
    tables, checks, keys = Tables(policy().terms), [], []
    for number, case in enumerate(cases):
        checks.append(check_of(f"spec.case{number}", subject, case.text))
        keys.append(tables.add_subject(subject, case.given, number))
    answers = compiled(tables.dataset(as_of), small_policy(), as_of, place, checks)
    wrong = []
    for case, check, key in zip(cases, checks, keys, strict=True):
        said = {
            "reference": judged(check, case.given, small_policy(), as_of, place),
            "DuckDB": answers.get((check.id, key), "pass"),
        }
        wrong += [
            f"{case.text} of {case.given}: {name} says {answer}, expected {case.answer}"
            for name, answer in said.items()
            if answer != case.answer
        ]
    return wrong


def table(file: str) -> tuple[str, list[Case]]:
    problems: list[Problem] = []
    found = read(FOLDER / file, FOLDER, problems)
    assert found is not None, problems
    source, entries = found
    terms = policy().terms
    cases = []
    for text, given, answer, *more in entries["cases"]:
        where = more[0] if more else {}
        row = record(source, given, terms.table(entries["subject"]), terms)
        as_of = day(where.get("as_of")) or DEFAULT_AS_OF
        cases.append(Case(text, row, ANSWERS[answer], as_of, where.get("place", DEFAULT_PLACE)))
    assert not problems, "\n".join(map(str, problems))
    return entries["subject"], cases


def check_of(ident: str, subject: str, text: str) -> Check:
    like = next(iter(policy().checks.values()))
    return asking(like, ident, parse(text, subject, small_vocabulary()), subject, text)


def value(amount: int, since: int | None, until: int | None, place: str = "") -> StandardValue:
    return StandardValue(since, until, place, amount, True, "测试", None)


STANDARDS = {
    "line": Standard(
        "line",
        "收入线",
        "yuan",
        MONEY,
        (
            value(500_000, 20191001, 20201231),
            value(760_000, 20230101, 20231231, "42"),
            value(800_000, 20230101, 20231231, "421281"),
            value(810_000, 20230101, 20231231, "421281102"),
            value(700_000, 20230101, 20231231, "34"),
        ),
    ),
    "span": Standard("span", "期限", "months", INTEGER, (value(6, None, None), value(12, 20220701, None))),
    "share": Standard("share", "比例", "ratio", DECIMAL, (value(3500, None, None),)),
    "cutoff": Standard("cutoff", "截止日", "date", DATE, (value(20230115, 20230101, 20231231),)),
}


@cache
def small_policy() -> Policy:
    """The rulebook with the standards that the tables speak of."""
    return replace(policy(), standards=STANDARDS)


@cache
def small_vocabulary() -> Vocabulary:
    return vocabulary_of(default_root(), policy().terms, dict(policy().codelists), STANDARDS)
