"""Nested rows (as the reference evaluator reads them) -> a Dataset, so that both engines answer the same question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from bangfu.engine.dataset import DUCK_TYPES, Dataset
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Relation, Table, Terms

STRIDE = 1000  # row_key of the n-th subject's rows start here: an example's own row_key stays an order
_ARROW = {"VARCHAR": pa.string(), "BOOLEAN": pa.bool_(), "BIGINT": pa.int64(), "INTEGER": pa.int32()}
Row = dict[str, Any]
_EXTRA_KEYS = ("person_key", "household_key", "village_key", "head_key")


def columns_of(table: Table) -> dict[str, pa.DataType]:
    keys = dict.fromkeys((*table.hidden_columns, *_EXTRA_KEYS), "BIGINT")
    fields = {field.name: DUCK_TYPES[field.type] for field in table.fields.values()}
    return {name: _ARROW[kind] for name, kind in {**keys, **fields}.items()}


@dataclass(frozen=True)
class _Place:
    """A row being flattened, how it was written, and the row it was reached from through a to-one relation."""

    table: str
    row: Row
    given: Mapping[str, Any]
    first: int
    before: _Place | None = None


class Tables:
    """Flattens nested rows into one list of rows per table, giving every row the columns its relations join on."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.rows: dict[str, list[Row]] = {}
        self.by_key: dict[tuple[str, int], Row] = {}
        """An example that writes one row_key twice means one row."""
        self.next_key = 500_000_000

    def add_subject(self, table: str, given: Mapping[str, Any], number: int) -> int:
        first = (number + 1) * STRIDE
        row = self.new_row(table, given, first + given.get("row_key", 100))
        self.add_relations(_Place(table, row, given, first))
        return int(row["row_key"])

    def new_row(self, table: str, given: Mapping[str, Any], key: int | None = None) -> Row:
        if key is None:
            self.next_key += 1
            key = self.next_key
        if (table, key) not in self.by_key:
            self.by_key[table, key] = {"row_key": key}
            self.rows.setdefault(table, []).append(self.by_key[table, key])
        row = self.by_key[table, key]
        row.update(self.plain(table, given))
        return row

    def plain(self, table: str, given: Mapping[str, Any]) -> Row:
        fields = self.terms.table(table).fields
        return {name: value for name, value in given.items() if name in fields}

    def add_relations(self, at: _Place) -> None:
        for name, relation in self.terms.table(at.table).relations.items():
            related = at.given.get(name)
            if related is None:
                continue
            if relation.kind == "one":
                self.add_related(relation, at, related)
                continue
            others = list(related)
            if relation.to == at.table and name.startswith("same_") and others:
                first, *others = others
                at.row.update(self.plain(at.table, first))
                self.add_relations(_Place(at.table, at.row, first, at.first, at.before))
            for item in self.without_origin(relation, at, others):
                self.add_related(relation, at, item)

    def without_origin(self, relation: Relation, at: _Place, items: list[Row]) -> list[Row]:
        """A list that leads back to where the row was reached from may hold that row again, written out."""
        if at.before is not None and relation.to == at.before.table:
            own = self.plain(at.before.table, at.before.given)
            for i, item in enumerate(items):
                if own and self.plain(relation.to, item) == own:
                    self.add_relations(_Place(relation.to, at.before.row, item, at.first, at))
                    return [*items[:i], *items[i + 1 :]]
        return items

    def add_related(self, relation: Relation, at: _Place, given: Mapping[str, Any]) -> None:
        row = at.row
        key = at.first + given["row_key"] if "row_key" in given else None
        target = self.pointed_to(relation, row)
        if target is None:
            target = self.new_row(relation.to, given, key)
            self.join(relation, row, target)
        else:
            target.update(self.plain(relation.to, given))
            if key is not None:
                self.by_key[relation.to, key] = target
        if relation.year_offset is not None:
            target["data_year"] = None
            target["_year_offset"] = relation.year_offset
        self.add_relations(
            _Place(relation.to, target, given, at.first, at if relation.kind == "one" else None)
        )

    def pointed_to(self, relation: Relation, row: Row) -> Row | None:
        """The row that a to-one relation leads to already, because this row was reached from there."""
        (own, other), *more = relation.on
        if relation.kind == "one" and other == "row_key" and not more and row.get(own) is not None:
            return self.by_key.get((relation.to, row[own]))
        return None

    def join(self, relation: Relation, row: Row, target: Row) -> None:
        for own, other in relation.on:
            if other == "row_key":
                row[own] = target["row_key"]
            elif own == "row_key":
                target[other] = row["row_key"]
            elif row.get(own) is not None:
                target.setdefault(other, row[own])
            elif own in row:
                continue  # the example says that the value is missing: nothing is to be found by it
            elif target.get(other) is not None:
                row[own] = target[other]
            else:
                row[own] = target[other] = self.invented(relation.to, other, target["row_key"])

    def invented(self, table: str, column: str, number: int) -> str | int:
        """A value to join on where the example gives none."""
        field = self.terms.table(table).fields.get(column)
        return f"k{number}" if field is not None and field.type in ("text", "code") else number

    def settle_years(self, as_of: int) -> None:
        """Rows reached through “the year before” get the year that this means at `as_of`."""
        for rows in self.rows.values():
            for row in rows:
                offset = row.pop("_year_offset", None)
                if offset is not None:
                    row["data_year"] = as_of // 10000 + offset

    def dataset(self, as_of: int) -> Dataset:
        self.settle_years(as_of)
        return dataset_of(self.terms, self.rows)


def dataset_of(terms: Terms, rows: Mapping[str, list[Row]]) -> Dataset:
    """Flat rows as DuckDB relations; tables without rows are there and empty."""
    connection = _with_empty_tables().cursor()
    relations = {}
    for name in terms.tables:
        relations[name] = f'"empty_{name}"'
        if rows.get(name):
            connection.register(f"rows_{name}", arrow_of(terms.table(name), rows[name]))
            relations[name] = f'"rows_{name}"'
    fields = {name: frozenset(table.fields) for name, table in terms.tables.items()}
    return Dataset(connection, relations, fields)


def arrow_of(table: Table, rows: list[Row]) -> pa.Table:
    return pa.table(
        {name: pa.array([row.get(name) for row in rows], kind) for name, kind in columns_of(table).items()}
    )


@cache
def _with_empty_tables() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for name, table in load_terms().tables.items():
        connection.register("none", arrow_of(table, []))
        connection.execute(f'CREATE TABLE "empty_{name}" AS FROM none')
    return connection
