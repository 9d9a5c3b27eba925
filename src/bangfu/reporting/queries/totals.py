"""What every indicator came to in all, for pages that list them: one query, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from bangfu.engine.indicators.cells import ALL, Period
from bangfu.policy.model import VILLAGE, Indicator, Policy
from bangfu.registry.scope import Scope
from bangfu.reporting.models import Figure, FigureRun
from bangfu.reporting.queries.figures import added, policy_of
from bangfu.reporting.queries.reach import Villages, villages_of
from bangfu.reporting.shown import FigureShown

Run: TypeAlias = FigureRun
"""A count, as those name it who must not know the table."""
_NOT_YET = "计算时规则库里还没有这个指标，请重新计算"
_NOT_KEPT = "没有按这样的时间段计算，打开指标时从明细里数"
_NO_VILLAGES = "这个指标不分村，您的账号只管其中几个村"


def totals(
    run: Run, indicators: Iterable[Indicator], period: Period, scope: Scope
) -> Mapping[str, FigureShown]:
    """By indicator: a stock on the run's day, a flow of the period, as far as the scope reaches."""
    listed, places, policy = list(indicators), villages_of(scope), policy_of(run)
    found: dict[str, list[Figure]] = {}
    rows = Figure.objects.filter(
        run=run, indicator__in=[one.id for one in listed], cut=ALL, is_of_village=places is not None
    ).filter(period_start__in=(0, period.start), period_end__in=(0, period.end))
    if places is not None:
        rows = rows.filter(village_key__in=[place for place in places if place is not None])
    flows = {one.id for one in listed if one.is_flow}
    for row in rows:
        if (row.period_start, row.period_end) == (tuple(period) if row.indicator in flows else (0, 0)):
            found.setdefault(row.indicator, []).append(row)
    standards = _standards(run, listed) if places is not None else {}
    return {
        one.id: _figure(run, one, period, standards.get(one.id) or found.get(one.id, []), policy, places)
        for one in listed
    }


def _standards(run: Run, indicators: list[Indicator]) -> dict[str, list[Figure]]:
    """Standards hold for all villages alike: they are stored once."""
    names = [one.id for one in indicators if one.measure == "standard"]
    rows = Figure.objects.filter(run=run, indicator__in=names, cut=ALL, is_of_village=False)
    return {row.indicator: [row] for row in rows}


def _figure(
    run: Run, one: Indicator, period: Period, cells: list[Figure], policy: Policy, places: Villages
) -> FigureShown:
    blank = FigureShown(
        one.id,
        one.name,
        one.unit,
        run.as_of,
        period if one.is_flow else None,
        None,
        aliases=one.aliases,
        definition=one.definition,
        why_not=_why_not(run, one, period, bool(cells), places),
    )
    return blank if blank.why_not else added(blank, one, cells, policy)


def _why_not(run: Run, one: Indicator, period: Period, is_stored: bool, places: Villages) -> tuple[str, ...]:
    """What no row was counted for is not stored: it is zero, where figures of such a part and period are kept at all."""
    if one.id not in run.counted:
        return tuple(run.not_counted.get(one.id, [_NOT_YET]))
    if is_stored:
        return ()
    if one.is_flow and not _is_kept(run, one, period):
        return (_NOT_KEPT,)
    return (_NO_VILLAGES,) if places is not None and VILLAGE not in one.dimensions else ()


def _is_kept(run: Run, one: Indicator, period: Period) -> bool:
    """Whether a count keeps figures of such a period: since ever, of years, of months where the indicator has them."""
    if period == Period.until(run.as_of):
        return one.on is not None
    year = period.start // 10000
    if period == Period.of_year(year, run.as_of):
        return one.on is None or "year" in one.dimensions
    return "month" in one.dimensions
