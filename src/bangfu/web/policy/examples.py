"""The examples of a rule as rows of a table: what is given, what is answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bangfu.engine.wording import shown
from bangfu.office.words import day_in_words
from bangfu.policy.examples import DEFAULT_AS_OF
from bangfu.policy.language.types import of_field
from bangfu.policy.model import Example, Policy
from bangfu.terms.model import Table

ANSWERS = {
    "finding": "查出",
    "pass": "通过",
    "unknown": "无法判断",
    "entitled": "应享受",
    "not_entitled": "不应享受",
}


@dataclass(frozen=True)
class Given:
    """A field or related rows with their values; `rows` has for each row its own."""

    label: str
    value: str = ""
    rows: tuple[tuple[Given, ...], ...] = ()


@dataclass(frozen=True)
class Case:
    given: tuple[Given, ...]
    answer: str
    expect: str
    on: str


def cases(examples: Sequence[Example], table: str, policy: Policy) -> list[Case]:
    """`on` is told where the example is of another day than most."""
    return [
        Case(
            tuple(_given(example.given, policy.terms.table(table), policy)),
            ANSWERS.get(example.expect, example.expect),
            example.expect,
            "" if example.as_of == DEFAULT_AS_OF else day_in_words(example.as_of),
        )
        for example in examples
    ]


def _given(values: Mapping[str, Any], table: Table, policy: Policy) -> Iterator[Given]:
    for name, value in values.items():
        relation = table.relations.get(name)
        if relation is not None and isinstance(value, Mapping | list):
            target = policy.terms.table(relation.to)
            rows = [value] if isinstance(value, Mapping) else value
            yield Given(
                relation.label,
                "" if rows else "没有",
                tuple(tuple(_given(row, target, policy)) for row in rows),
            )
        elif name in table.fields:
            field = table.fields[name]
            text = shown(value, of_field(field.type, field.codes).kind)
            known = policy.programmes.get(text)
            yield Given(field.label, known.name if known else text)
        else:
            yield Given(name, str(value))
