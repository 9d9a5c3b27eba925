"""Which tables, fields and kinds of list the register holds as of a day, as a snapshot of that day would tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import duckdb

from bangfu.engine.dataset import PARTITIONS, Holdings
from bangfu.intake.batches import sources
from bangfu.intake.snapshots.columns import Reading
from bangfu.intake.snapshots.narrow import Narrow, kept_columns
from bangfu.intake.snapshots.reading import opened
from bangfu.intake.snapshots.tables import reading_of
from bangfu.screening.snapshot import Lists, own_fields
from bangfu.terms.loader import load_terms


def holdings_of(day: int, read: Mapping[str, Collection[str]]) -> Holdings:
    """Of the tables and fields that are read those that some row fills or some loaded list has.

    A field that no list has and the first rows lack is looked for in every row.
    """
    with opened() as connection:
        return _holdings(connection, day, read)


def _holdings(
    connection: duckdb.DuckDBPyConnection, day: int, read: Mapping[str, Collection[str]]
) -> Holdings:
    listed = Lists(sources()).fields()
    narrow, kept = Narrow(day, read), kept_columns()
    fields: dict[str, frozenset[str]] = {}
    kinds: set[tuple[str, str]] = set()
    for table, columns in read.items():
        reading = reading_of(table, kept, day)
        if reading is None:
            continue
        some = narrow.sample(table)
        known = listed.get(table, frozenset()) | own_fields(table) | _filled_in(some)
        unknown = frozenset(load_terms().table(table).fields) & frozenset(columns) - known
        rows, filled = (len(some), []) if some and not unknown else _counted(connection, reading, unknown)
        if not rows:
            continue
        fields[table] = known | frozenset(filled)
        if table in PARTITIONS:
            kinds.update((table, kind) for kind in _kinds(connection, reading, PARTITIONS[table]))
    return Holdings(fields, frozenset(kinds))


def _filled_in(rows: Iterable[Mapping[str, object]]) -> frozenset[str]:
    return frozenset(name for row in rows for name, value in row.items() if value is not None)


def _counted(
    connection: duckdb.DuckDBPyConnection, reading: Reading, names: Collection[str]
) -> tuple[int, list[str]]:
    """The number of rows, and which of the fields any of them fills."""
    given = [name for name in reading.columns if name in names]
    asked = ", ".join(["count(*)", *(f'count("{name}")' for name in given)])
    inner = reading.sql(["row_key", *given])
    rows, *counts = connection.execute(f"SELECT {asked} FROM ({inner})").fetchall()[0]
    return rows, [name for name, count in zip(given, counts, strict=True) if count]


def _kinds(connection: duckdb.DuckDBPyConnection, reading: Reading, column: str) -> list[str]:
    rows = connection.execute(f"SELECT DISTINCT {column} FROM ({reading.sql([column])})").fetchall()
    return [kind for (kind,) in rows if kind]
