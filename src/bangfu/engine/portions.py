"""A subject's pass, portion by portion, so that its joins fit in memory however many rows there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb

from bangfu.engine.steps import Joined, SubjectPass

CELLS = 250_000_000
"""Rows of a portion times the answers and values of each: more take memory, fewer take time."""


def statements(
    connection: duckdb.DuckDBPyConnection, subject: SubjectPass, only: str | None = None
) -> Iterator[str]:
    """The pass's SQL, once or for one portion of rows after the other; `only` is a condition on the rows asked."""
    base = subject.base if only is None else f"(SELECT * FROM {subject.base} WHERE {only})"
    rows = max(1, CELLS // (1 + len(subject.checks) + len(subject.values)))
    limits = list(_limits(connection, base, rows))
    if len(limits) < 2:
        yield written(subject.sql, subject.sources | {"t": base})
        return
    for low, high in limits:
        sources = {"t": f"(SELECT * FROM {base} WHERE row_key BETWEEN {low} AND {high})"}
        for left, joined in _by_left(subject.joined):
            sources.update(_narrowed(connection, sources[left], joined))
        yield written(subject.sql, sources)


def written(sql: str, sources: dict[str, str]) -> str:
    """The statement, reading each alias from its source."""
    return re.sub(r"\bfrom_([tja]\d*)\b", lambda found: sources[found[1]], sql)


def _limits(connection: duckdb.DuckDBPyConnection, base: str, rows: int) -> Iterator[tuple[int, int]]:
    """Ranges of row keys with at most about so many rows each."""
    count, low, high = connection.execute(
        f"SELECT count(*), min(row_key), max(row_key) FROM {base}"
    ).fetchall()[0]
    parts = -(-count // rows)
    if parts < 2:
        return
    if high - low >= 2 * count:
        shares = [i / parts for i in range(1, parts)]
        cuts = connection.execute(f"SELECT quantile_disc(row_key, {shares}) FROM {base}").fetchall()[0][0]
    else:
        cuts = [low + (high - low) * i // parts for i in range(1, parts)]
    starts = [low, *(cut + 1 for cut in cuts)]
    yield from zip(starts, [*cuts, high], strict=True)


def _by_left(joined: tuple[Joined, ...]) -> Iterator[tuple[str, list[Joined]]]:
    """The joins of each alias, after those that give the alias."""
    lefts = dict.fromkeys(("t", *(join.alias for join in joined)))
    for left in lefts:
        found = [join for join in joined if join.left == left]
        if found:
            yield left, found


def _narrowed(
    connection: duckdb.DuckDBPyConnection, left: str, joined: list[Joined]
) -> Iterator[tuple[str, str]]:
    """What is joined, without the rows whose number is out of reach of the portion's."""
    columns = list(dict.fromkeys(join.on[0][0] for join in joined))
    ends = ", ".join(f'min("{column}"), max("{column}")' for column in columns)
    row = connection.execute(f"SELECT {ends} FROM {left}").fetchall()[0]
    reach = {column: (row[2 * i], row[2 * i + 1]) for i, column in enumerate(columns)}
    for join in joined:
        own, column = join.on[0]
        low, high = reach[own]
        if isinstance(low, int) and len(join.on) == 1:
            yield join.alias, f'(SELECT * FROM {join.source} WHERE "{column}" BETWEEN {low} AND {high})'
        else:
            yield join.alias, join.source
