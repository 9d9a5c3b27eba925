"""What a run says of tasks: that a problem is no longer found, or that one which was closed is there again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bangfu.casework.actions.verifying import NO_FAULT, reopened
from bangfu.casework.models import Task, TaskEvent, Verdict
from bangfu.casework.steps import OPENED
from bangfu.casework.taking import event
from bangfu.findings.handing_out import Read, Standing, note_handed_out, read_by, standing_after
from bangfu.office.journal.rows import Row, batched, rows_of
from bangfu.office.journal.writing import Source, Writing, transaction
from bangfu.office.words import day_in_words


@dataclass(frozen=True)
class Heard:
    """How many tasks a run had something new to say of."""

    not_found: int = 0
    found_again: int = 0
    reopened: int = 0


def after_run(run: int, *, actor: str, day: int) -> Heard:
    """Notes on tasks what a run made of their findings, and opens closed ones again whose fault is still there.

    `day` is the office's (yyyymmdd). A run that read the register before a task was closed says nothing against its being
    closed, nor does a finding that was verified as no fault and rests on the same values still, or that is called a
    false alarm. Said twice it changes nothing.
    """
    read = read_by(run)
    if read is None:
        return Heard()
    news = _news(read)
    if not news:
        return Heard()
    with transaction(actor=actor, source=Source("run", str(run)), reason="核查后") as change:
        heard = Hearing(change, read, day, news)
        tasks = rows_of(Task, sorted(news))
        open_tasks = [task for task in tasks.values() if task["is_open"]]
        closed = [task for task in tasks.values() if not task["is_open"]]
        return Heard(heard.note_gone(open_tasks), heard.note_back(open_tasks), heard.reopen(closed))


def _news(read: Read) -> dict[int, Standing]:
    """Of each task that the run may have something new to say of, how its finding stands. Read before anything is locked."""
    latest: dict[int, tuple[int, bool, bool]] = {}
    rows = Task.objects.filter(finding_no__isnull=False).order_by("id")
    for number, finding, is_open, not_found in rows.values_list(
        "id", "finding_no", "is_open", "not_found_on"
    ).iterator(5_000):
        if not latest.get(finding or 0, (0, False, False))[1]:  # an open task speaks for its finding
            latest[finding or 0] = number, bool(is_open), not_found is not None
    news: dict[int, Standing] = {}
    for some in batched(sorted(latest)):
        for finding, standing in standing_after(read.run, some).items():
            number, is_open, was_gone = latest[finding]
            if standing.is_there == (was_gone or not is_open):
                news[number] = standing
    return news


@dataclass(frozen=True)
class Hearing:
    """What a run says, being written."""

    change: Writing
    read: Read
    day: int
    standing: Mapping[int, Standing]

    @property
    def told(self) -> str:
        return f"第 {self.read.run} 次核查（{day_in_words(self.read.as_of)}）"

    def note_gone(self, tasks: Sequence[Row]) -> int:
        gone = [
            task for task in tasks if task["not_found_on"] is None and not self.standing[task["id"]].is_there
        ]
        self.change.change(Task, {task["id"]: {"not_found_on": self.read.as_of} for task in gone})
        self.note(gone, "核查不再发现", f"{self.told}已不再发现")
        return len(gone)

    def note_back(self, tasks: Sequence[Row]) -> int:
        back = [
            task for task in tasks if task["not_found_on"] is not None and self.standing[task["id"]].is_there
        ]
        self.change.change(Task, {task["id"]: {"not_found_on": None} for task in back})
        self.note(back, "核查再次发现", f"{self.told}又发现")
        return len(back)

    def reopen(self, tasks: Sequence[Row]) -> int:
        there = [task for task in tasks if _stands(self.standing[task["id"]])]
        numbers = [task["id"] for task in there]
        closed_at, excused, taken = _closings(numbers), _excused(numbers), _open_twins(there)
        again = [
            {**task, **reopened(task, self.day), "state": OPENED, "revision": task["revision"] + 1}
            for task in there
            if self.read.position >= closed_at.get(task["id"], 0)
            and excused.get(task["id"]) != self.standing[task["id"]].values_hash
            and task["finding_no"] not in taken
        ]
        self.change.change(Task, {task["id"]: task for task in again})
        note_handed_out([task["finding_no"] for task in again], True)
        self.note(again, "重开", f"{self.told}仍发现这个问题，重新整改")
        return len(again)

    def note(self, tasks: Sequence[Row], kind: str, text: str) -> None:
        lines = [
            event(
                task["id"],
                kind,
                self.day,
                text,
                state=task["state"],
                revision=task["revision"],
                change=self.change,
            )
            for task in tasks
        ]
        self.change.create(TaskEvent, lines)


def _stands(standing: Standing) -> bool:
    return standing.is_there and not standing.is_silent


def _open_twins(tasks: Sequence[Row]) -> set[int | None]:
    """The findings that have another task, an open one."""
    findings = [task["finding_no"] for task in tasks]
    rows = Task.objects.filter(finding_no__in=findings, is_open=1)
    return set(rows.values_list("finding_no", flat=True))


def _closings(tasks: Sequence[int]) -> dict[int, int]:
    """The journal's position at which each task was closed last."""
    rows = TaskEvent.objects.filter(task_id__in=list(tasks), event="销号").order_by("id")
    return {task: position or 0 for task, position in rows.values_list("task_id", "position")}


def _excused(tasks: Sequence[int]) -> dict[int, str | None]:
    """Of tasks whose last verdict found no fault: the values that their findings rested on then."""
    found: dict[int, str | None] = {}
    rows = Verdict.objects.filter(task_id__in=list(tasks), is_passed=True).order_by("id")
    for task, conclusion, values in rows.values_list("task_id", "conclusion", "values_hash"):
        found[task] = values if conclusion in NO_FAULT else None
    return found
