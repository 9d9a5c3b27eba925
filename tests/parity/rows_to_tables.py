"""Nested rows (as the reference evaluator reads them) -> a Dataset, so that both engines answer the same question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb

from bangfu.engine.dataset import DUCK_TYPES, Dataset
from bangfu.terms.model import Relation, Terms

STRIDE = 1000  # row_key of the n-th subject's rows start here: an example's own row_key stays an order


class Tables:
    """Flattens nested rows into one list of rows per table, giving every row the columns its relations join on."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.next_key = 500_000_000

    def add_subject(self, table: str, given: Mapping[str, Any], number: int) -> int:
        row = self.new_row(table, given, key=(number + 1) * STRIDE + given.get("row_key", 100))
        self.add_relations(table, row, given, number)
        return int(row["row_key"])

    def new_row(self, table: str, given: Mapping[str, Any], key: int | None = None) -> dict[str, Any]:
        if key is None:
            self.next_key += 1
            key = self.next_key
        fields = self.terms.table(table).fields
        row = {"row_key": key, **{name: value for name, value in given.items() if name in fields}}
        self.rows.setdefault(table, []).append(row)
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
                row[own] = target[other] = f"k{target['row_key']}"
        if relation.year_offset is not None:
            target["data_year"] = None
            target["_year_offset"] = relation.year_offset
        self.add_relations(relation.to, target, given, number)

    def dataset(self, as_of: int) -> Dataset:
        connection = duckdb.connect()
        relations, fields = {}, {}
        for name, table in self.terms.tables.items():
            columns = {field.name: DUCK_TYPES[field.type] for field in table.fields.values()}
            keys = {key: "BIGINT" for key in (*table.hidden_columns, "head_key") if key not in columns}
            connection.execute(
                f'CREATE TABLE "{name}" (' + ", ".join(f'"{c}" {t}' for c, t in {**keys, **columns}.items()) + ")"
            )
            for row in self.rows.get(name, ()):
                offset = row.pop("_year_offset", None)
                if offset is not None:
                    row["data_year"] = as_of // 10000 + offset
                names = ", ".join(f'"{c}"' for c in row)
                marks = ", ".join("?" for _ in row)
                connection.execute(f'INSERT INTO "{name}" ({names}) VALUES ({marks})', list(row.values()))
            relations[name], fields[name] = f'"{name}"', frozenset(table.fields)
        return Dataset(connection, relations, fields)
