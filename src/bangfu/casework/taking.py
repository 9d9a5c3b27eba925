"""How every step is taken: the task is read under the write lock, all rules are asked, all is written at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from bangfu.casework.hands import Hand, is_one_of
from bangfu.casework.models import Task, TaskEvent
from bangfu.casework.refusals import Changed, NoSuchTask, NotAllowed, NotPossible
from bangfu.casework.steps import STEPS, Step, refusal
from bangfu.ledger.scope import scope_of
from bangfu.office.journal.rows import Row, rows_of
from bangfu.office.journal.writing import Source, Writing, transaction
from bangfu.office.permissions import RIGHTS
from bangfu.office.words import day_in_words
from bangfu.registry.scope import Scope

ANSWERING = ("进展", "答复", "补充佐证")
"""Who did one of these has worked on the task and can neither verify nor close it."""
TASK, CORRECTION = "task", "correction"


@dataclass(frozen=True)
class Taken:
    """A task in the hand of who takes a step, in an open transaction."""

    change: Writing
    task: Row
    hand: Hand

    @property
    def number(self) -> int:
        return int(self.task["id"])


@dataclass(frozen=True)
class Move:
    """What a step makes of a task: its columns, and what the timeline says."""

    values: Mapping[str, Any] = field(default_factory=dict)
    text: str | None = None


Doing = Callable[[Taken], Move]


def take(hand: Hand, number: int, name: str, *, seen: int, once: str, do: Doing, source: str = TASK) -> int:
    """Takes a step of STEPS; the task's revision after it.

    `seen` is the revision that the user looked at, `once` the number of the form that was sent: sent again it writes nothing.
    NoSuchTask outside the reader's scope, NotAllowed and NotPossible by the table of steps, Changed where somebody else
    was faster; and what `do` raises.
    """
    step = STEPS[name]
    scope = scope_of(hand.reader, step.right)
    issue_no = _issue_no(hand, step, number, scope)
    with transaction(
        actor=hand.reader.username, source=Source(source, issue_no), reason=step.label
    ) as change:
        task = task_row(number)
        if once and TaskEvent.objects.filter(request_no=once, task_id=number).exists():
            return int(task["revision"])
        if task["revision"] != seen:
            raise Changed(issue_no, _since(number, seen))
        if why := refusal(step, task["state"]):
            raise NotPossible(f"{issue_no}：{why}")
        if why := bar(step, task, hand, scope):
            raise NotAllowed(f"{issue_no}：{why}")
        move = do(Taken(change, task, hand))
        return write_move(change, task, step, move, hand, once)


def write_move(change: Writing, task: Row, step: Step, move: Move, hand: Hand, once: str = "") -> int:
    """Writes what a step makes of a task, and its line in the timeline."""
    state, revision = step.to or task["state"], task["revision"] + 1
    change.change(Task, {task["id"]: {**move.values, "state": state, "revision": revision}})
    line = event(task["id"], step.event, hand.day, move.text, state=state, revision=revision, change=change)
    signed = {"username": hand.reader.username, "actor_name": hand.reader.name, "request_no": once or None}
    change.create(TaskEvent, [{**line, **signed}])
    return int(revision)


def event(
    task: int, kind: str, day: int, text: str | None, *, state: str, revision: int, change: Writing
) -> Row:
    """A line of the timeline, not signed: what the system notes itself."""
    return {
        "task_key": task,
        "event": kind,
        "happened_on": day,
        "happened_at": f"{timezone.localtime():%H:%M}",
        "text": text,
        "state": state,
        "revision": revision,
        "position": change.position,
    }


def task_row(number: int) -> Row:
    """NoSuchTask where there is none."""
    row = rows_of(Task, [number]).get(number)
    if row is None:
        raise NoSuchTask
    return row


def is_in(scope: Scope, task: Mapping[str, Any]) -> bool:
    return scope.has(
        village=task["village_key"], household=task["household_key"], department=task["department"]
    )


@dataclass(frozen=True)
class Worked:
    """Whether the reader has worked on a task, and whether the last answer is the reader's own."""

    has_worked: bool
    has_answered_last: bool


def bar(
    step: Step, task: Row, hand: Hand, scope: Scope, worked: Callable[[], Worked] | None = None
) -> str | None:
    """Why this reader may not take the step now, though the role has the right; None where nothing is in the way.

    `worked` says `work_of` without asking again for every step.
    """
    done = worked or (lambda: work_of(hand, task["id"]))
    if step.barred == "answerers" and done().has_worked:
        return f"您答复过这个任务，{step.label}要由别人来办（自己不能给自己销号）"
    if step.barred == "others" and not done().has_answered_last:
        return f"这个任务不是您答复的，不能{step.label}"
    if step.barred == "assignee" and task["assignee"] and is_one_of(hand.reader, [task["assignee"]]):
        return f"您是这个任务的责任人，{step.label}要由别人来批"
    if step.right == "task.answer" and _is_of_another_helper(task, hand, scope):
        return "这个任务派给了别人，由责任人答复"
    return None


def work_of(hand: Hand, task: int) -> Worked:
    """What the reader has done on a task, in any round and by whichever account."""
    rows = TaskEvent.objects.filter(task_id=task, event__in=ANSWERING).order_by("id")
    done = [(name, event) for name, event in rows.values_list("username", "event") if name]
    has_worked = is_one_of(hand.reader, {name for name, _ in done})
    last = [name for name, event in done if event == "答复"][-1:]
    return Worked(has_worked, has_worked and is_one_of(hand.reader, last))


def _is_of_another_helper(task: Row, hand: Hand, scope: Scope) -> bool:
    """Who reaches a task only because the household is paired answers what is assigned to them, or to nobody."""
    if task["assignee"] in (None, "", hand.reader.username):
        return False
    reaching = [
        part
        for part in scope.parts
        if part.has(task["village_key"], task["household_key"], task["department"])
    ]
    return all(part.households is not None for part in reaching)


def _issue_no(hand: Hand, step: Step, number: int, scope: Scope) -> str:
    names = ("issue_no", "village_key", "household_key", "department")
    found = (
        Task.objects.filter(id=number)
        .values_list("issue_no", "village_id", "household_id", "department")
        .first()
    )
    if found is None:
        raise NoSuchTask
    task = dict(zip(names, found, strict=True))
    if not is_in(scope, task):
        if not is_in(scope_of(hand.reader, "task.see"), task):
            raise NoSuchTask
        raise NotAllowed(f"您不能{step.label}这个任务：要有“{RIGHTS[step.right].label}”的权限")
    return str(task["issue_no"])


def _since(number: int, seen: int) -> Sequence[str]:
    """What happened to a task after what somebody saw."""
    rows = TaskEvent.objects.filter(task_id=number, revision__gt=seen).order_by("id")
    told = rows.values_list("happened_on", "happened_at", "actor_name", "event", "text")
    return [
        f"{day_in_words(day)} {clock} {name or '系统'} {kind}{f'：{text}' if text else ''}"
        for day, clock, name, kind, text in told
    ]
