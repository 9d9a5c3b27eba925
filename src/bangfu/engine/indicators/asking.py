"""Single figures of any period and part, and the rows behind them: what is counted and what is shown agree by making."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bangfu.engine.dataset import Dataset
from bangfu.engine.indicators.cells import (
    ALL,
    Cell,
    Period,
    ratio_of,
    standard_of,
    value_of,
)
from bangfu.engine.indicators.kept import KeptBases
from bangfu.engine.indicators.measures import condition_of, counted_of, happened, measured
from bangfu.engine.indicators.populations import Base, Population, make_base, population_of
from bangfu.policy.model import VILLAGE, Indicator, Policy
from bangfu.policy.references import Resolved
from bangfu.terms.errors import UserError

Part = tuple[frozenset[int] | None, frozenset[int] | None]
"""Villages and households that somebody reaches; None: all."""


@dataclass(frozen=True)
class Ask:
    """One figure: an indicator, the period of a flow (none: until the day), and of which part of the rows.

    `only` are dimensions with a label each (None: rows that have none); `villages` keys of the register (None: all, with
    rows that name none). `reach` narrows all that to what somebody may see; None: everything.
    """

    indicator: str
    period: Period | None = None
    only: tuple[tuple[str, str | None], ...] = ()
    villages: frozenset[int | None] | None = None
    reach: tuple[Part, ...] | None = None


@dataclass(frozen=True)
class CountedRow:
    """A row of the indicator's table with what is summed of it or counted once."""

    row_key: int
    values: tuple[Any, ...]


@dataclass
class Asking:
    """Answers questions about one dataset, reading each of its tables once for all of them.

    `kept`: what a count of it judged, which then is not judged again.
    """

    dataset: Dataset
    policy: Policy
    as_of: int
    place: str
    kept: KeptBases | None = None
    _bases: dict[tuple[str, Period | None], Base] = field(default_factory=dict)

    def figures(self, asks: Iterable[Ask]) -> list[Cell]:
        """In the order asked; all must be such that nothing is wanting."""
        listed = list(asks)
        self._read(part for ask in listed for part in self._parts(ask))
        return [self._figure(ask) for ask in listed]

    def villages(self, label: str) -> frozenset[int | None]:
        """Keys of the villages of a name or a division code. UserError where there is none."""
        found = self.dataset.connection.execute(
            f"SELECT row_key FROM {self.dataset.relations['village']} WHERE ? IN (village_code, village_name)",
            [label],
        ).fetchall()
        if not found:
            raise UserError(f"没有村 {label}。请写村名或12位区划代码")
        return frozenset(row[0] for row in found)

    def ask(self, resolved: Resolved) -> Ask:
        """The question that a reference puts. UserError where it names a village that there is not."""
        only = tuple(pair for pair in resolved.reference.only if pair[0] != VILLAGE)
        places = [self.villages(label) for name, label in resolved.reference.only if name == VILLAGE]
        period = None if resolved.period is None else Period(*resolved.period)
        return Ask(resolved.reference.indicator.id, period, only, places[0] if places else None)

    def rows(self, ask: Ask, *, limit: int | None = None, after: int = -1) -> list[CountedRow]:
        """The rows that are counted, in their order. A ratio opens to those of its numerator, a standard to none."""
        indicator = self.opened(ask)
        if indicator is None:
            return []
        base, where = self._counted(indicator, ask)
        more = "" if limit is None else f" LIMIT {limit}"
        found = self.dataset.connection.execute(
            f"SELECT {', '.join(['row_key', *base.values(indicator)])} "
            f'FROM "{base.name}" WHERE {where} AND row_key > {after} ORDER BY row_key{more}'
        ).fetchall()
        return [CountedRow(row[0], tuple(row[1:])) for row in found]

    def count_rows(self, ask: Ask) -> int:
        """How many rows that would be."""
        indicator = self.opened(ask)
        if indicator is None:
            return 0
        base, where = self._counted(indicator, ask)
        row = self.dataset.connection.execute(f'SELECT count(*) FROM "{base.name}" WHERE {where}').fetchone()
        assert row is not None
        return int(row[0])

    def _counted(self, indicator: Indicator, ask: Ask) -> tuple[Base, str]:
        """Where the rows of an ask lie, and the condition that tells them."""
        self._read([(indicator, ask.period)])
        base, population = self._population(indicator, ask.period)
        return base, self._where(base, population, indicator, ask, counted_of(base, population))

    def bases(self) -> Collection[Base]:
        """The narrow tables that were made or opened so far."""
        return self._bases.values()

    def opened(self, ask: Ask) -> Indicator | None:
        """The indicator whose rows an ask opens to."""
        indicator = self.policy.indicators[ask.indicator]
        if indicator.measure == "ratio":
            return self.policy.indicators[indicator.parts[0]]
        return None if indicator.measure == "standard" else indicator

    def _parts(self, ask: Ask) -> Iterator[tuple[Indicator, Period | None]]:
        indicator = self.policy.indicators[ask.indicator]
        for one in (self.policy.indicators[name] for name in indicator.parts or (indicator.id,)):
            if one.is_counted:
                yield one, ask.period

    def _read(self, wanted: Iterable[tuple[Indicator, Period | None]]) -> None:
        groups: dict[tuple[str, Period | None], dict[str, Indicator]] = defaultdict(dict)
        for indicator, period in wanted:
            key = indicator.table, population_of(indicator, self._period(period)).period
            known = self.policy.dimensions.get(indicator.table, {})
            base = self._bases.get(key) or self._kept(*key)
            if base is None or not base.answers(indicator, known):
                groups[key][indicator.id] = indicator
        for (table, period), indicators in groups.items():
            if old := self._bases.pop((table, period), None):
                self.dataset.connection.execute(
                    f'DROP {"VIEW" if old.is_kept else "TABLE"} IF EXISTS "{old.name}"'
                )
            day_and_place = (self.as_of, self.place)
            self._bases[table, period] = make_base(
                self.dataset, self.policy, day_and_place, list(indicators.values()), period
            )

    def _kept(self, table: str, period: Period | None) -> Base | None:
        if self.kept is None:
            return None
        base = self.kept.base(self.dataset, self.policy, table, period)
        if base is not None:
            self._bases[table, period] = base
        return base

    def _period(self, period: Period | None) -> Period:
        return period or Period.of_year(self.as_of // 10000, self.as_of)

    def _population(self, indicator: Indicator, period: Period | None) -> tuple[Base, Population]:
        population = population_of(indicator, self._period(period))
        return self._bases[indicator.table, population.period], population

    def _figure(self, ask: Ask) -> Cell:
        indicator = self.policy.indicators[ask.indicator]
        if indicator.measure == "standard":
            value = standard_of(indicator, self.policy, self.as_of, self.place)
            return self._cell(ask, value or 0, 1, 0, value)
        if indicator.measure != "ratio":
            total, rows, unknown = self._measured(indicator, ask)
            return self._cell(ask, total, rows, unknown, value_of(indicator, total, rows))
        above, below = (self._measured(self.policy.indicators[name], ask) for name in indicator.parts)
        value = ratio_of(indicator, self.policy.indicators, above[0], below[0])
        return self._cell(ask, above[0], below[0], above[2] + below[2], value)

    def _measured(self, indicator: Indicator, ask: Ask) -> tuple[int, int, int]:
        base, population = self._population(indicator, ask.period)
        listed = ", ".join(measured(base, population, indicator))
        where = self._where(
            base, population, indicator, ask, f"{condition_of(base, population)} IS NOT FALSE"
        )
        row = self.dataset.connection.execute(f'SELECT {listed} FROM "{base.name}" WHERE {where}').fetchone()
        assert row is not None
        return int(row[0]), int(row[1]), int(row[2])

    def _where(self, base: Base, population: Population, indicator: Indicator, ask: Ask, counted: str) -> str:
        period = ask.period if population.on is not None else None
        parts = [counted, f"({happened(base, population.on, self.as_of, period)}) IS NOT FALSE"]
        known = self.policy.dimensions.get(indicator.table, {})
        parts.extend(
            _labelled(base.column(known[name].of), known[name].of.type.kind, label)
            for name, label in ask.only
        )
        if ask.villages is not None:
            parts.append(_among(base.column("village"), ask.villages))
        if ask.reach is not None:
            parts.append(_within(base, ask.reach))
        return " AND ".join(parts)

    def _cell(self, ask: Ask, total: int, rows: int, unknown: int, value: int | None) -> Cell:
        one = next(iter(ask.villages)) if ask.villages is not None and len(ask.villages) == 1 else None
        cut, label = ask.only[0] if len(ask.only) == 1 else (ALL, None)
        return Cell(
            ask.indicator, ask.period, ask.villages is not None, one, cut, label, total, rows, unknown, value
        )


def _labelled(column: str, kind: str, label: str | None) -> str:
    if label is None:
        return f"{column} IS NULL"
    text = "'" + label.replace("'", "''") + "'"
    if kind == "codes":
        return f"contains({column}, ',' || {text} || ',')"
    if kind == "bool":
        return f"{column} IS {'TRUE' if label == '是' else 'FALSE'}"
    return f"CAST({column} AS VARCHAR) = {text}"


def _within(base: Base, reach: tuple[Part, ...]) -> str:
    """Rows that one of the parts has; none where there is no part."""
    told = []
    for villages, households in reach:
        limits = ["TRUE"]
        if villages is not None:
            limits.append(_among(base.column("village"), frozenset(villages)))
        if households is not None:
            limits.append(_among(base.column("household"), frozenset(households)))
        told.append(f"({' AND '.join(limits)})")
    return f"({' OR '.join(told)})" if told else "FALSE"


def _among(column: str, keys: frozenset[int | None]) -> str:
    listed = ", ".join(str(key) for key in sorted(key for key in keys if key is not None)) or "NULL"
    return f"({column} IN ({listed}){f' OR {column} IS NULL' if None in keys else ''})"
