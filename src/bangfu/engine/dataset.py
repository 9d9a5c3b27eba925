"""The facts a run reads: one DuckDB relation per table of the terms, and what is known about each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from bangfu.terms.model import Terms

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
PARTITIONS = {"benefit": "programme", "health_contract": "kind", "insurance": "kind"}
"""Tables that several kinds of list fill: a list of one kind says nothing of the others."""
KEYS = ("row_key", "person_key", "household_key", "village_key", "src", "src_row")


@dataclass(frozen=True)
class Holdings:
    """What is known about the tables without their rows; `fields` and `kinds` as a Dataset has them."""

    fields: Mapping[str, frozenset[str]]
    kinds: frozenset[tuple[str, str]] | None = None

    @property
    def relations(self) -> Mapping[str, frozenset[str]]:
        """The tables that there are."""
        return self.fields

    def absent(self, terms: Terms) -> dict[str, frozenset[str]]:
        """By table, the declared fields that no loaded list has."""
        return {
            table: frozenset(terms.table(table).fields) - columns for table, columns in self.fields.items()
        }


@dataclass(frozen=True)
class Dataset:
    """Relations by table name.

    `fields[table]` are the columns that some loaded file really has: a rule that reads another one is not run.
    `kinds` are the kinds of list that were loaded of the tables in PARTITIONS, as (table, value); None means all
    are (a register).
    """

    connection: duckdb.DuckDBPyConnection
    relations: Mapping[str, str]
    fields: Mapping[str, frozenset[str]]
    kinds: frozenset[tuple[str, str]] | None = None

    def absent(self, terms: Terms) -> dict[str, frozenset[str]]:
        """By table, the declared fields that no loaded list has."""
        return Holdings(self.fields).absent(terms)
