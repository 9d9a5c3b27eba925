"""The register as it was known after a transaction of its journal: what came later is taken back.

When something was so (`as_of`) and when the office knew it are two things: a figure quoted in a report can be
computed again from what was known then, however much was corrected since.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa
from django.db import models

from bangfu.intake.batches import fact_models
from bangfu.intake.snapshots.tables import attached
from bangfu.office.facts import Fact
from bangfu.office.journal.reading import entries_after
from bangfu.office.journal.rows import Row, columns, rows_of

_ARROW = {
    models.TextField: pa.string(),
    models.BooleanField: pa.bool_(),
    models.IntegerField: pa.int32(),
}


class Earlier:
    """What to read for a table of the register; `position` is the last transaction that was known."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, position: int) -> None:
        known = fact_models()
        self.touched: set[str] = set()
        for table in sorted({entry.table for entry in entries_after(position)}):
            if table in known:
                self._take_back(connection, known[table], position)

    def __call__(self, name: str) -> str:
        return _name(name) if name in self.touched else attached(name)

    def _take_back(self, connection: duckdb.DuckDBPyConnection, model: type[Fact], position: int) -> None:
        """A table with the rows that nothing later touched, and those that something did as they were."""
        then = dict(_then(model, position))
        schema = pa.schema([(field.column, _type(field)) for field in model._meta.concrete_fields])
        was = pa.Table.from_pylist([row for row in then.values() if row is not None], schema)
        connection.register("touched", pa.table({"id": pa.array(list(then), pa.int64())}))
        connection.register("was", was)
        connection.execute(
            f"CREATE TEMP TABLE {_name(model.table)} AS SELECT * FROM {attached(model.table)} "
            "WHERE id NOT IN (SELECT id FROM touched) UNION ALL BY NAME SELECT * FROM was"
        )
        connection.unregister("touched")
        connection.unregister("was")
        self.touched.add(model.table)


def _then(model: type[Fact], position: int) -> Iterator[tuple[int, Row | None]]:
    """Every row that later entries touch, as it was before them; None where it was not there."""
    entries = list(entries_after(position, model.table))
    now = rows_of(model, list({entry.row for entry in entries}))
    rows: dict[int, dict[str, Any] | None] = {entry.row: now.get(entry.row) for entry in entries}
    for entry in reversed(entries):
        before = None if entry.before is None else json.loads(entry.before)
        row = rows[entry.row]
        if before is None:
            rows[entry.row] = None
        elif entry.after is None or row is None:
            rows[entry.row] = {**dict.fromkeys(columns(model)), **before, "id": entry.row}
        else:
            row.update(before)
    yield from rows.items()


def _type(field: models.Field[Any, Any]) -> pa.DataType:
    return next((kind for cls, kind in _ARROW.items() if type(field) is cls), pa.int64())


def _name(table: str) -> str:
    return f'"earlier_{table}"'
