"""Both ways of answering the forty checks, and whether they say the same of the same rows."""

from __future__ import annotations

from pathlib import Path

import duckdb

from bangfu.engine.dataset import Dataset
from bangfu.engine.plan import value_nodes
from bangfu.engine.run import Run
from bangfu.policy.model import Check, Policy
from bench.hand import CHECKS


def forty(policy: Policy) -> list[Check]:
    return [policy.checks[name] for checks in CHECKS.values() for name in checks]


def dataset_of(connection: duckdb.DuckDBPyConnection, folder: Path) -> Dataset:
    """The register's tables as they lie on disk."""
    fields: dict[str, frozenset[str]] = {}
    for path in sorted(folder.glob("*.parquet")):
        connection.execute(f"CREATE VIEW {path.stem} AS FROM '{path}'")
        described = connection.execute(f"SELECT * FROM {path.stem} LIMIT 0").description
        fields[path.stem] = frozenset(column[0] for column in described)
    return Dataset(connection, {table: table for table in fields}, fields)


def write_rows(run: Run, out: Path) -> None:
    """The rows of each check: row_key, status and its values v0, v1, ... in reading order."""
    for check in run.checks:
        table, carried = run.hits_table(check), run.nodes_of(check)
        read = dict.fromkeys(value_nodes(check.when))
        nothing = f"SELECT 0 AS row_key, NULL::BOOLEAN AS found{', NULL' * len(carried)} WHERE false"
        places = [f"#{carried.index(node) + 3} AS v{i}" for i, node in enumerate(read)]
        columns = ", ".join(["row_key", "CASE WHEN found THEN 2 ELSE 1 END AS status", *places])
        rows = f"(FROM {table} ORDER BY row_key)" if table else f"({nothing})"
        run.dataset.connection.execute(f"COPY (SELECT {columns} FROM {rows}) TO '{out / check.id}.parquet'")


def differences(hand: Path, ours: Path) -> list[str]:
    """Checks whose rows differ, with how many rows only one side has."""
    found = []
    connection = duckdb.connect()
    for path in sorted(hand.glob("*.parquet")):
        one, other = f"FROM '{path}'", f"FROM '{ours / path.name}'"
        sides = [f"SELECT count(*) FROM ({a} EXCEPT ALL {b})" for a, b in ((one, other), (other, one))]
        counts = [connection.execute(sql).fetchall()[0][0] for sql in sides]
        if any(counts):
            found.append(f"{path.stem}: {counts[0]} rows only by hand, {counts[1]} only ours")
    return found
