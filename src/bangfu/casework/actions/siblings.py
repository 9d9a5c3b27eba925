"""举一反三: what one village got wrong is asked of all, and handed out wherever it is found."""

from __future__ import annotations

from collections.abc import Sequence

from bangfu.casework.actions.opening import Opened, open_from_findings
from bangfu.casework.drafts import SIBLING
from bangfu.casework.hands import Hand
from bangfu.casework.models import Task, TaskEvent
from bangfu.casework.refusals import NoSuchTask, NotPossible
from bangfu.casework.taking import Move, Taken, event, is_in, take, task_row
from bangfu.findings.handing_out import numbers_of_check
from bangfu.ledger.scope import scope_of
from bangfu.office.journal.rows import Row
from bangfu.office.journal.writing import Writing


def note_asked(hand: Hand, number: int, *, seen: int, once: str = "") -> int:
    """Notes that the check of a task is being asked of all villages; the run itself is somebody else's to start.

    NotPossible for a task that no check has found.
    """

    def do(taken: Taken) -> Move:
        check_of(taken.task)
        return Move({}, "对全部村开始核查同一条规则")

    return take(hand, number, "note_siblings", seen=seen, once=once, do=do)


def ask_everywhere(hand: Hand, number: int) -> Opened:
    """Opens tasks for everything that the check of a task has found in the reader's area, once the run has ended.

    What has an open task already is left alone. The task notes the day and the outcome. Done twice it opens nothing more.
    """
    scope = scope_of(hand.reader, "task.open")
    task = task_row(number)
    if not is_in(scope, task):
        raise NoSuchTask
    found = numbers_of_check(scope, check_of(task))

    def note(change: Writing, tasks: Sequence[int]) -> None:
        now = task_row(number)
        if not tasks and now["siblings_checked_on"] == hand.day:
            return  # said already
        text = f"全范围核查出 {len(found)} 条，新派发 {len(tasks)} 条"
        change.change(Task, {number: {"siblings_checked_on": hand.day}})
        line = event(
            number, "举一反三", hand.day, text, state=now["state"], revision=now["revision"], change=change
        )
        signed = {"username": hand.reader.username, "actor_name": hand.reader.name}
        change.create(TaskEvent, [{**line, **signed}])

    return open_from_findings(hand, found, kind=SIBLING, note=f"由 {task['issue_no']} 举一反三", also=note)


def check_of(task: Row) -> str:
    """The check that found a task's problem. NotPossible where none did."""
    if not task["rule_id"]:
        raise NotPossible(
            f"{task['issue_no']} 不是核查规则发现的，不能自动核查；请对照同类名单排查后登记举一反三"
        )
    return str(task["rule_id"])
