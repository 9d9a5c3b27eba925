"""Tasks as the forms that offices hand in: columns, words, and the workbook with its print set-up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bangfu.casework.queries.tasks import TaskLine
from bangfu.casework.steps import CLOSED
from bangfu.office.words import day_in_words
from bangfu.spreadsheets.look import Look
from bangfu.spreadsheets.write import Column, Kind, open_book, write_table

_TINTS = {"错误": "#B42318", "疑点": "#8A5A00", "提醒": "#595959", "已退回": "#B42318"}
_SIGNED = "填表人：____________    审核人：____________    日期：____年__月__日"


@dataclass(frozen=True)
class Sheet:
    """A list as it is handed in: its title, and for each column its head, width, kind and what stands in it."""

    title: str
    columns: tuple[tuple[str, float, Kind, Callable[[TaskLine], object]], ...]


def source_of(task: TaskLine) -> str:
    """来源: the document, with its level and day where it does not say them itself."""
    document = task.source_document or task.source_kind or ""
    told = [task.source_level or "", day_in_words(task.source_on) if task.source_on else ""]
    more = "，".join(text for text in told if text)
    return document if not more or "（" in document else f"{document}（{more}）"


def about(task: TaskLine) -> str:
    """涉及对象: the name with its number."""
    name, number = task.object_name or "", task.object_no or ""
    return name if not number or number == name else f"{name}\n{number}"


def where(task: TaskLine) -> str:
    """The village, and whom the problem is about there."""
    named = dict.fromkeys(text for text in (task.village_name, task.object_name) if text)
    return f"{' '.join(named)}：" if named else ""


def progress(task: TaskLine) -> str:
    """进展: the state, since when, and what is in the way."""
    days = {"已整改": task.rectified_on, "已验收": task.verified_on, CLOSED: task.closed_on}
    since = days.get(task.state)
    told = [f"{task.state}{f' {day_in_words(since)}' if since else ''}"]
    if task.is_overdue:
        told.append(f"超期 {-(task.days_left or 0)} 天")
    if task.reopen_count:
        told.append(f"重开 {task.reopen_count} 次")
    if task.is_open and task.not_found_on:
        told.append(f"{day_in_words(task.not_found_on)} 核查已不再发现")
    return "；".join(told)


def measures(task: TaskLine) -> str:
    """措施: what was done, else what is asked for."""
    return task.measure or task.requirement or ""


def closed(task: TaskLine) -> str:
    """销号: the day and who did it; empty while the task is open."""
    return f"{day_in_words(task.closed_on)}\n{task.closed_by or ''}".strip() if task.closed_on else ""


def _day(day: int | None) -> str:
    return day_in_words(day) if day else ""


_PROBLEM: tuple[tuple[str, float, Kind, Callable[[TaskLine], object]], ...] = (
    ("问题编号", 15, "label", lambda task: task.issue_no),
    ("问题", 44, "wrap", lambda task: task.problem),
)
SHEETS: Mapping[str, Sheet] = {
    "ledger": Sheet(
        "问题整改台账",
        (
            ("问题", 40, "wrap", lambda task: f"〔{task.issue_no}〕{where(task)}{task.problem}"),
            ("来源", 18, "wrap", source_of),
            ("责任领导", 9, "label", lambda task: task.lead_leader),
            ("责任单位", 12, "label", lambda task: task.responsible_unit),
            ("责任人", 9, "label", lambda task: task.responsible_person),
            ("措施", 30, "wrap", measures),
            ("时限", 11, "label", lambda task: _day(task.due_on)),
            ("进展", 18, "wrap", progress),
            ("销号", 11, "label", closed),
        ),
    ),
    "problem": Sheet(
        "问题清单",
        (
            *_PROBLEM,
            ("问题类型", 20, "wrap", lambda task: task.issue_type),
            ("级别", 6, "label", lambda task: task.severity),
            ("村", 11, "label", lambda task: task.village_name),
            ("涉及对象", 17, "wrap", about),
            ("来源", 20, "wrap", source_of),
            ("发现人", 9, "label", lambda task: task.reporter),
            ("登记日期", 11, "label", lambda task: _day(task.registered_on)),
        ),
    ),
    "responsibility": Sheet(
        "责任清单",
        (
            *_PROBLEM,
            ("村", 11, "label", lambda task: task.village_name),
            ("责任领导", 10, "label", lambda task: task.lead_leader),
            ("责任单位", 14, "label", lambda task: task.responsible_unit),
            ("责任人", 10, "label", lambda task: task.responsible_person),
            ("责任部门", 10, "label", lambda task: task.department),
            ("时限", 11, "label", lambda task: _day(task.due_on)),
            ("督办", 14, "wrap", lambda task: _escalated(task)),
        ),
    ),
    "rectification": Sheet(
        "整改清单",
        (
            *_PROBLEM,
            ("整改措施", 30, "wrap", measures),
            ("整改成效", 22, "wrap", lambda task: task.effect),
            ("责任人", 9, "label", lambda task: task.responsible_person),
            ("时限", 11, "label", lambda task: _day(task.due_on)),
            ("进展", 18, "wrap", progress),
            ("验收人", 9, "label", lambda task: task.verifier),
            ("销号", 11, "label", closed),
        ),
    ),
}
"""By the view of the list; `ledger` is the form that superiors ask for."""


def heads(sheet: Sheet) -> tuple[str, ...]:
    return ("序号", *(head for head, *_ in sheet.columns))


def rows(sheet: Sheet, tasks: Iterable[TaskLine]) -> Iterator[Sequence[object]]:
    """A row for each task, numbered."""
    for number, task in enumerate(tasks, 1):
        yield (number, *(value(task) for *_, value in sheet.columns))


def write_tasks(path: Path, view: str, tasks: Iterable[TaskLine], *, where: str, watermark: str) -> int:
    """Writes a list of SHEETS as .xlsx in constant memory; the number of tasks. `where` is the office in the title."""
    sheet = SHEETS[view]
    columns: tuple[Column, ...] = (
        ("序号", 5, "count"),
        *((head, width, kind) for head, width, kind, _ in sheet.columns),
    )
    look = Look(empty="没有符合条件的问题", tints=_TINTS, frozen=2, signed=_SIGNED)
    counted = _Counted(rows(sheet, tasks))
    with open_book(path, constant_memory=True) as book:
        write_table(
            book, sheet.title, columns, counted, title=f"{where}{sheet.title}", note=watermark, look=look
        )
    return counted.number


class _Counted:
    """Rows passed on and counted."""

    def __init__(self, source: Iterable[Sequence[object]]) -> None:
        self.source = source
        self.number = 0

    def __iter__(self) -> Iterator[Sequence[object]]:
        for row in self.source:
            self.number += 1
            yield row


def _escalated(task: TaskLine) -> str:
    return f"{task.escalated_to} {_day(task.escalated_on)}" if task.escalated_to else ""
