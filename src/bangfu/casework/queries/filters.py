"""Which tasks a list shows: what a reader chose, as conditions that an index answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet

from bangfu.casework.deadlines import LEVELS
from bangfu.casework.models import Task
from bangfu.casework.steps import OPEN_STATES
from bangfu.registry.scope import Scope, narrowed

ABOVE = tuple(level for _, level in LEVELS[1:])
OPEN, CLOSED, ALL = "open", "closed", "all"
FEW = 2_000
_END = "\U0010ffff"


@dataclass(frozen=True)
class TaskFilter:
    """What was chosen; empty chooses nothing. Days are yyyymmdd.

    `which` is open, closed or all. `overdue_on`: open and due before that day; `due_from`, `due_by`: due between these days;
    `closed_by_day`: closed by then and not looked at again since; `is_above`: has climbed to town or county. `text` is the
    beginning of a task's number, of a name, or of a 户编号 or 人编号.
    """

    which: str = OPEN
    state: str = ""
    village: int | None = None
    household: int | None = None
    severity: str = ""
    department: str = ""
    unit: str = ""
    assignee: str = ""
    source: str = ""
    check: str = ""
    escalated: str = ""
    overdue_on: int | None = None
    due_from: int | None = None
    due_by: int | None = None
    closed_by_day: int | None = None
    is_above: bool = False
    without_owner: bool = False
    not_found: bool = False
    text: str = ""


_EQUAL: Mapping[str, str] = {
    "state": "state",
    "village": "village_id",
    "household": "household_id",
    "severity": "severity",
    "department": "department",
    "unit": "responsible_unit",
    "assignee": "assignee",
    "source": "source_kind",
    "check": "rule_id",
    "escalated": "escalated_to",
}
_MORE: Mapping[str, Callable[[Any], Q]] = {
    "overdue_on": lambda day: Q(is_open=1, due_on__lt=day),
    "due_from": lambda day: Q(due_on__gte=day),
    "due_by": lambda day: Q(due_on__lte=day),
    "closed_by_day": lambda day: Q(closed_on__lte=day, rechecked_on__isnull=True),
    "is_above": lambda _: Q(escalated_to__in=ABOVE),
    "without_owner": lambda _: Q(responsible_person__isnull=True),
    "not_found": lambda _: Q(not_found_on__isnull=False),
}


@dataclass(frozen=True)
class Chosen:
    """Tasks to be listed. `few`: there are so few that they are found by what they have in common and then sorted;

    else an index gives them in their order until a page is full.
    """

    rows: QuerySet[Task]
    few: bool

    @property
    def order(self) -> tuple[Any, str]:
        return (F("due_on") + 0 if self.few else "due_on"), "id"


def listed(scope: Scope, filter: TaskFilter) -> list[Chosen]:
    """What was chosen, in the parts that are listed one after the other: open tasks, then closed ones."""
    rows = chosen(scope, filter)
    few = filter.household is not None or any(part.households is not None for part in scope.parts)
    if text := filter.text.strip():
        found = _beginning_with(text)
        few, rows = (few, rows.filter(_begins(text))) if found is None else (True, rows.filter(id__in=found))
    if filter.state:  # says itself whether they are open, and its index has no other word for it
        return [Chosen(rows, few)] if kinds(filter) else []
    return [Chosen(rows.filter(is_open=is_open), few) for is_open in kinds(filter)]


def chosen(scope: Scope, filter: TaskFilter) -> QuerySet[Task]:
    """The tasks of the scope that were chosen, whatever the text."""
    rows = narrowed(Task.objects.all(), scope, department="department")
    for name, column in _EQUAL.items():
        if (value := getattr(filter, name)) not in ("", None):
            rows = rows.filter(**{column: value})
    for name, condition in _MORE.items():
        if value := getattr(filter, name):
            rows = rows.filter(condition(value))
    return rows


def kinds(filter: TaskFilter) -> tuple[int, ...]:
    """`is_open` of the tasks that were chosen, in the order in which they are listed."""
    wanted: tuple[int, ...] = {OPEN: (1,), CLOSED: (0,)}.get(filter.which, (1, 0))
    if filter.overdue_on is not None or filter.state in OPEN_STATES:
        return tuple(kind for kind in wanted if kind)
    return tuple(kind for kind in wanted if not kind) if filter.state else wanted


def _beginning_with(text: str) -> list[int] | None:
    """The tasks that a text means, of whatever scope; None where there are too many to be listed first."""
    found = list(Task.objects.filter(_begins(text)).values_list("id", flat=True)[: FEW + 1])
    return None if len(found) > FEW else found


def _begins(text: str) -> Q:
    return begins("issue_no", text) | begins("object_name", text) | begins("object_no", text)


def begins(column: str, text: str) -> Q:
    """Texts that begin so, found by the column's index: SQLite compares bytes, PostgreSQL has an index for patterns."""
    if connection.vendor == "postgresql":
        return Q(**{f"{column}__startswith": text})
    return Q(**{f"{column}__gte": text, f"{column}__lt": text + _END})
