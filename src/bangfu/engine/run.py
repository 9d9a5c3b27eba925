"""Runs the checks of a policy on a dataset: features, one fused pass a subject, then the values of the rows hit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bangfu.engine.dataset import Dataset
from bangfu.engine.dialects.duckdb import Emitter
from bangfu.engine.plan import Planner, SubjectPass, value_nodes
from bangfu.engine.requirements import wanting
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check, Policy


@dataclass(frozen=True)
class Hit:
    """One answer that is not a pass: `values` are those of the nodes `Run.nodes_of(check)`."""

    row_key: int
    is_finding: bool
    values: tuple[Any, ...]


@dataclass
class Run:
    """What a run answered; read the hits before the next run on the same connection."""

    dataset: Dataset
    policy: Policy
    as_of: int
    place: str
    not_run: dict[str, list[str]] = field(default_factory=dict)
    passes: dict[str, SubjectPass] = field(default_factory=dict)

    @property
    def checks(self) -> list[Check]:
        return [check for subject in self.passes.values() for check in subject.checks]

    def nodes_of(self, check: Check) -> tuple[n.Node, ...]:
        """The fields and features whose values a hit of the check carries, in reading order."""
        from_check = set(value_nodes(check.when))
        return tuple(node for node in self.passes[check.subject].values if node in from_check)

    def hits(self, check: Check) -> Iterator[Hit]:
        rows = self.dataset.connection.execute(self.hits_sql(check))
        while chunk := rows.fetchmany(10_000):
            for row_key, status, *values in chunk:
                yield Hit(row_key, status >= 2, tuple(values))

    def hits_sql(self, check: Check) -> str:
        subject = self.passes[check.subject]
        mask, shift = subject.place_of(subject.checks.index(check))
        wanted = set(value_nodes(check.when))
        columns = [f"v{i}" for i, node in enumerate(subject.values) if node in wanted]
        status = f"({mask} >> {shift}) & 3"
        return (
            f"SELECT {', '.join(['row_key', status, *columns])} FROM values_{check.subject} "
            f"WHERE {status} <> 0 ORDER BY row_key"
        )

    def counts(self, check: Check) -> tuple[int, int]:
        """Findings and unknowns of a check."""
        subject = self.passes[check.subject]
        mask, shift = subject.place_of(subject.checks.index(check))
        row = self.dataset.connection.execute(
            f"SELECT count(*) FILTER (({mask} >> {shift}) & 2 <> 0), count(*) FILTER (({mask} >> {shift}) & 3 = 1) "
            f"FROM hits_{check.subject}"
        ).fetchone()
        assert row is not None
        return int(row[0]), int(row[1])


def run(
    dataset: Dataset, policy: Policy, as_of: int, place: str, checks: Iterable[Check] | None = None
) -> Run:
    """Asks every check in force at `as_of` (or those given) of every row of its subject.

    A check that lacks a list, field or standard is not run; `Run.not_run` says why.
    """
    result = Run(dataset, policy, as_of, place)
    runnable: list[Check] = []
    for check in policy.in_force(as_of) if checks is None else checks:
        reasons = wanting(check, dataset, policy, as_of, place)
        if reasons:
            result.not_run[check.id] = reasons
        else:
            runnable.append(check)
    ask(result, runnable)
    return result


def ask(result: Run, checks: Iterable[Check]) -> None:
    """Answers the checks whatever may be wanting; a standard without a value is missing."""
    dataset = result.dataset
    emitter = Emitter(result.policy, result.as_of, result.place)
    planner = Planner(
        result.policy.terms, emitter, dict(dataset.relations), dataset.absent(result.policy.terms)
    )
    steps, passes = planner.plan(checks)
    connection = dataset.connection
    for step in steps:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {step.name} AS {step.sql}")
    for subject in passes:
        _answer(dataset, subject)
        result.passes[subject.subject] = subject
    for step in steps:
        connection.execute(f"DROP TABLE {step.name}")


def _answer(dataset: Dataset, subject: SubjectPass) -> None:
    """One pass for the masks; then values only of the rows that some check hits."""
    name = subject.subject
    masks = [f"m{i}" for i in range(_masks(subject))]
    connection = dataset.connection
    connection.execute(f"CREATE OR REPLACE TEMP TABLE masks_{name} AS {subject.masks_sql}")
    hit = " OR ".join(f"{mask} <> 0" for mask in masks)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE hits_{name} AS SELECT * FROM masks_{name} WHERE {hit}")
    connection.execute(f"DROP TABLE masks_{name}")
    values = subject.values_sql.replace("{hits}", f"hits_{name}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE values_{name} AS {values}")


def _masks(subject: SubjectPass) -> int:
    """How many mask columns the subject's checks take."""
    return int(subject.place_of(len(subject.checks) - 1)[0][1:]) + 1
