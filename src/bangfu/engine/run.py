"""Runs the checks of a policy on a dataset: features, then one fused pass a subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bangfu.engine.dataset import Dataset
from bangfu.engine.dialects.duckdb import Emitter
from bangfu.engine.plan import Planner, value_nodes
from bangfu.engine.portions import statements
from bangfu.engine.requirements import wanting
from bangfu.engine.steps import Step, SubjectPass
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
    _counts: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)

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
        """Row key, 2 for a finding or 1 for unknown, and the check's values."""
        subject = self.passes[check.subject]
        answer = subject.column_of(check)
        wanted = set(value_nodes(check.when))
        columns = [f"v{i}" for i, node in enumerate(subject.values) if node in wanted]
        status = f"CASE WHEN {answer} THEN 2 ELSE 1 END"
        return (
            f"SELECT {', '.join(['row_key', status, *columns])} FROM hits_{check.subject} "
            f"WHERE {answer} IS NOT FALSE ORDER BY row_key"
        )

    def counts(self, check: Check) -> tuple[int, int]:
        """Findings and unknowns of a check."""
        if check.subject not in self._counts:
            self._counts[check.subject] = self._count(self.passes[check.subject])
        return self._counts[check.subject][check.id]

    def _count(self, subject: SubjectPass) -> dict[str, tuple[int, int]]:
        """Those of all checks of a subject, in one scan."""
        numbers = ", ".join(
            f"count(*) FILTER (c{i}), count(*) FILTER (c{i} IS NULL)" for i in range(len(subject.checks))
        )
        row = self.dataset.connection.execute(f"SELECT {numbers} FROM hits_{subject.subject}").fetchone()
        assert row is not None
        return {check.id: (int(row[2 * i]), int(row[2 * i + 1])) for i, check in enumerate(subject.checks)}


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
    for subject, needed, spent in scheduled(steps, passes):
        for step in needed:
            dataset.connection.execute(f"CREATE OR REPLACE TEMP TABLE {step.name} AS {step.sql}")
        hits = f"hits_{subject.subject}"
        for number, statement in enumerate(statements(dataset.connection, subject)):
            into = f"INSERT INTO {hits}" if number else f"CREATE OR REPLACE TEMP TABLE {hits} AS"
            dataset.connection.execute(f"{into} {statement}")
        result.passes[subject.subject] = subject
        for name in spent:
            dataset.connection.execute(f"DROP TABLE {name}")


def scheduled(
    steps: list[Step], passes: list[SubjectPass]
) -> Iterator[tuple[SubjectPass, list[Step], list[str]]]:
    """Each pass with the steps to take before it and the names to forget after it: features take memory."""
    by_name = {step.name: step for step in steps}
    reads = {step.name: _names(step.sql) & set(by_name) for step in steps}
    wants = [_closure(set(subject.sources.values()) & set(by_name), reads) for subject in passes]
    made: set[str] = set()
    for number, subject in enumerate(passes):
        needed = [step for step in steps if step.name in wants[number] - made]
        made |= wants[number]
        later = set().union(*wants[number + 1 :])
        spent = made - later
        made -= spent
        yield subject, needed, sorted(spent)


def _names(sql: str) -> set[str]:
    return set(re.findall(r"\b(?:feature|first|group)_\d+\b", sql))


def _closure(names: set[str], reads: dict[str, set[str]]) -> set[str]:
    found, open_names = set(names), list(names)
    while open_names:
        new = reads[open_names.pop()] - found
        found |= new
        open_names.extend(new)
    return found
