"""One household's rows and those they lead to: a related row is fetched when the first check asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any, Protocol

from bangfu.terms.model import ROW_KEY, Relation, Table, Terms

Flat = Mapping[str, Any]


class Source(Protocol):
    """Where one household's rows come from; a row holds the columns that `columns_read` names."""

    def own(self) -> Mapping[str, Sequence[Flat]]:
        """By table its rows: itself, and what names it or one of its members."""

    def rows(self, table: str, column: str, value: Any) -> Sequence[Flat]:
        """Every row of the table that has the value in the column."""

    def reaches(self, table: str, column: str, value: Any) -> bool:
        """Whether those rows are found without reading the whole table."""


class OutOfReach(Exception):
    """A relation to rows that only a reading of the whole table would find."""

    def __init__(self, relation: Relation) -> None:
        super().__init__(relation.name)
        self.relation = relation


class Row(dict[str, Any]):
    """A row's values and, once asked for, under the name of a relation the row or rows it leads to."""

    __slots__ = ("around", "table")

    def __init__(self, flat: Flat, table: Table, around: Neighbourhood) -> None:
        super().__init__(flat)
        self.table = table
        self.around = around

    def __missing__(self, name: str) -> Any:
        relation = self.table.relations.get(name)
        if relation is None:
            raise KeyError(f"{self.table.name}.{name}")
        found = self.around.related(self, relation)
        self[name] = found if relation.kind == "many" else found[0] if found else None
        return self[name]


class Neighbourhood:
    """The rows that one question has met, each of them once."""

    def __init__(self, terms: Terms, source: Source, as_of: int) -> None:
        self.terms = terms
        self.source = source
        self.data_year = as_of // 10000
        self.met: dict[tuple[str, int], Row] = {}
        self.found: dict[tuple[str, str, Any], list[Row]] = {}

    def row(self, table: str, flat: Flat) -> Row:
        key = table, flat[ROW_KEY]
        if key not in self.met:
            self.met[key] = Row(flat, self.terms.table(table), self)
        return self.met[key]

    def related(self, row: Row, relation: Relation) -> list[Row]:
        """In the order of their keys; none where the row lacks a value to be found by."""
        values = [row[own] for own, _ in relation.on]
        if None in values:
            return []
        wanted = [(target, value) for (_, target), value in zip(relation.on, values, strict=True)]
        first = next((pair for pair in wanted if self.source.reaches(relation.to, *pair)), None)
        if first is None:
            raise OutOfReach(relation)
        found = self.by(relation.to, *first)
        wanted.remove(first)
        if relation.year_offset is not None:
            wanted.append(("data_year", self.data_year + relation.year_offset))
        for column, value in wanted:
            found = [other for other in found if other[column] == value]
        return found

    def by(self, table: str, column: str, value: Any) -> list[Row]:
        """The rows that have a value, in the order of their keys."""
        key = table, column, value
        if key not in self.found:
            flats = sorted(self.source.rows(table, column, value), key=itemgetter(ROW_KEY))
            self.found[key] = [self.row(table, flat) for flat in flats]
        return self.found[key]
