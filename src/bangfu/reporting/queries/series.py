"""A flow over time, for charts: by year or month, in all, by village or by the labels of a dimension."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bangfu.engine.indicators.cells import ALL, Period, ratio_of, shown, value_of
from bangfu.policy.model import TIMES, VILLAGE, Indicator
from bangfu.registry.queries import villages_in
from bangfu.registry.scope import EVERYTHING, Scope
from bangfu.reporting.models import Figure, FigureRun
from bangfu.reporting.queries.figures import label_name, policy_of
from bangfu.reporting.queries.reach import villages_of
from bangfu.terms.errors import UserError


@dataclass(frozen=True)
class Series:
    """`lines[name]` has a number for each of `points` (2019, or 2019-05); what is not stored is zero."""

    indicator: str
    name: str
    unit: str
    points: tuple[str, ...]
    lines: dict[str, tuple[Decimal, ...]]


def series(
    run: FigureRun,
    indicator: Indicator,
    every: str,
    by: str = ALL,
    *,
    last: int = 12,
    scope: Scope = EVERYTHING,
) -> Series:
    """The `last` years or months up to the run's day. One query. UserError where the indicator has no such dimension."""
    if every not in TIMES or every not in indicator.dimensions or (by and by not in indicator.dimensions):
        raise UserError(f"{indicator.name}没有这样的分组,可用的有 {'、'.join(indicator.dimensions)}")
    periods = _periods(run.as_of, every, last)
    names, totals = villages_in(scope), dict[tuple[str, Period], list[int]]()
    policy = policy_of(run)
    dimension = policy.dimensions.get(indicator.table, {}).get(by)
    for row in _rows(run, indicator, by, periods, scope):
        period = Period(row.period_start, row.period_end)
        line = indicator.name
        if by == VILLAGE:
            line = names.get(row.village_key or 0, "(未写明村)")
        elif dimension is not None:
            line = label_name(row.label, dimension.of.type.codes, policy) if row.label else "(未填)"
        sums = totals.setdefault((line, period), [0, 0])
        sums[0] += row.total
        sums[1] += row.count
    lines = dict.fromkeys(names.values()) if by == VILLAGE else dict.fromkeys(line for line, _ in totals)
    if by == ALL:
        lines = {indicator.name: None}

    def number(line: str, period: Period) -> Decimal:
        total, count = totals.get((line, period), (0, 0))
        if indicator.measure == "ratio":
            value = ratio_of(indicator, policy.indicators, total, count)
        else:
            value = value_of(indicator, total, count)
        return shown(value, indicator.decimals) or Decimal(0)

    told = {line: tuple(number(line, period) for period in periods.values()) for line in lines}
    return Series(indicator.id, indicator.name, indicator.unit, tuple(periods), told)


def _rows(
    run: FigureRun, indicator: Indicator, by: str, periods: dict[str, Period], scope: Scope
) -> list[Figure]:
    places = villages_of(scope)
    rows = Figure.objects.filter(
        run=run,
        indicator=indicator.id,
        cut="" if by == VILLAGE else by,
        is_of_village=by == VILLAGE or places is not None,
    )
    if places is not None:
        rows = rows.filter(village_key__in=[place for place in places if place is not None])
    wanted = set(periods.values())
    ends = [period.end for period in periods.values()]
    return [
        row for row in rows.filter(period_end__in=ends) if Period(row.period_start, row.period_end) in wanted
    ]


def _periods(as_of: int, every: str, last: int) -> dict[str, Period]:
    """By name, the oldest first."""
    if every == "year":
        years = range(as_of // 10000 - last + 1, as_of // 10000 + 1)
        return {str(year): Period.of_year(year, as_of) for year in years}
    index = as_of // 10000 * 12 + as_of // 100 % 100 - 1
    months = [place // 12 * 100 + place % 12 + 1 for place in range(index - last + 1, index + 1)]
    return {f"{month // 100}-{month % 100:02}": Period.of_month(month, as_of) for month in months}
