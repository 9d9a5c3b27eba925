"""One population cut every way that its indicators name: in all, by village, by the labels of a dimension, by time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bangfu.engine.dataset import Dataset
from bangfu.engine.indicators.cells import ALL, Cell, Period, value_of
from bangfu.engine.indicators.measures import condition_of, happened, month_of, selected, year_of
from bangfu.engine.indicators.populations import Base, Population
from bangfu.policy.model import TIMES, VILLAGE, Dimension, Indicator, Policy

YEARS = 10
"""How many years back flows are counted by year."""
MONTHS = 36
"""How many months back they are counted by month."""
_LONG_AGO = 0
_WHOLE = (False, None, ALL, None)
_LABELS = "[label for label in string_split(trim({}, ','), ',') if label <> '']"
Place = tuple[bool, int | None, str, str | None]
Group = tuple[Period | None, bool, int | None, str, str | None]


@dataclass(frozen=True)
class Cut:
    """One population, cut every way that its indicators name."""

    dataset: Dataset
    policy: Policy
    as_of: int
    base: Base
    population: Population
    indicators: list[Indicator]

    def cells(self) -> Iterator[Cell]:
        dimensions = self.dimensions()
        single = [one for one in dimensions if one.of.type.kind != "codes"]
        yield from self.grouped(single, whole=True)
        for one in dimensions:
            if one.of.type.kind == "codes":
                yield from self.grouped([one], whole=False)

    def dimensions(self) -> list[Dimension]:
        known = self.policy.dimensions.get(self.population.table, {})
        names = dict.fromkeys(name for one in self.indicators for name in one.dimensions)
        return [known[name] for name in names if name in known]

    @property
    def is_by_village(self) -> bool:
        return any(VILLAGE in one.dimensions for one in self.indicators)

    def times(self) -> list[str]:
        """The columns of time by which a flow that has its own day is cut."""
        named = {name for one in self.indicators for name in one.dimensions}
        return [name for name in TIMES if name in named] if self.population.on is not None else []

    def grouped(self, dimensions: list[Dimension], whole: bool) -> Iterator[Cell]:
        """Without the undivided rows where only one dimension is asked."""
        places: list[list[str]] = [[], ["village"]] if self.is_by_village else [[]]
        labels: list[list[str]] = [[f"d{i}"] for i in range(len(dimensions))]
        times: list[list[str]] = [[], *([name] for name in self.times())]
        sets = [
            [*at, *place, *cut]
            for at in times
            for place in places
            for cut in (*([[]] if whole else []), *labels)
        ]
        if not sets:
            return
        keys = [
            *self.times(),
            *(["village"] if self.is_by_village else []),
            *(f"d{i}" for i in range(len(dimensions))),
        ]
        marks = ", ".join(f"grouping({key})" for key in keys)
        grouping = ", ".join(f"({', '.join(one)})" for one in sets)
        listed = ", ".join(
            [*keys, *([marks] if marks else []), selected(self.base, self.population, self.indicators)]
        )
        rows = self.dataset.connection.execute(
            f"SELECT {listed} FROM ({self.source(dimensions)}) GROUP BY GROUPING SETS ({grouping})"
        ).fetchall()
        yield from self.read(rows, keys, dimensions, whole)

    def source(self, dimensions: list[Dimension]) -> str:
        """The population's rows with the columns to group by."""
        columns = ["*"]
        on = self.population.on
        if on is not None:
            name = self.base.column(on)
            late = self.as_of // 10000 - YEARS, months_before(self.as_of // 100, MONTHS)
            year, month = year_of(name, on), month_of(name, on)
            columns.append(f"CASE WHEN {year} <= {late[0]} THEN {_LONG_AGO} ELSE {year} END AS year")
            columns.append(f"CASE WHEN {month} <= {late[1]} THEN {_LONG_AGO} ELSE {month} END AS month")
        if self.is_by_village:
            columns.append(f"{self.base.column('village')} AS village")
        for number, one in enumerate(dimensions):
            name = self.base.column(one.of)
            value = (
                f"unnest({_LABELS.format(name)})"
                if one.of.type.kind == "codes"
                else f"CAST({name} AS VARCHAR)"
            )
            columns.append(f"{value} AS d{number}")
        counted = condition_of(self.base, self.population)
        when = happened(self.base, on, self.as_of, None)
        dated = f"({when}) IS NOT FALSE"
        return (
            f'SELECT {", ".join(columns)} FROM "{self.base.name}" WHERE ({counted}) IS NOT FALSE AND {dated}'
        )

    def read(
        self, rows: list[tuple[Any, ...]], keys: list[str], dimensions: list[Dimension], whole: bool
    ) -> Iterator[Cell]:
        """Rows without their day are in no year or month, and unknown in each.

        In all, a year or month in which nothing happened is told as well.
        """
        size, undated = len(keys), dict[tuple[str, Place], tuple[int, ...]]()
        groups: list[tuple[str, Place, dict[str, Any], tuple[int, ...]]] = []
        for row in rows:
            given = {key: row[i] for i, key in enumerate(keys) if row[size + i] == 0}
            time, values = (
                next((name for name in TIMES if name in given), ""),
                tuple(map(int, row[2 * size :])),
            )
            place = self.place(given, dimensions)
            if time and given[time] is None:
                undated[time, place] = values
            elif not time or given[time] != _LONG_AGO:
                groups.append((time, place, given, values))
        told = set[tuple[str, Period | None]]()
        for time, place, given, values in groups:
            period = self.period(given)
            if place == _WHOLE:
                told.add((time, period))
            yield from self.measures(values, undated.get((time, place)), (period, *place), time)
        for time, period in self.spans() if whole else ():
            if (time, period) not in told:
                nothing = (0,) * (3 * len(self.indicators))
                yield from self.measures(nothing, undated.get((time, _WHOLE)), (period, *_WHOLE), time)

    def spans(self) -> Iterator[tuple[str, Period]]:
        """The years and months that a flow with its own day is counted by."""
        for time in self.times():
            if time == "year":
                for year in range(self.as_of // 10000 - YEARS + 1, self.as_of // 10000 + 1):
                    yield time, Period.of_year(year, self.as_of)
            else:
                for back in range(MONTHS):
                    yield time, Period.of_month(months_before(self.as_of // 100, back), self.as_of)

    def place(self, given: Mapping[str, Any], dimensions: list[Dimension]) -> Place:
        cuts = [key for key in given if key.startswith("d")]
        if not cuts:
            return "village" in given, given.get("village"), ALL, None
        cut = dimensions[int(cuts[0][1:])]
        return "village" in given, given.get("village"), cut.id, _label(given[cuts[0]], cut)

    def measures(
        self, values: tuple[int, ...], undated: tuple[int, ...] | None, group: Group, time: str
    ) -> Iterator[Cell]:
        for number, one in enumerate(self.indicators):
            if (time and time not in one.dimensions) or not has_group(one, group):
                continue
            if time == "month" and "year" in one.dimensions and group[0] == self.year_so_far:
                continue  # in January the year so far is the month so far, and told already
            total, rows, unknown = values[3 * number : 3 * number + 3]
            if undated is not None:
                unknown += undated[3 * number + 2]
            yield Cell(one.id, *group, total, rows, unknown, value_of(one, total, rows))

    @property
    def year_so_far(self) -> Period:
        return Period.of_year(self.as_of // 10000, self.as_of)

    def period(self, given: Mapping[str, Any]) -> Period | None:
        if self.population.period is not None:
            return self.population.period
        if "year" in given:
            return Period.of_year(given["year"], self.as_of)
        if "month" in given:
            return Period.of_month(given["month"], self.as_of)
        return None if self.population.on is None else Period.until(self.as_of)


def has_group(indicator: Indicator, group: Group) -> bool:
    return (not group[1] or VILLAGE in indicator.dimensions) and (
        group[3] == ALL or group[3] in indicator.dimensions
    )


def _label(value: Any, dimension: Dimension) -> str | None:
    if dimension.of.type.kind == "bool" and value is not None:
        return "是" if str(value).lower() == "true" else "否"
    return None if value is None else str(value)


def months_before(month: int, count: int) -> int:
    """The month (yyyymm) so many months earlier."""
    index = month // 100 * 12 + month % 100 - 1 - count
    return index // 12 * 100 + index % 12 + 1
