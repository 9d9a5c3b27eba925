"""Overdue tasks climb the chain: 包村领导, 镇领导, 县级. Asked once a day or a hundred times, the same is written once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bangfu.casework.chain import Chain, read_chain
from bangfu.casework.deadlines import LEVELS, days_left, later, level_of
from bangfu.casework.models import Task, TaskEvent
from bangfu.casework.steps import ANSWERED, VERIFIED
from bangfu.casework.taking import event
from bangfu.office.journal.rows import Row, rows_of
from bangfu.office.journal.writing import Source, Writing, transaction

_RANKS = {level: rank for rank, (_, level) in enumerate(LEVELS, 1)}
_WAITING_FOR = {ANSWERED: "已答复，等待核实", VERIFIED: "已验收，等待销号"}


def climb(day: int, *, actor: str = "系统") -> Mapping[str, int]:
    """Tells the next one up of every task that is overdue on a day (yyyymmdd); how many reached each level.

    A task goes up only: what its level has been told already is not told again.
    """
    if not _due_to_climb(day):
        return {}
    with transaction(actor=actor, source=Source("climb", str(day)), reason="超期督办") as change:
        tasks = rows_of(Task, _due_to_climb(day))
        chain = read_chain()
        change.change(Task, {number: _columns(task, day) for number, task in tasks.items()})
        change.create(TaskEvent, [_told(change, task, day, chain) for task in tasks.values()])
    return Counter(str(level_of(task["due_on"], day)) for task in tasks.values())


def _due_to_climb(day: int) -> list[int]:
    """Open tasks whose level is not the one that their days overdue call for."""
    found = Task.objects.filter(is_open=1, due_on__lte=later(day, -LEVELS[0][0])).order_by("due_on", "id")
    return [
        number
        for number, due, told in found.values_list("id", "due_on", "escalated_to").iterator(5_000)
        if _RANKS[level_of(due, day) or ""] > _RANKS.get(told or "", 0)
    ]


def _columns(task: Row, day: int) -> Row:
    return {"escalated_to": level_of(task["due_on"], day), "escalated_on": day}


def _told(change: Writing, task: Row, day: int, chain: Chain) -> Row:
    level = str(level_of(task["due_on"], day))
    who = task["lead_leader"] if level == LEVELS[0][1] else _above(chain, level)
    waiting = _WAITING_FOR.get(task["state"], "还没有整改完")
    text = f"超期 {-days_left(task['due_on'], day)} 天，{waiting}，请{level}{who or ''}督办"
    return event(
        task["id"],
        "督办升级",
        day,
        text,
        state=task["state"],
        revision=task["revision"],
        change=change,
    )


def _above(chain: Chain, level: str) -> str | None:
    link = chain.above.get(level)
    return link.responsible_person if link else None
