"""The only writers of tasks. Each takes a step of the table in `steps`, in one transaction, or refuses it in words.

Whoever changes a task says which revision was looked at (`seen`), and the number of the form that was sent (`once`): sent twice
it is written once.
"""

from bangfu.casework.actions.after_run import Heard, after_run
from bangfu.casework.actions.answering import acknowledge, answer, attach, detach, report_progress, withdraw
from bangfu.casework.actions.assigning import extend, note_siblings, reassign, set_chain
from bangfu.casework.actions.climbing import climb
from bangfu.casework.actions.opening import Opened, open_from_findings, open_task, open_tasks, take_back
from bangfu.casework.actions.siblings import ask_everywhere, note_asked
from bangfu.casework.actions.verifying import Judgement, close, recheck, reopen, send_back, verify

__all__ = [
    "Heard",
    "Judgement",
    "Opened",
    "acknowledge",
    "after_run",
    "answer",
    "ask_everywhere",
    "attach",
    "climb",
    "close",
    "detach",
    "extend",
    "note_asked",
    "note_siblings",
    "open_from_findings",
    "open_task",
    "open_tasks",
    "reassign",
    "recheck",
    "reopen",
    "report_progress",
    "send_back",
    "set_chain",
    "take_back",
    "verify",
    "withdraw",
]
