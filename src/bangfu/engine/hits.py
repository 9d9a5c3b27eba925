"""The answers of a subject that are no passes: one narrow table a check, filled portion by portion.

The pass itself is as wide as all checks together, and most of its rows are there for one of them: kept whole, a
province's hits would not fit in memory.
"""

from __future__ import annotations

import duckdb

from bangfu.engine.plan import value_nodes
from bangfu.engine.steps import SubjectPass
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check


class Hits:
    def __init__(self, connection: duckdb.DuckDBPyConnection, subject: SubjectPass) -> None:
        self.connection = connection
        self.subject = subject
        self.counts = [(0, 0)] * len(subject.checks)
        """Findings and unknowns of each check."""
        self._wide = f"portion_{subject.subject}"
        self._places = {node: place for place, node in enumerate(subject.values)}

    def take(self, statement: str) -> None:
        """Answers one portion of rows and keeps what each check hit."""
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {self._wide} AS {statement}")
        numbers = range(len(self.subject.checks))
        asked = ", ".join(f"count(*) FILTER (c{i}), count(*) FILTER (c{i} IS NULL)" for i in numbers)
        row = self.connection.execute(f"SELECT {asked} FROM {self._wide}").fetchone()
        assert row is not None
        for i in numbers:
            found, unknown = row[2 * i], row[2 * i + 1]
            if found or unknown:
                self._keep(i)
                before = self.counts[i]
                self.counts[i] = (before[0] + found, before[1] + unknown)

    def close(self) -> None:
        self.connection.execute(f"DROP TABLE IF EXISTS {self._wide}")

    def table(self, check: Check) -> str | None:
        """Columns row_key, found (NULL unknown), and a column for each of `nodes`; None where all passed."""
        number = self.subject.checks.index(check)
        return self._name(number) if any(self.counts[number]) else None

    def nodes(self, check: Check) -> tuple[n.Node, ...]:
        """The fields and features whose values a hit carries, in reading order."""
        return tuple(self.subject.values[i] for i in self._values(check))

    def _keep(self, number: int) -> None:
        check, name = self.subject.checks[number], self._name(number)
        into = (
            f"INSERT INTO {name}" if any(self.counts[number]) else f"CREATE OR REPLACE TEMP TABLE {name} AS"
        )
        columns = ", ".join(["row_key", f"c{number} AS found", *(f"v{i}" for i in self._values(check))])
        self.connection.execute(f"{into} SELECT {columns} FROM {self._wide} WHERE c{number} IS NOT FALSE")

    def _name(self, number: int) -> str:
        return f"hits_{self.subject.subject}_{number}"

    def _values(self, check: Check) -> list[int]:
        return [self._places[node] for node in dict.fromkeys(value_nodes(check.when))]
