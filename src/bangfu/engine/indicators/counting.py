"""Counts indicators on a dataset: one narrow table a table of facts, one grouped statement a population."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bangfu.engine.dataset import Dataset
from bangfu.engine.indicators.cells import (
    ALL,
    Cell,
    Period,
    last_day,
    ratio_of,
    standard_of,
)
from bangfu.engine.indicators.cuts import Cut, Group, has_group
from bangfu.engine.indicators.kept import keep_base, together
from bangfu.engine.indicators.populations import make_base, populations
from bangfu.engine.indicators.wanting import wanting
from bangfu.engine.run import Heard, unheard
from bangfu.policy.model import Indicator, Policy

ASKED_YEARS = 5
"""How many years back flows are counted whose condition names the period."""


@dataclass
class Counted:
    """What was counted; `not_counted` says, by indicator, why it could not be."""

    as_of: int
    place: str
    indicators: list[str] = field(default_factory=list)
    not_counted: dict[str, list[str]] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)


def count(
    dataset: Dataset,
    policy: Policy,
    as_of: int,
    place: str,
    indicators: Iterable[Indicator] | None = None,
    *,
    keep: Path | None = None,
    heard: Heard = unheard,
) -> Counted:
    """Every indicator (or those given) as of a day, in all and by its dimensions; flows by year and month as well.

    What lacks a table, list, field or standard is not counted; `not_counted` says why. A ratio brings its parts along.
    `keep`: a folder for the narrow tables that were counted from, which `KeptBases` opens.
    """
    chosen = _with_parts(policy.indicators.values() if indicators is None else indicators, policy)
    counted = Counted(as_of, place)
    by_table: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in chosen:
        reasons = wanting(indicator, dataset, policy, as_of, place)
        if reasons:
            counted.not_counted[indicator.id] = reasons
            continue
        counted.indicators.append(indicator.id)
        if indicator.is_counted:
            by_table[indicator.table].append(indicator)
    for number, (_table, group) in enumerate(sorted(by_table.items())):
        heard(number, len(by_table))
        counted.cells.extend(_of_table(dataset, policy, (as_of, place), group, keep))
    counted.cells.extend(_made(chosen, counted, policy))
    heard(len(by_table), len(by_table))
    return counted


def _with_parts(indicators: Iterable[Indicator], policy: Policy) -> list[Indicator]:
    found: dict[str, Indicator] = {}
    for indicator in indicators:
        for name in indicator.parts:
            found.setdefault(name, policy.indicators[name])
        found.setdefault(indicator.id, indicator)
    return list(found.values())


def _of_table(
    dataset: Dataset,
    policy: Policy,
    day_and_place: tuple[int, str],
    indicators: list[Indicator],
    keep: Path | None,
) -> Iterator[Cell]:
    for period in (None, *periods_back(day_and_place[0])):
        if asked := together(indicators, period):
            yield from _of_base(dataset, policy, day_and_place, asked, period, keep)


def periods_back(as_of: int) -> Iterator[Period]:
    """The years that a flow is asked of whose condition names the period: each is a reading of its table."""
    for year in range(as_of // 10000 - ASKED_YEARS + 1, as_of // 10000 + 1):
        yield Period.of_year(year, as_of)


def _of_base(
    dataset: Dataset,
    policy: Policy,
    day_and_place: tuple[int, str],
    indicators: list[Indicator],
    period: Period | None,
    keep: Path | None,
) -> Iterator[Cell]:
    base = make_base(dataset, policy, day_and_place, indicators, period)
    try:
        if keep is not None:
            keep_base(keep, dataset, base)
        for population, measured in populations(indicators, period):
            yield from Cut(dataset, policy, day_and_place[0], base, population, measured).cells()
    finally:
        dataset.connection.execute(f'DROP TABLE IF EXISTS "{base.name}"')


def _made(chosen: list[Indicator], counted: Counted, policy: Policy) -> Iterator[Cell]:
    """Ratios of what was counted, cell by cell, and standards."""
    wanted = {name for one in chosen for name in one.parts}
    by_id: dict[str, dict[Group, Cell]] = defaultdict(dict)
    for cell in counted.cells:
        if cell.indicator in wanted:
            by_id[cell.indicator][cell.key] = cell
    for one in chosen:
        if one.id not in counted.indicators:
            continue
        if one.measure == "standard":
            value = standard_of(one, policy, counted.as_of, counted.place)
            yield Cell(one.id, None, False, None, ALL, None, value or 0, 1, 0, value)
        elif one.measure == "ratio":
            yield from _ratios(one, by_id, policy)


def _ratios(
    indicator: Indicator, by_id: Mapping[str, Mapping[Group, Cell]], policy: Policy
) -> Iterator[Cell]:
    above, below = (by_id[name] for name in indicator.parts)
    for key, under in below.items():
        if not has_group(indicator, key) or not set(_time_of(key[0], indicator)) <= set(indicator.dimensions):
            continue
        over = above.get(key)
        total = over.total if over else 0
        unknown = under.unknown + (over.unknown if over else 0)
        value = ratio_of(indicator, policy.indicators, total, under.total)
        yield Cell(indicator.id, *key, total, under.total, unknown, value)


def _time_of(period: Period | None, indicator: Indicator) -> Iterator[str]:
    """The dimension of time that a part of a flow is cut by: none for a stock and for all that ever was."""
    if period is not None and period.start:
        month = period.start // 100
        is_year = period.start % 10000 == 101 and period.end >= last_day(month)
        yield "year" if is_year or "month" not in indicator.dimensions else "month"
