"""One task with everything that a page of it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.db.models import QuerySet

from bangfu.casework import corrections as proposed
from bangfu.casework.corrections import WAITING, fields_of
from bangfu.casework.evidence_files import is_there
from bangfu.casework.hands import Hand
from bangfu.casework.models import EvidenceFile, Task, TaskCorrection, TaskEvent, Verdict
from bangfu.casework.queries.tasks import TaskLine, line_of_row
from bangfu.casework.steps import possible
from bangfu.casework.taking import bar, is_in, work_of
from bangfu.ledger.scope import scope_of
from bangfu.office.journal.rows import Row, rows_of, rows_where
from bangfu.office.masking import masked, number_kind
from bangfu.office.readers import Grant, Reader
from bangfu.office.words import HIDDEN
from bangfu.registry.scope import Scope, narrowed
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Field


@dataclass(frozen=True)
class Happening:
    """A line of the timeline. `actor` None: the system."""

    event: str
    day: int
    clock: str | None
    actor: str | None
    text: str | None
    state: str | None


@dataclass(frozen=True)
class Correction:
    """A proposed value in words. `now` is what the register says; `is_moved`: not what was to be replaced any more.

    Numbers of persons are masked (`is_masked`), and what the reader may not see of a household is hidden.
    """

    id: int
    table: str
    row: int
    field: str
    table_label: str
    label: str
    seen: str
    new: str
    now: str
    state: str
    proposed_on: int | None
    username: str | None
    is_moved: bool
    is_masked: bool


@dataclass(frozen=True)
class Evidence:
    id: int
    name: str
    media_type: str
    size: int
    added_on: int | None
    added_by: str | None
    username: str | None

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


@dataclass(frozen=True)
class Judged:
    """A verdict: 见人、见事、见纪律."""

    conclusion: str
    way: str | None
    visited_on: int | None
    people: str | None
    found: str | None
    is_discipline_broken: bool | None
    discipline_note: str | None
    handed_over_on: int | None
    is_passed: bool
    verified_on: int | None
    verifier: str | None


@dataclass(frozen=True)
class NextStep:
    """A step that the state allows and the reader's role has the right to; `why_not` says what else is in the way."""

    id: str
    label: str
    why_not: str | None


@dataclass(frozen=True)
class TaskDetail:
    """Everything about a task; the newest happening, verdict and correction come first."""

    task: TaskLine
    happenings: tuple[Happening, ...]
    corrections: tuple[Correction, ...]
    evidence: tuple[Evidence, ...]
    verdicts: tuple[Judged, ...]
    steps: tuple[NextStep, ...]

    def may(self, step: str) -> bool:
        """Whether the reader can take a step now."""
        return any(item.id == step and item.why_not is None for item in self.steps)


def task_detail(scope: Scope, number: int, hand: Hand, *, right: str = "task.see") -> TaskDetail | None:
    """A task of the scope for the reader of `hand`; None where it is not there or not in the scope.

    `right` is the one that the scope is of.
    """
    row = rows_of(Task, [number]).get(number)
    if row is None or not is_in(scope, row):
        return None
    return TaskDetail(
        line_of_row(row, hand.day),
        _happenings(number),
        _corrections(number, hand.reader),
        _evidence(number),
        _verdicts(number),
        tuple(next_steps(row, hand, {hand.reader.grants(right): scope})),
    )


def next_steps(
    task: Row, hand: Hand, known: Mapping[tuple[Grant, ...], Scope] | None = None
) -> list[NextStep]:
    """What the reader can do with a task now, and what somebody else would have to do, with the reason.

    `known` are scopes that need not be resolved again, by the grants that they are of.
    """
    scopes = dict(known or {})
    worked = cache(lambda: work_of(hand, task["id"]))
    found = []
    for step in possible(task["state"]):
        grants = hand.reader.grants(step.right)
        if grants not in scopes:
            scopes[grants] = scope_of(hand.reader, step.right)
        if is_in(scopes[grants], task):
            why_not = bar(step, task, hand, scopes[grants], worked)
            found.append(NextStep(step.id, step.label, why_not))
    return found


def evidence_file(scope: Scope, task: int, file: int) -> tuple[Evidence, str] | None:
    """A piece of evidence of a task of the scope, with the hash of its content; None where there is none."""
    if not _inside(scope).filter(id=task).exists():
        return None
    row = rows_of(EvidenceFile, [file]).get(file)
    if row is None or row["task_key"] != task:
        return None
    return _evidence_of(row), row["sha256"]


def lost_evidence() -> tuple[int, list[str]]:
    """How many pieces of evidence are there as they were, and the tasks of those that are not."""
    rows = EvidenceFile.objects.order_by("id").values_list("sha256", "media_type", "task__issue_no")
    lost = [issue_no for sha256, media, issue_no in rows.iterator() if not is_there(sha256, media)]
    return rows.count() - len(lost), list(dict.fromkeys(lost))


def correction_in_full(scope: Scope, task: int, correction: int) -> tuple[str, str] | None:
    """What a correction replaces and by what, unmasked: the caller records that it is shown."""
    if not _inside(scope).filter(id=task).exists():
        return None
    row = rows_of(TaskCorrection, [correction]).get(correction)
    if row is None or row["task_key"] != task:
        return None
    return row["value_seen"] or "空", row["value_new"] or "空"


def _inside(scope: Scope) -> QuerySet[Task]:
    return narrowed(Task.objects.all(), scope, department="department")


def _happenings(number: int) -> tuple[Happening, ...]:
    rows = TaskEvent.objects.filter(task_id=number).order_by("-id")
    names = ("event", "happened_on", "happened_at", "actor_name", "text", "state")
    return tuple(Happening(*row) for row in rows.values_list(*names))


def _evidence(number: int) -> tuple[Evidence, ...]:
    return tuple(_evidence_of(row) for row in rows_where(EvidenceFile, "task_key", [number]))


def _evidence_of(row: Row) -> Evidence:
    names = ("id", "file_name", "media_type", "file_size", "added_on", "added_by", "username")
    return Evidence(*(row[name] for name in names))


def _verdicts(number: int) -> tuple[Judged, ...]:
    rows = Verdict.objects.filter(task_id=number).order_by("-id")
    names = (
        *("conclusion", "way", "visited_on", "people", "found", "is_discipline_broken"),
        *("discipline_note", "handed_over_on", "is_passed", "verified_on", "verifier"),
    )
    return tuple(Judged(*row) for row in rows.values_list(*names))


def _corrections(number: int, reader: Reader) -> tuple[Correction, ...]:
    listed = {row["id"]: row for row in rows_where(TaskCorrection, "task_key", [number])}
    waiting = [row for row in listed.values() if row["state"] == WAITING]
    now = proposed.current(waiting)
    sees_all = reader.may("household.see")
    return tuple(_correction(listed[row], now, sees_all) for row in sorted(listed, reverse=True))


def _correction(row: Row, now: dict[int, str | None], sees_all: bool) -> Correction:
    table = row["field_table"]
    field = fields_of(table)[row["field_name"]]
    is_waiting = row["id"] in now
    current = now.get(row["id"])
    return Correction(
        id=row["id"],
        table=table,
        row=row["field_row"],
        field=field.name,
        table_label=load_terms().table(table).label,
        label=field.label,
        seen=_shown(field, row["value_seen"], sees_all),
        new=_shown(field, row["value_new"], sees_all),
        now=_shown(field, current, sees_all) if is_waiting else "",
        state=row["state"],
        proposed_on=row["proposed_on"],
        username=row["username"],
        is_moved=is_waiting and current not in (row["value_seen"], row["value_new"]),
        is_masked=number_kind(field) is not None,
    )


def _shown(field: Field, text: str | None, sees_all: bool) -> str:
    if text is None:
        return "空"
    if not sees_all and field.sensitivity != "open":
        return HIDDEN
    kind = number_kind(field)
    return masked(kind, text) if kind else text.replace(";", "、") if field.type == "codes" else text
