"""What each engine answers: the compiled SQL on a dataset, the reference on a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bangfu.engine.dataset import Dataset
from bangfu.engine.reference import Context, evaluate
from bangfu.engine.run import Run, ask
from bangfu.engine.single.functions import Maker
from bangfu.engine.single.rows import Row
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check, Policy

_WORDS = {True: "finding", False: "pass", None: "unknown"}


def compiled(
    dataset: Dataset,
    policy: Policy,
    as_of: int,
    place: str,
    checks: Iterable[Check],
    only: Mapping[str, Iterable[int]] | None = None,
) -> dict[tuple[str, int], str]:
    """Findings and unknowns by check and row (of each subject only the rows `only`); other pairs passed."""
    run = Run(dataset, policy, as_of, place)
    ask(run, checks)
    if only is not None:
        _keep(run, only)
    return {
        (check.id, hit.row_key): "finding" if hit.is_finding else "unknown"
        for check in run.checks
        for hit in run.hits(check)
    }


def _keep(run: Run, only: Mapping[str, Iterable[int]]) -> None:
    """Forgets the hits of other rows, which are millions on a large register."""
    for check in run.checks:
        if hits := run.hits_table(check):
            keys = ", ".join(map(str, only[check.subject]))
            run.dataset.connection.execute(f"DELETE FROM {hits} WHERE row_key NOT IN ({keys})")


def judged(check: Check, row: Mapping[str, Any], policy: Policy, as_of: int, place: str) -> str:
    value = evaluate(check.when, row, Context(policy, as_of, place))
    return "pass" if value is None and check.missing_passes else _WORDS[value]


def alone(check: Check, row: Row, policy: Policy, as_of: int, place: str) -> str:
    """What the functions of single questions answer."""
    value = Maker(policy, as_of, place).asked(check.when)(row)
    return "pass" if value is None and check.missing_passes else _WORDS[value]


def asking(like: Check, ident: str, when: n.Node, subject: str, text: str) -> Check:
    """A check made of an expression, for tests that need one; all else is as in `like`."""
    return replace(
        like, id=ident, when=when, subject=subject, text=text, missing_passes=False, examples=(), focus=()
    )
