"""Rows of fact tables as mappings of column to value, the same from SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

Row = dict[str, Any]
Item = TypeVar("Item")
CHUNK = 2_000


def batched(items: Sequence[Item], size: int = CHUNK) -> Iterator[Sequence[Item]]:
    """As many at a time as one statement takes."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


@cache
def columns(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.column for field in model._meta.concrete_fields)


@cache
def _booleans(model: type[models.Model]) -> frozenset[str]:
    return frozenset(
        field.column for field in model._meta.concrete_fields if isinstance(field, models.BooleanField)
    )


def quoted(names: Iterable[str]) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)


def rows_of(model: type[models.Model], ids: Sequence[int]) -> dict[int, Row]:
    """The rows that are there, by id."""
    found: dict[int, Row] = {}
    for some in batched(ids):
        marks = ", ".join(["%s"] * len(some))
        for row in _selected(model, f"WHERE id IN ({marks})", some):
            found[row["id"]] = row
    return found


def rows_where(
    model: type[models.Model], column: str, values: Iterable[Any], names: Sequence[str] = ()
) -> Iterator[Row]:
    """The rows whose column is one of the values, some thousand values at a time; `names`: only these columns."""
    name = connection.ops.quote_name(column)
    for some in batched(list(dict.fromkeys(values))):
        marks = ", ".join(["%s"] * len(some))
        yield from _selected(model, f"WHERE {name} IN ({marks}) ORDER BY id", some, names)


def all_rows(model: type[models.Model]) -> Iterator[Row]:
    """Every row in the order of ids, some thousand at a time."""
    last = -1
    while True:
        some = list(_selected(model, f"WHERE id > %s ORDER BY id LIMIT {CHUNK}", [last]))
        yield from some
        if len(some) < CHUNK:
            return
        last = some[-1]["id"]


def _selected(
    model: type[models.Model], rest: str, given: Sequence[Any], wanted: Sequence[str] = ()
) -> Iterator[Row]:
    names, booleans = wanted or columns(model), _booleans(model)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {quoted(names)} FROM {table} {rest}", list(given))
        for values in cursor.fetchall():
            yield {
                name: bool(value) if name in booleans and value is not None else value
                for name, value in zip(names, values, strict=True)
            }


def insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes whole rows; a column that a row lacks is empty, one that all lack is not named."""
    given = set[str]().union(*rows)
    names = [name for name in columns(model) if name in given]
    table = connection.ops.quote_name(model._meta.db_table)
    marks = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {table} ({quoted(names)}) VALUES ({marks})"
    with connection.cursor() as cursor:
        for some in batched(rows):
            cursor.executemany(statement, [[row.get(name) for name in names] for row in some])


def update(model: type[models.Model], changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Writes the named columns of each row; rows that change the same columns go together."""
    alike: dict[tuple[str, ...], list[list[Any]]] = {}
    for row, values in changes.items():
        names = tuple(sorted(values))
        alike.setdefault(names, []).append([*(values[name] for name in names), row])
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        for names, given in alike.items():
            listed = ", ".join(f"{connection.ops.quote_name(name)} = %s" for name in names)
            cursor.executemany(f"UPDATE {table} SET {listed} WHERE id = %s", given)


def delete(model: type[models.Model], ids: Sequence[int]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {table} WHERE id = %s", [[row] for row in ids])


@dataclass(frozen=True)
class Link:
    """A column that holds the id of a row of another fact table."""

    column: str
    target: str


@cache
def links(model: type[models.Model]) -> tuple[Link, ...]:
    return tuple(
        Link(field.column, field.remote_field.model._meta.db_table)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
    )
