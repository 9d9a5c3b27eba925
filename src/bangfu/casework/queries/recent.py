"""What happened last to the tasks of a scope."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from bangfu.casework.models import Task, TaskEvent
from bangfu.registry.scope import Scope, narrowed

LOOKED_AT = 2_000
"""Of so many latest happenings those of the scope are shown: a quiet village is not searched for through years."""


_GROUPED = 200


@dataclass(frozen=True)
class Recent:
    """A happening with the task that it was about, or the first of `tasks` alike. `actor` None: the system."""

    task: int
    issue_no: str
    village: str | None
    event: str
    day: int
    clock: str | None
    actor: str | None
    tasks: int = 1


def recent(scope: Scope, size: int = 8) -> tuple[Recent, ...]:
    """The latest happenings, the newest first; what was done to many tasks at once is one line."""
    latest = TaskEvent.objects.order_by("-id").values("id")[:LOOKED_AT]
    rows = TaskEvent.objects.filter(id__in=latest)
    inside = narrowed(Task.objects.all(), scope, department="department")
    if not scope.is_everything:
        rows = rows.filter(task__in=inside)
    names = (
        *("task_id", "task__issue_no", "task__village_name"),
        *("event", "happened_on", "happened_at", "actor_name"),
    )
    listed = [Recent(*row) for row in rows.order_by("-id").values_list(*names)[:_GROUPED]]
    return tuple(_together(list(alike)) for _, alike in groupby(listed, _moment))[:size]


def _moment(one: Recent) -> tuple[object, ...]:
    return one.event, one.day, one.clock, one.actor


def _together(alike: list[Recent]) -> Recent:
    return replace(alike[-1], tasks=len(alike))
