"""Problems become tasks: from findings, from an inspection's feedback, by hand; and back, when it was a mistake."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from bangfu.casework.chain import read_chain
from bangfu.casework.deadlines import DAYS, LONGEST_DAYS, later
from bangfu.casework.drafts import BY_HAND, FROM_FINDING, FROM_INSPECTION, Draft, by_village, drafts_of
from bangfu.casework.filled import Filled
from bangfu.casework.hands import Hand
from bangfu.casework.models import Task, TaskEvent
from bangfu.casework.numbering import issue_numbers
from bangfu.casework.placing import placed, registered_before
from bangfu.casework.refusals import NoSuchTask, NotAllowed
from bangfu.casework.steps import OPENED
from bangfu.casework.taking import event, is_in, task_row
from bangfu.findings.handing_out import note_handed_out, to_hand_out
from bangfu.intake.batches import fact_models
from bangfu.ledger.scope import scope_of
from bangfu.office.journal.rows import Row, batched
from bangfu.office.journal.undoing import undo
from bangfu.office.journal.writing import Source, Writing, transaction
from bangfu.office.words import day_in_words
from bangfu.registry.scope import Scope
from bangfu.terms.errors import UserError
from bangfu.terms.loader import load_terms

HAND_OUT = "hand_out"
"""The kind of a transaction that opens tasks."""
MOST = 20_000


@dataclass(frozen=True)
class Opened:
    """The tasks that were opened, and what was left alone with the reason.

    `already` are findings that have an open task (of a feedback: the places of rows that were registered before),
    `settled` those that are gone or called a false alarm, `outside` counts what the reader's right does not reach.
    `without_owner` counts new tasks whose village has no chain yet.
    """

    tasks: tuple[int, ...] = ()
    already: tuple[int, ...] = ()
    settled: tuple[int, ...] = ()
    outside: int = 0
    without_owner: int = 0
    villages: dict[str, int] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """The outcome in a sentence."""
        parts = [f"派发 {len(self.tasks)} 条"]
        if self.already:
            parts.append(f"{len(self.already)} 条已有未销号的任务")
        if self.settled:
            parts.append(f"{len(self.settled)} 条已消失或认定误报")
        if self.outside:
            parts.append(f"{self.outside} 条不在您的范围内")
        if self.without_owner:
            parts.append(f"{self.without_owner} 条还没有责任人，请先设定责任链")
        return "，".join(parts)


def open_from_findings(
    hand: Hand,
    findings: Iterable[int],
    *,
    due: int | None = None,
    note: str = "",
    kind: str = FROM_FINDING,
    once: str = "",
    also: Callable[[Writing, Sequence[int]], object] = lambda change, tasks: None,
) -> Opened:
    """Opens a task for each finding that has none; each is opened once, however often and by however many this is asked.

    Wrong for a deadline that is no day from today to three months ahead. `also` is done in the same transaction.
    """
    asked = set(findings)
    if len(asked) > MOST:
        raise UserError(f"一次最多派发 {MOST} 条，选了 {len(asked)} 条。请按村或规则分几次派发")
    filled = Filled()
    filled.day("due_on", "整改时限", due, first=hand.day, last=later(hand.day, LONGEST_DAYS), required=False)
    kept_note = filled.text("note", "备注", note, required=False)
    filled.done()
    found = to_hand_out(scope_of(hand.reader, "task.open"), asked)
    standing = [item for item in found if item.is_there and not item.is_silent]
    settled = tuple(item.number for item in found if not item.is_there or item.is_silent)
    drafts = list(drafts_of(standing, hand.reader.name, kind, due, kept_note))

    taken: dict[int, int] = {}

    def unopened() -> list[Draft]:
        taken.update(open_tasks_of(item.number for item in standing))
        return [draft for draft in drafts if draft.finding_no not in taken]

    opened = _open(hand, unopened, once, also)
    outside = len(asked) - len(found)
    return replace(opened, already=tuple(sorted(taken)), settled=settled, outside=outside)


def open_tasks(hand: Hand, drafts: Sequence[Draft], *, once: str = "") -> Opened:
    """Opens a task for each problem of a feedback; one that has been registered before is left alone.

    Wrong names, by the place of the draft, everything that a problem lacks. NotAllowed where one lies outside the
    reader's area.
    """
    filled = Filled()
    for place, draft in enumerate(drafts):
        _check(filled, draft, hand.day, f"{place}.")
    filled.done()
    scope = scope_of(hand.reader, "task.open")
    inside = placed(drafts)
    outside = [draft for draft in inside if not _reaches(scope, draft)]
    if outside:
        raise NotAllowed(f"有 {len(outside)} 条问题不在您的范围内，没有登记：{_villages(outside)}")
    before: list[bool] = []

    def unknown() -> list[Draft]:
        before.extend(registered_before(inside))
        return [draft for draft, is_known in zip(inside, before, strict=True) if not is_known]

    opened = _open(hand, unknown, once)
    return replace(opened, already=tuple(place for place, is_known in enumerate(before) if is_known))


def open_task(hand: Hand, draft: Draft, *, once: str = "") -> int:
    """Registers one problem by hand; the task's number. Also one that has been registered before: two may be alike.

    Wrong names each field that has to be filled, NotAllowed a village outside the reader's area.
    """
    filled = Filled()
    _check(filled, draft, hand.day)
    filled.done()
    [inside] = placed([draft])
    if not _reaches(scope_of(hand.reader, "task.open"), inside):
        raise NotAllowed("这个村（户）不在您的范围内，没有登记")
    return _open(hand, lambda: [inside], once).tasks[0]


def take_back(hand: Hand, number: int, *, reason: str) -> int:
    """Takes back everything that was handed out together with a task; the number of rows touched.

    CannotUndo where somebody has worked on one of the tasks since.
    """
    filled = Filled()
    filled.text("reason", "撤回的理由", reason)
    filled.done()
    if not is_in(scope_of(hand.reader, "task.open"), task_row(number)):
        raise NoSuchTask
    opening = TaskEvent.objects.filter(event="登记")
    key = opening.filter(task_id=number).values_list("request_no", flat=True).first()
    tasks = opening.filter(request_no=key).values_list("task__finding_no", flat=True)
    findings = [finding for finding in tasks if finding is not None]
    return undo(
        Source(HAND_OUT, str(key)),
        fact_models(),
        actor=hand.reader.username,
        reason=reason.strip(),
        also=lambda: note_handed_out(findings, False),
    )


def open_tasks_of(findings: Iterable[int]) -> dict[int, int]:
    """The open task of each finding that has one."""
    found: dict[int, int] = {}
    for some in batched(list(findings)):
        rows = Task.objects.filter(finding_no__in=some, is_open=1)
        found.update((finding or 0, task) for finding, task in rows.values_list("finding_no", "id"))
    return found


def _open(
    hand: Hand,
    wanted: Callable[[], Sequence[Draft]],
    once: str,
    also: Callable[[Writing, Sequence[int]], object] = lambda change, tasks: None,
) -> Opened:
    """`wanted` is asked under the write lock what is still to be opened."""
    key = once or secrets.token_hex(8)
    with transaction(actor=hand.reader.username, source=Source(HAND_OUT, key), reason="派发") as change:
        if once and (done := _done_before(once)):
            return Opened(tuple(done))
        drafts = list(wanted())
        rows = _rows(change, drafts, hand.day)
        tasks = change.create(Task, rows)
        change.create(
            TaskEvent,
            [_registered_event(change, hand, task, row, key) for task, row in zip(tasks, rows, strict=True)],
        )
        note_handed_out([row["finding_no"] for row in rows if row["finding_no"] is not None], True)
        also(change, tasks)
    return Opened(
        tuple(tasks),
        without_owner=sum(row["responsible_person"] is None for row in rows),
        villages=by_village(drafts),
    )


def _rows(change: Writing, drafts: Sequence[Draft], day: int) -> list[Row]:
    if not drafts:
        return []
    chain = read_chain()
    numbers = issue_numbers(change, day, len(drafts))
    return [
        {
            **draft.columns(day, chain),
            "issue_no": number,
            "state": OPENED,
            "is_open": 1,
            "revision": 1,
            "reopen_count": 0,
            "has_evidence": False,
        }
        for number, draft in zip(numbers, drafts, strict=True)
    ]


def _registered_event(change: Writing, hand: Hand, task: int, row: Row, key: str) -> Row:
    to = " ".join(str(row[name]) for name in ("responsible_unit", "responsible_person") if row[name])
    text = f"派给 {to or '（未设定责任链）'}，时限 {day_in_words(row['due_on'])}"
    line = event(task, "登记", hand.day, text, state=OPENED, revision=1, change=change)
    return {**line, "username": hand.reader.username, "actor_name": hand.reader.name, "request_no": key}


def _done_before(once: str) -> list[int]:
    rows = TaskEvent.objects.filter(request_no=once, event="登记").order_by("id")
    return list(rows.values_list("task_id", flat=True))


def _check(filled: Filled, draft: Draft, day: int, at: str = "") -> None:
    filled.text(f"{at}problem", "问题", draft.problem)
    filled.choice(f"{at}source_kind", "来源类别", draft.source_kind, (BY_HAND, FROM_INSPECTION, FROM_FINDING))
    filled.text(f"{at}source_document", "来源文件（或来源）", draft.source_document)
    filled.day(f"{at}source_on", "来源日期", draft.source_on, last=day)
    filled.text(f"{at}reporter", "发现人", draft.reporter)
    filled.choice(f"{at}severity", "严重程度", draft.severity, tuple(DAYS))
    is_told = draft.source_kind == FROM_INSPECTION  # a superior sets what deadline it likes
    first, last = (draft.source_on, None) if is_told else (day, later(day, LONGEST_DAYS))
    filled.day(f"{at}due_on", "整改时限", draft.due_on, first=first, last=last, required=False)
    for name in ("issue_type", "requirement", "note", "object_name"):
        label = load_terms().table("task").fields[name].label
        filled.text(f"{at}{name}", label, getattr(draft, name), required=False)


def _reaches(scope: Scope, draft: Draft) -> bool:
    return scope.has(village=draft.village, household=draft.household, department=draft.department)


def _villages(drafts: Sequence[Draft]) -> str:
    return "、".join(by_village(drafts))
