"""The ledgers as they stand: rows as columns by name, ids as keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bangfu.ledger.tables import ledger, ledgers
from bangfu.office.journal.rows import Row, columns, rows_of, rows_where


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


def rows_of_households(table: str, households: Iterable[int]) -> Iterator[Row]:
    """The rows of a ledger that mean these households."""
    return rows_where(ledger(table), "household_key", households)


def rows_at(table: str, ids: Sequence[int]) -> dict[int, Row]:
    """The rows of a ledger by number, those that are there."""
    return rows_of(ledger(table), ids)


def row_in(table: str, row: int) -> Row | None:
    """One row of a ledger by its number; None where it is not there."""
    return rows_of(ledger(table), [row]).get(row)


def rows_of_household(table: str, household: int, persons: Iterable[int]) -> list[Row]:
    """The rows of a ledger that mean a household or one of these persons, in the order of their numbers."""
    found = {row["id"]: row for row in rows_where(ledger(table), "household_key", [household])}
    if "person_key" in columns_of(table):
        found.update({row["id"]: row for row in rows_where(ledger(table), "person_key", list(persons))})
    return [found[number] for number in sorted(found)]
