"""A statement to the register's own database that gives rows as the engine holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from django.db import connection

Flat = dict[str, Any]
Values = tuple[Any, ...]


class Database(Protocol):
    """What statements are put to."""

    @property
    def is_sqlite(self) -> bool: ...

    def select(self, sql: str, parameters: Sequence[Any]) -> Iterable[Values]: ...


class Register:
    """The register's own database; the thread's connection."""

    @property
    def is_sqlite(self) -> bool:
        return connection.vendor == "sqlite"

    def select(self, sql: str, parameters: Sequence[Any]) -> list[Values]:
        """SQLite past Django's cursor, which rewrites the text of a statement each time it is executed."""
        if self.is_sqlite:
            connection.ensure_connection()
            found: list[Values] = connection.connection.execute(sql, parameters).fetchall()
            return found
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())


@dataclass(frozen=True)
class Limit:
    """A condition on stored rows that an index answers, and its parameters for a value."""

    sql: str
    parameters: Callable[[Any], tuple[Any, ...]]
    also: str = ""
    """What narrows the rows further once they are read, with parameters after the others."""


@dataclass(frozen=True)
class Statement:
    """SQL with the columns that it gives; `truths` are those that hold booleans."""

    database: Database
    text: str
    names: tuple[str, ...]
    truths: tuple[str, ...]
    parameters: Callable[[Any], Values]

    def rows(self, value: Any) -> list[Flat]:
        found = self.database.select(self.sql, self.parameters(value))
        rows = [dict(zip(self.names, row, strict=True)) for row in found]
        if self.database.is_sqlite:
            for row in rows:
                self._set_truths(row)
        return rows

    @cached_property
    def sql(self) -> str:
        return self.text.replace("%s", "?") if self.database.is_sqlite else self.text

    def _set_truths(self, row: Flat) -> None:
        """SQLite keeps truths as numbers."""
        for name in self.truths:
            if row[name] is not None:
                row[name] = row[name] == 1


@contextmanager
def at_one_moment() -> Iterator[None]:
    """What is read inside is read as of one moment, whoever writes meanwhile. No lock is taken."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        lite = connection.vendor == "sqlite"
        cursor.execute("BEGIN DEFERRED" if lite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
