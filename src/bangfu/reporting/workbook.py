"""A figure with the rows behind it as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bangfu.office.access import record_export, watermark
from bangfu.office.readers import Reader
from bangfu.policy.references import Resolved
from bangfu.registry.scope import Scope
from bangfu.reporting.models import FigureRun
from bangfu.reporting.queries.figures import answer
from bangfu.reporting.rows import Opened, rows_of
from bangfu.reporting.shown import FigureShown
from bangfu.screening.punctuation import full_width
from bangfu.spreadsheets.look import Look
from bangfu.spreadsheets.write import Column, open_book, write_table
from bangfu.terms.errors import UserError

MOST = 100_000
"""Rows in one workbook."""


def write_figure(
    path: Path, run: FigureRun, resolved: Resolved, scope: Scope, *, reader: Reader, reason: str, at: str
) -> int:
    """Writes the file and notes in the journal that it is taken; the number of rows. `at` is the time in words.

    UserError without a reason and for too many rows.
    """
    if not reason.strip():
        raise UserError("请写明导出的用途")
    shown, opened = figure_with_rows(run, resolved, scope)
    write_rows(path, shown, opened, note=watermark(reader, on=at, reason=reason))
    record_export(reader, what=f"指标明细:{shown.name}", reason=reason, rows=len(opened.rows))
    return len(opened.rows)


def figure_with_rows(run: FigureRun, resolved: Resolved, scope: Scope) -> tuple[FigureShown, Opened]:
    """A figure and all its rows. UserError for too many."""
    opened = rows_of(run, resolved, scope, limit=MOST)
    if opened.has_more:
        raise UserError(f"超过 {MOST:,} 行,没有导出。请先按村等条件缩小范围")
    return answer(run, resolved, scope), opened


def write_rows(path: Path, shown: FigureShown, opened: Opened, *, note: str = "") -> None:
    """The rows in their order, below a line that says what they come to."""
    columns: tuple[Column, ...] = (
        ("序号", 6, "count"),
        *((full_width(one.label), 14, "text") for one in opened.columns),
    )
    with open_book(path, constant_memory=True) as book:
        write_table(
            book,
            shown.name,
            columns,
            _lines(opened),
            title=full_width(f"{shown.name} {shown.text} {shown.unit}"),
            note=full_width(note),
            look=Look(empty="没有计入的行"),
        )


def _lines(opened: Opened) -> Iterator[tuple[object, ...]]:
    for place, row in enumerate(opened.rows, 1):
        yield (place, *row.cells)
