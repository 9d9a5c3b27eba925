"""Opening the snapshot behind a run: for figures of other periods and parts, and for the rows that are counted.

It reads Parquet files only, never the database's own file, so the server's threads may do it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from bangfu.engine.dataset import Dataset
from bangfu.engine.indicators.asking import Asking
from bangfu.engine.indicators.kept import KeptBases
from bangfu.intake.rulebook import rulebook
from bangfu.reporting.folders import COUNTED, folder_of
from bangfu.reporting.models import FigureRun
from bangfu.screening.job import open_engine
from bangfu.screening.snapshot import MANIFEST
from bangfu.terms.divisions import area_prefix
from bangfu.terms.errors import UserError
from bangfu.terms.loader import load_terms


@contextmanager
def asking_of(run: FigureRun) -> Iterator[Asking]:
    """UserError where the snapshot was cleared away, or where the rulebook is another by now."""
    folder, policy = folder_of(run.pk), rulebook(run.overlays)
    day = f"{run.as_of // 10000}-{run.as_of // 100 % 100:02}-{run.as_of % 100:02}"
    if not (folder / MANIFEST).is_file():
        raise UserError(f"这次计算的明细已经清理,请重新计算 {day} 的指标再打开")
    if policy.hash != run.policy_hash:
        raise UserError(f"计算以后规则库改过,请重新计算 {day} 的指标再打开")
    connection = open_engine()
    connection.execute("SET parquet_metadata_cache = true")  # many questions of the same files
    try:
        relations = {}
        for table, rows in json.loads((folder / MANIFEST).read_text("utf-8"))["rows"].items():
            path = str(folder / f"{table}.parquet").replace("'", "''")
            if rows:
                connection.execute(f"CREATE TEMP VIEW \"{table}\" AS FROM '{path}'")
                relations[table] = f'"{table}"'
        fields = {table: frozenset(load_terms().table(table).fields) for table in relations}
        dataset = Dataset(connection, relations, fields)
        kept = KeptBases(folder / COUNTED, run.counted)
        yield Asking(dataset, policy, run.as_of, area_prefix(run.place), kept)
    finally:
        connection.close()


class Openings(AbstractContextManager["Openings"]):
    """Snapshots behind several runs, each opened once, when the first question comes."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._asking: dict[int, Asking] = {}

    def __exit__(self, *raised: Any) -> None:
        self._stack.close()

    def of(self, run: FigureRun) -> Asking:
        if run.pk not in self._asking:
            self._asking[run.pk] = self._stack.enter_context(asking_of(run))
        return self._asking[run.pk]
