"""What a run finds, put beside what earlier runs found: in a temporary table, so that millions need no memory.

Nothing here takes the register's write lock: SQLite keeps temporary tables in a file of their own.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from bangfu.findings.hiding import kinds_read, starred
from bangfu.screening.findings import Finding as Found

CHUNK = 2_000
FOUND, GONE = "run_found", "run_gone"
"""The temporary tables: of what the run found, and of the numbers of those that it did not find any more."""
RANKS = {"error": 3, "suspicion": 2, "reminder": 1}
_KNOWN_BY_NUMBER = ("household", "person", "village")

IDENTITY = ("check_id", "table", "subject", "row")
CONTENT = (
    *("name", "household", "person_key", "household_key", "village_key", "village", "department"),
    *("severity", "rank", "explanation", "told", "values_hash", "told_hash"),
)
_NUMBERS = frozenset(("row", "person_key", "household_key", "village_key", "rank"))
Place = tuple[str, int | None, str, str]
"""A check, a village, a department, a severity: what is counted together."""


@dataclass
class Collected:
    """Rows in FOUND; `unknown` counts what the checks could not judge."""

    rows: int = 0
    unknown: Counter[Place] = field(default_factory=Counter)
    _waiting: list[tuple[Any, ...]] = field(default_factory=list)
    _check: str = ""
    _kinds: Mapping[str, str] = field(default_factory=dict)
    _seen: set[tuple[str, int]] = field(default_factory=set)

    def take(self, found: Found) -> None:
        """Findings come check by check; the same subject twice counts once."""
        if not found.is_finding:
            self.unknown[_place(found)] += 1
            return
        if found.check.id != self._check:
            self._check, self._seen, self._kinds = found.check.id, set(), kinds_read(found.check)
        row = 0 if found.check.subject in _KNOWN_BY_NUMBER else found.row
        if (found.subject.id, row) in self._seen:
            return
        self._seen.add((found.subject.id, row))
        self.rows += 1
        identity = (found.check.id, found.check.subject, found.subject.id, row)
        self._waiting.append((self.rows, *identity, *_content(found, self._kinds)))
        if len(self._waiting) == CHUNK:
            self.flush()

    def flush(self) -> None:
        names = ("n", *IDENTITY, *CONTENT)
        marks = ", ".join(["%s"] * len(names))
        with aside(), connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {FOUND} ({listed(names)}) VALUES ({marks})", self._waiting)
        self._waiting.clear()


@contextmanager
def collecting() -> Iterator[Collected]:
    """A table for what is found; it is gone afterwards, however that ends."""
    execute(f"DROP TABLE IF EXISTS {FOUND}")
    columns = ", ".join(
        f'"{name}" {"BIGINT" if name in _NUMBERS else "TEXT"}' for name in (*IDENTITY, *CONTENT)
    )
    execute(
        f"CREATE TEMP TABLE {FOUND} (n INTEGER PRIMARY KEY, {columns}, known BIGINT, turn TEXT, since BIGINT, first BIGINT)"
    )
    try:
        yield Collected()
    finally:
        execute(f"DROP TABLE IF EXISTS {FOUND}")
        execute(f"DROP TABLE IF EXISTS {GONE}")


@contextmanager
def aside() -> Iterator[None]:
    """A transaction for temporary tables only: begun without the register's write lock, and not taking it."""
    if connection.in_atomic_block:
        yield
        return
    execute("BEGIN")
    try:
        yield
    except BaseException:
        execute("ROLLBACK")
        raise
    execute("COMMIT")


def execute(statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows that a statement gives, if any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


def listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _place(found: Found) -> Place:
    return found.check.id, found.subject.village_key, found.check.department, found.severity


def _content(found: Found, kinds: Mapping[str, str]) -> tuple[Any, ...]:
    """Numbers of persons stand in `told` only, which no list shows."""
    subject, told = found.subject, _told(found)
    values = json.dumps(told["values"], ensure_ascii=False, sort_keys=True)
    shown = (
        *(subject.name, subject.household, subject.person_key, subject.household_key, subject.village_key),
        *(subject.village, found.check.department, found.severity, RANKS[found.severity]),
        starred(found.explanation, kinds, told["values"]),
        json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        _digest(values),
    )
    return (*shown, _digest(json.dumps(shown, ensure_ascii=False)))


def _told(found: Found) -> Mapping[str, Any]:
    """What a page shows of a finding and no rulebook holds: read values, standards in their values of the day, cells."""
    return {
        "explanation": found.explanation,
        "values": json.loads(json.dumps(dict(found.values), ensure_ascii=False, default=str)),
        "standards": [[one.id, one.name, one.value, one.source, one.verified] for one in found.standards],
        "cells": [
            [cell.file, cell.sheet, cell.row, cell.column, cell.header, cell.value] for cell in found.sources
        ],
    }


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
