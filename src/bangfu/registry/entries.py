"""Single rows of the register by table and number: what they hold, and of which household and village they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bangfu.office.facts import Fact
from bangfu.office.journal.rows import Row, rows_of
from bangfu.registry.memberships import spells_of_persons
from bangfu.registry.models import (
    AnnualRecord,
    Household,
    MonitoringEpisode,
    Person,
    PersonRecord,
    Village,
    VillageRecord,
)

ENTRIES: Mapping[str, type[Fact]] = {
    model.table: model
    for model in (Household, Person, AnnualRecord, PersonRecord, MonitoringEpisode, Village, VillageRecord)
}
"""The tables of the register whose rows people write and correct; the rest are events."""


@dataclass(frozen=True)
class Home:
    """Where a row belongs; None where it belongs to none."""

    household: int | None
    village: int | None


def entries(table: str, ids: Sequence[int]) -> dict[int, Row]:
    """Rows by number, those that are there. KeyError for a table that is not in ENTRIES."""
    return rows_of(ENTRIES[table], list(ids))


def home_of(table: str, row: Row) -> Home:
    """The household and village of a row of the register; a former member's is the household left last."""
    if table in (Village.table, VillageRecord.table):
        return Home(None, row["id"] if table == Village.table else row["village_key"])
    return home_of_household(_household(table, row))


def home_of_household(household: int | None) -> Home:
    """The household with its village."""
    if household is None:
        return Home(None, None)
    return Home(
        household, Household.objects.filter(id=household).values_list("village_id", flat=True).first()
    )


def home_of_person(person: int) -> Home:
    spells = spells_of_persons([person]).get(person, [])
    return home_of_household(spells[-1].household if spells else None)


def _household(table: str, row: Row) -> int | None:
    if table == Household.table:
        return int(row["id"])
    if table == Person.table:
        return home_of_person(row["id"]).household
    household: int | None = row["household_key"]
    return household
