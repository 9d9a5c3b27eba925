"""From the facts, what lists and searches are read from: a row a household, and one a membership.

Past the models, which take several times as long: every import pays for this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from bangfu.linkage.names import name_key
from bangfu.registry.standing import Standing, Told, standing_on
from bangfu.registry.statuses import Happening
from bangfu.terms.readings import initials_of, reading_of

Values = tuple[Any, ...]
OF_STANDING = (
    "household_key",
    "village_key",
    "status",
    "monitoring",
    "monitor_type",
    "exit_year",
    "local_class",
    "attribute",
    "size",
    "head_reading",
    "since_on",
    "until_on",
)
OF_KEY = ("id", "household_key", "person_key", "name", "initials", "id_back")
"""The columns of the two tables, in the order in which their rows are given."""
OF_HOUSEHOLD = (
    "village_key",
    "head_key",
    "exit_year",
    "household_attribute",
    "household_type",
    "exit_status",
    "is_cancelled",
)
"""The columns of a household that they are computed from."""
ID_PLACES = 8
"""So many last places of an ID number are searched."""
_LAST = "\U0010ffff"  # sorts behind every name
_HOUSEHOLDS = f"SELECT id, {', '.join(OF_HOUSEHOLD)} FROM household WHERE id IN (%s)"
_SPELLS = (
    "SELECT m.household_key, m.joined_on, m.left_on, m.id, m.person_key, p.full_name, p.id_no FROM membership m "
    "JOIN person p ON p.id = m.person_key WHERE m.household_key IN (%s) ORDER BY m.id"
)
_OF = "SELECT household_key, {} FROM {} WHERE household_key IN (%s) ORDER BY id"
_EVENTS = _OF.format("event, happened_on", "status_event")
_CLASSES = _OF.format("from_on, local_class", "household_class")
_EPISODES = _OF.format("monitored_from, monitor_type", "monitoring_episode")


def computed(households: Sequence[int], day: int) -> tuple[list[Values], list[Values]]:
    """The rows of both tables for these households, as of a day (yyyymmdd); none for those that are not there."""
    standings: list[Values] = []
    keys: list[Values] = []
    for household, read in _read(households).items():
        standings.append(_standing(household, read, day))
        keys.extend(_key(household, spell) for spell in read.spells)
    return standings, keys


def standings_of(households: Collection[int], day: int) -> dict[int, Standing]:
    """How these households stand on a day (yyyymmdd), from the facts."""
    if not households:
        return {}
    return {household: standing_on(read.told, day) for household, read in _read(list(households)).items()}


def searched_name(text: str) -> str:
    """A name as it is stored and looked up: full and half width, letters, traditional characters and dots alike."""
    return name_key(text).upper()


@dataclass(frozen=True)
class _Read:
    told: Told
    spells: list[Values]  # joined, left, membership, person, name, ID number


def _read(households: Sequence[int]) -> dict[int, _Read]:
    spells, events = _grouped(_SPELLS, households), _grouped(_EVENTS, households)
    classes, episodes = _grouped(_CLASSES, households), _grouped(_EPISODES, households)
    return {
        household: _Read(
            Told(
                dict(zip(OF_HOUSEHOLD, own, strict=True)),
                tuple(Happening(event, on) for event, on in events[household]),
                tuple(classes[household]),
                tuple(spell[:2] for spell in spells[household]),
                tuple(episodes[household]),
            ),
            spells[household],
        )
        for household, *own in _asked(_HOUSEHOLDS, households)
    }


def _standing(household: int, read: _Read, day: int) -> Values:
    found, columns = standing_on(read.told, day), read.told.columns
    head = next((name for _, _, _, one, name, _ in read.spells if one == columns["head_key"]), None)
    return (
        household,
        columns["village_key"] or 0,
        found.status,
        found.monitoring,
        found.monitor_type,
        found.exit_year,
        found.local_class,
        columns["household_attribute"] or "",
        found.size,
        f"{reading_of(head)} {head}" if head else _LAST,
        found.since_on,
        found.until_on,
    )


def _key(household: int, spell: Values) -> Values:
    _, _, membership, person, name, id_no = spell
    key = searched_name(name or "")
    id_back = (id_no or "")[:18][-ID_PLACES:][::-1].upper()
    return (membership, household, person, key, initials_of(key), id_back)


def _asked(sql: str, households: Sequence[int]) -> list[Values]:
    with connection.cursor() as cursor:
        cursor.execute(sql % ", ".join(["%s"] * len(households)), list(households))
        rows: list[Values] = cursor.fetchall()
        return rows


def _grouped(sql: str, households: Sequence[int]) -> dict[int, list[Values]]:
    """The rows without their first column, by it."""
    found: dict[int, list[Values]] = defaultdict(list)
    for row in _asked(sql, households):
        found[row[0]].append(row[1:])
    return found
