"""数据明细: the rows behind each figure of a report, a sheet a figure, with a table of contents that leads to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bangfu.engine.indicators.asking import Asking
from bangfu.office.access import record_export, watermark
from bangfu.office.readers import Reader
from bangfu.policy.model import VILLAGE
from bangfu.registry.scope import Scope
from bangfu.reporting.opening import asking_of
from bangfu.reporting.papers.answers import Answers
from bangfu.reporting.queries import run_of_day
from bangfu.reporting.rows import Opened, rows_read
from bangfu.reporting.shown import FigureShown
from bangfu.screening.punctuation import full_width
from bangfu.spreadsheets.look import Look
from bangfu.spreadsheets.write import Book, Column, Link, open_book, sheet_name, write_table
from bangfu.terms.errors import UserError

MOST = 20_000
"""Rows of one figure in an annex; beyond them its sheet says how many there are and where all of them can be taken."""
MOST_IN_ALL = 60_000
"""Of all figures together: more nobody reads, and it keeps the annex of a county within seconds."""
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
    is_taken: bool = True,
) -> int:
    """Writes the workbook in constant memory and notes in the journal that it is taken; the number of rows in it.

    UserError without a reason. `at` is the time in words. One that is not `is_taken` yet is journalled by who hands it out.
    """
    if not reason.strip():
        raise UserError("请写明导出的用途")
    told = [reference for reference in dict.fromkeys(references) if reference in answers.figures]
    sheets = _sheets(told, answers)
    names = _names(list(dict.fromkeys(sheets.values())), answers)
    rows = 0
    with open_book(path, constant_memory=True) as book, ExitStack() as stack:
        note = full_width(watermark(reader, on=at, reason=reason))
        lines = (
            _line(place, one, names[sheets[one]], answers.figures[one]) for place, one in enumerate(told, 1)
        )
        write_table(book, _CONTENTS, _COLUMNS, lines, title="数据明细目录", note=note)
        opening = _Opening(
            stack, answers, scope, room_for_each([answers.figures[one].count for one in names])
        )
        for reference, name in names.items():
            rows += _write_figure(book, name, answers, reference, opening)
    if is_taken:
        record_export(reader, what="报告数据明细", reason=reason, rows=rows)
    return rows


@dataclass
class _Opening:
    """The snapshots that rows are read from, each opened once, and how many rows of a figure there is room for."""

    stack: ExitStack
    answers: Answers
    scope: Scope
    most: int
    asking: dict[int, Asking] = field(default_factory=dict)

    def rows(self, reference: str) -> Opened | None:
        """None where a figure has no rows: a standard, or one that was not counted."""
        shown, resolved = self.answers.figures[reference], self.answers.resolved[reference]
        if shown.value is None or not shown.count:
            return None
        if resolved.as_of not in self.asking:
            run = run_of_day(resolved.as_of)
            self.asking[resolved.as_of] = self.stack.enter_context(asking_of(run))
        return rows_read(self.asking[resolved.as_of], resolved, self.scope, limit=self.most)


def room_for_each(counts: Sequence[int]) -> int:
    """The most rows of one figure with which all of them have room."""
    left, share = MOST_IN_ALL, MOST
    for place, count in enumerate(sorted(counts)):
        share = min(MOST, left // (len(counts) - place))
        if count > share:
            break
        left -= count
    return max(share, 1)


def _sheets(references: Sequence[str], answers: Answers) -> dict[str, str]:
    """Of each reference the one whose sheet has its rows: a village's stand among those of the whole town."""
    wholes = {
        (one.reference.indicator.id, one.as_of, one.period): text
        for text, one in answers.resolved.items()
        if text in references and not one.reference.only
    }
    found = {}
    for text in references:
        one = answers.resolved[text]
        is_of_village = [name for name, _ in one.reference.only] == [VILLAGE]
        whole = wholes.get((one.reference.indicator.id, one.as_of, one.period)) if is_of_village else None
        found[text] = whole or text
    return found


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


def _write_figure(book: Book, name: str, answers: Answers, reference: str, opening: _Opening) -> int:
    shown, resolved = answers.figures[reference], answers.resolved[reference]
    opened = opening.rows(reference)
    columns: tuple[Column, ...] = (
        ("序号", 6, "count"),
        *((full_width(one.label), 14, "text") for one in (opened.columns if opened else ())),
    )
    is_cut = opened is not None and opened.has_more
    cut = f"只列出前 {len(opened.rows) if opened else 0} 行，全部 {shown.count} 行请单独导出这个指标。"
    value = "未统计" if shown.value is None else f"{shown.value:f}{shown.unit}"
    write_table(
        book,
        name,
        columns,
        _lines(opened) if opened else (),
        title=f"{_full_name(shown)}：{value}",
        note=f"{_when(shown)}　{resolved.reference.text}　{cut if is_cut else ''}",
        look=Look(empty="没有计入的行"),
    )
    return len(opened.rows) if opened else 0


def _lines(opened: Opened) -> Iterator[tuple[object, ...]]:
    for place, row in enumerate(opened.rows, 1):
        yield (place, *row.cells)
