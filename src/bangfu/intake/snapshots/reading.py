"""DuckDB beside the register's own database: its tables are read column by column, never through models."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from django.db import connection as own

from bangfu.config.env import Server, read_env
from bangfu.engine.dataset import DUCK_TYPES
from bangfu.terms.errors import UserError
from bangfu.terms.loader import load_terms

HOME = "home"
"""The name under which the register's tables are read."""


@contextmanager
def opened(threads: int | None = None, copy: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB with the register open, read-only, as `home`, or a copy of its file. Not inside a transaction, nor where
    other threads write.

    DuckDB has an SQLite of its own: when it closes the file, the locks that our own connection holds on it are gone, and
    the next process that closes the database takes away the log that we would write to. So ours is closed as well.
    """
    connection = duckdb.connect()
    try:
        if threads is not None:
            connection.execute(f"SET threads = {threads}")
        attach(connection, copy)
        yield connection
    finally:
        connection.close()
        if not own.in_atomic_block:
            own.close()


def attach(connection: duckdb.DuckDBPyConnection, copy: Path | None = None) -> None:
    """Opens the register read-only as `home`, for a process that writes nothing of its own; others use `opened`."""
    env = read_env()
    if env.server is not None:
        _load(connection, "postgres_scanner")
        address = _address(env.server)
        connection.execute(f"ATTACH '{address}' AS {HOME} (TYPE postgres, READ_ONLY, SCHEMA 'public')")
    else:
        _load(connection, "sqlite_scanner")
        connection.execute(f"ATTACH '{_quoted(copy or env.sqlite_path)}' AS {HOME} (TYPE sqlite, READ_ONLY)")


def columns_of(connection: duckdb.DuckDBPyConnection) -> dict[str, frozenset[str]]:
    """The columns of each table of the register."""
    found: dict[str, set[str]] = {}
    rows = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = ?", [HOME]
    ).fetchall()
    for table, column in rows:
        found.setdefault(table, set()).add(column)
    return {table: frozenset(columns) for table, columns in found.items()}


def some_rows(table: str, columns: Iterable[str], where: str) -> str:
    """The rows of a table that satisfy `where`, found by the register's own database and its indexes."""
    kind = "sqlite" if read_env().server is None else "postgres"
    query = f'SELECT * FROM "{table}" WHERE {where}'.replace("'", "''")
    typed = [f'CAST("{name}" AS {_type(table, name)}) AS "{name}"' for name in columns]
    return f"(SELECT {', '.join(typed)} FROM {kind}_query('{HOME}', '{query}'))"


def _type(table: str, column: str) -> str:
    """SQLite tells all values of a query as texts."""
    field = load_terms().table(table).fields.get(column)
    return "BIGINT" if field is None else DUCK_TYPES[field.type]


def said_fields(connection: duckdb.DuckDBPyConnection) -> frozenset[tuple[str, str]]:
    """Table and name of the fields of which some source said something."""
    rows = connection.execute(f"SELECT DISTINCT field_table, field_name FROM {HOME}.field_value").fetchall()
    return frozenset((table, name) for table, name in rows)


def _load(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """From the package that brings it: an office PC has no network to fetch an extension from."""
    try:
        package = importlib.import_module(f"duckdb_extension_{name}")
    except ImportError as error:
        raise UserError(f"缺少组件 duckdb-extension-{name.replace('_', '-')},请重新安装") from error
    assert package.__file__ is not None
    [path] = Path(package.__file__).parent.glob(f"extensions/v{duckdb.__version__}/*.duckdb_extension")
    connection.execute(f"LOAD '{path}'")


def _address(server: Server) -> str:
    parts = {
        "dbname": server.name,
        "user": server.user,
        "password": server.password,
        "host": server.host,
        "port": server.port,
    }
    return " ".join(f"{name}={value}" for name, value in parts.items() if value).replace("'", "''")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
