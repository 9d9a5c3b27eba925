"""The figures of a paper as they were stated, to be kept with it: a paper is asked about long after its count is gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bangfu.documents.fields import FieldValue
from bangfu.engine.indicators.cells import Period
from bangfu.office.words import day_in_words
from bangfu.reporting.papers.answers import Answers
from bangfu.reporting.papers.reports import Form, Report

Stated = dict[str, Any]


def figures_of_report(report: Report) -> list[Stated]:
    """In order of appearance, each reference once."""
    return [
        _stated(use.reference, use.value, report.answers, shown=use.shown, where=use.paragraph)
        for use in report.filled.uses
    ]


def figures_of_form(form: Form) -> list[Stated]:
    """Cell by cell."""
    return [
        _stated(use.reference, use.value, form.answers, where=f"{use.sheet}!{use.cell}")
        for use in form.filled.uses
    ]


def _stated(reference: str, value: FieldValue, answers: Answers, *, where: str, shown: str = "") -> Stated:
    figure = answers.figures[reference]
    return {
        "reference": reference,
        "indicator": figure.indicator,
        "name": figure.name,
        "part": "，".join(part for part in (figure.village, figure.label or "") if part),
        "when": _when(figure.period, figure.as_of),
        "value": None if value.value is None else f"{value.value:,f}",
        "unit": figure.unit,
        "shown": shown,
        "count": figure.count,
        "why": "、".join(figure.why_not),
        "where": where,
        "query": _query(figure.period, figure.as_of),
    }


def _when(period: Period | None, as_of: int) -> str:
    if period is None:
        return day_in_words(as_of)
    start = day_in_words(period.start) if period.start else "开始"
    return f"{start} 至 {day_in_words(period.end)}"


def _query(period: Period | None, as_of: int) -> str:
    """What the address of the figure's page is asked with."""
    return "&".join(_asked(period, as_of))


def _asked(period: Period | None, as_of: int) -> Iterator[str]:
    yield f"day={day_in_words(as_of)}"
    if period is None:
        return
    year = period.start // 10000
    if period == Period.until(as_of):
        yield "period=ever"
    elif period == Period.of_year(year, as_of):
        yield f"period={year}"
    elif period == Period.of_month(period.start // 100, as_of):
        yield f"period={year}-{period.start // 100 % 100:02}"
