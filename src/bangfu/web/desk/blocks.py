"""What of the first page a reader sees, by the rights held: figures, lists, villages, the last run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bangfu.casework.deadlines import SOON_DAYS, later
from bangfu.casework.queries import Standing, TaskFilter, TaskLine, league, tasks
from bangfu.casework.queries.counting import counts
from bangfu.casework.queries.tasks import Counted
from bangfu.casework.steps import ANSWERED, SENT_BACK, TO_DO, VERIFIED
from bangfu.findings.queries import RunLine, runs
from bangfu.office.readers import Reader
from bangfu.registry.scope import Scope

SHOWN = 7
_LOOKED_AT = 50
ORDERS: Mapping[str, str] = {"overdue": "超期", "open": "未销号", "closed": "已销号", "percent": "销号率"}


@dataclass(frozen=True)
class Figure:
    """A number that leads to the list it counts; `tone` overdue, warn or nothing."""

    label: str
    count: Counted
    query: str
    tone: str = ""


@dataclass(frozen=True)
class Waiting:
    """A short list of tasks and where the whole of it is."""

    title: str
    rows: tuple[TaskLine, ...]
    query: str
    empty: str


def is_verifier(reader: Reader) -> bool:
    return reader.may("task.verify")


def figures(reader: Reader, scope: Scope, day: int) -> list[Figure]:
    """The numbers of the first line; those of nothing to do stay, so that their places do not move."""
    soon = TaskFilter(due_from=day, due_by=later(day, SOON_DAYS))
    mine = (TaskFilter(assignee=reader.username),)
    named: list[tuple[str, tuple[TaskFilter, ...], str, str]] = []
    if reader.may("task.answer"):
        named.append(("派给我的", mine, "mine=1", ""))
    named.append(("超期", (TaskFilter(overdue_on=day),), "overdue=1", "overdue"))
    named.append((f"{SOON_DAYS} 天内到期", (soon,), "soon=1", "warn"))
    if is_verifier(reader):
        named.append(("等核实", (TaskFilter(state=ANSWERED),), f"stand={ANSWERED}", ""))
        named.append(("等销号", (TaskFilter(state=VERIFIED),), f"stand={VERIFIED}", ""))
    else:
        named.append(("已退回", (TaskFilter(state=SENT_BACK),), f"stand={SENT_BACK}", "warn"))
        named.append(("已答复、等核实", (TaskFilter(state=ANSWERED),), f"stand={ANSWERED}", ""))
    if reader.may("task.open"):
        named.append(
            ("没有责任人", (TaskFilter(without_owner=True),), "unowned=1&view=responsibility", "warn")
        )
    else:
        named.append(("督办到镇、县", (TaskFilter(is_above=True),), "above=1", "overdue"))
    counted = counts(scope, {label: filters for label, filters, _, _ in named})
    return [
        Figure(label, counted[label], query, tone if counted[label].number else "")
        for label, _, query, tone in named
    ]


def waiting(reader: Reader, scope: Scope, day: int) -> Waiting:
    """What waits for this reader: answers to be verified and closed, else what is to be answered, else what is overdue."""
    if is_verifier(reader):
        rows = [
            task
            for state in (ANSWERED, VERIFIED)
            for task in tasks(scope, TaskFilter(state=state), day=day, size=SHOWN).rows
        ]
        return Waiting(
            "等核实、等销号", tuple(rows[:SHOWN]), f"stand={ANSWERED}", "没有等着核实或销号的任务。"
        )
    if reader.may("task.answer"):
        found = tasks(scope, TaskFilter(), day=day, size=_LOOKED_AT).rows
        to_do = sorted(
            (task for task in found if task.state in TO_DO),
            key=lambda task: (task.assignee not in (reader.username, None), task.due_on, task.id),
        )
        return Waiting("要办的", tuple(to_do[:SHOWN]), "", "没有要办的任务。")
    late = tasks(scope, TaskFilter(overdue_on=day), day=day, size=SHOWN).rows
    return Waiting("超期的", late, "overdue=1", "没有超期的任务。")


def standings(scope: Scope, day: int, order: str) -> list[Standing]:
    """The villages, for who sees all of their tasks; of one village alone there is nothing to compare."""
    if any(part.departments is not None or part.households is not None for part in scope.parts):
        return []
    found = league(scope, day)
    if len(found) < 2:
        return []
    keys = {
        "open": lambda one: -one.open,
        "closed": lambda one: -one.closed,
        "percent": lambda one: one.closed_percent if one.closed_percent is not None else 101,
    }
    return sorted(found, key=keys[order]) if order in keys else found


def last_whole_run(scope: Scope) -> RunLine | None:
    """The last run of everything, with the counts of what the reader sees."""
    return next((line for line in runs(scope, size=5) if line.is_whole and not line.is_aside), None)
