"""Whose rows a reader may change; what is outside is not found, as if it were not there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.urls import NoReverseMatch, reverse

from bangfu.ledger.editing import stored_row
from bangfu.ledger.scope import scope_of
from bangfu.office.home import business_day
from bangfu.office.journal.rows import Row
from bangfu.office.readers import Reader
from bangfu.registry.editing.rows import household_of_row
from bangfu.registry.queries import household_rows, members_on, person_rows
from bangfu.terms.forms import load_forms

RIGHT = "household.change"


@dataclass(frozen=True)
class Family:
    """A household and its members of the business day, in the order in which they joined."""

    home: Row
    members: tuple[Row, ...]
    day: int

    @property
    def id(self) -> int:
        return int(self.home["id"])

    @property
    def head(self) -> Row | None:
        return next((row for row in self.members if row["id"] == self.home["head_key"]), None)

    @property
    def name(self) -> str:
        """The head's, as everybody calls the household."""
        return str((self.head or {}).get("full_name") or self.home["head_name"] or "未写明户主")

    @property
    def address(self) -> str:
        """Of the household's page, where there is one."""
        try:
            return reverse("household", args=[self.id])
        except NoReverseMatch:
            return reverse("household_edit", args=[self.id])

    def member(self, person: int) -> Row:
        """404 for who is no member."""
        found = next((row for row in self.members if row["id"] == person), None)
        if found is None:
            raise Http404
        return found


def family_of(reader: Reader, household: int) -> Family:
    """404 where the household is not there or not the reader's to change."""
    home = household_rows([household]).get(household)
    if home is None or not scope_of(reader, RIGHT).has(village=home["village_key"], household=household):
        raise Http404
    day = business_day()
    ids = members_on(day, [household]).get(household, [])
    rows = person_rows(ids)
    return Family(home, tuple(rows[person] for person in ids), day)


def row_of(family: Family, table: str, row: int) -> Row:
    """404 where the table is not typed, the row not there, or another household's."""
    if table not in load_forms():
        raise Http404
    found = stored_row(table, row)
    if found is None or household_of_row(table, found, family.day) != family.id:
        raise Http404
    return found
