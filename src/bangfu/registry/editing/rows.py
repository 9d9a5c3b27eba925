"""The stored rows that an edit is about, and whose they are."""

from __future__ import annotations

from collections.abc import Mapping

from bangfu.office.facts import Fact
from bangfu.office.journal.rows import Row, rows_of
from bangfu.registry.memberships import spells_of_persons
from bangfu.registry.models import AnnualRecord, Household, Membership, Person, StatusEvent

EDITED: Mapping[str, type[Fact]] = {
    "household": Household,
    "person": Person,
    "annual_record": AnnualRecord,
    "membership": Membership,
    "status_event": StatusEvent,
}
"""Tables of the register that edits change or add to."""


def stored_row(table: str, row: int) -> Row | None:
    """A row of one of these tables; None where it is not there."""
    return rows_of(EDITED[table], [row]).get(row)


def household_of_person(person: int, day: int) -> int | None:
    """Where a person belongs on a day, else where the person last belonged; None of somebody never in a household."""
    spells = spells_of_persons([person]).get(person, [])
    covering = [spell for spell in spells if spell.covers(day)]
    last = (covering or sorted(spells, key=lambda spell: spell.joined_on))[-1:]
    return last[0].household if last else None


def household_of_row(table: str, values: Row, day: int) -> int | None:
    """Whose household a stored row is about."""
    if table == "household":
        return int(values["id"])
    if table == "person":
        return household_of_person(values["id"], day)
    if values.get("household_key") is not None:
        return int(values["household_key"])
    person = values.get("person_key")
    return None if person is None else household_of_person(person, day)
