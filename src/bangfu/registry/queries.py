"""The register as of a day: who belonged where, what a household was, what its year's figures were."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from bangfu.office.facts import Fact
from bangfu.office.journal.rows import Row, batched, columns, rows_of
from bangfu.registry.happenings import happenings_of
from bangfu.registry.memberships import Spell, spells_of_households, spells_of_persons
from bangfu.registry.models import (
    AnnualRecord,
    FrozenYear,
    Household,
    HouseholdClass,
    Membership,
    MonitoringEpisode,
    Person,
    PersonRecord,
    Village,
)
from bangfu.registry.scope import Scope
from bangfu.registry.statuses import Status, status_on


def members_on(day: int, households: Iterable[int]) -> dict[int, list[int]]:
    """Ids of the members of each household on a day (yyyymmdd), in the order in which they joined."""
    return {
        household: [spell.person for spell in spells if spell.covers(day)]
        for household, spells in spells_of_households(households).items()
    }


def household_on(day: int, persons: Iterable[int]) -> dict[int, int]:
    """The household of each person on a day; who belonged to none is left out."""
    found: dict[int, int] = {}
    for person, spells in spells_of_persons(persons).items():
        for spell in spells:
            if spell.covers(day):
                found[person] = spell.household
    return found


def statuses_on(day: int, households: Iterable[int]) -> dict[int, Status]:
    """The status of each household at the end of a day."""
    return {household: status_on(events, day) for household, events in happenings_of(households).items()}


def classes_on(day: int, households: Iterable[int]) -> dict[int, str]:
    """The office's class of each household on a day; households that were not classed yet are left out."""
    rows = HouseholdClass.objects.filter(household_id__in=list(households), from_on__lte=day)
    listed = rows.order_by("from_on", "id").values_list("household_id", "local_class")
    return dict(listed)


def memberships_on(day: int) -> QuerySet[Membership]:
    """All memberships that covered a day."""
    return Membership.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=day), joined_on__lte=day)


def members_from(sources: Iterable[int], day: int) -> list[int]:
    """Persons whose membership on a day was brought by one of these lists."""
    rows = memberships_on(day).filter(src__in=list(sources))
    return list(rows.order_by("person_id").values_list("person_id", flat=True))


def figures_of(year: int, households: Iterable[int]) -> dict[int, Row]:
    """The annual record of each household for a data year, as columns; households without one are left out."""
    return {
        household: row for (household, data_year), row in records_of(households).items() if data_year == year
    }


def frozen_years() -> frozenset[int]:
    """The data years whose records are closed."""
    return frozenset(FrozenYear.objects.values_list("data_year", flat=True))


def history_of(person: int) -> list[Spell]:
    """Every membership of a person, earliest first."""
    return spells_of_persons([person]).get(person, [])


def households_of_village(village: int) -> QuerySet[Household]:
    return Household.objects.filter(village_id=village).order_by("id")


def persons_there(ids: Iterable[int]) -> set[int]:
    """Which of the ids are persons on file."""
    return _there(Person, ids)


def households_there(ids: Iterable[int]) -> set[int]:
    return _there(Household, ids)


def villages_there(ids: Iterable[int]) -> set[int]:
    return _there(Village, ids)


# -- rows as the file comparison needs them: columns by name, ids as keys ----------------------------


def households_by_number(numbers: Iterable[str | None]) -> dict[str, int]:
    """Households on file by 户编号."""
    return {number: ids[0] for number, ids in _by(Household, "nat_household_no", numbers).items()}


def persons_by_number(numbers: Iterable[str | None]) -> dict[str, int]:
    """Persons on file by 人编号."""
    return {number: ids[0] for number, ids in _by(Person, "nat_person_no", numbers).items()}


def persons_by_id(numbers: Iterable[str | None]) -> dict[str, list[int]]:
    """Persons on file by ID number; several may carry the same by mistake."""
    return _by(Person, "id_no", numbers)


def person_columns() -> frozenset[str]:
    """The columns that a person's row has, without those of its provenance."""
    return frozenset(columns(Person)) - {"id", "src", "src_row"}


def person_rows(ids: Iterable[int]) -> dict[int, Row]:
    return rows_of(Person, list(ids))


def household_rows(ids: Iterable[int]) -> dict[int, Row]:
    return rows_of(Household, list(ids))


def villages_by_name() -> dict[str, int]:
    """Villages on file by the name in the register."""
    named = Village.objects.exclude(village_name=None).values_list("village_name", "id")
    return {name: row for name, row in named if name}


def villages_in(scope: Scope) -> dict[int, str]:
    """The villages that a scope reaches, with their names, in the order of their codes; none where it is households."""
    rows = Village.objects.order_by("village_code", "id")
    if not scope.is_everything:
        named = [
            part.villages for part in scope.parts if part.villages is not None and part.households is None
        ]
        rows = rows.filter(id__in=frozenset().union(*named))
    return {row: name or "" for row, name in rows.values_list("id", "village_name")}


def villages_by_code() -> dict[str, int]:
    """Villages on file by their division code."""
    coded = Village.objects.exclude(village_code=None).values_list("village_code", "id")
    return {code: row for code, row in coded if code}


def village_rows() -> dict[int, Row]:
    return rows_of(Village, list(Village.objects.values_list("id", flat=True)))


def village_of_households() -> dict[int, int]:
    """The village of every household that belongs to one."""
    rows = Household.objects.filter(village__isnull=False).values_list("id", "village_id")
    return {row: village for row, village in rows.iterator(10_000) if village is not None}


def households_without_village() -> dict[int, str]:
    """Households that name a village and belong to none on file: id -> the name."""
    rows = Household.objects.filter(village__isnull=True).exclude(village_name=None)
    return {row: name for row, name in rows.values_list("id", "village_name") if name}


def records_of(households: Iterable[int]) -> dict[tuple[int, int], Row]:
    """Annual records by household and data year."""
    rows = _related(AnnualRecord, "household_id", households)
    return {(row["household_key"], row["data_year"]): row for row in rows.values()}


def person_records_of(persons: Iterable[int]) -> dict[tuple[int, int], Row]:
    """Persons' records of past years by person and data year."""
    rows = _related(PersonRecord, "person_id", persons)
    return {(row["person_key"], row["data_year"]): row for row in rows.values()}


def episodes_of(households: Iterable[int]) -> dict[tuple[int, int | None], Row]:
    """Monitoring episodes by household and month of identification (yyyymm)."""
    rows = _related(MonitoringEpisode, "household_id", households)
    return {(row["household_key"], row["monitored_from"]): row for row in rows.values()}


def _by(model: type[Fact], column: str, values: Iterable[str | None]) -> dict[str, list[int]]:
    wanted = list(dict.fromkeys(value for value in values if value))
    found: dict[str, list[int]] = {}
    for some in batched(wanted):
        rows = model._default_manager.filter(**{f"{column}__in": some}).order_by("id")
        for value, row in rows.values_list(column, "id"):
            found.setdefault(value, []).append(row)
    return found


def _there(model: type[Fact], ids: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for some in batched(list(dict.fromkeys(ids))):
        found.update(model._default_manager.filter(id__in=some).values_list("id", flat=True))
    return found


def _related(model: type[Fact], column: str, owners: Iterable[int]) -> dict[int, Row]:
    ids: list[int] = []
    for some in batched(list(dict.fromkeys(owners))):
        rows = model._default_manager.filter(**{f"{column}__in": some})
        ids.extend(rows.values_list("id", flat=True))
    return rows_of(model, ids)
