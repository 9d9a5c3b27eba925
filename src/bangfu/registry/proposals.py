"""What an edit would make of rows, before anything is written: the same for the live check and for the save."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

NEW = 1 << 52
"""Rows that are not there yet have numbers from here on, which no row of the register ever reaches."""


@dataclass(frozen=True)
class ProposedRow:
    """Columns of a row as they would be; `row` is its number, or one from `NEW` on for a row to be added.

    Keys among the values may name rows that the same edit adds.
    """

    table: str
    row: int
    values: Mapping[str, Any]

    @property
    def is_new(self) -> bool:
        return self.row >= NEW


def persons_named(rows: Iterable[ProposedRow]) -> frozenset[int]:
    """Persons on file whom the rows change or name."""
    found = set[int]()
    for item in rows:
        named = item.row if item.table == "person" else item.values.get("person_key")
        if named is not None and named < NEW:
            found.add(named)
    return frozenset(found)
