"""数据明细: the rows behind each figure of a report, a sheet a figure, with a table of contents that leads to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from bangfu.engine.indicators.cells import Period
from bangfu.office.access import record_export, watermark
from bangfu.office.readers import Reader
from bangfu.policy.model import VILLAGE
from bangfu.registry.scope import Scope
from bangfu.reporting.opening import asking_of
from bangfu.reporting.papers.answers import Answers
from bangfu.reporting.papers.villages import NAME as VILLAGES
from bangfu.reporting.papers.villages import in_villages, write_villages
from bangfu.reporting.rows import Opened, rows_together
from bangfu.reporting.shown import FigureShown
from bangfu.screening.punctuation import full_width
from bangfu.spreadsheets.look import Look
from bangfu.spreadsheets.write import Book, Column, Link, open_book, sheet_name, write_table
from bangfu.terms.errors import UserError

MOST = 200_000
"""Rows of all figures together: a town of twenty thousand persons has all of them in its annex, and Excel opens it well."""
MOST_IN_PART = 50_000
"""Where there are more, as in a county, each figure has the same share of so many, and its sheet says how many rows there
are and where all can be taken: nobody reads on, and the annex is there within seconds.
"""
_CONTENTS = "目录"
_COLUMNS: tuple[Column, ...] = (
    ("序号", 6, "count"),
    ("指标", 34, "wrap"),
    ("数值", 16, "text"),
    ("单位", 8, "label"),
    ("截至或期间", 24, "label"),
    ("计入行数", 10, "count"),
    ("列出", 8, "label"),
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
    opened = _opened(list(names), answers, scope)
    with open_book(path, constant_memory=True) as book:
        counted = f" 指标计算于：{answers.counted_at}" if answers.counted_at else ""
        note = full_width(watermark(reader, on=at, reason=reason) + counted)
        lines = (
            _line(place, one, names[sheets[one]], answers.figures[one], opened.get(sheets[one]))
            for place, one in enumerate(told, 1)
        )
        write_table(book, _CONTENTS, _COLUMNS, lines, title="数据明细目录", note=note)
        if in_part := [one for one, rows in opened.items() if rows.has_more]:
            titles = {one: _in_a_column(answers.figures[one]) for one in in_part}
            write_villages(book, in_villages(titles, answers, scope))
        for reference, name in names.items():
            _write_figure(book, name, answers, reference, opened.get(reference))
    rows = sum(len(one.rows) for one in opened.values())
    if is_taken:
        record_export(reader, what="报告数据明细", reason=reason, rows=rows)
    return rows


def _opened(references: Sequence[str], answers: Answers, scope: Scope) -> dict[str, Opened]:
    """The rows of each figure that has any: a standard has none, nor what was not counted. A day's snapshot is opened once."""
    with_rows = [
        one for one in references if answers.figures[one].value is not None and answers.figures[one].count
    ]
    most = room_for_each([answers.figures[one].count for one in with_rows])
    by_day: dict[int, list[str]] = defaultdict(list)
    for reference in with_rows:
        by_day[answers.resolved[reference].as_of].append(reference)
    found: dict[str, Opened] = {}
    for day, some in by_day.items():
        with asking_of(answers.runs[day]) as asking:
            wanted = [answers.resolved[one] for one in some]
            found.update(zip(some, rows_together(asking, wanted, scope, limit=most), strict=True))
    return found


def room_for_each(counts: Sequence[int]) -> int:
    """The most rows of one figure: all of them where they find room together, else a share that all have room with."""
    if sum(counts) <= MOST:
        return MOST
    left, share = MOST_IN_PART, 0
    for place, count in enumerate(sorted(counts)):
        share = left // (len(counts) - place)
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
    taken = {_CONTENTS, VILLAGES}
    return {
        reference: sheet_name(f"{place}{answers.figures[reference].name}", taken)
        for place, reference in enumerate(references, 1)
    }


def _line(
    place: int, reference: str, name: str, shown: FigureShown, opened: Opened | None
) -> tuple[object, ...]:
    return (
        place,
        Link(_full_name(shown), name, "A1"),
        "未统计" if shown.value is None else f"{shown.value:f}",
        shown.unit,
        _when(shown),
        shown.count,
        "" if opened is None else "部分" if opened.has_more else "全部",
        shown.definition or "、".join(shown.why_not),
        reference,
    )


def _full_name(shown: FigureShown) -> str:
    parts = [part for part in (shown.village, shown.label or "") if part]
    return full_width(shown.name + (f"（{'，'.join(parts)}）" if parts else ""))


def _in_a_column(shown: FigureShown) -> str:
    """Name, unit and period as a column's head; a whole year is told by its number."""
    period, named = shown.period, f"{_full_name(shown)}（{shown.unit}）"
    if period is None:
        return named
    year = period.start // 10000
    return f"{named}{year}年" if period == Period.of_year(year, shown.as_of) else named + _when(shown)


def _when(shown: FigureShown) -> str:
    if shown.period is None:
        return _day(shown.as_of)
    return f"{_day(shown.period.start) if shown.period.start else '开始'}至{_day(shown.period.end)}"


def _day(day: int) -> str:
    return f"{day // 10000}年{day // 100 % 100}月{day % 100}日"


def _write_figure(book: Book, name: str, answers: Answers, reference: str, opened: Opened | None) -> None:
    shown, resolved = answers.figures[reference], answers.resolved[reference]
    columns: tuple[Column, ...] = (
        ("序号", 6, "count"),
        *((full_width(one.label), 14, "text") for one in (opened.columns if opened else ())),
    )
    value = "未统计" if shown.value is None else f"{shown.value:f}{shown.unit}"
    write_table(
        book,
        name,
        columns,
        _lines(opened) if opened else (),
        title=f"{_full_name(shown)}：{value}",
        note="　".join(filter(None, (_when(shown), resolved.reference.text, _cut(opened)))),
        look=Look(empty="没有计入的行"),
    )


def _cut(opened: Opened | None) -> str:
    if opened is None or not opened.has_more:
        return ""
    return (
        f"只列出前 {len(opened.rows)} 行，全部 {opened.in_all} 行；各村的数见“{VILLAGES}”，"
        "其余的行请在系统“材料”的“指标”里打开这个数，按村查看和导出。"
    )


def _lines(opened: Opened) -> Iterator[tuple[object, ...]]:
    for place, row in enumerate(opened.rows, 1):
        yield (place, *row.cells)
