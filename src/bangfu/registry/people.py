"""The persons on file in columns, as lists are linked to them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import QuerySet

from bangfu.registry.models import Membership
from bangfu.registry.queries import memberships_on

_COLUMNS = (
    "person_id",
    "person__full_name",
    "person__id_no",
    "person__nat_person_no",
    "person__birth_date",
    "household_id",
    "household__village_name",
)


@dataclass
class People:
    """Persons, a place each; `households` is where they belong or last belonged, `births` are yyyymmdd."""

    ids: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    person_numbers: list[str | None] = field(default_factory=list)
    births: list[int | None] = field(default_factory=list)
    households: list[int] = field(default_factory=list)
    villages: list[str] = field(default_factory=list)


def members(day: int) -> People:
    """Who belonged to a household on a day (yyyymmdd)."""
    return _in_columns(memberships_on(day))


def former_members(day: int) -> People:
    """Who had belonged to a household and does not any more, by the last membership."""
    now = memberships_on(day)
    return _in_columns(
        Membership.objects.filter(left_on__lte=day).exclude(person_id__in=now.values("person_id"))
    )


def _in_columns(memberships: QuerySet[Membership]) -> People:
    people = People()
    places: dict[int, int] = {}
    rows = memberships.order_by("joined_on", "id").values_list(*_COLUMNS)
    for person, name, number, person_number, birth, household, village in rows.iterator(10_000):
        if person in places:
            people.households[places[person]] = household
            people.villages[places[person]] = village or ""
            continue
        places[person] = len(people.ids)
        people.ids.append(person)
        people.names.append(name or "")
        people.numbers.append(number or "")
        people.person_numbers.append(person_number)
        people.births.append(birth)
        people.households.append(household)
        people.villages.append(village or "")
    return people
