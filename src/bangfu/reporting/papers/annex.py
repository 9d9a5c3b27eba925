"""数据明细: the rows behind each figure of a report, a sheet a figure, with a table of contents that leads to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bangfu.office.access import record_export, watermark
from bangfu.office.readers import Reader
from bangfu.registry.scope import Scope
from bangfu.reporting.papers.answers import Answers
from bangfu.reporting.queries import run_of_day
from bangfu.reporting.rows import Opened, rows_of
from bangfu.reporting.shown import FigureShown
from bangfu.screening.punctuation import full_width
from bangfu.spreadsheets.look import Look
from bangfu.spreadsheets.write import Book, Column, Link, open_book, sheet_name, write_table
from bangfu.terms.errors import UserError

MOST = 20_000
"""Rows of one figure in an annex; beyond them its sheet says how many there are and where all of them can be taken."""
_CONTENTS = "目录"
_COLUMNS: tuple[Column, ...] = (
    ("序号", 6, "count"),
    ("指标", 34, "wrap"),
    ("数值", 16, "text"),
    ("单位", 8, "label"),
    ("截至或期间", 24, "label"),
    ("计入行数", 10, "count"),
    ("口径", 46, "wrap"),
    ("模板写法", 40, "wrap"),
)


def write_annex(
    path: Path,
    references: Sequence[str],
    answers: Answers,
    scope: Scope,
    *,
    reader: Reader,
    reason: str,
    at: str,
) -> int:
    """Writes the workbook in constant memory and notes in the journal that it is taken; the number of rows in it.

    UserError without a reason. `at` is the time in words.
    """
    if not reason.strip():
        raise UserError("请写明导出的用途")
    told = [reference for reference in dict.fromkeys(references) if reference in answers.figures]
    rows = 0
    with open_book(path, constant_memory=True) as book:
        names = _names(told, answers)
        note = full_width(watermark(reader, on=at, reason=reason))
        lines = (_line(place, one, names[one], answers.figures[one]) for place, one in enumerate(told, 1))
        write_table(book, _CONTENTS, _COLUMNS, lines, title="数据明细目录", note=note)
        for reference in told:
            rows += _write_figure(book, names[reference], reference, answers, scope)
    record_export(reader, what="报告数据明细", reason=reason, rows=rows)
    return rows


def _names(references: Sequence[str], answers: Answers) -> dict[str, str]:
    """The sheets' names, known before any is written: a sheet is led to from the first one."""
    taken = {_CONTENTS}
    return {
        reference: sheet_name(f"{place}{answers.figures[reference].name}", taken)
        for place, reference in enumerate(references, 1)
    }


def _line(place: int, reference: str, name: str, shown: FigureShown) -> tuple[object, ...]:
    return (
        place,
        Link(_full_name(shown), name, "A1"),
        "未统计" if shown.value is None else f"{shown.value:f}",
        shown.unit,
        _when(shown),
        shown.count,
        shown.definition or "、".join(shown.why_not),
        reference,
    )


def _full_name(shown: FigureShown) -> str:
    parts = [part for part in (shown.village, shown.label or "") if part]
    return full_width(shown.name + (f"（{'，'.join(parts)}）" if parts else ""))


def _when(shown: FigureShown) -> str:
    if shown.period is None:
        return _day(shown.as_of)
    return f"{_day(shown.period.start) if shown.period.start else '开始'}至{_day(shown.period.end)}"


def _day(day: int) -> str:
    return f"{day // 10000}年{day // 100 % 100}月{day % 100}日"


def _write_figure(book: Book, name: str, reference: str, answers: Answers, scope: Scope) -> int:
    shown, resolved = answers.figures[reference], answers.resolved[reference]
    opened = _opened(reference, shown, answers, scope)
    columns: tuple[Column, ...] = (
        ("序号", 6, "count"),
        *((full_width(one.label), 14, "text") for one in (opened.columns if opened else ())),
    )
    cut = (
        f"只列出前 {MOST} 行，全部 {shown.count} 行请在“指标”里单独导出。"
        if opened and opened.has_more
        else ""
    )
    value = "未统计" if shown.value is None else f"{shown.value:f}{shown.unit}"
    write_table(
        book,
        name,
        columns,
        _lines(opened) if opened else (),
        title=f"{_full_name(shown)}：{value}",
        note=f"{_when(shown)}　{resolved.reference.text}　{cut}",
        look=Look(empty="没有计入的行"),
    )
    return len(opened.rows) if opened else 0


def _opened(reference: str, shown: FigureShown, answers: Answers, scope: Scope) -> Opened | None:
    """None where a figure has no rows: a standard, or one that was not counted."""
    if shown.value is None or not shown.count:
        return None
    resolved = answers.resolved[reference]
    return rows_of(run_of_day(resolved.as_of), resolved, scope, limit=MOST)


def _lines(opened: Opened) -> Iterator[tuple[object, ...]]:
    for place, row in enumerate(opened.rows, 1):
        yield (place, *row.cells)
