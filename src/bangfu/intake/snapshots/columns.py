"""A declared table's columns as SQL that DuckDB, SQLite and PostgreSQL understand alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from bangfu.engine.dataset import DUCK_TYPES
from bangfu.terms.model import Field, Table

Kept = Mapping[str, frozenset[str]]
"""The columns of each table of the register."""
At = Callable[[str], str]
"""What to read for a table of the register."""


@dataclass(frozen=True)
class Reading:
    """The rows of a declared table: SQL of each column's value, of where they come from, and of which of them."""

    columns: Mapping[str, str]
    source: str
    where: str = ""

    def sql(self, names: Collection[str] | None = None, also: str = "") -> str:
        """All columns or those named; `also` narrows the rows."""
        listed = [
            f'{value} AS "{name}"' for name, value in self.columns.items() if names is None or name in names
        ]
        limits = " AND ".join(f"({limit})" for limit in (self.where, also) if limit)
        return f"SELECT {', '.join(listed)} FROM {self.source}" + (f" WHERE {limits}" if limits else "")


def cast(value: str, kind: str) -> str:
    return f"CAST({value} AS {kind})"


def stored_columns(declared: Table, kept: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Of stored rows `t`: hidden keys, then the fields under their names and in the engine's types."""
    yield "row_key", cast("t.id", "BIGINT")
    for link in declared.links:
        column = f"{link}_key"
        yield column, cast(f"t.{column}" if column in kept else "NULL", "BIGINT")
    yield "src", cast("t.src", "BIGINT")
    yield "src_row", cast("t.src_row", "INTEGER")
    yield from fields_of(declared, "t", lambda field: _value(field, kept))


def fields_of(
    declared: Table, alias: str, value: Callable[[Field], str] | None = None
) -> Iterator[tuple[str, str]]:
    """The fields that a table declares itself, read from an alias."""
    for field in declared.own_fields:
        read = value(field) if value is not None else f'{alias}."{field.name}"'
        yield field.name, cast(read, DUCK_TYPES[field.type])


def _value(field: Field, kept: frozenset[str]) -> str:
    if field.name in kept:
        return f't."{field.name}"'
    if field.name == "id18" and "id_no" in kept:
        return "substr(t.id_no, 1, 18)"
    return _BENEFICIARY if field.name == "beneficiary" else "NULL"


_BENEFICIARY = (
    "CASE WHEN t.person_key IS NOT NULL THEN 'p' || t.person_key WHEN t.full_name IS NOT NULL "
    "THEN coalesce(substr(t.id_no, 1, 18), t.village_name, '') || '|' || t.full_name END"
)
