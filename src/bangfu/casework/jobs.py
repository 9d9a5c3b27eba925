"""What tasks do when a run is over, what they do every day, and the same question asked of all villages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bangfu.casework.actions import after_run, ask_everywhere, climb, note_asked
from bangfu.casework.actions.siblings import check_of
from bangfu.casework.hands import Hand
from bangfu.casework.taking import task_row
from bangfu.findings.asked import Asked
from bangfu.findings.jobs import CHECK
from bangfu.jobs.actions import start_job
from bangfu.jobs.kinds import Kind, Result, after, register
from bangfu.jobs.work import Work
from bangfu.ledger.scope import scope_of
from bangfu.office.accounts import account_named, reader_of
from bangfu.office.home import business_day
from bangfu.registry.scope import Scope

CLIMB = "task.climb"
SIBLINGS_OF = "siblings_of"
"""The parameter of a run that was started for a task: whose siblings are opened when it is over."""


def register_kinds() -> None:
    """Called when Django starts."""
    register(Kind(CLIMB, "超期督办", _climb, starts="task.open", sees="task.see", is_daily=True))
    after(CHECK, hear)


def ask_all_villages(hand: Hand, number: int, *, seen: int, once: str = "") -> int:
    """举一反三: notes on a task that its check is asked everywhere in the reader's area, and starts the run.

    The job's number; when the run is over, tasks are opened for what it found. As `note_asked` otherwise.
    """
    note_asked(hand, number, seen=seen, once=once)
    villages = _villages(scope_of(hand.reader, "run.start"))
    asked = Asked(hand.day, villages, (check_of(task_row(number)),))
    told = {**asked.as_json(), SIBLINGS_OF: number}
    key = f"{CHECK} {SIBLINGS_OF} {number}"
    return start_job(CHECK, label="举一反三核查", actor=hand.reader.username, parameters=told, key=key)


def hear(work: Work, result: Result) -> None:
    """After every run; called again after a kill it changes nothing more."""
    day = business_day()
    after_run(result["run"], actor=work.actor, day=day)
    climb(day)
    user = account_named(work.actor)
    if (task := work.parameters.get(SIBLINGS_OF)) is not None and user is not None:
        ask_everywhere(Hand(reader_of(user), day), task)


def _climb(work: Work) -> Mapping[str, Any]:
    return dict(climb(business_day(), actor=work.actor))


def _villages(scope: Scope) -> tuple[int, ...]:
    """Those of the scope; none means all."""
    if scope.is_everything:
        return ()
    return tuple(sorted({village for part in scope.parts for village in part.villages or ()}))
