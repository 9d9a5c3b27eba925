"""Spells: from when to when a person belonged to a household. Pure reading; days are yyyymmdd."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bangfu.office.journal.rows import batched
from bangfu.registry.models import Membership


@dataclass(frozen=True)
class Spell:
    """One membership: from `joined_on` (that day included) until `left_on` (that day not), open where None."""

    id: int
    person: int
    household: int
    joined_on: int
    left_on: int | None

    def covers(self, day: int) -> bool:
        return self.joined_on <= day and (self.left_on is None or day < self.left_on)

    def overlaps(self, joined_on: int, left_on: int | None) -> bool:
        return (self.left_on is None or joined_on < self.left_on) and (
            left_on is None or self.joined_on < left_on
        )


def spells_of_persons(persons: Iterable[int]) -> dict[int, list[Spell]]:
    """The memberships of each person, earliest first; persons without one are left out."""
    return _grouped("person_id", list(dict.fromkeys(persons)))


def spells_of_households(households: Iterable[int]) -> dict[int, list[Spell]]:
    """The memberships in each household, earliest first."""
    return _grouped("household_id", list(dict.fromkeys(households)))


def _grouped(by: str, ids: Sequence[int]) -> dict[int, list[Spell]]:
    found: dict[int, list[Spell]] = defaultdict(list)
    for some in batched(ids):
        rows = Membership.objects.filter(**{f"{by}__in": some})
        listed = rows.order_by("joined_on", "id").values_list(
            "id", "person_id", "household_id", "joined_on", "left_on"
        )
        for row, person, household, joined_on, left_on in listed:
            spell = Spell(row, person, household, joined_on, left_on)
            found[spell.person if by == "person_id" else spell.household].append(spell)
    return dict(found)
