"""The rows that a number counts, on a page and as .xlsx."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bangfu.ledger.scope import scope_of
from bangfu.office.access import record_export, watermark
from bangfu.policy.model import Indicator
from bangfu.registry.scope import Scope
from bangfu.reporting.queries import figure
from bangfu.reporting.rows import Opened, rows_of_indicator
from bangfu.reporting.shown import FigureShown
from bangfu.reporting.workbook import MOST, write_rows
from bangfu.terms.errors import UserError
from bangfu.web.days import now_in_words
from bangfu.web.reports.asked import Asked
from bangfu.web.reports.figures import dimension_name, figure_address, looked_at
from bangfu.web.reports.framing import asked_in_reach, frame, uncounted
from bangfu.web.reports.listing import TOPICS
from bangfu.web.reports.one import found, place_in_words
from bangfu.web.reports.taking import as_file, reason_of, written
from bangfu.web.request import Request

_SIZE = 50


@require_safe
def rows(request: Request, indicator: str) -> HttpResponse:
    one, asked = found(indicator), asked_in_reach(request)
    if asked is None:
        return uncounted(request, "indicators")
    scope, after = scope_of(request.reader, "figure.see"), request.GET.get("after", "")
    told: dict[str, Any] = {**frame(request, asked, "indicators"), "one": one, "wrong": ""}
    told |= {
        "topic": TOPICS.get(one.topic, one.topic),
        "of": _part_in_words(request, one, asked),
        "back": figure_address(one.id, asked.narrowed(label="")),
        "is_first": not after,
        "may_see_household": request.reader.may("household.see"),
    }
    try:
        opened = _opened(one, asked, scope, limit=_SIZE, after=_place(after))
        told |= _of_rows(one, asked, scope, opened)
    except UserError as refused:
        told["wrong"] = str(refused)
    return render(request, "web/reports/rows.html", told)


def _of_rows(one: Indicator, asked: Asked, scope: Scope, opened: Opened) -> dict[str, Any]:
    shown = _figure(one, asked, scope)
    return {
        "figure": shown,
        "opened": opened,
        "columns": _filled(opened),
        "after": opened.rows[-1].row_key if opened.has_more else None,
        "other": opened.of if opened.of != one.id else "",
        "is_numerator": one.measure == "ratio",
    }


def _filled(opened: Opened) -> list[int]:
    """The columns that something stands in on this page; village, household and name always."""
    return [at for at in range(len(opened.columns)) if at < 3 or any(row.cells[at] for row in opened.rows)]


@require_POST
def export(request: Request, indicator: str) -> HttpResponse:
    one, asked = found(indicator), asked_in_reach(request, right="table.export")
    if asked is None:
        return uncounted(request, "indicators")
    reason, scope = reason_of(request), scope_of(request.reader, "table.export")
    opened = _opened(one, asked, scope, limit=MOST)
    if opened.has_more:
        raise UserError(f"超过 {MOST:,} 行，没有导出。请先按村等条件缩小范围")
    shown, note = _figure(one, asked, scope), watermark(request.reader, on=now_in_words(), reason=reason)
    content = written(lambda path: write_rows(path, shown, opened, note=note))
    what = "，".join(filter(None, (f"指标明细：{one.name}", _part_in_words(request, one, asked))))
    record_export(request.reader, what=what, reason=reason, rows=len(opened.rows))
    return as_file(content, f"{one.name}明细{asked.day}.xlsx")


def _opened(one: Indicator, asked: Asked, scope: Scope, *, limit: int, after: int = -1) -> Opened:
    places = None if asked.village is None else frozenset[int | None]({asked.village})
    return rows_of_indicator(
        asked.run, one, asked.of(one), asked.only, villages=places, scope=scope, limit=limit, after=after
    )


def _figure(one: Indicator, asked: Asked, scope: Scope) -> FigureShown:
    return figure(asked.run, one, asked.of(one), asked.only, scope=looked_at(asked, scope).scope)


def _place(after: str) -> int:
    return int(after) if after.isdecimal() and len(after) < 18 else -1


def _part_in_words(request: Request, one: Indicator, asked: Asked) -> str:
    """截至 2020-04-22 累计，罗峰村，补助项目：农村低保."""
    policy = looked_at(asked, Scope(())).policy
    parts = [asked.in_words if one.is_flow else f"截至 {asked.day}", place_in_words(request, asked)]
    for by, label in asked.only:
        known = policy.programmes.get(label or "") if by == "programme" else None
        told = "没有填" if label is None else known.name if known else label
        parts.append(f"{dimension_name(one, by, policy)}：{told}")
    return "，".join(part for part in parts if part)
