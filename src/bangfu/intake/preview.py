"""Every row that a batch would add or change, in a file beside the register, for a person to look through.

It is made anew with each reading and belongs to no backup: the register's own lock and size are none of its business.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bangfu.config.env import read_env
from bangfu.spreadsheets.cell_problem import CellProblem

KINDS = {"added": "新增", "changed": "变更", "left": "成员减少", "joined": "成员增加", "event": "户状态变动"}
_TABLES = """
CREATE TABLE noted (id INTEGER PRIMARY KEY, kind TEXT, tbl TEXT, sheet TEXT, sheet_row INTEGER, about TEXT, told TEXT);
CREATE TABLE problem (id INTEGER PRIMARY KEY, sheet TEXT, row INTEGER, col INTEGER, found TEXT, expected TEXT,
                      advice TEXT);
"""
_INDEX = "CREATE INDEX noted_kind ON noted (kind, tbl, id)"


@dataclass(frozen=True)
class Noted:
    """A row and what becomes of it. `values`: column -> (value before, value after); of a new row nothing was before."""

    kind: str
    table: str
    sheet: str
    sheet_row: int | None
    about: str
    values: Mapping[str, tuple[Any, Any]]
    number: int = 0


class Preview:
    """Takes notes while a batch is compared."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database

    def note(self, rows: Iterable[Noted]) -> None:
        self.database.executemany(
            "INSERT INTO noted (kind, tbl, sheet, sheet_row, about, told) VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    row.kind,
                    row.table,
                    row.sheet,
                    row.sheet_row,
                    row.about,
                    json.dumps(dict(row.values), ensure_ascii=False),
                )
                for row in rows
            ),
        )

    def problems(self, found: Iterable[CellProblem]) -> None:
        self.database.executemany(
            "INSERT INTO problem (sheet, row, col, found, expected, advice) VALUES (?, ?, ?, ?, ?, ?)",
            ((one.sheet, one.row, one.column, one.found, one.expected, one.advice) for one in found),
        )


@contextmanager
def new_preview(batch: int) -> Iterator[Preview]:
    """The old one stands until the new one is whole."""
    path = preview_path(batch)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as database:
            database.execute("PRAGMA journal_mode=OFF")
            database.executescript(_TABLES)
            yield Preview(database)
            database.execute(_INDEX)
            database.commit()
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def preview_path(batch: int) -> Path:
    return read_env().home / "work" / "batches" / f"{batch}.sqlite3"


def marked_path(batch: int) -> Path:
    """The sender's file with its unreadable cells marked."""
    return read_env().home / "work" / "batches" / f"{batch}.xlsx"


def forget_preview(batch: int) -> None:
    for path in (preview_path(batch), marked_path(batch)):
        path.unlink(missing_ok=True)


def noted_counts(batch: int) -> dict[tuple[str, str], int]:
    """How many rows of each kind and table; empty where the preview is gone."""
    rows = _asked(batch, "SELECT kind, tbl, count(*) FROM noted GROUP BY kind, tbl", ())
    return {(kind, table): count for kind, table, count in rows}


def noted_rows(
    batch: int, kind: str, table: str, *, text: str = "", after: int = 0, size: int = 50
) -> list[Noted]:
    """Some rows of a kind and table in the order of the file; `text`: part of what a row is about."""
    rows = _asked(
        batch,
        "SELECT kind, tbl, sheet, sheet_row, about, told, id FROM noted "
        "WHERE kind = ? AND tbl = ? AND id > ? AND instr(about, ?) ORDER BY id LIMIT ?",
        (kind, table, after, text, size),
    )
    return [_noted(row) for row in rows]


def noted_problems(batch: int, size: int = 200) -> list[CellProblem]:
    rows = _asked(
        batch, "SELECT sheet, row, col, found, expected, advice FROM problem ORDER BY id LIMIT ?", (size,)
    )
    return [CellProblem(*row) for row in rows]


def _noted(row: Sequence[Any]) -> Noted:
    kind, table, sheet, sheet_row, about, told, number = row
    values = {name: (old, new) for name, (old, new) in json.loads(told).items()}
    return Noted(kind, table, sheet, sheet_row, about, values, number)


def _asked(batch: int, query: str, given: Sequence[object]) -> list[tuple[Any, ...]]:
    path = preview_path(batch)
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        return database.execute(query, given).fetchall()
