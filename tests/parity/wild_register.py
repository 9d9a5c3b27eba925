"""A register of any size with wild values in every column that a rule reads, made column by column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any, overload

import pyarrow as pa

from bangfu.engine.dataset import Dataset
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Policy
from bangfu.terms.model import Field, Relation
from tests.parity.graph import Graph
from tests.parity.rows_to_tables import columns_of
from tests.parity.wild_rows import wild_value

POOL = 301  # different wild values in a column
PER_HOUSEHOLD, VILLAGES = 4, 100


class WildRegister:
    """`persons` persons in households of four; payments, loans, posts and work in proportion, some rows of the rest."""

    def __init__(self, policy: Policy, persons: int, seed: int = 1) -> None:
        self.policy = policy
        self.random = Random(seed)
        self.sizes = defaultdict(
            lambda: 400,
            person=persons,
            household=persons // PER_HOUSEHOLD,
            annual_record=persons // PER_HOUSEHOLD,
            person_record=persons // 5,
            benefit=persons // 2,
            work_period=persons // 10,
            loan=persons // 20,
            post=persons // 20,
            insurance=persons // 10,
            village=VILLAGES,
        )
        self.picks = pa.array(self.random.choices(range(POOL), k=max(self.sizes.values()) + 20 * POOL))
        self.shared = shared_columns(policy)
        self.read = columns_read(policy)
        self.tables = {name: self.table(name) for name in policy.terms.tables}

    def dataset(self, dataset: Dataset) -> Dataset:
        """The register as relations of the dataset's connection."""
        for name, table in self.tables.items():
            dataset.connection.register(f"wild_{name}", table)
            dataset.connection.execute(f'CREATE OR REPLACE TEMP TABLE "t_{name}" AS FROM "wild_{name}"')
        relations = {name: f'"t_{name}"' for name in self.tables}
        return Dataset(dataset.connection, relations, dataset.fields)

    def graph(self, as_of: int) -> Graph:
        return _ColumnGraph(
            self.policy.terms, {name: Rows(table) for name, table in self.tables.items()}, as_of
        )

    def table(self, name: str) -> pa.Table:
        size = self.sizes[name]
        table = self.policy.terms.table(name)
        read = self.read[name] | self.shared[name]
        columns: dict[str, pa.Array] = {
            column: self.wild(table.fields[column], kind, size, column in self.shared[name])
            if column in read and column in table.fields
            else pa.nulls(size, kind)
            for column, kind in columns_of(table).items()
        }
        columns.update(self.keys(name, size))
        return pa.table(columns)

    def wild(self, field: Field, kind: pa.DataType, size: int, is_shared: bool) -> pa.Array:
        pool = pa.array([wild_value(self.random, field, self.policy) for _ in range(POOL)], kind)
        values = pool.take(self.picks.slice(self.random.randrange(20 * POOL), size))
        if not is_shared or field.type != "text":
            return values
        # what rows are grouped by: mostly pairs, as groups of thousands would be no register
        odd = self.picks.slice(self.random.randrange(20 * POOL), size).to_pylist()
        listed = values.to_pylist()
        return pa.array(
            [listed[i] if odd[i] < 9 else ordinary(field.name, i // 2) for i in range(size)], kind
        )

    def keys(self, name: str, size: int) -> dict[str, pa.Array]:
        """Rows of the same number belong together; some belong to no one, some to a household that is not there."""
        households = self.sizes["household"]
        step = self.random.choice((1, 3, 7))
        per_person = [None if i % 31 == 7 else i * step % self.sizes["person"] for i in range(size)]
        own = [i // PER_HOUSEHOLD if name == "person" else i * step % (households + 3) for i in range(size)]
        of_household = [None if i % 41 == 5 else key for i, key in enumerate(own)]
        made = {
            "row_key": list(range(size)),
            "person_key": per_person,
            "household_key": of_household,
            "village_key": [None if i % 53 == 3 else i // 7 % VILLAGES for i in range(size)],
            "head_key": [None if i % 61 == 3 else i * PER_HOUSEHOLD for i in range(size)],
        }
        return {column: pa.array(values, pa.int64()) for column, values in made.items()}


def ordinary(column: str, number: int) -> str:
    """What such a column mostly holds."""
    if "phone" in column:
        return f"199{number:08d}"
    if "id18" in column or "id_no" in column:
        return f"429999{1940 + number % 84}{number % 12 + 1:02d}{number % 28 + 1:02d}{number // 84 % 1000:03d}{number % 10}"
    return f"p{number}" if column == "beneficiary" else f"{number}"


def columns_read(policy: Policy) -> Mapping[str, set[str]]:
    read: dict[str, set[str]] = defaultdict(set)
    for asked in (*(check.when for check in policy.checks.values()), *_asked_by_indicators(policy)):
        for node in n.walk(asked):
            if isinstance(node, n.FieldRef):
                read[node.table].add(node.field)
    return read


def _asked_by_indicators(policy: Policy) -> Iterator[n.Node]:
    for indicator in policy.indicators.values():
        yield from filter(None, (indicator.where, indicator.on, *indicator.of))
    for dimensions in policy.dimensions.values():
        yield from (dimension.of for dimension in dimensions.values())


def shared_columns(policy: Policy) -> Mapping[str, set[str]]:
    """By table, the fields that relations join on, besides the keys."""
    joined: dict[str, set[str]] = defaultdict(set)
    for table in policy.terms.tables.values():
        for relation in table.relations.values():
            for own, other in _pairs(relation):
                joined[table.name].add(own)
                joined[relation.to].add(other)
    return joined


def _pairs(relation: Relation) -> Iterator[tuple[str, str]]:
    yield from (pair for pair in relation.on if not any(column.endswith("_key") for column in pair))


class _ColumnGraph(Graph):
    def column(self, rows: Sequence[Mapping[str, Any]], name: str) -> list[Any]:
        return rows.column(name) if isinstance(rows, Rows) else super().column(rows, name)


class Rows(Sequence[Mapping[str, Any]]):
    """The rows of a table as mappings; a column becomes Python values when it is first read."""

    def __init__(self, table: pa.Table) -> None:
        self.arrow = table
        self.names = table.column_names
        self.lists: dict[str, list[Any]] = {}

    def column(self, name: str) -> list[Any]:
        if name not in self.lists:
            self.lists[name] = self.arrow.column(name).to_pylist()
        return self.lists[name]

    def __len__(self) -> int:
        return int(self.arrow.num_rows)

    @overload
    def __getitem__(self, index: int) -> Mapping[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> list[Mapping[str, Any]]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return [_Row(self, i) for i in range(*index.indices(len(self)))]
        if index >= len(self):
            raise IndexError(index)
        return _Row(self, index)


class _Row(Mapping[str, Any]):
    __slots__ = ("index", "rows")

    def __init__(self, rows: Rows, index: int) -> None:
        self.rows, self.index = rows, index

    def __getitem__(self, name: str) -> Any:
        return self.rows.column(name)[self.index]

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows.names)

    def __len__(self) -> int:
        return len(self.rows.names)
