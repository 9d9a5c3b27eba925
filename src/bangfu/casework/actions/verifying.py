"""What somebody else makes of an answer: verified, sent back, closed, looked at again, opened again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from bangfu.casework import corrections
from bangfu.casework.actions.answering import add_evidence
from bangfu.casework.corrections import WAITING
from bangfu.casework.deadlines import LONGEST_DAYS, due_on, later
from bangfu.casework.evidence_files import KeptFile
from bangfu.casework.filled import Filled
from bangfu.casework.hands import Hand, signature
from bangfu.casework.models import Task, TaskCorrection, Verdict
from bangfu.casework.refusals import NotPossible
from bangfu.casework.taking import CORRECTION, TASK, Move, Taken, take
from bangfu.findings.handing_out import note_handed_out, values_hash_of
from bangfu.office.journal.rows import Row, rows_of
from bangfu.office.words import day_in_words, label_of

CONCLUSIONS = ("属实", "部分属实", "不属实", "情况特殊")
WAYS = ("入户", "实地查看", "查阅资料", "电话")
NO_FAULT = ("不属实", "情况特殊")
"""What a run finds again for the same reasons is then no reason to open the task again."""


@dataclass(frozen=True)
class Judgement:
    """What the verifier found (见人、见事、见纪律). Days are yyyymmdd; `is_discipline_broken` None: not said."""

    conclusion: str
    way: str
    visited_on: int | None
    people: str
    found: str
    is_discipline_broken: bool | None
    discipline_note: str = ""
    handed_over_on: int | None = None


def verify(
    hand: Hand,
    number: int,
    *,
    seen: int,
    verdict: Judgement,
    decided: Mapping[int, str] | None = None,
    files: Sequence[KeptFile] = (),
    once: str = "",
) -> int:
    """Finds an answer good, and writes its corrections into the register, with the task as their source.

    Wrong names what the verdict lacks, ValuesMoved the corrections whose values have changed since they were proposed:
    `decided` then says for each, by its number, `apply` or `drop`. Refused where the register refuses a value.
    """
    told = _verdict(hand, verdict)
    is_correcting = TaskCorrection.objects.filter(task_id=number, state=WAITING).exists()

    def do(taken: Taken) -> Move:
        add_evidence(taken, files)
        _decide(taken, decided or {})
        signed = signature(hand.reader, taken.task["rectifier"])
        _record(taken, told, signed, is_passed=True)
        values: dict[str, Any] = {"verified_on": hand.day, "verifier": signed}
        if files:
            values["has_evidence"] = True
        return Move(values, _told(told))

    source = CORRECTION if is_correcting else TASK
    return take(hand, number, "verify", seen=seen, once=once, do=do, source=source)


def send_back(
    hand: Hand,
    number: int,
    *,
    seen: int,
    reason: str,
    verdict: Judgement | None = None,
    due: int | None = None,
    once: str = "",
) -> int:
    """Gives an answer back with what is wrong with it; a new deadline where one is given, a verdict where one was made."""
    filled = Filled()
    why = filled.text("reason", "退回的理由", reason)
    filled.day("due_on", "整改时限", due, first=hand.day, last=later(hand.day, LONGEST_DAYS), required=False)
    filled.done()
    told = _verdict(hand, verdict) if verdict else None

    def do(taken: Taken) -> Move:
        if told:
            _record(taken, told, hand.reader.name, is_passed=False)
        undone = dict.fromkeys(("rectified_on", "rectifier", "verified_on", "verifier"))
        return Move({**undone, **_new_deadline(taken.task, due)}, why)

    return take(hand, number, "send_back", seen=seen, once=once, do=do)


def close(hand: Hand, number: int, *, seen: int, text: str = "", once: str = "") -> int:
    """Closes a task (销号). NotPossible without evidence or effect, and for an inspection's problem of which nobody has
    asked yet whether it is elsewhere, too."""
    filled = Filled()
    remark = filled.text("text", "销号意见", text, required=False)
    filled.done()

    def do(taken: Taken) -> Move:
        if missing := _missing(taken.task):
            raise NotPossible(f"{taken.task['issue_no']} 还不能销号：{'；'.join(missing)}")
        now = timezone.localtime()
        slot = f"{day_in_words(hand.day)} {now:%H:%M}"[:-1]
        signed = signature(hand.reader, taken.task["rectifier"])
        _note(taken.task, is_open=False)
        closed = {"closed_on": hand.day, "closed_by": signed, "closed_slot": slot, "is_open": 0}
        return Move(closed, remark)

    return take(hand, number, "close", seen=seen, once=once, do=do)


def reopen(hand: Hand, number: int, *, seen: int, reason: str, once: str = "") -> int:
    """Opens a closed task again, with a new deadline and without the evidence of before counting."""
    filled = Filled()
    why = filled.text("reason", "重开的理由", reason)
    filled.done()

    def do(taken: Taken) -> Move:
        if taken.task["finding_no"] is not None and _has_open_twin(taken.task):
            raise NotPossible("同一条疑点已另有未销号的任务，请办那一个")
        _note(taken.task, is_open=True)
        return Move(reopened(taken.task, hand.day), why)

    return take(hand, number, "reopen", seen=seen, once=once, do=do)


def recheck(hand: Hand, number: int, *, seen: int, text: str, once: str = "") -> int:
    """Notes that a closed problem was looked at again at the place and is still mended; if it is not, `reopen`."""
    filled = Filled()
    told = filled.text("text", "复核情况", text)
    filled.done()
    return take(
        hand, number, "recheck", seen=seen, once=once, do=lambda taken: Move({"rechecked_on": hand.day}, told)
    )


def reopened(task: Row, day: int) -> dict[str, Any]:
    """The columns of a task that begins again."""
    undone = (
        *("acknowledged_on", "rectified_on", "rectifier", "verified_on", "verifier"),
        *("closed_on", "closed_by", "closed_slot", "rechecked_on", "escalated_to", "escalated_on"),
        *("not_found_on", "effect"),
    )
    return {
        **dict.fromkeys(undone),
        "is_open": 1,
        "has_evidence": False,
        "due_on": due_on(task["severity"], day),
        "reopen_count": (task["reopen_count"] or 0) + 1,
    }


def _note(task: Row, *, is_open: bool) -> None:
    if task["finding_no"] is not None:
        note_handed_out([task["finding_no"]], is_open)


def _missing(task: Row) -> list[str]:
    missing = []
    if not task["has_evidence"]:
        missing.append("没有佐证材料，请退回补交照片或 PDF")
    if not task["effect"]:
        missing.append("没有写整改成效，请退回补写")
    if task["is_from_inspection"] and task["siblings_checked_on"] is None:
        missing.append("检查反馈的问题要先举一反三（对照同类名单排查并登记）")
    return missing


def _new_deadline(task: Row, due: int | None) -> dict[str, Any]:
    if due is None or due == task["due_on"]:
        return {}
    return {"due_on": due, "escalated_to": None, "escalated_on": None}


def _has_open_twin(task: Row) -> bool:
    return Task.objects.filter(finding_no=task["finding_no"], is_open=1).exists()


def _verdict(hand: Hand, verdict: Judgement) -> dict[str, Any]:
    filled = Filled()
    told: dict[str, Any] = {
        "conclusion": filled.choice("conclusion", "核实结论", verdict.conclusion, CONCLUSIONS),
        "way": filled.choice("way", "核实方式", verdict.way, WAYS),
        "visited_on": filled.day("visited_on", "核实日期", verdict.visited_on, last=hand.day),
        "people": filled.text("people", "见到谁（见人）", verdict.people),
        "found": filled.text("found", "核实情况（见事）", verdict.found),
        "is_discipline_broken": verdict.is_discipline_broken,
        "discipline_note": filled.text(
            "discipline_note",
            "违纪违规情况",
            verdict.discipline_note,
            required=verdict.is_discipline_broken is True,
        ),
        "handed_over_on": filled.day(
            "handed_over_on", "移交纪检日期", verdict.handed_over_on, last=hand.day, required=False
        ),
    }
    if verdict.is_discipline_broken is None:
        filled.wrong["is_discipline_broken"] = "请选择有没有违纪违规（见纪律）：是 或 否"
    filled.done()
    return told


def _record(taken: Taken, told: Mapping[str, Any], signed: str, *, is_passed: bool) -> None:
    finding = taken.task["finding_no"]
    row = {
        **told,
        "task_key": taken.number,
        "is_passed": is_passed,
        "verified_on": taken.hand.day,
        "username": taken.hand.reader.username,
        "verifier": signed,
        "values_hash": values_hash_of(finding) if finding is not None else None,
    }
    taken.change.create(Verdict, [row])


def _decide(taken: Taken, decided: Mapping[int, str]) -> None:
    ids = TaskCorrection.objects.filter(task_id=taken.number, state=WAITING).values_list("id", flat=True)
    waiting = [row for _, row in sorted(rows_of(TaskCorrection, list(ids)).items())]
    result = corrections.apply(taken.change, waiting, decided, _label)
    day, by = taken.hand.day, taken.hand.reader.username
    taken.change.change(
        TaskCorrection,
        {row: {"state": state, "decided_on": day, "decided_by": by} for row, state in result.items()},
    )


def _label(correction: Row) -> str:
    return label_of(correction["field_table"], correction["field_name"])


def _told(told: Mapping[str, Any]) -> str:
    broken = "有违纪违规" if told["is_discipline_broken"] else "没有违纪违规"
    return f"{told['conclusion']}（{told['way']}，{day_in_words(told['visited_on'])}）：{told['found']}；{broken}"
