"""The forms that offices hand in, filled: one line a village, each count with its share where the form has one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from bangfu.engine.indicators.cells import ALL, Period, shown
from bangfu.policy.language.errors import did_you_mean
from bangfu.policy.model import VILLAGE, Indicator, Policy, StatisticColumn, StatisticTable
from bangfu.policy.references import Resolved, parse_reference
from bangfu.registry.queries import villages_in
from bangfu.registry.scope import EVERYTHING, Scope
from bangfu.reporting.models import Figure, FigureRun
from bangfu.reporting.queries.figures import answer, policy_of
from bangfu.reporting.shown import FigureShown
from bangfu.terms.errors import UserError

Cells = Mapping[tuple[str, int | None, str, str | None], Figure]


@dataclass(frozen=True)
class FilledCell:
    """A number of a form. `share` in percent; `why_not` where there is no number."""

    value: Decimal | None
    share: Decimal | None = None
    why_not: str = ""


@dataclass(frozen=True)
class FilledTable:
    """A form as of a day: its columns, a line a village, and the totals."""

    table: StatisticTable
    as_of: int
    lines: tuple[tuple[str, tuple[FilledCell, ...]], ...]
    totals: tuple[FilledCell, ...] = field(default=())


def statistic_table(number: str, policy: Policy) -> StatisticTable:
    """UserError where there is no such form."""
    if number not in policy.statistics:
        raise UserError(f"没有统计表 {number}{did_you_mean(number, policy.statistics)}")
    return policy.statistics[number]


def statistic(run: FigureRun, table: StatisticTable, scope: Scope = EVERYTHING) -> FilledTable:
    """A form filled as of the run's day. A fixed number of queries, however many villages."""
    policy, villages = policy_of(run), villages_in(scope)
    asked = {
        column: parse_reference(column.figure, policy).on(run.as_of)
        for column in table.columns
        if column.figure
    }
    totals = {column: answer(run, resolved, scope) for column, resolved in asked.items()}
    cells = _cells(run, asked)
    lines = [
        (name, _line(table, asked, totals, cells, village, policy)) for village, name in villages.items()
    ]
    return FilledTable(table, run.as_of, tuple(lines), _totals(table, asked, totals, run, scope, policy))


def _cells(run: FigureRun, asked: Mapping[StatisticColumn, Resolved]) -> Cells:
    """What villages have of all columns: one query."""
    indicators = {one.reference.indicator.id for one in asked.values()}
    indicators |= {column.share_of for column in asked if column.share_of}
    cuts = {ALL, *(name for one in asked.values() for name, _ in one.reference.only)}
    rows = Figure.objects.filter(run=run, indicator__in=indicators, is_of_village=True, cut__in=cuts)
    year = Period.of_year(run.as_of // 10000, run.as_of)
    return {
        (row.indicator, row.village_key, row.cut, row.label): row
        for row in rows
        if (row.period_start, row.period_end) in ((0, 0), tuple(year))
    }


def _line(
    table: StatisticTable,
    asked: Mapping[StatisticColumn, Resolved],
    totals: Mapping[StatisticColumn, FigureShown],
    cells: Cells,
    village: int,
    policy: Policy,
) -> tuple[FilledCell, ...]:
    made = []
    for column in table.columns:
        if column.missing or totals[column].why_not:
            made.append(_empty(column, totals))
            continue
        reference = asked[column].reference
        cut, label = reference.only[0] if reference.only else (ALL, None)
        number = _number(cells.get((reference.indicator.id, village, cut, label)), reference.indicator)
        whole = cells.get((column.share_of, village, ALL, None))
        share = (
            _share(number, _number(whole, policy.indicators[column.share_of])) if column.share_of else None
        )
        is_told = VILLAGE in reference.indicator.dimensions
        made.append(FilledCell(number, share) if is_told else FilledCell(None, why_not="不分村"))
    return tuple(made)


def _totals(
    table: StatisticTable,
    asked: Mapping[StatisticColumn, Resolved],
    totals: Mapping[StatisticColumn, FigureShown],
    run: FigureRun,
    scope: Scope,
    policy: Policy,
) -> tuple[FilledCell, ...]:
    wholes = {
        name: answer(run, parse_reference(name, policy).on(run.as_of), scope).value
        for name in {column.share_of for column in asked if column.share_of}
    }
    return tuple(
        _empty(column, totals)
        if column.missing or totals[column].why_not
        else FilledCell(
            totals[column].value,
            _share(totals[column].value, wholes[column.share_of]) if column.share_of else None,
        )
        for column in table.columns
    )


def _empty(column: StatisticColumn, totals: Mapping[StatisticColumn, FigureShown]) -> FilledCell:
    return FilledCell(None, why_not=column.missing or "、".join(totals[column].why_not))


def _number(figure: Figure | None, indicator: Indicator) -> Decimal | None:
    """What is not stored is zero, or nothing where it is a quotient."""
    if figure is None:
        return None if indicator.measure in ("mean", "ratio") else Decimal(0)
    return shown(figure.value, figure.decimals)


def _share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    if part is None or not whole:
        return None
    return (part * 100 / whole).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
