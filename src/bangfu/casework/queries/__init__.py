"""Reads tasks, narrowed to a scope: lists page by page, one task with everything, how the villages stand."""

from bangfu.casework.queries.detail import (
    TaskDetail,
    correction_in_full,
    evidence_file,
    lost_evidence,
    next_steps,
    task_detail,
)
from bangfu.casework.queries.filters import ALL, CLOSED, OPEN, TaskFilter
from bangfu.casework.queries.overviews import (
    ChainLine,
    Desk,
    Listed,
    Standing,
    chain_lines,
    desk,
    league,
    to_recheck,
)
from bangfu.casework.queries.tasks import (
    Counted,
    Page,
    TaskLine,
    count,
    every_task,
    open_task_of_finding,
    tasks,
    tasks_of_household,
)

__all__ = [
    "ALL",
    "CLOSED",
    "OPEN",
    "ChainLine",
    "Counted",
    "Desk",
    "Listed",
    "Page",
    "Standing",
    "TaskDetail",
    "TaskFilter",
    "TaskLine",
    "chain_lines",
    "correction_in_full",
    "count",
    "desk",
    "every_task",
    "evidence_file",
    "league",
    "lost_evidence",
    "next_steps",
    "open_task_of_finding",
    "task_detail",
    "tasks",
    "tasks_of_household",
    "to_recheck",
]
