"""Runs the checks of a policy on a dataset: features, then one fused pass a subject."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bangfu.engine.dataset import Dataset
from bangfu.engine.dialects.duckdb import Emitter
from bangfu.engine.hits import Hits
from bangfu.engine.narrowing import Villages
from bangfu.engine.plan import Planner
from bangfu.engine.portions import statements
from bangfu.engine.requirements import wanting
from bangfu.engine.steps import Step, SubjectPass
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check, Policy

PORTION = 10_000
"""Hits read at a time."""


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
    answered: dict[str, Hits] = field(default_factory=dict)
    """By subject, what its checks hit."""

    @property
    def checks(self) -> list[Check]:
        return [check for hits in self.answered.values() for check in hits.subject.checks]

    def nodes_of(self, check: Check) -> tuple[n.Node, ...]:
        """The fields and features whose values a hit of the check carries, in reading order."""
        return self.answered[check.subject].nodes(check)

    def hits(self, check: Check) -> Iterator[Hit]:
        """In the order of the rows."""
        table, last = self.hits_table(check), -1
        while table is not None:
            # Each portion is a statement of its own: whatever else is asked of the connection ends one half read.
            rows = self.dataset.connection.execute(
                f"FROM {table} WHERE row_key > {last} ORDER BY row_key LIMIT {PORTION}"
            ).fetchall()
            for row_key, found, *values in rows:
                yield Hit(row_key, found is True, tuple(values))
            if len(rows) < PORTION:
                return
            last = rows[-1][0]

    def hits_table(self, check: Check) -> str | None:
        """Row key, whether it is a finding (NULL unknown), and the values of `nodes_of`; None where all passed."""
        return self.answered[check.subject].table(check)

    def counts(self, check: Check) -> tuple[int, int]:
        """Findings and unknowns of a check."""
        hits = self.answered[check.subject]
        return hits.counts[hits.subject.checks.index(check)]


Heard = Callable[[int, int], object]
"""Told how much is done, and of how much."""


def unheard(done: int, of: int) -> None:
    """Nobody listens."""


def run(
    dataset: Dataset,
    policy: Policy,
    as_of: int,
    place: str,
    checks: Iterable[Check] | None = None,
    *,
    only: Villages | None = None,
    heard: Heard = unheard,
) -> Run:
    """Asks every check in force at `as_of` (or those given) of every row of its subject, or only of some villages' rows.

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
    ask(result, runnable, only, heard)
    return result


def ask(
    result: Run,
    checks: Iterable[Check],
    only: Villages | None = None,
    heard: Heard = unheard,
) -> None:
    """Answers the checks whatever may be wanting; a standard without a value is missing."""
    dataset = result.dataset
    emitter = Emitter(result.policy, result.as_of, result.place)
    planner = Planner(
        result.policy.terms, emitter, dict(dataset.relations), dataset.absent(result.policy.terms)
    )
    steps, passes = planner.plan(checks)
    every = sum(len(subject.checks) for subject in passes)
    for subject, needed, spent in scheduled(steps, passes):
        heard(len(result.checks), every)
        for step in needed:
            dataset.connection.execute(f"CREATE OR REPLACE TEMP TABLE {step.name} AS {step.sql}")
        table = result.policy.terms.table(subject.subject)
        condition = None if only is None else only.condition(table, dataset.relations)
        hits = result.answered[subject.subject] = Hits(dataset.connection, subject)
        for statement in statements(dataset.connection, subject, condition):
            hits.take(statement)
        hits.close()
        for name in spent:
            dataset.connection.execute(f"DROP TABLE {name}")
    heard(every, every)


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
