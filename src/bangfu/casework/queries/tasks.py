"""Lists of tasks: a page at a time, found by an index, the same number of queries whatever the length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from bangfu.casework.deadlines import days_left
from bangfu.casework.models import Task
from bangfu.casework.queries.filters import ALL, TaskFilter, chosen, kinds, listed
from bangfu.findings.hiding import hidden_numbers
from bangfu.office.journal.rows import Row
from bangfu.registry.scope import Scope

SIZE = 50
COUNTED = 1_000
_CHUNK = 1_000
_COLUMNS = (
    *("id", "issue_no", "issue_type", "problem", "rule_id", "finding_no", "severity", "state", "revision"),
    *("village_id", "village_name", "household_id", "object_name", "object_no", "object_level"),
    *("source_kind", "source_document", "source_level", "source_on", "reporter"),
    *("lead_leader", "responsible_unit", "responsible_person", "assignee", "department"),
    *("registered_on", "acknowledged_on", "due_on", "requirement", "measure", "effect"),
    *("rectified_on", "rectifier", "verified_on", "verifier", "closed_on", "closed_by", "rechecked_on"),
    *("is_open", "is_from_inspection", "has_evidence", "siblings_checked_on", "not_found_on"),
    *("escalated_to", "escalated_on", "reopen_count", "note"),
)


_LINKS = {"village_id": "village_key", "household_id": "household_key"}


@dataclass(frozen=True)
class TaskLine:
    """A task as lists show it; days are yyyymmdd. Numbers of persons have their middle hidden."""

    id: int
    issue_no: str
    issue_type: str | None
    problem: str
    rule_id: str | None
    finding_no: int | None
    severity: str | None
    state: str
    revision: int
    village_id: int | None
    village_name: str | None
    household_id: int | None
    object_name: str | None
    object_no: str | None
    object_level: str | None
    source_kind: str | None
    source_document: str | None
    source_level: str | None
    source_on: int | None
    reporter: str | None
    lead_leader: str | None
    responsible_unit: str | None
    responsible_person: str | None
    assignee: str | None
    department: str | None
    registered_on: int
    acknowledged_on: int | None
    due_on: int
    requirement: str | None
    measure: str | None
    effect: str | None
    rectified_on: int | None
    rectifier: str | None
    verified_on: int | None
    verifier: str | None
    closed_on: int | None
    closed_by: str | None
    rechecked_on: int | None
    is_open: bool
    is_from_inspection: bool | None
    has_evidence: bool | None
    siblings_checked_on: int | None
    not_found_on: int | None
    escalated_to: str | None
    escalated_on: int | None
    reopen_count: int | None
    note: str | None
    days_left: int | None
    """Until the deadline, below 0 when it is overdue; None for a closed task."""

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0


@dataclass(frozen=True)
class Page:
    """Some tasks; `after` is where the next page begins, None at the end."""

    rows: tuple[TaskLine, ...]
    after: str | None


@dataclass(frozen=True)
class Counted:
    """How many there are; `is_more`: at least so many."""

    number: int
    is_more: bool

    def __str__(self) -> str:
        return f"{self.number}+" if self.is_more else str(self.number)


def tasks(scope: Scope, filter: TaskFilter, *, day: int, after: str | None = None, size: int = SIZE) -> Page:
    """Open tasks by deadline, then closed ones by theirs. An `after` that is no such place begins at the beginning."""
    rows: list[TaskLine] = []
    place = _place(after)
    for is_open, part in zip(kinds(filter), listed(scope, filter), strict=True):
        if place is not None and is_open > place[0]:
            continue
        begun = part.rows
        if place is not None and is_open == place[0]:
            begun = begun.extra(where=['("task"."due_on", "task"."id") > (%s, %s)'], params=list(place[1:]))
        rows.extend(lines(begun.order_by(*part.order), day, size + 1 - len(rows)))
        if len(rows) > size:
            break
    shown = rows[:size]
    last = shown[-1] if len(rows) > size else None
    return Page(tuple(shown), f"{last.is_open:d}-{last.due_on}-{last.id}" if last else None)


def count(scope: Scope, filter: TaskFilter, *, cap: int = COUNTED) -> Counted:
    """How many tasks were chosen, counted no further than `cap`."""
    number = 0
    for part in listed(scope, filter):
        number += part.rows.order_by().values("id")[: cap + 1 - number].count()
        if number > cap:
            return Counted(cap, True)
    return Counted(number, False)


def every_task(scope: Scope, filter: TaskFilter, *, day: int) -> Iterator[TaskLine]:
    """All that were chosen, in the order of the list, read some at a time."""
    after: str | None = None
    while True:
        page = tasks(scope, filter, day=day, after=after, size=_CHUNK)
        yield from page.rows
        if page.after is None:
            return
        after = page.after


def tasks_of_household(scope: Scope, household: int, *, day: int, size: int = SIZE) -> tuple[TaskLine, ...]:
    """The tasks about a household and its members, open ones first."""
    return tasks(scope, TaskFilter(which=ALL, household=household), day=day, size=size).rows


def open_task_of_finding(scope: Scope, finding: int, *, day: int) -> TaskLine | None:
    """The open task that a finding was handed out with."""
    rows = chosen(scope, TaskFilter(which=ALL)).filter(finding_no=finding, is_open=1)
    return next(iter(lines(rows, day, 1)), None)


def lines(rows: QuerySet[Task], day: int, size: int) -> list[TaskLine]:
    return [line(dict(zip(_COLUMNS, row, strict=True)), day) for row in rows.values_list(*_COLUMNS)[:size]]


def line_of_row(row: Row, day: int) -> TaskLine:
    """The same of a whole row, whose links are named as in the database."""
    return line({name: row[_LINKS.get(name, name)] for name in _COLUMNS}, day)


def line(row: dict[str, Any], day: int) -> TaskLine:
    left = days_left(row["due_on"], day) if row["is_open"] else None
    hidden = {
        name: hidden_numbers(row[name]) for name in ("problem", "object_name", "object_no") if row[name]
    }
    return TaskLine(**{**row, "problem": "", "is_open": bool(row["is_open"]), **hidden}, days_left=left)


def _place(after: str | None) -> tuple[int, int, int] | None:
    parts = (after or "").split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in parts):
        return None
    return int(parts[0] == "1"), int(parts[1]), int(parts[2])
