"""A task of each village for the walk, and where its addresses point."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bangfu.casework.actions import open_task, report_progress
from bangfu.casework.corrections import Proposal
from bangfu.casework.drafts import Draft
from bangfu.casework.evidence_files import keep
from bangfu.casework.hands import Hand
from bangfu.casework.models import EvidenceFile, TaskCorrection
from bangfu.office.dates import countdowns, set_date
from bangfu.office.readers import Holding, Reader
from bangfu.web.tasks.steps import WAYS
from tests.home.pictures import pdf

TOWN, DAY = "421281102000", 20200422
Ids = Mapping[str, Any]


def task_about(ids: Ids) -> dict[str, Any]:
    """A task about the household, of a department, with evidence and a correction; a day counted down to."""
    hand = Hand(Reader(0, "测试", "测试", holdings=(Holding("clerk", TOWN),)), DAY)
    told: dict[str, Any] = {"source_document": "督查", "source_on": 20200421, "reporter": "测试"}
    draft = Draft("账实不符", "检查反馈", household=ids["household"], department="民政", **told)
    task = open_task(hand, draft)
    proposal = Proposal("person", ids["person"], "birth_date", "1988-01-03")
    files = (keep("证明.pdf", [pdf()]),)
    report_progress(hand, task, seen=1, text="在办", proposals=[proposal], files=files)
    set_date(name=f"考核{task}", on=21000101, day=DAY, actor="测试")
    return {
        "task": task,
        "correction": TaskCorrection.objects.get(task_id=task).id,
        "file": EvidenceFile.objects.get(task_id=task).id,
        "date": countdowns(DAY)[-1].id,
    }


def _of_task(ids: Ids) -> Ids:
    return {"task": ids["task"]}


TASK_ARGUMENTS: Mapping[str, Callable[[Ids], Ids]] = {
    **dict.fromkeys(("task", "task_fields", "task_everywhere", "task_take_back"), _of_task),
    **{f"task_{step}": _of_task for step in WAYS},
    "task_evidence": lambda ids: {"task": ids["task"], "file": ids["file"]},
    "task_reveal": lambda ids: {"task": ids["task"], "correction": ids["correction"]},
    "date_drop": lambda ids: {"number": ids["date"]},
}
OF_NO_AREA = frozenset({"date_drop"})
