"""What lists and searches of households are read from, computed from the facts with every transaction.

`household_standing` has a row a household, `member_key` one a membership. See `office.journal.derived`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models import Q

from bangfu.linkage.names import name_key
from bangfu.office.home import business_day
from bangfu.office.journal import rows as fact_rows
from bangfu.office.journal.derived import Derived, Owners, Say, Watch
from bangfu.office.journal.rows import Row, batched
from bangfu.office.journal.waiting import write_lock
from bangfu.registry.happenings import happenings_of
from bangfu.registry.models import (
    Household,
    HouseholdClass,
    HouseholdStanding,
    MemberKey,
    Membership,
    MonitoringEpisode,
)
from bangfu.registry.standing import Standing, Told, standing_on
from bangfu.terms.readings import initials_of, reading_of

ID_PLACES = 8
"""So many last places of an ID number are searched."""
_SIZE = 1_000
_LAST = "\U0010ffff"  # sorts behind every name
_COLUMNS = (
    "village_id",
    "head_id",
    "exit_year",
    "household_attribute",
    "household_type",
    "exit_status",
    "is_cancelled",
)
_SPELL = ("joined_on", "left_on", "person__full_name", "person__id_no")
_WATCHES = {
    "household": Watch(
        "id",
        frozenset(name.replace("_id", "_key") for name in _COLUMNS),
    ),
    "person": Watch("id", frozenset({"full_name", "id_no"}), only_changes=True),  # membership brings them in
    "membership": Watch("household_key", frozenset({"person_key", "household_key", "joined_on", "left_on"})),
    "status_event": Watch("household_key", frozenset({"household_key", "event", "happened_on"})),
    "household_class": Watch("household_key", frozenset({"household_key", "local_class", "from_on"})),
    "monitoring_episode": Watch(
        "household_key", frozenset({"household_key", "monitored_from", "monitor_type"})
    ),
}


def refresh(owners: Owners) -> None:
    """Of the households that a transaction touched, and of those that time has overtaken."""
    day = business_day()
    touched = set(HouseholdStanding.objects.filter(is_late(day)).values_list("pk", flat=True))
    for table, named in owners.items():
        touched.update(_homes_of(named) if table == "person" else named)
    for some in batched(sorted(touched), _SIZE):
        _write(some, day)


def is_late(day: int) -> Q:
    """That a row of `household_standing` is not as of a day (yyyymmdd): it has passed, or the row is of a later one."""
    return Q(until_on__lte=day) | Q(since_on__gt=day)


def rebuild(say: Say) -> int:
    """Everything anew; the number of households."""
    day, done = business_day(), 0
    with write_lock(say):
        HouseholdStanding.objects.all().delete()
        MemberKey.objects.all().delete()
        for some in _all_households():
            _insert(*computed(some, day))
            done += len(some)
            say(f"{done} 户")
    return done


def drift() -> Iterator[str]:
    """Households of which something else is kept than would be computed; those that time has overtaken are not meant."""
    day = business_day()
    for some in _all_households():
        standings, keys = computed(some, day)
        yield from _differences("现状", "household_key", _kept(HouseholdStanding, some), standings, day)
        yield from _differences("检索", "id", _kept(MemberKey, some), keys, day)
    for model in (HouseholdStanding, MemberKey):
        left = model._default_manager.exclude(household_id__in=Household.objects.values("id"))
        yield from (
            f"户 {household}:已经没有了,检索里还有"
            for household in left.values_list("household_id", flat=True)
        )


def is_missing() -> bool:
    return not HouseholdStanding.objects.exists() and Household.objects.exists()


DERIVED = Derived("农户检索", _WATCHES, refresh, rebuild, drift, is_missing)


def standings_of(households: Collection[int], day: int) -> dict[int, Standing]:
    """How these households stand on a day (yyyymmdd), from the facts."""
    if not households:
        return {}
    return {household: standing_on(read.told, day) for household, read in _read(list(households)).items()}


def computed(households: Sequence[int], day: int) -> tuple[list[Row], list[Row]]:
    """The rows of both tables for these households, as of a day; none for households that are not there."""
    standings: list[Row] = []
    keys: list[Row] = []
    for household, read in _read(households).items():
        standings.append(_standing(household, read, day))
        keys.extend(_key(household, spell) for spell in read.spells)
    return standings, keys


@dataclass(frozen=True)
class _Read:
    told: Told
    spells: list[Any]  # membership, person, joined, left, name, ID number


def _read(households: Sequence[int]) -> dict[int, _Read]:
    rows = Household.objects.filter(id__in=households).values_list("id", *_COLUMNS)
    columns = {row[0]: dict(zip(_COLUMNS, row[1:], strict=True)) for row in rows}
    spells = _grouped(Membership, households, "id", "person_id", *_SPELL)
    classes = _grouped(HouseholdClass, households, "from_on", "local_class")
    episodes = _grouped(MonitoringEpisode, households, "monitored_from", "monitor_type")
    events = happenings_of(columns)
    return {
        household: _Read(
            Told(
                own,
                tuple(events[household]),
                tuple(classes[household]),
                tuple((joined, left) for _, _, joined, left, _, _ in spells[household]),
                tuple(episodes[household]),
            ),
            spells[household],
        )
        for household, own in columns.items()
    }


def _standing(household: int, read: _Read, day: int) -> Row:
    found, columns = standing_on(read.told, day), read.told.columns
    head = {person: name for _, person, _, _, name, _ in read.spells}.get(columns["head_id"])
    return {
        "household_key": household,
        "village_key": columns["village_id"] or 0,
        "status": found.status,
        "monitoring": found.monitoring,
        "monitor_type": found.monitor_type,
        "exit_year": found.exit_year,
        "local_class": found.local_class,
        "attribute": columns["household_attribute"] or "",
        "size": found.size,
        "head_reading": f"{reading_of(head)} {head}" if head else _LAST,
        "since_on": found.since_on,
        "until_on": found.until_on,
    }


def _key(household: int, spell: Sequence[Any]) -> Row:
    membership, person, _, _, name, id_no = spell
    key = searched_name(name or "")
    return {
        "id": membership,
        "household_key": household,
        "person_key": person,
        "name": key,
        "initials": initials_of(key),
        "id_back": (id_no or "")[:18][-ID_PLACES:][::-1].upper(),
    }


def searched_name(text: str) -> str:
    """A name as it is stored and looked up: full and half width, letters, traditional characters and dots alike."""
    return name_key(text).upper()


def _grouped(model: type[models.Model], households: Sequence[int], *names: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows = model._default_manager.filter(household_id__in=households).order_by("id")
    for household, *values in rows.values_list("household_id", *names):
        found[household].append(tuple(values))
    return found


def _homes_of(persons: Iterable[int]) -> Iterator[int]:
    for some in batched(sorted(persons)):
        yield from Membership.objects.filter(person_id__in=some).values_list("household_id", flat=True)


def _all_households() -> Iterator[list[int]]:
    last = 0
    while some := list(
        Household.objects.filter(id__gt=last).order_by("id").values_list("id", flat=True)[:_SIZE]
    ):
        yield some
        last = some[-1]


def _kept(model: type[models.Model], households: Sequence[int]) -> Iterator[Row]:
    names = [field.attname for field in model._meta.concrete_fields]
    for values in model._default_manager.filter(household_id__in=households).values_list(*names):
        yield dict(zip(fact_rows.columns(model), values, strict=True))


def _write(households: Sequence[int], day: int) -> None:
    marks = ", ".join(["%s"] * len(households))
    with connection.cursor() as cursor:
        for model in (HouseholdStanding, MemberKey):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"DELETE FROM {table} WHERE household_key IN ({marks})", list(households))
    _insert(*computed(households, day))


def _insert(standings: Sequence[Row], keys: Sequence[Row]) -> None:
    fact_rows.insert(HouseholdStanding, standings)
    fact_rows.insert(MemberKey, keys)


def _differences(what: str, by: str, kept: Iterable[Row], computed: Iterable[Row], day: int) -> Iterator[str]:
    """Of rows of both, by their key."""
    found, wanted = {row[by]: row for row in kept}, {row[by]: row for row in computed}
    for key in sorted(found.keys() | wanted.keys()):
        row = found.get(key, {})
        is_overtaken = not row.get("since_on", day) <= day < row.get("until_on", day + 1)
        if found.get(key) != wanted.get(key) and not is_overtaken:
            row = wanted.get(key) or found[key]
            yield f"户 {row['household_key']}:{what}与台账不符"
