"""All indicators by topic, with what each came to on a day."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bangfu.intake.rulebook import home_rulebook
from bangfu.ledger.scope import scope_of
from bangfu.policy.model import Indicator, Policy
from bangfu.reporting.queries.figures import policy_of
from bangfu.reporting.queries.totals import totals
from bangfu.reporting.shown import FigureShown
from bangfu.spreadsheets.write import Column
from bangfu.web.reports.asked import Asked, period_in_words
from bangfu.web.reports.figures import figure_address, looked_at, rows_address
from bangfu.web.reports.framing import asked_in_reach, frame, uncounted
from bangfu.web.reports.taking import taken_away
from bangfu.web.request import Request

TOPICS: Mapping[str, str] = {
    "register": "建档立卡",
    "monitoring": "防返贫监测",
    "conditions": "两不愁三保障",
    "income": "收入",
    "welfare": "社会保障",
    "health": "健康",
    "education": "教育",
    "employment": "就业",
    "industry": "产业",
    "leading": "带贫主体和产销",
    "finance": "小额信贷",
    "projects": "项目资金",
    "villages": "行政村",
    "helpers": "帮扶力量",
    "casework": "走访和整改",
    "points": "积分",
    "activities": "活动、学习和宣传",
    "programmes": "各补助项目",
}
"""The folders of rulebook/indicators in the order of the page; programmes yield theirs by themselves."""
_LONGEST = 40
_COLUMNS: tuple[Column, ...] = (
    ("类别", 12, "label"),
    ("指标", 32, "text"),
    ("数值", 16, "decimal"),
    ("单位", 8, "label"),
    ("时间", 22, "label"),
    ("口径", 50, "wrap"),
    ("标识", 28, "text"),
)


@dataclass(frozen=True)
class Listed:
    """An indicator with its figure; the addresses lead to its page and its rows."""

    indicator: Indicator
    figure: FigureShown
    address: str
    rows: str


@require_safe
def indicators(request: Request) -> HttpResponse:
    asked = asked_in_reach(request)
    if asked is None:
        return uncounted(request, "indicators")
    text, topic = _words(request.GET.get("q", "")), request.GET.get("topic", "")
    groups, wanting = _groups(request, asked, text, topic if topic in TOPICS else "")
    told: dict[str, Any] = {
        **frame(request, asked, "indicators"),
        "fields": [*QueryDict(asked.query).items(), ("q", text), ("topic", topic)],
        "groups": groups,
        "wanting": wanting,
        "count": sum(len(listed) for _, listed in groups),
        "text": text,
        "topic": topic,
        "topics": TOPICS,
    }
    return render(request, "web/reports/indicators.html", told)


@require_POST
def export(request: Request) -> HttpResponse:
    """The list that is seen."""
    asked = asked_in_reach(request, right="table.export")
    if asked is None:
        return uncounted(request, "indicators")
    topic = request.POST.get("topic", "")
    groups, _ = _groups(request, asked, _words(request.POST.get("q", "")), topic if topic in TOPICS else "")
    return taken_away(request, "指标表", _COLUMNS, _rows(groups, asked), title=f"指标表 {asked.in_words}")


def _rows(groups: Sequence[tuple[str, Sequence[Listed]]], asked: Asked) -> Iterator[Sequence[object]]:
    for topic, listed in groups:
        for one in listed:
            time = period_in_words(asked.when, asked.run.as_of) if one.indicator.is_flow else asked.day
            told = (one.figure.value, one.indicator.unit, time, one.indicator.definition, one.indicator.id)
            yield (topic, one.indicator.name, *told)


def _groups(
    request: Request, asked: Asked, text: str, topic: str
) -> tuple[list[tuple[str, list[Listed]]], list[FigureShown]]:
    """By topic those with a figure, and all without, which say why. Programmes that paid nothing are left out."""
    looked = looked_at(asked, scope_of(request.reader, "figure.see"))
    wanted = [one for one in home_indicators(asked) if _has(one, text) and topic in ("", one.topic)]
    figures = totals(asked.run, wanted, asked.period, looked.scope)
    groups: dict[str, list[Listed]] = {name: [] for name in TOPICS}
    wanting = []
    for one in wanted:
        figure = figures[one.id]
        if figure.why_not:
            wanting.append(figure)
        elif text or one.programme is None or figure.value:
            groups.setdefault(one.topic, []).append(
                Listed(one, figure, figure_address(one.id, asked), rows_address(one.id, asked))
            )
    return [(TOPICS.get(name, name), listed) for name, listed in groups.items() if listed], wanting


def home_indicators(asked: Asked) -> Sequence[Indicator]:
    return list(policy_of(asked.run).indicators.values())


def indicator_of(name: str) -> Indicator | None:
    policy: Policy = home_rulebook()
    return policy.indicators.get(name)


def _words(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()[:_LONGEST].casefold()


def _has(one: Indicator, text: str) -> bool:
    """Every word stands somewhere in its names, id, unit or references."""
    where = " ".join((one.id, one.name, *one.aliases, one.definition, *one.refs)).casefold()
    return all(word in where for word in text.split())
