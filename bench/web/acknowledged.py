"""Whether a register holds what a server acknowledged, once, and nothing that it refused. Each breach in a line."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from bangfu.casework.evidence_files import is_there
from bangfu.casework.models import EvidenceFile, Task, TaskEvent
from bangfu.casework.steps import CLOSED, STEPS
from bangfu.office.models import Entry
from bench.web.crowd import EDITED, PROBLEM, REASON, REPORTER
from bench.web.told import EDIT, OPEN, Change, Told


def broken_promises(told: Told) -> list[str]:
    """Needs Django on the home that was served."""
    return [
        *(f"{count} answers: {what}" for what, count in told.failures.items()),
        *_edits(told),
        *_openings(told),
        *_steps(told),
        *_evidence(),
    ]


def _edits(told: Told) -> Iterator[str]:
    """An edit was written once, onto what its editor saw: then nobody's was overwritten unseen."""
    written: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    latest: dict[int, str] = {}
    for row, before, after, reason in _entries():
        if EDITED not in after:
            continue
        old, new = before.get(EDITED) or "", after[EDITED] or ""
        if row in latest and latest[row] != old:
            yield f"household {row}: {new} was written onto {old}, but {latest[row]} stood there"
        latest[row] = new
        if REASON in reason:
            written[new].append((row, old))
    done, unsure = told.of(EDIT), {change.text: change for change in told.unsure if change.what == EDIT}
    for change in done:
        if written[change.text] != [(change.subject, change.seen)]:
            yield f"{change}: {written[change.text] or 'not written'}"
    known = {change.text for change in done}
    for text, places in written.items():
        lost = unsure.get(text)
        if places and text not in known and (lost is None or places != [(lost.subject, lost.seen)]):
            yield f"{text}: written at {places} though it was not acknowledged"


def _entries() -> Iterator[tuple[int, Mapping[str, str | None], Mapping[str, str | None], str]]:
    """Every change of a household: its row, before, after, and the reason."""
    rows = Entry.objects.filter(table="household", before__isnull=False, after__isnull=False)
    told = rows.order_by("number").values_list("row", "before", "after", "transaction__reason")
    for row, before, after, reason in told.iterator():
        yield row, json.loads(before or "{}"), json.loads(after or "{}"), reason


def _openings(told: Told) -> Iterator[str]:
    there = Task.objects.filter(reporter=REPORTER, problem__startswith=PROBLEM)
    found = defaultdict(list)
    for number, problem in there.values_list("id", "problem"):
        found[problem].append(number)
    for change in told.of(OPEN):
        if found.pop(change.text, []) != [change.subject]:
            yield f"{change} is not there once"
    unsure = {change.text for change in told.unsure if change.what == OPEN}
    yield from (f"{text}: opened unasked {numbers}" for text, numbers in found.items() if text not in unsure)
    yield from (f"{text}: opened twice" for text, numbers in found.items() if len(numbers) > 1)
    twice = Counter(Task.objects.values_list("issue_no", flat=True)).most_common(1)
    yield from (f"number {number} was given {count} times" for number, count in twice if count > 1)


def _steps(told: Told) -> Iterator[str]:
    """Each acknowledged step stands in its task's timeline once; a task is where its last step left it."""
    lines: defaultdict[int, Counter[str]] = defaultdict(Counter)
    last: dict[int, tuple[str | None, int]] = {}
    events = TaskEvent.objects.order_by("id").values_list("task_id", "event", "state", "revision")
    for task, event, state, revision in events:
        lines[task][event] += 1
        last[task] = (state, revision)
    for change in told.done:
        if change.what in STEPS and lines[change.subject][STEPS[change.what].event] != 1:
            yield f"{change}: {dict(lines[change.subject])}"
    sent = {(change.subject, STEPS[change.what].event) for change in _sent_steps(told)}
    opened = [change.subject for change in told.of(OPEN)]
    for task in opened:
        more = [event for event in lines[task] if event != "登记" and (task, event) not in sent]
        yield from (f"task {task}: {event}, which nobody was told of" for event in more)
    closed = {change.subject for change in told.of("close")}
    for task, state, revision, is_open in Task.objects.values_list("id", "state", "revision", "is_open"):
        if last.get(task) != (state, revision) or (is_open == 0) != (state == CLOSED):
            yield f"task {task} is {state} ({revision}), its last step left it {last.get(task)}"
        if task in closed and state != CLOSED:
            yield f"task {task} was closed and is {state}"


def _sent_steps(told: Told) -> Iterator[Change]:
    yield from (change for change in (*told.done, *told.unsure) if change.what in STEPS)


def _evidence() -> Iterator[str]:
    answered = TaskEvent.objects.filter(event="答复", task__reporter=REPORTER).values_list(
        "task_id", flat=True
    )
    files = EvidenceFile.objects.values_list("task_id", "sha256", "media_type")
    with_file = {task for task, _, _ in files}
    yield from (f"task {task} was answered and lost its photo" for task in set(answered) - with_file)
    kept = {(sha256, media) for _, sha256, media in files}
    yield from (f"file {sha256} is not there" for sha256, media in kept if not is_there(sha256, media))
