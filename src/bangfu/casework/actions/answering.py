"""What village and department do about a task: take it, report, answer with corrected values and evidence."""

from __future__ import annotations

from collections.abc import Sequence

from bangfu.casework import corrections
from bangfu.casework.corrections import WAITING, WITHDRAWN, Proposal, Proposed
from bangfu.casework.evidence_files import KeptFile
from bangfu.casework.filled import Filled
from bangfu.casework.hands import Hand, signature
from bangfu.casework.models import EvidenceFile, TaskCorrection
from bangfu.casework.refusals import NotPossible, Wrong
from bangfu.casework.taking import Move, Taken, take
from bangfu.findings.handing_out import subject_row

MOST_FILES = 30


def acknowledge(hand: Hand, number: int, *, seen: int, once: str = "") -> int:
    """Says that the task has arrived; who does so becomes its assignee where nobody is. The revision after it."""

    def do(taken: Taken) -> Move:
        mine = {} if taken.task["assignee"] else {"assignee": hand.reader.username}
        named = {} if taken.task["responsible_person"] else {"responsible_person": hand.reader.name}
        return Move({"acknowledged_on": hand.day, **mine, **named})

    return take(hand, number, "acknowledge", seen=seen, once=once, do=do)


def report_progress(
    hand: Hand,
    number: int,
    *,
    seen: int,
    text: str,
    proposals: Sequence[Proposal] | None = None,
    files: Sequence[KeptFile] = (),
    once: str = "",
) -> int:
    """Answers in part: the task stays in work. As `answer`, without an effect."""
    filled = Filled()
    measure = filled.text("measure", "进展情况", text)
    filled.done()

    def do(taken: Taken) -> Move:
        values = {"measure": measure, **_evidence(taken, files)}
        _propose(taken, proposals)
        return Move(values, measure)

    return take(hand, number, "progress", seen=seen, once=once, do=do)


def answer(
    hand: Hand,
    number: int,
    *,
    seen: int,
    measure: str,
    effect: str,
    proposals: Sequence[Proposal] | None = None,
    files: Sequence[KeptFile] = (),
    once: str = "",
) -> int:
    """Answers a task: what was done, what came of it, corrected values, evidence. The revision after it.

    `proposals` are all the corrections that are wanted: earlier ones that are not among them are withdrawn; None leaves
    them. They change the register only when somebody else verifies the answer. Wrong names every field at once.
    """
    filled = Filled()
    kept_measure = filled.text("measure", "整改措施", measure)
    kept_effect = filled.text("effect", "整改成效", effect)
    filled.done()

    def do(taken: Taken) -> Move:
        evidence = _evidence(taken, files)
        _propose(taken, proposals)
        signed = signature(hand.reader, taken.task["verifier"])
        done = {"measure": kept_measure, "effect": kept_effect, "rectified_on": hand.day, "rectifier": signed}
        return Move({**done, **evidence}, f"{kept_measure}；成效：{kept_effect}")

    return take(hand, number, "answer", seen=seen, once=once, do=do)


def withdraw(hand: Hand, number: int, *, seen: int, once: str = "") -> int:
    """Takes one's own answer back before it is verified."""

    def do(taken: Taken) -> Move:
        return Move({"rectified_on": None, "rectifier": None})

    return take(hand, number, "withdraw", seen=seen, once=once, do=do)


def attach(hand: Hand, number: int, *, seen: int, files: Sequence[KeptFile], once: str = "") -> int:
    """Adds evidence to a task. Wrong where there is none."""
    if not files:
        raise Wrong({"files": "请选择要补充的照片或 PDF"})

    def do(taken: Taken) -> Move:
        return Move(_evidence(taken, files), "、".join(file.name for file in files))

    return take(hand, number, "attach", seen=seen, once=once, do=do)


def detach(hand: Hand, number: int, *, seen: int, file: int, reason: str, once: str = "") -> int:
    """Takes away a piece of evidence that one has added oneself, before it is verified; the journal keeps that it was there."""
    filled = Filled()
    why = filled.text("reason", "撤下的理由", reason)
    filled.done()

    def do(taken: Taken) -> Move:
        rows = EvidenceFile.objects.filter(task_id=taken.number)
        found = (
            rows.filter(id=file, username=hand.reader.username).values_list("file_name", flat=True).first()
        )
        if found is None:
            raise NotPossible("这份佐证材料不在这个任务里，或不是您上传的，不能撤下")
        taken.change.remove(EvidenceFile, [file])
        return Move({"has_evidence": rows.exists()}, f"{found}：{why}")

    return take(hand, number, "detach", seen=seen, once=once, do=do)


def add_evidence(taken: Taken, files: Sequence[KeptFile]) -> None:
    """Rows for files that are in the home; one that the task has already is not added again."""
    known = set(EvidenceFile.objects.filter(task_id=taken.number).values_list("sha256", flat=True))
    new = {file.sha256: file for file in files if file.sha256 not in known}
    if len(known) + len(new) > MOST_FILES:
        raise Wrong({"files": f"一个任务最多 {MOST_FILES} 份佐证材料，现在已有 {len(known)} 份"})
    rows = [
        {
            "task_key": taken.number,
            "sha256": file.sha256,
            "file_name": file.name,
            "media_type": file.media_type,
            "file_size": file.size,
            "added_on": taken.hand.day,
            "username": taken.hand.reader.username,
            "added_by": taken.hand.reader.name,
        }
        for file in new.values()
    ]
    taken.change.create(EvidenceFile, rows)


def _evidence(taken: Taken, files: Sequence[KeptFile]) -> dict[str, bool]:
    add_evidence(taken, files)
    return {"has_evidence": True} if files else {}


def _propose(taken: Taken, proposals: Sequence[Proposal] | None) -> None:
    if proposals is None:
        return
    task = taken.task
    finding = subject_row(task["finding_no"]) if task["finding_no"] is not None else None
    wanted = {
        (item.table, item.row, item.field): item
        for item in corrections.proposed(proposals, task, taken.hand.day, finding)
    }
    rows = TaskCorrection.objects.filter(task_id=taken.number, state=WAITING)
    for waiting in rows.values("id", "field_table", "field_row", "field_name", "value_seen", "value_new"):
        place = (waiting["field_table"], waiting["field_row"], waiting["field_name"])
        new = wanted.get(place)
        if new is not None and (new.seen, new.new) == (waiting["value_seen"], waiting["value_new"]):
            del wanted[place]
        else:
            _withdraw(taken, waiting["id"])
    taken.change.create(TaskCorrection, [_correction(taken, item) for item in wanted.values()])


def _withdraw(taken: Taken, correction: int) -> None:
    decided = {"state": WITHDRAWN, "decided_on": taken.hand.day, "decided_by": taken.hand.reader.username}
    taken.change.change(TaskCorrection, {correction: decided})


def _correction(taken: Taken, item: Proposed) -> dict[str, object]:
    return {
        "task_key": taken.number,
        "field_table": item.table,
        "field_row": item.row,
        "field_name": item.field,
        "value_seen": item.seen,
        "value_new": item.new,
        "proposed_on": taken.hand.day,
        "username": taken.hand.reader.username,
        "state": WAITING,
    }
