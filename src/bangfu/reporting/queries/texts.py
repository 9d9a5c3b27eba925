"""Everything that a text may be compared with: all figures in all, by year, and by the labels of their dimensions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from bangfu.engine.indicators.cells import ALL, Period, shown
from bangfu.engine.indicators.cuts import YEARS
from bangfu.policy.model import Indicator, Policy
from bangfu.registry.queries import villages_in
from bangfu.registry.scope import EVERYTHING, Scope
from bangfu.reporting.models import Figure, FigureRun
from bangfu.reporting.queries.figures import label_name, policy_of
from bangfu.reporting.queries.reach import villages_of
from bangfu.reporting.shown import FigureShown
from bangfu.terms.errors import UserError


def figures_for(
    run: FigureRun,
    scope: Scope = EVERYTHING,
    *,
    villages: bool | Collection[int] = False,
    months: Collection[int] | None = None,
) -> Iterator[FigureShown]:
    """The figures of a run with name, aliases, unit, period and value; by village, all or some, where asked; a query each.

    Of single months (yyyymm) only those asked for, where some are. UserError for a reader of parts of the home: a text of
    the town is compared with the town.
    """
    if villages_of(scope) is not None:
        raise UserError("核对材料要看全镇的指标,您的账号只管其中几个村")
    policy, names = policy_of(run), villages_in(EVERYTHING)
    rows = Figure.objects.filter(run=run)
    if months is not None:
        rows = rows.filter(period_start__in=_starts(run.as_of, months))
    parts = [rows] if villages is True else [rows.filter(is_of_village=False)]
    if not isinstance(villages, bool) and villages:
        parts.append(rows.filter(is_of_village=True, cut=ALL, village_key__in=list(villages)))
    for row in chain.from_iterable(part.order_by("pk").iterator(5_000) for part in parts):
        indicator = policy.indicators.get(row.indicator)
        if indicator is not None and not (row.is_of_village and row.cut):
            yield _shown(run, row, indicator, policy, names.get(row.village_key or 0, ""))


def _starts(as_of: int, months: Collection[int]) -> list[int]:
    """The first days of all years and of some months; 0 for states and for what is since ever."""
    years = range(as_of // 10000 - YEARS, as_of // 10000 + 1)
    return [0, *(year * 10000 + 101 for year in years), *(month * 100 + 1 for month in months)]


def _shown(run: FigureRun, row: Figure, indicator: Indicator, policy: Policy, village: str) -> FigureShown:
    period = Period(row.period_start, row.period_end) if indicator.is_flow else None
    dimension = policy.dimensions.get(indicator.table, {}).get(row.cut)
    label = row.label
    if dimension is not None and label is not None:
        label = label_name(label, dimension.of.type.codes, policy)
    return FigureShown(
        indicator.id,
        indicator.name,
        indicator.unit,
        run.as_of,
        period,
        shown(row.value, row.decimals),
        row.count,
        row.unknown,
        village,
        row.cut,
        label,
        indicator.aliases,
        indicator.definition,
        reference=_reference(row, indicator, period, village, run.as_of),
    )


def _reference(row: Figure, indicator: Indicator, period: Period | None, village: str, as_of: int) -> str:
    parts = [f"村={village}"] if village else []
    if row.cut != ALL and row.label is not None:
        parts.append(f"{row.cut}={row.label}")
    return indicator.id + _time(period, as_of) + (f"[{','.join(parts)}]" if parts else "")


def _time(period: Period | None, as_of: int) -> str:
    if period is None:
        return ""
    if period.start == 0:
        return "@累计"
    if period == Period.of_year(period.start // 10000, as_of):
        return f"@{period.start // 10000}"
    return f"@{period.start // 10000}-{period.start // 100 % 100:02}"
