"""Figures of a count broken down by villages, months and what their table offers, as grids and charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bangfu.policy.model import TIMES, VILLAGE, Indicator, Policy
from bangfu.registry.queries import villages_in
from bangfu.registry.scope import Part, Scope
from bangfu.reporting.queries import series, table
from bangfu.reporting.queries.figures import policy_of
from bangfu.web.reports.asked import Asked
from bangfu.web.reports.grid import Chart, Grid, Head, Line, Number, Series, shaded
from bangfu.web.templatetags.addresses import address_of

NO_LABEL = "(未填)"
_TIME_NAMES = {"year": "年度", "month": "月份"}
_MOST_BARS = 24
_YEARS, _MONTHS_KEPT = 10, 36


@dataclass(frozen=True)
class Looked:
    """What is looked at: the count with its period, the rulebook it was made by, and how far it reaches."""

    asked: Asked
    policy: Policy
    scope: Scope


def looked_at(asked: Asked, scope: Scope) -> Looked:
    """A village that is asked for is all that is looked at."""
    if asked.village is not None:
        scope = Scope((Part(frozenset({asked.village})),))
    return Looked(asked, policy_of(asked.run), scope)


def dimension_name(indicator: Indicator, by: str, policy: Policy) -> str:
    """村, 月份, or as the rulebook names it."""
    if by == VILLAGE:
        return "村"
    if by in _TIME_NAMES:
        return _TIME_NAMES[by]
    known = policy.dimensions.get(indicator.table, {})
    return known[by].name if by in known else by


def offered(indicator: Indicator, policy: Policy) -> list[tuple[str, str]]:
    """The dimensions that can be chosen, with their names."""
    return [(by, dimension_name(indicator, by, policy)) for by in indicator.dimensions]


def broken_down(looked: Looked, indicators: Sequence[Indicator], by: str) -> Grid:
    """One line a village or label; every number leads to its rows. All indicators have the dimension."""
    asked, first = looked.asked, indicators[0]
    found = table(asked.run, indicators, by, asked.period, scope=looked.scope)
    keys: list[int | None] = list(villages_in(looked.scope)) if by == VILLAGE else []
    lines = []
    for place, (name, figures) in enumerate(found.lines):
        if by == VILLAGE and place >= len(keys):
            part = None  # of rows that name no village: the address has no key for them
        elif by == VILLAGE:
            part = asked.narrowed(village=keys[place], by="", label="")
        else:
            part = asked.narrowed(by=by, label=label_of(first, by, name, looked.policy))
        numbers = (
            Number(one.value, rows_address(one.indicator, part) if part and one.value else "", unit=one.unit)
            for one in figures
        )
        lines.append(Line(_label_in_words(first, by, name, looked.policy), tuple(numbers)))
    whole = asked.narrowed(by="", label="")
    total = Line(
        "合计",
        tuple(Number(one.value, rows_address(one.indicator, whole), unit=one.unit) for one in found.columns),
    )
    heads = tuple(Head(one.name, one.unit) for one in indicators)
    name = dimension_name(first, by, looked.policy)
    return Grid(name, heads, tuple(lines), total, note=_note(indicators, total, lines))


def _note(indicators: Sequence[Indicator], total: Line, lines: Sequence[Line]) -> str:
    """Where the total is not the sum of the lines, why."""
    for place, one in enumerate(indicators):
        added = sum((line.numbers[place].value or Decimal(0) for line in lines), Decimal(0))
        if one.measure == "distinct" and total.numbers[place].value != added:
            return "合计去掉了重复：同一人或户在几行里都有的只算一次"
    return ""


def _label_in_words(indicator: Indicator, by: str, name: str, policy: Policy) -> str:
    """A month as 2021-08."""
    dimension = policy.dimensions.get(indicator.table, {}).get(by)
    if dimension is not None and dimension.of.type.kind == "month" and name.isdecimal():
        return f"{name[:4]}-{name[4:]}"
    return name


def label_of(indicator: Indicator, by: str, name: str, policy: Policy) -> str | None:
    """The label that is shown by a name: programmes have names, and rows without one are told as such."""
    if name == NO_LABEL:
        return None
    dimension = policy.dimensions[indicator.table][by]
    if dimension.of.type.codes == "programme":
        return next((one.id for one in policy.programmes.values() if one.name == name), name)
    return name


def over_time(looked: Looked, indicator: Indicator, every: str, *, by: str = "") -> Grid:
    """A flow by year or month: of one line, or with `by` one line a village or label and a column each point."""
    asked = looked.asked
    last, shown = span_of(asked, every)
    found = series(asked.run, indicator, every, by, last=last, scope=looked.scope)
    points = found.points[:shown]
    keys = list(villages_in(looked.scope)) if by == VILLAGE else []
    lines = []
    for place, (name, numbers) in enumerate(found.lines.items()):
        parts = [_part(looked, indicator, by, name, keys[place : place + 1], point) for point in points]
        told = (
            Number(number, rows_address(indicator.id, part) if part and number else "", unit=indicator.unit)
            for part, number in zip(parts, numbers[:shown], strict=True)
        )
        lines.append(Line(name, tuple(told)))
    if not by:
        return _turned(lines[0], points, every, indicator)
    heads = tuple(Head(point) for point in points)
    return Grid(dimension_name(indicator, by, looked.policy), heads, shaded(lines), is_heat=True)


def span_of(asked: Asked, every: str) -> tuple[int, int]:
    """How many points to read back from the day, and how many of them to show: a year that is over month by month."""
    if every == "year":
        return _YEARS, _YEARS
    run, year = asked.run, asked.when[:4]
    back = (run.as_of // 10000 - int(year)) * 12 + run.as_of // 100 % 100 if year.isdecimal() else 0
    return (back, 12) if len(asked.when) == 4 and 12 <= back <= _MONTHS_KEPT else (12, 12)


def _part(
    looked: Looked, indicator: Indicator, by: str, name: str, village: list[int], point: str
) -> Asked | None:
    """What a cell is of; None where the address has no words for it."""
    if by == VILLAGE:
        return looked.asked.narrowed(when=point, village=village[0], by="", label="") if village else None
    if by:
        return looked.asked.narrowed(when=point, by=by, label=label_of(indicator, by, name, looked.policy))
    return looked.asked.narrowed(when=point, by="", label="")


def _turned(line: Line, points: tuple[str, ...], every: str, indicator: Indicator) -> Grid:
    """A single line stands upright: one point a line."""
    lines = tuple(Line(point, (number,)) for point, number in zip(points, line.numbers, strict=True))
    return Grid(_TIME_NAMES[every], (Head(indicator.name, indicator.unit),), lines)


def is_of_time(by: str) -> bool:
    return by in TIMES


def chart_of(
    grid: Grid, title: str, unit: str, *, column: int = 0, is_lying: bool | None = None
) -> Chart | None:
    """Bars of a column; None where there is nothing to see, or too much."""
    values = [line.numbers[column].value for line in grid.lines]
    if not any(values) or not 1 < len(values) <= _MOST_BARS:
        return None
    labels = tuple(line.name for line in grid.lines)
    lying = is_lying if is_lying is not None else max(map(len, labels)) > 8
    links = tuple(line.numbers[column].link for line in grid.lines)
    return Chart(title, labels, (Series(title, tuple(values)),), unit, links, lying)


def rows_address(indicator: str, asked: Asked) -> str:
    return f"{address_of('indicator_rows', indicator)}?{asked.query}"


def figure_address(indicator: str, asked: Asked) -> str:
    return f"{address_of('indicator', indicator)}?{asked.query}"
