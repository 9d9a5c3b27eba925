"""The facts a run reads: one DuckDB relation per table of the terms, and what is known about each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

DUCK_TYPES = {
    "text": "VARCHAR",
    "code": "VARCHAR",
    "codes": "VARCHAR",
    "yes_no": "BOOLEAN",
    "integer": "BIGINT",
    "decimal": "BIGINT",
    "money": "BIGINT",
    "date": "INTEGER",
    "month": "INTEGER",
}
KEYS = ("row_key", "person_key", "household_key", "village_key", "src", "src_row")


@dataclass(frozen=True)
class Dataset:
    """Relations by table name.

    `fields[table]` are the columns that some loaded file really has: a rule that reads another one is not run.
    `programmes` are the benefit programmes of which a list was loaded; None means all are (a register).
    """

    connection: duckdb.DuckDBPyConnection
    relations: Mapping[str, str]
    fields: Mapping[str, frozenset[str]]
    programmes: frozenset[str] | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
