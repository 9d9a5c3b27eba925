"""A statement to the register's own database that gives rows as the engine holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection

Flat = dict[str, Any]


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

    sql: str
    names: tuple[str, ...]
    truths: tuple[str, ...]
    parameters: Callable[[Any], tuple[Any, ...]]

    def rows(self, value: Any) -> list[Flat]:
        if connection.vendor == "sqlite":
            return [self._with_truths(row) for row in self._of_sqlite(value)]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.parameters(value))
            return [dict(zip(self.names, row, strict=True)) for row in cursor.fetchall()]

    def _of_sqlite(self, value: Any) -> Iterator[Flat]:
        """Past Django's cursor, which rewrites the text of a statement each time it is executed."""
        connection.ensure_connection()
        for row in connection.connection.execute(self.marked, self.parameters(value)).fetchall():
            yield dict(zip(self.names, row, strict=True))

    @cached_property
    def marked(self) -> str:
        return self.sql.replace("%s", "?")

    def _with_truths(self, row: Flat) -> Flat:
        """SQLite keeps truths as numbers."""
        for name in self.truths:
            if row[name] is not None:
                row[name] = row[name] == 1
        return row


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
