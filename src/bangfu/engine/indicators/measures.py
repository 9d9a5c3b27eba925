"""The SQL of what is measured of a population: totals, the rows behind them, and those that cannot be judged."""

from __future__ import annotations

from collections.abc import Iterable

from bangfu.engine.indicators.cells import Period
from bangfu.engine.indicators.populations import Base, Population
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Indicator


def condition_of(base: Base, population: Population) -> str:
    """Whether a row is of the population, whenever it happened."""
    return "TRUE" if population.where is None else base.column(population.where)


def counted_of(base: Base, population: Population) -> str:
    """The same, and that it is known when: a flow without its day cannot be judged."""
    condition = condition_of(base, population)
    return (
        condition if population.on is None else f"({condition} AND {base.column(population.on)} IS NOT NULL)"
    )


def measured(base: Base, population: Population, indicator: Indicator) -> tuple[str, str, str]:
    """SQL of total, count and unknown over rows that are counted or cannot be judged."""
    counted = counted_of(base, population)
    judged = f"count(*) FILTER (NOT coalesce({counted}, FALSE))"
    if indicator.measure == "rows":
        rows = f"count(*) FILTER ({counted})"
        return rows, rows, judged
    columns = base.values(indicator)
    there = " AND ".join(f"{name} IS NOT NULL" for name in columns)
    unknown = f"count(*) FILTER (NOT coalesce({counted} AND {there}, FALSE))"
    with_value = f"count(*) FILTER ({counted} AND {there})"
    if indicator.measure == "distinct":
        value = columns[0] if len(columns) == 1 else f"({', '.join(columns)})"
        return f"count(DISTINCT {value}) FILTER ({counted} AND {there})", with_value, unknown
    total = f"coalesce(sum(CAST({columns[0]} AS HUGEINT)) FILTER ({counted}), 0)"
    return total, with_value, unknown


def selected(base: Base, population: Population, indicators: Iterable[Indicator]) -> str:
    """All measures of a population side by side."""
    return ", ".join(part for one in indicators for part in measured(base, population, one))


def happened(base: Base, on: n.Node | None, as_of: int, period: Period | None) -> str:
    """That a row happened by the day asked, and in the period; one dated by month or year does when that begins."""
    if on is None:
        return "TRUE"
    day = first_day(base.column(on), on)
    limits = [f"{day} <= {as_of}"]
    if period is not None:
        limits = [f"{day} <= {min(period.end, as_of)}"]
        if period.start:
            limits.append(f"{day} >= {period.start}")
    return " AND ".join(limits)


def first_day(column: str, on: n.Node) -> str:
    """The day (yyyymmdd) on which what a column says begins."""
    return {"month": f"({column} * 100 + 1)", "integer": f"({column} * 10000 + 101)"}.get(
        on.type.kind, column
    )


def year_of(column: str, on: n.Node) -> str:
    return {"month": f"({column} // 100)", "integer": column}.get(on.type.kind, f"({column} // 10000)")


def month_of(column: str, on: n.Node) -> str:
    """What is dated by year counts in its first month."""
    return {"month": column, "integer": f"({column} * 100 + 1)"}.get(on.type.kind, f"({column} // 100)")
