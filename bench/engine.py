"""One way of answering checks on a generated register: `python -m bench.engine WAY FOLDER OUT [CHECKS]`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from bangfu.engine.dataset import Dataset
from bangfu.engine.requirements import wanting
from bangfu.engine.run import Run, ask
from bangfu.policy.loader import load_policy
from bangfu.policy.model import Check, Policy
from bangfu.screening.job import open_engine
from bench import hand
from bench.compare import dataset_of, forty, write_rows
from bench.measure import timed

AS_OF, PLACE = 20231218, "421281102"
OFTEN = 0.05  # a check that hits more of its rows says more about the invention than about the engine


class Clocked:
    """A connection that notes how long each statement took."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.took: dict[str, float] = {}

    def execute(self, sql: str) -> duckdb.DuckDBPyConnection:
        start = time.perf_counter()
        result = self.connection.execute(sql)
        words = sql.split(" AS ", 1)[0].split(" (", 1)[0].split(" SELECT", 1)[0]
        name = words.split()[-1] if words.startswith(("CREATE", "INSERT")) else words.split()[0]
        self.took[name] = self.took.get(name, 0.0) + time.perf_counter() - start
        return result


def usual(policy: Policy, folder: Path) -> tuple[list[str], int, int]:
    """The checks the register lets run and that hit few of its rows; how many lack something; how many hit often."""
    connection = open_engine()
    dataset = dataset_of(connection, folder)
    in_force = list(policy.in_force(AS_OF))
    runnable = [check for check in in_force if not wanting(check, dataset, policy, AS_OF, PLACE)]
    run = Run(dataset, policy, AS_OF, PLACE)
    ask(run, runnable)
    rows = {name: _count(connection, name) for name in run.answered}
    kept = [
        check.id
        for check in runnable
        if check.subject not in ("person", "household", "benefit")
        or sum(run.counts(check)) <= OFTEN * rows[check.subject]
    ]
    return kept, len(in_force) - len(runnable), len(runnable) - len(kept)


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def scan(dataset: Dataset, out: Path) -> dict[str, Any]:
    for table in ("person", "household", "benefit"):
        dataset.connection.execute(f"SELECT count(COLUMNS(*)) FROM {table}").fetchall()
    return {}


def by_hand(dataset: Dataset, out: Path) -> dict[str, Any]:
    hand.answer(dataset.connection, out)
    return {}


def ours(policy: Policy, checks: list[Check]) -> Callable[[Dataset, Path], dict[str, Any]]:
    def work(dataset: Dataset, out: Path) -> dict[str, Any]:
        clocked = Clocked(dataset.connection)
        run = Run(Dataset(clocked, dataset.relations, dataset.fields), policy, AS_OF, PLACE)  # type: ignore[arg-type]
        start = time.perf_counter()
        ask(run, checks)
        asked = time.perf_counter() - start
        write_rows(run, out)
        spent = sum(clocked.took.values())
        counts = [run.counts(check) for check in checks]
        return {
            "checks": len(checks),
            "findings": sum(found for found, _ in counts),
            "unknown": sum(unknown for _, unknown in counts),
            "planning": asked - (spent - clocked.took.get("COPY", 0.0)),
            "took": dict(sorted(clocked.took.items(), key=lambda item: -item[1])[:16]),
        }

    return work


def main() -> None:
    way, folder, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    out.mkdir(parents=True, exist_ok=True)
    connection = open_engine()
    dataset = dataset_of(connection, folder)
    if way == "scan":
        timed(lambda: scan(dataset, out))
    elif way == "hand":
        timed(lambda: by_hand(dataset, out))
    else:
        policy = load_policy()
        named = json.loads(Path(sys.argv[4]).read_text("utf-8")) if len(sys.argv) > 4 else None
        checks = forty(policy) if named is None else [policy.checks[name] for name in named]
        timed(lambda: ours(policy, checks)(dataset, out))


if __name__ == "__main__":
    main()
