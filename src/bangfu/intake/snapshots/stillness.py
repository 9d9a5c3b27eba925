"""The register as it is at one moment, to be read for longer than writers can wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from bangfu.office.journal.reading import position_and_seal, position_and_seal_in
from bangfu.office.journal.waiting import write_lock

Still = tuple[Path | None, int, str]
"""What to read instead of the register, and the last transaction of the journal in it with its seal."""


@contextmanager
def standing_still(copy: Path) -> Iterator[Still]:
    """SQLite's file is copied, while others write on, and the copy taken away afterwards. PostgreSQL's writers wait."""
    if connection.vendor != "sqlite":
        with write_lock(lambda message: None):
            yield (None, *position_and_seal())
        return
    try:
        yield (copy, *_copy(copy))
    finally:
        copy.unlink(missing_ok=True)


def _copy(copy: Path) -> tuple[int, str]:
    """In one step: it holds a reader's place in the log, so that all of it is of one moment."""
    connection.ensure_connection()
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(copy)) as target:
        target.execute("PRAGMA synchronous = OFF")
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
        return position_and_seal_in(target)
