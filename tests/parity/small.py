"""Small checks and datasets for tests that ask one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from bangfu.engine.run import Run, ask
from bangfu.policy.language.parser import parse
from bangfu.policy.language.vocabulary import Vocabulary
from bangfu.policy.loader import vocabulary_of
from bangfu.policy.model import Check, Example
from bangfu.policy.root import default_root
from tests.parity.loaded import policy
from tests.parity.rows_to_tables import Tables

AS_OF, PLACE = 20231218, "421281102"


@cache
def vocabulary() -> Vocabulary:
    return vocabulary_of(default_root(), policy().terms, dict(policy().codelists), dict(policy().standards))


def check(text: str, subject: str = "household", ident: str = "test.check", **changes: Any) -> Check:
    """A check that asks `text`; all else is as in some check of the rulebook."""
    like = next(iter(policy().checks.values()))
    plain = replace(
        like,
        id=ident,
        when=parse(text, subject, vocabulary()),
        subject=subject,
        text=text,
        missing_passes=False,
        examples=(),
        focus=(),
    )
    return replace(plain, **changes)


def example(expect: str, **given: Any) -> Example:
    return Example(given, expect, AS_OF, PLACE, 1)


def asked(*checks: Check, rows: list[Mapping[str, Any]], as_of: int = AS_OF, place: str = PLACE) -> Run:
    """The checks (of one subject) asked of rows written as examples are; the n-th row has key (n + 1) * 1000 + 100."""
    tables = Tables(policy().terms)
    for number, row in enumerate(rows):
        tables.add_subject(checks[0].subject, row, number)
    for flat in (flat for listed in tables.rows.values() for flat in listed):
        flat.update(src=1, src_row=flat["row_key"] % 1000)
    run = Run(tables.dataset(as_of), policy(), as_of, place)
    ask(run, checks)
    return run
