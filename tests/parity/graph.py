"""Flat tables -> rows that lead to their related rows, so that the reference evaluator reads what DuckDB reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bangfu.terms.model import Relation, Terms

Flat = Mapping[str, Any]


class Graph:
    """Rows by table; relations are followed through indices that are built when first asked for."""

    def __init__(self, terms: Terms, rows: Mapping[str, Sequence[Flat]], as_of: int) -> None:
        self.terms = terms
        self.rows = rows
        self.data_year = as_of // 10000
        self.indices: dict[tuple[str, tuple[str, ...]], dict[tuple[Any, ...], list[Flat]]] = {}

    def row(self, table: str, flat: Flat) -> Mapping[str, Any]:
        return LinkedRow(self, table, flat)

    def related(self, flat: Flat, relation: Relation) -> list[Flat]:
        columns = tuple(column for _, column in relation.on)
        found = self.index(relation.to, columns).get(tuple(flat.get(own) for own, _ in relation.on), [])
        if relation.year_offset is None:
            return found
        return [row for row in found if row.get("data_year") == self.data_year + relation.year_offset]

    def index(self, table: str, columns: tuple[str, ...]) -> dict[tuple[Any, ...], list[Flat]]:
        if (table, columns) not in self.indices:
            made: dict[tuple[Any, ...], list[Flat]] = defaultdict(list)
            rows = self.rows.get(table, ())
            keys = self.column(rows, "row_key")
            values = list(zip(*(self.column(rows, column) for column in columns), strict=True))
            for number in sorted(range(len(rows)), key=keys.__getitem__):
                if None not in values[number]:
                    made[values[number]].append(rows[number])
            self.indices[table, columns] = made
        return self.indices[table, columns]

    def column(self, rows: Sequence[Flat], name: str) -> list[Any]:
        return [row.get(name) for row in rows]


class LinkedRow(Mapping[str, Any]):
    def __init__(self, graph: Graph, table: str, flat: Flat) -> None:
        self.graph = graph
        self.table = graph.terms.table(table)
        self.flat = flat

    def __getitem__(self, name: str) -> Any:
        relation = self.table.relations.get(name)
        if relation is None:
            return self.flat.get(name)
        found = self.graph.related(self.flat, relation)
        if relation.kind == "one":
            return LinkedRow(self.graph, relation.to, found[0]) if found else None
        if relation.to == self.table.name:  # a group through a shared value starts with the row itself
            others = [flat for flat in found if flat["row_key"] != self.flat["row_key"]]
            return [*([self] if len(others) < len(found) else []), *self.linked(relation.to, others)]
        return self.linked(relation.to, found)

    def linked(self, table: str, rows: list[Flat]) -> list[LinkedRow]:
        return [LinkedRow(self.graph, table, flat) for flat in rows]

    def __iter__(self) -> Iterator[str]:
        yield from self.flat
        yield from self.table.relations

    def __len__(self) -> int:
        return len(self.flat) + len(self.table.relations)
