"""Stored figures: one, those of a text, and tables of several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import reduce
from operator import or_

from django.db.models import Q

from bangfu.engine.indicators.asking import Ask
from bangfu.engine.indicators.cells import ALL, Period, ratio_of, shown, value_of
from bangfu.engine.indicators.counting import ASKED_YEARS
from bangfu.engine.indicators.cuts import MONTHS, YEARS
from bangfu.intake.rulebook import rulebook
from bangfu.policy.language.errors import did_you_mean
from bangfu.policy.model import VILLAGE, Indicator, Policy
from bangfu.policy.references import Resolved, parse_reference
from bangfu.registry.queries import villages_by_code, villages_by_name, villages_in
from bangfu.registry.scope import EVERYTHING, Scope
from bangfu.reporting.models import Figure, FigureRun
from bangfu.reporting.opening import Openings
from bangfu.reporting.queries.reach import Villages, villages_of, within
from bangfu.reporting.queries.runs import run_of_day
from bangfu.reporting.shown import FigureShown
from bangfu.terms.errors import UserError


def policy_of(run: FigureRun) -> Policy:
    """The rulebook with the overlays of the run, as it is now."""
    return rulebook(run.overlays)


def days_needed(references: Iterable[str], as_of: int, policy: Policy) -> set[int]:
    """The days (yyyymmdd) that must have been counted before these references can be answered."""
    return {parse_reference(text, policy).on(as_of).as_of for text in references}


def answers(references: Iterable[str], as_of: int, scope: Scope, policy: Policy) -> list[FigureShown]:
    """The figures of a text as of a day, in the order named. UserError where one is named wrongly or not counted yet."""
    resolved = [parse_reference(text, policy).on(as_of) for text in references]
    found = {day: run_of_day(day) for day in {one.as_of for one in resolved}}
    return [answer(found[one.as_of], one, scope) for one in resolved]


def answer(
    run: FigureRun, resolved: Resolved, scope: Scope = EVERYTHING, openings: Openings | None = None
) -> FigureShown:
    """One reference, stored or, where its period or part is not stored, counted on the run's snapshot: on one that is
    opened for many questions, or for this one alone.
    """
    reference = resolved.reference
    villages = [_village(label) for name, label in reference.only if name == VILLAGE]
    only = [pair for pair in reference.only if pair[0] != VILLAGE]
    period = None if resolved.period is None else Period(*resolved.period)
    return figure(
        run,
        reference.indicator,
        period,
        tuple(only),
        village=villages[0] if villages else None,
        scope=scope,
        reference=reference.text,
        openings=openings,
    )


def _village(label: str) -> int:
    names = villages_by_name()
    found = villages_by_code().get(label) or names.get(label)
    if found is None:
        raise UserError(f"没有村 {label}{did_you_mean(label, names) or '。请写村名或12位区划代码'}")
    return found


def figure(
    run: FigureRun,
    indicator: Indicator,
    period: Period | None,
    only: Sequence[tuple[str, str | None]] = (),
    *,
    village: int | None = None,
    scope: Scope = EVERYTHING,
    reference: str = "",
    openings: Openings | None = None,
) -> FigureShown:
    """One figure. UserError where the scope does not reach the village asked for."""
    places: Villages = (
        villages_of(scope) if village is None else frozenset(within(frozenset({village}), scope))
    )
    period = period if indicator.is_flow else None
    blank = FigureShown(
        indicator.id,
        indicator.name,
        indicator.unit,
        run.as_of,
        period,
        None,
        village="" if village is None else villages_in(EVERYTHING).get(village, ""),
        cut=only[0][0] if only else "",
        label=only[0][1] if only else None,
        aliases=indicator.aliases,
        definition=indicator.definition,
        reference=reference,
    )
    if indicator.id not in run.counted:
        reasons = run.not_counted.get(indicator.id, ["计算时规则库里还没有这个指标,请重新计算"])
        return replace(blank, why_not=tuple(reasons))
    if indicator.measure == "standard":
        places = None
    if places is not None and not places:
        return replace(blank, why_not=("您的账号看不到整村的数",))
    cells = _cells(run, indicator, period, only, places) if len(only) < 2 else None
    if cells is None:
        return _asked(run, blank, Ask(indicator.id, period, tuple(only), places), openings)
    return added(blank, indicator, cells, policy_of(run))


def _cells(
    run: FigureRun,
    indicator: Indicator,
    period: Period | None,
    only: Sequence[tuple[str, str | None]],
    places: Villages,
) -> list[Figure] | None:
    """What is stored; None where such a period or part is not stored."""
    start, end = period or (0, 0)
    of_period = Figure.objects.filter(run=run, indicator=indicator.id, period_start=start, period_end=end)
    if period is not None and not is_stored(run, indicator, period):
        return None
    cut, label = only[0] if only else (ALL, None)
    if places is not None and VILLAGE not in indicator.dimensions:
        return None
    rows = of_period.filter(cut=cut, label=label, is_of_village=places is not None)
    if places is not None:
        rows = rows.filter(reduce(or_, (Q(village_key=place) for place in places), Q(pk=None)))
    return list(rows)


def is_stored(run: FigureRun, indicator: Indicator, period: Period) -> bool:
    """Whether runs store figures of such a period: since ever, of a year, of a month where the indicator has months."""
    if period == Period.until(run.as_of):
        return indicator.on is not None
    year = period.start // 10000
    if period == Period.of_year(year, run.as_of):
        return (indicator.on is None or "year" in indicator.dimensions) and (
            run.as_of // 10000 - (ASKED_YEARS if indicator.on is None else YEARS) < year
        )
    month = period.start // 100
    months = run.as_of // 10000 * 12 + run.as_of // 100 % 100 - year * 12 - month % 100
    return (
        "month" in indicator.dimensions
        and period == Period.of_month(month, run.as_of)
        and 0 <= months < MONTHS
    )


def added(blank: FigureShown, indicator: Indicator, cells: Sequence[Figure], policy: Policy) -> FigureShown:
    """Cells of several villages as one: totals and rows behind them are added, means and ratios made anew."""
    total, rows, unknown = (
        sum(getattr(cell, name) for cell in cells) for name in ("total", "count", "unknown")
    )
    if len(cells) == 1:
        value = cells[0].value
    elif indicator.measure == "ratio":
        value = ratio_of(indicator, policy.indicators, total, rows)
    else:
        value = value_of(indicator, total, rows)
    summed = len(cells) > 1 and indicator.measure == "distinct"
    return replace(
        blank, value=shown(value, indicator.decimals), count=rows, unknown=unknown, is_summed=summed
    )


def _asked(run: FigureRun, blank: FigureShown, ask: Ask, openings: Openings | None) -> FigureShown:
    with nullcontext(openings) if openings is not None else Openings() as opened:
        [cell] = opened.of(run).figures([ask])
    indicator = policy_of(run).indicators[ask.indicator]
    value = shown(cell.value, indicator.decimals)
    return replace(blank, value=value, count=cell.count, unknown=cell.unknown)


def label_name(label: str, codes: str | None, policy: Policy) -> str:
    """What people call a label: programmes have names."""
    if codes == "programme" and label in policy.programmes:
        return policy.programmes[label].name
    return label
