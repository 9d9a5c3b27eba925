"""A few stored rows copied into memory and changed there, to be read by the same statements as the register itself."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence

from bangfu.intake.batches import fact_models
from bangfu.intake.snapshots.narrow import BASES, Narrow
from bangfu.intake.snapshots.statements import Flat, Register, Values
from bangfu.office.journal.rows import columns
from bangfu.registry.proposals import ProposedRow, persons_named
from bangfu.terms.model import ROW_KEY

_JOINED = ("membership", "status_event", "household_class", "annual_record", "monitoring_episode")
"""What a household's and a person's row are made of, whatever else is read."""
_LISTS = {"source": ("id", "batch_id"), "batch": ("id", "state", "as_of")}
"""Which lists were loaded says which rows of other days count."""
_STATEMENTS = 1_000


class Copied:
    """SQLite in memory, one for each thread; `tables` are those declared ones that are read from it."""

    is_sqlite = True

    def __init__(self, tables: Iterable[str]) -> None:
        self.tables = list(tables)
        names = {*_JOINED, *(BASES.get(table, table) for table in self.tables)}
        self.columns = {name: columns(model) for name, model in fact_models().items() if name in names}
        self.lists = {name: list(_selected(name, there)) for name, there in _LISTS.items()}
        self.threads = threading.local()

    def select(self, sql: str, parameters: Sequence[object]) -> list[Values]:
        found: list[Values] = self._connection().execute(sql, parameters).fetchall()
        return found

    def rows(self, narrow: Narrow, household: int, proposed: Sequence[ProposedRow]) -> dict[str, list[Flat]]:
        """The household's and its people's rows as the proposed ones would make them, of the tables that they can change.

        `narrow` has the statements for this database. Rows of a table that is not read count for nothing.
        """
        tables = self._touched(proposed)
        connection = self._connection()
        connection.execute("BEGIN")
        try:
            self._fill(connection, household, persons_named(proposed), {BASES.get(x, x) for x in tables})
            for item in proposed:
                if item.table in self.columns:
                    _propose(connection, item)
            return {table: narrow.of_household(table, household) for table in tables}
        finally:
            connection.execute("ROLLBACK")

    def row(self, narrow: Narrow, item: ProposedRow) -> list[Flat]:
        """One row of a table as it would be; none where it would not count on the day."""
        connection, names = self._connection(), self.columns[item.table]
        connection.execute("BEGIN")
        try:
            stored = [] if item.is_new else _selected(item.table, names, "id", [item.row])
            _insert(connection, item.table, names, stored)
            _propose(connection, item)
            return narrow.rows(item.table, ROW_KEY, item.row)
        finally:
            connection.execute("ROLLBACK")

    def _touched(self, proposed: Sequence[ProposedRow]) -> list[str]:
        """All where somebody comes or goes or a household moves: whose a row is, and where, may change then."""
        if any(item.table == "membership" or "village_key" in item.values for item in proposed):
            return self.tables
        named = {item.table for item in proposed}
        return [table for table in self.tables if table in BASES or table in named]

    def _fill(
        self,
        connection: sqlite3.Connection,
        household: int,
        named: Collection[int],
        tables: Collection[str],
    ) -> None:
        ever = _selected("membership", ("person_key",), "household_key", [household])
        persons = sorted({*named, *(person for (person,) in ever)})
        for table, names in self.columns.items():
            if table not in tables and table not in _JOINED:
                continue
            rows: dict[int, Values] = {}
            for column, values in _owners(table, names, household, persons):
                rows.update({row[0]: row for row in _selected(table, names, column, values)})
            _insert(connection, table, names, rows.values())

    def _connection(self) -> sqlite3.Connection:
        made: sqlite3.Connection | None = getattr(self.threads, "connection", None)
        if made is None:
            made = sqlite3.connect(":memory:", isolation_level=None, cached_statements=_STATEMENTS)
            for table, names in {**self.columns, **_LISTS}.items():
                made.execute(f'CREATE TABLE "{table}" ({_listed(names)}, PRIMARY KEY ("id"))')
            for table, rows in self.lists.items():
                _insert(made, table, _LISTS[table], rows)
            self.threads.connection = made
        return made


def _owners(
    table: str, names: Sequence[str], household: int, persons: Sequence[int]
) -> Iterator[tuple[str, Sequence[int]]]:
    """By which columns, and which of their values, the rows of a table are the household's or its people's."""
    if table in ("household", "person"):
        yield "id", [household] if table == "household" else persons
    elif "household_key" in names:
        yield "household_key", [household]
    if "person_key" in names:
        yield "person_key", persons


def _selected(
    table: str, names: Sequence[str], column: str = "", values: Sequence[int] = ()
) -> Iterable[Values]:
    """Stored rows of the register, those whose column has one of the values."""
    register = Register()
    mark = "?" if register.is_sqlite else "%s"
    where = f' WHERE "{column}" IN ({", ".join([mark] * len(values))})' if column else ""
    if column and not values:
        return []
    return register.select(f'SELECT {_listed(names)} FROM "{table}"{where}', values)


def _propose(connection: sqlite3.Connection, item: ProposedRow) -> None:
    names, values = list(item.values), list(item.values.values())
    if item.is_new:
        _insert(connection, item.table, ["id", *names], [(item.row, *values)])
    elif names:
        pairs = ", ".join(f'"{name}" = ?' for name in names)
        connection.execute(f'UPDATE "{item.table}" SET {pairs} WHERE id = ?', [*values, item.row])


def _insert(
    connection: sqlite3.Connection, table: str, names: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    marks = ", ".join(["?"] * len(names))
    connection.executemany(f'INSERT INTO "{table}" ({_listed(names)}) VALUES ({marks})', rows)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
