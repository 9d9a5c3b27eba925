"""A few rows of the register as of a day: what its snapshot holds of one household and of what that leads to.

The selects are the snapshot's own; the register's database runs them, with the few rows that are asked for in place of
whole tables. So an index finds them, where DuckDB would read everything.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from bangfu.engine.dataset import DUCK_TYPES
from bangfu.intake.batches import fact_models
from bangfu.intake.snapshots.columns import Kept
from bangfu.intake.snapshots.persons import members
from bangfu.intake.snapshots.statements import Database, Flat, Limit, Register, Statement
from bangfu.intake.snapshots.tables import reading_of
from bangfu.terms.loader import load_terms
from bangfu.terms.model import ROW_KEY

BASES = {"person": "person", "former_person": "person", "household": "household"}
"""Tables read from several of the register's, and the one whose numbers their rows have."""
_NARROWED = {
    "person": {"membership": "person_key"},
    "household": {
        "household": "id",
        "membership": "household_key",
        "status_event": "household_key",
        "household_class": "household_key",
        "annual_record": "household_key",
        "monitoring_episode": "household_key",
    },
}
SAMPLE = 500
_LAST = "\U0010ffff"


class Narrow:
    """The statements for a day, each written when it is first needed; `columns` are those to read of each table."""

    def __init__(
        self, day: int, columns: Mapping[str, Collection[str]], database: Database | None = None
    ) -> None:
        self.day = day
        self.columns = columns
        self.database: Database = database or Register()
        self.kept = kept_columns()
        self.limits: dict[tuple[str, str], Limit | None] = {}
        self.written: dict[tuple[str, str | None], Statement] = {}

    def limit(self, table: str, column: str) -> Limit | None:
        """How an index finds the rows of a table that have a value in a column; None where none does."""
        key = table, column
        if key not in self.limits:
            self.limits[key] = self._limit(BASES.get(table, table), column)
        return self.limits[key]

    def rows(self, table: str, column: str, value: Any) -> list[Flat]:
        """The table's rows with the value. Only of columns that have a `limit`."""
        limit = self.limit(table, column)
        assert limit is not None
        key = table, column
        if key not in self.written:
            self.written[key] = self._statement(table, limit)
        return self.written[key].rows(value)

    def of_household(self, table: str, household: int) -> list[Flat]:
        """The rows of a table that name the household or one of its members."""
        key = table, None
        if key not in self.written:
            self.written[key] = self._statement(table, self._owned(table))
        return self.written[key].rows(household)

    def sample(self, table: str) -> list[Flat]:
        """Some rows of the table, if only of the first that the register stores."""
        some = f"id IN (SELECT id FROM {_plain(BASES.get(table, table))} LIMIT {SAMPLE})"
        return self._statement(table, Limit(some, lambda value: ())).rows(None)

    # -- conditions -----------------------------------------------------------------------------

    def _limit(self, base: str, column: str) -> Limit | None:
        if column == ROW_KEY:
            return Limit("id = %s", _once)
        if base == "person" and column == "household_key":
            ever = "id IN (SELECT person_key FROM membership WHERE household_key = %s)"
            return Limit(ever, lambda value: (value, value), also="m.household_key = %s")
        indexed = _indexed(base)
        if column == "id18" and column not in self.kept[base] and "id_no" in indexed:
            return _starting_with("id_no", 18, self.database)
        return Limit(f'"{column}" = %s', _once) if column in indexed else None

    def _owned(self, table: str) -> Limit:
        own = "id" if table == "household" else "household_key"
        if table in BASES or "person_key" not in self.kept[table]:
            limit = self.limit(table, ROW_KEY if table == "household" else "household_key")
            return limit or Limit(f"{own} = %s", _once)
        of_members = f"SELECT person_key FROM ({members(self.day, _plain)}) here WHERE household_key = %s"
        if "household_key" not in self.kept[table]:
            return Limit(f"person_key IN ({of_members})", _once)
        return Limit(f"household_key = %s OR person_key IN ({of_members})", lambda value: (value, value))

    # -- statements -----------------------------------------------------------------------------

    def _statement(self, table: str, limit: Limit) -> Statement:
        base = BASES.get(table, table)
        asked = f"SELECT id FROM {_plain(base)} WHERE {limit.sql}"
        narrowed = _NARROWED.get(base, {table: "id"})

        def at(name: str) -> str:
            if name not in narrowed:
                return _plain(name)
            if base not in _NARROWED:
                return f"(SELECT * FROM {_plain(name)} WHERE {limit.sql})"
            return f"(SELECT * FROM {_plain(name)} WHERE {narrowed[name]} IN (SELECT id FROM asked))"

        reading = reading_of(table, self.kept, self.day, at)
        assert reading is not None
        names = tuple(name for name in reading.columns if name in self.columns[table])
        fields = load_terms().table(table).fields
        truths = tuple(x for x in names if x in fields and DUCK_TYPES[fields[x].type] == "BOOLEAN")
        sql = reading.sql(names, limit.also)
        if base in _NARROWED:
            sql = f"WITH asked AS ({asked}) {sql}"
        return Statement(self.database, sql, names, truths, limit.parameters)


def kept_columns() -> Kept:
    """The columns of each table of the register."""
    return {
        table: frozenset(field.column for field in model._meta.concrete_fields)
        for table, model in fact_models().items()
    }


def _indexed(table: str) -> frozenset[str]:
    """Columns with an index that leads to few rows: a whole village is not few."""
    fields = fact_models()[table]._meta.concrete_fields
    return frozenset(field.column for field in fields if getattr(field, "db_index", False)) - {"village_key"}


def _starting_with(column: str, length: int, database: Database) -> Limit:
    """Both databases have an index for beginnings, but not by the same comparison."""
    exact = f"substr({column}, 1, {length}) = %s"
    if database.is_sqlite:
        return Limit(f"{column} >= %s AND {column} < %s AND {exact}", lambda x: (x, x + _LAST, x))
    return Limit(f"{column} LIKE %s AND {exact}", lambda x: (re.sub(r"([\\%_])", r"\\\1", x) + "%", x))


def _plain(name: str) -> str:
    return f'"{name}"'


def _once(value: Any) -> tuple[Any, ...]:
    return (value,)
