"""The ledgers as they stand: rows as columns by name, ids as keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bangfu.ledger.tables import ledger, ledgers
from bangfu.office.journal.rows import Row, rows_where


def is_ledger(table: str) -> bool:
    return table in ledgers()


def rows_from(table: str, sources: Iterable[int]) -> Iterator[Row]:
    """The rows of a ledger that these lists brought or last spoke of, in the order of ids."""
    return rows_where(ledger(table), "src", sources)


def rows_of_persons(table: str, persons: Iterable[int]) -> Iterator[Row]:
    """The rows of a ledger that mean these persons."""
    return rows_where(ledger(table), "person_key", persons)
