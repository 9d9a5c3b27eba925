"""What a rule can read: tables, their fields, and how their rows hang together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

FieldType = Literal["text", "code", "codes", "yes_no", "integer", "decimal", "money", "date", "month"]
Sensitivity = Literal["open", "personal", "sensitive"]
RelationKind = Literal["one", "many"]

ROW_KEY = "row_key"
SOURCE_COLUMNS = ("src", "src_row")  # the list and the row that a row was read from


@dataclass(frozen=True)
class Field:
    """A column that rules may name; `home` is the table that declares it, `codes` the id of its code list."""

    name: str
    label: str
    type: FieldType
    unit: str | None
    codes: str | None
    sensitivity: Sensitivity
    definition: str
    home: str


@dataclass(frozen=True)
class Relation:
    """From a row to rows of `to` whose columns equal its own.

    With a `year_offset` the target row is the one whose `data_year` is the run's data year plus the offset.
    """

    name: str
    label: str
    to: str
    kind: RelationKind
    on: tuple[tuple[str, str], ...]
    year_offset: int | None = None


@dataclass(frozen=True)
class Table:
    """`fields` also holds those of the tables in `includes`; `links` are the owners its rows point to.

    `identity`: the fields that, with the person or household a row means, say which row it is. `listed_by`: the fields
    that say what a list is complete for; None where a list never is, so that nothing can be missing from it.
    `dated_by`: of these fields the first that is filled says since when the row is so; years and months count whole.
    `is_own`: the office keeps the rows itself, by hand or by lists of its own: what is empty in all of them is not a missing
    column.
    """

    name: str
    label: str
    definition: str
    fields: Mapping[str, Field]
    relations: Mapping[str, Relation]
    includes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()
    listed_by: tuple[str, ...] | None = None
    dated_by: tuple[str, ...] = ()
    is_own: bool = False

    @property
    def own_fields(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields.values() if field.home == self.name)

    @property
    def hidden_columns(self) -> tuple[str, ...]:
        """The columns that every row has and no rule names."""
        return (ROW_KEY, *(f"{link}_key" for link in self.links), *SOURCE_COLUMNS)


@dataclass(frozen=True)
class Terms:
    tables: Mapping[str, Table]

    def table(self, name: str) -> Table:
        return self.tables[name]

    def all_fields(self) -> Iterator[Field]:
        """Every declared field once, in the order of the tables."""
        for table in self.tables.values():
            yield from table.own_fields
