"""Nested rows (as the reference evaluator reads them) -> a Dataset, so that both engines answer the same question."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from bangfu.engine.dataset import DUCK_TYPES, Dataset
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Relation, Table, Terms

STRIDE = 1000  # row_key of the n-th subject's rows start here: an example's own row_key stays an order
_ARROW = {"VARCHAR": pa.string(), "BOOLEAN": pa.bool_(), "BIGINT": pa.int64(), "INTEGER": pa.int32()}
_EXTRA_KEYS = ("person_key", "household_key", "village_key", "head_key")


def columns_of(table: Table) -> dict[str, pa.DataType]:
    keys = dict.fromkeys((*table.hidden_columns, *_EXTRA_KEYS), "BIGINT")
    fields = {field.name: DUCK_TYPES[field.type] for field in table.fields.values()}
    return {name: _ARROW[kind] for name, kind in {**keys, **fields}.items()}


class Tables:
    """Flattens nested rows into one list of rows per table, giving every row the columns its relations join on."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.by_key: dict[tuple[str, int], dict[str, Any]] = {}
        """An example that writes one row_key twice means one row."""
        self.next_key = 500_000_000

    def add_subject(self, table: str, given: Mapping[str, Any], number: int) -> int:
        row = self.new_row(table, given, key=(number + 1) * STRIDE + given.get("row_key", 100))
        self.add_relations(table, row, given, number)
        return int(row["row_key"])

    def new_row(self, table: str, given: Mapping[str, Any], key: int | None = None) -> dict[str, Any]:
        if key is None:
            self.next_key += 1
            key = self.next_key
        if (table, key) not in self.by_key:
            self.by_key[table, key] = {"row_key": key}
            self.rows.setdefault(table, []).append(self.by_key[table, key])
        row = self.by_key[table, key]
        fields = self.terms.table(table).fields
        row.update({name: value for name, value in given.items() if name in fields})
        return row

    def add_relations(self, table: str, row: dict[str, Any], given: Mapping[str, Any], number: int) -> None:
        for name, relation in self.terms.table(table).relations.items():
            related = given.get(name)
            if related is None:
                continue
            if relation.kind == "one":
                self.add_related(relation, row, related, number)
                continue
            others = list(related)
            if relation.to == table and name.startswith("same_") and others:
                first, *others = others
                row.update({key: value for key, value in first.items() if key in self.terms.table(table).fields})
                self.add_relations(table, row, first, number)
            for item in others:
                self.add_related(relation, row, item, number)

    def add_related(self, relation: Relation, row: dict[str, Any], given: Mapping[str, Any], number: int) -> None:
        key = (number + 1) * STRIDE + given["row_key"] if "row_key" in given else None
        target = self.new_row(relation.to, given, key)
        for own, other in relation.on:
            if other == "row_key":
                row[own] = target["row_key"]
            elif own == "row_key":
                target[other] = row["row_key"]
            elif row.get(own) is not None:
                target.setdefault(other, row[own])
            elif target.get(other) is not None:
                row[own] = target[other]
            else:
                row[own] = target[other] = self.invented(relation.to, other, target["row_key"])
        if relation.year_offset is not None:
            target["data_year"] = None
            target["_year_offset"] = relation.year_offset
        self.add_relations(relation.to, target, given, number)

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


def dataset_of(terms: Terms, rows: Mapping[str, list[dict[str, Any]]]) -> Dataset:
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


def arrow_of(table: Table, rows: list[dict[str, Any]]) -> pa.Table:
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
