"""The ledgers as they stand: rows as columns by name, ids as keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bangfu.ledger.tables import ledger, ledgers
from bangfu.office.journal.rows import Row, columns, rows_where


def is_ledger(table: str) -> bool:
    return table in ledgers()


def columns_of(table: str) -> frozenset[str]:
    return frozenset(columns(ledger(table)))


def rows_from(table: str, sources: Iterable[int], names: Sequence[str] = ()) -> Iterator[Row]:
    """The rows of a ledger that these lists brought or last changed; of their columns those named, else all."""
    return rows_where(ledger(table), "src", sources, names)


def rows_of_persons(table: str, persons: Iterable[int]) -> Iterator[Row]:
    """The rows of a ledger that mean these persons."""
    return rows_where(ledger(table), "person_key", persons)
