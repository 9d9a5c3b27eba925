"""The rows that indicators count, as narrow tables: each table of facts is read once, whatever is asked of it.

A population is a condition on the rows of a table with the day on which they count: what several indicators measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from bangfu.engine.dataset import Dataset
from bangfu.engine.dialects import sql as s
from bangfu.engine.dialects.duckdb import Emitter
from bangfu.engine.dialects.sql import Expr
from bangfu.engine.indicators.cells import Period
from bangfu.engine.plan import Planner
from bangfu.engine.scope import Scope
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Dimension, Indicator, Policy

_NUMBERS = count()


@dataclass(frozen=True)
class Population:
    """Rows of `table`; `period` where the condition names it."""

    table: str
    where: n.Node | None
    on: n.Node | None
    period: Period | None


@dataclass
class Base:
    """A narrow table of the rows that some population has, and under which names its columns stand."""

    name: str
    table: str
    period: Period | None
    asked: Mapping[n.Node | str, str]
    """Conditions, days, values and dimensions by node; `person`, `household` and `village` by name."""
    kept: frozenset[n.Node | None]
    """The conditions whose rows are there; None: all rows."""
    is_kept: bool = False
    """Whether it is a file's."""

    def answers(self, indicator: Indicator, dimensions: Mapping[str, Dimension]) -> bool:
        """Whether all that the indicator reads is there, of all rows that it may count."""
        there = None in self.kept or indicator.where in self.kept
        return there and nodes_of([indicator], dimensions).keys() <= self.asked.keys()

    def column(self, asked: n.Node | str) -> str:
        return self.asked[asked]

    def values(self, indicator: Indicator) -> list[str]:
        """The columns of what an indicator adds up or counts once."""
        owner = [self.asked[indicator.owner]] if indicator.owner else []
        return [*(self.asked[node] for node in indicator.of), *owner]


def population_of(indicator: Indicator, period: Period | None) -> Population:
    return Population(
        indicator.table,
        indicator.where,
        indicator.on,
        period if indicator.reads_period else None,
    )


def nodes_of(
    indicators: Iterable[Indicator], dimensions: Mapping[str, Dimension]
) -> dict[n.Node | str, None]:
    """All that is read of the rows of a table, each once."""
    found: dict[n.Node | str, None] = {"village": None, "household": None}
    for indicator in indicators:
        parts = (indicator.where, indicator.on, *indicator.of, indicator.owner or None)
        named = (dimensions[name].of for name in indicator.dimensions if name in dimensions)
        found.update((part, None) for part in (*parts, *named) if part is not None)
    return found


def new_base(
    name: str,
    indicators: Sequence[Indicator],
    policy: Policy,
    period: Period | None,
    *,
    is_kept: bool = False,
) -> Base:
    """A narrow table for indicators of one table of facts, its columns named by their places; its rows are not there yet."""
    table = indicators[0].table
    asked = nodes_of(indicators, policy.dimensions.get(table, {}))
    names = {node: f"x{place}" for place, node in enumerate(asked)}
    return Base(name, table, period, names, frozenset(one.where for one in indicators), is_kept)


def make_base(
    dataset: Dataset,
    policy: Policy,
    day_and_place: tuple[int, str],
    indicators: list[Indicator],
    period: Period | None,
) -> Base:
    """Reads a table once for all indicators of it; rows that none of them counts stay behind."""
    table = indicators[0].table
    as_of, place = day_and_place
    emitter = Emitter(policy, as_of, place, period)
    planner = Planner(policy.terms, emitter, dict(dataset.relations), dataset.absent(policy.terms))
    base = new_base(f"base_{next(_NUMBERS)}", indicators, policy, period)
    for node in base.asked:
        if isinstance(node, n.Node):
            planner.take(table, node)
    scope = Scope(planner, {n.SUBJECT: table}, dataset.relations[table])
    columns = [s.alias(s.col("t", "row_key"), "row_key")]
    for node, name in base.asked.items():
        value = emitter.emit(node, scope) if isinstance(node, n.Node) else key_of(node, table, scope, dataset)
        columns.append(s.alias(value, name))
    selected = scope.select(columns).sql("duckdb", copy=False)
    steps = planner.steps()
    for step in steps:
        dataset.connection.execute(f"CREATE OR REPLACE TEMP TABLE {step.name} AS {step.sql}")
    dataset.connection.execute(
        f'CREATE OR REPLACE TEMP TABLE "{base.name}" AS SELECT * FROM ({selected}) WHERE {_wanted(base, indicators)}'
    )
    for step in steps:
        dataset.connection.execute(f"DROP TABLE IF EXISTS {step.name}")
    return base


def _wanted(base: Base, indicators: list[Indicator]) -> str:
    """Rows that some indicator counts or cannot judge. A volatile part keeps the conditions from being computed twice."""
    if any(indicator.where is None for indicator in indicators):
        return "TRUE"
    conditions = dict.fromkeys(base.column(one.where) for one in indicators if one.where is not None)
    return " OR ".join(["random() < -1", *(f"{name} IS NOT FALSE" for name in conditions)])


def key_of(owner: str, table: str, scope: Scope, dataset: Dataset) -> Expr:
    """The key of the person, household or village that a row belongs to; nothing where it cannot be told."""
    if owner == table:
        return s.col("t", "row_key")
    links = scope.planner.terms.table(table).links
    if owner in links:
        return s.col("t", f"{owner}_key")
    if owner == "village" and "household" in links and "household" in dataset.relations:
        return scope.column(scope.alias(n.SUBJECT, ("household",)), "village_key")
    return s.cast(s.null(), "BIGINT")


def populations(
    indicators: Iterable[Indicator], period: Period | None
) -> Iterator[tuple[Population, list[Indicator]]]:
    """The indicators by what they count."""
    found: dict[Population, list[Indicator]] = {}
    for indicator in indicators:
        found.setdefault(population_of(indicator, period), []).append(indicator)
    yield from found.items()
