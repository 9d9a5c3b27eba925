"""What sources say of single fields. Pure reading; days are yyyymmdd.

The national value of a field is the register's own column, unless something else than an export changed it since:
then a row of the source 国网 holds what the national system still says (docs/adr/0010).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from bangfu.office.facts import Fact
from bangfu.office.journal.rows import batched
from bangfu.registry.models import AnnualRecord, FieldValue, Household, Person
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Field

NATIONAL = "国网"
COMPARED: Mapping[str, type[Fact]] = {"household": Household, "person": Person, "annual_record": AnnualRecord}
"""The tables whose fields several sources may speak of."""
_NOT_SAID = frozenset({"data_year", "data_on"})


@dataclass(frozen=True)
class FieldKey:
    """A field of one owner: a person where `table` is person, else a household; `year` where it is of a year."""

    table: str
    field: str
    owner: int
    year: int | None = None


@dataclass(frozen=True)
class Held:
    """A value on file: the number of its row and what it says."""

    id: int
    value: str | None
    by: str | None = None


@cache
def fields_of(table: str) -> Mapping[str, Field]:
    """The fields of a table that a source may speak of: those the register has a column for."""
    columns = {column.name for column in COMPARED[table]._meta.concrete_fields}
    declared = load_terms().table(table).own_fields
    return {field.name: field for field in declared if field.name in columns - _NOT_SAID}


def national_kept(households: Iterable[int], persons: Iterable[int]) -> dict[FieldKey, Held]:
    """National values that the register's columns do not say any more."""
    return {key: held for (key, _), held in said_by(NATIONAL, households, persons).items()}


def said_by(
    source: str, households: Iterable[int], persons: Iterable[int]
) -> dict[tuple[FieldKey, int | None], Held]:
    """Everything a source ever said of these owners, by field and day."""
    found: dict[tuple[FieldKey, int | None], Held] = {}
    for owner, ids in (("household_id", households), ("person_id", persons)):
        for some in batched(list(dict.fromkeys(ids))):
            rows = FieldValue.objects.filter(source_kind=source, **{f"{owner}__in": some})
            names = ("id", "field_table", "field_name", owner, "data_year", "said_on", "value", "said_by")
            for row, table, name, key, year, on, value, by in rows.values_list(*names):
                found[FieldKey(table, name, key, year), on] = Held(row, value, by)
    return found
