"""Keeps what lists and searches of households are read from in step with the facts, with every transaction.

`household_standing` has a row a household, `member_key` one a membership. See `office.journal.derived`.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from bangfu.office.home import business_day
from bangfu.office.journal.derived import Derived, Owners, Say, Watch
from bangfu.office.journal.rows import batched, quoted
from bangfu.office.journal.waiting import write_lock
from bangfu.registry.computed import OF_HOUSEHOLD, OF_KEY, OF_STANDING, Values, computed
from bangfu.registry.models import Household, HouseholdStanding, Membership

_SIZE = 1_000
_SINCE, _UNTIL = OF_STANDING.index("since_on"), OF_STANDING.index("until_on")
_WATCHES = {
    "household": Watch("id", frozenset(OF_HOUSEHOLD)),
    "person": Watch("id", frozenset({"full_name", "id_no"}), only_changes=True),  # membership brings them in
    "membership": Watch("household_key", frozenset({"person_key", "household_key", "joined_on", "left_on"})),
    "status_event": Watch("household_key", frozenset({"household_key", "event", "happened_on"})),
    "household_class": Watch("household_key", frozenset({"household_key", "local_class", "from_on"})),
    "monitoring_episode": Watch(
        "household_key", frozenset({"household_key", "monitored_from", "monitor_type"})
    ),
}


@dataclass(frozen=True)
class _Table:
    """A derived table; its rows are known by their first column."""

    name: str
    label: str
    columns: tuple[str, ...]


_TABLES = (_Table("household_standing", "现状", OF_STANDING), _Table("member_key", "检索", OF_KEY))


def refresh(owners: Owners) -> None:
    """Of the households that a transaction touched, and of those that time has overtaken."""
    day = business_day()
    touched = set(HouseholdStanding.objects.filter(until_on__lte=day).values_list("pk", flat=True))
    for facts, named in owners.items():
        touched.update(_homes_of(named) if facts == "person" else named)
    with _collector_at_rest(len(touched) > _SIZE):
        for some in batched(sorted(touched), _SIZE):
            for table, rows in zip(_TABLES, computed(some, day), strict=True):
                _put(table, some, rows)


def is_late(day: int) -> Q:
    """That a row of `household_standing` is not as of a day (yyyymmdd): it has passed, or the row is of a later one."""
    return Q(until_on__lte=day) | Q(since_on__gt=day)


def rebuild(say: Say) -> int:
    """Everything anew; the number of households."""
    day, done = business_day(), 0
    with write_lock(say):
        for table in _TABLES:
            _run(f"DELETE FROM {table.name}", ())
        for some in _all_households():
            for table, rows in zip(_TABLES, computed(some, day), strict=True):
                _insert(table, rows)
            done += len(some)
            say(f"{done} 户")
    return done


def drift() -> Iterator[str]:
    """Households of which something else is kept than would be computed; those that time has overtaken are not meant."""
    day = business_day()
    for some in _all_households():
        for table, rows in zip(_TABLES, computed(some, day), strict=True):
            yield from _differences(table, _kept(table, some), rows, day)
    there = Household.objects.values("id").query
    for table in _TABLES:
        for (household,) in _run(
            f"SELECT household_key FROM {table.name} WHERE household_key NOT IN ({there})", ()
        ):
            yield f"户 {household}:已经没有了,{table.label}里还有"


def is_missing() -> bool:
    return not HouseholdStanding.objects.exists() and Household.objects.exists()


DERIVED = Derived("农户检索", _WATCHES, refresh, rebuild, drift, is_missing)


def _differences(table: _Table, kept: Iterable[Values], wanted: Iterable[Values], day: int) -> Iterator[str]:
    found, computed = {row[0]: row for row in kept}, {row[0]: row for row in wanted}
    household = table.columns.index("household_key")
    for key in sorted(found.keys() | computed.keys()):
        row = found.get(key)
        is_overtaken = (
            table.columns is OF_STANDING and row is not None and not row[_SINCE] <= day < row[_UNTIL]
        )
        if row != computed.get(key) and not is_overtaken:
            yield f"户 {(row or computed[key])[household]}:{table.label}与台账不符"


@contextmanager
def _collector_at_rest(is_much: bool) -> Iterator[None]:
    """Beside the millions of objects of an import, collecting would take as long as all the rest; there are no cycles."""
    was_enabled = gc.isenabled()
    if is_much:
        gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _homes_of(persons: Iterable[int]) -> Iterator[int]:
    for some in batched(sorted(persons)):
        yield from Membership.objects.filter(person_id__in=some).values_list("household_id", flat=True)


def _all_households() -> Iterator[list[int]]:
    last = 0
    ids = Household.objects.order_by("id").values_list("id", flat=True)
    while some := list(ids.filter(id__gt=last)[:_SIZE]):
        yield some
        last = some[-1]


# -- rows ---------------------------------------------------------------------------------------------


def _put(table: _Table, households: Sequence[int], rows: Sequence[Values]) -> None:
    """Writes what is not so already: most changes leave most rows as they are."""
    kept = {row[0]: row for row in _kept(table, households)}
    wanted = {row[0]: row for row in rows}
    gone = [key for key, row in kept.items() if wanted.get(key) != row]
    for some in batched(gone):
        _run(f"DELETE FROM {table.name} WHERE {quoted(table.columns[:1])} IN ({_marks(len(some))})", some)
    _insert(table, [row for key, row in wanted.items() if kept.get(key) != row])


def _kept(table: _Table, households: Sequence[int]) -> list[Values]:
    wanted = f"household_key IN ({_marks(len(households))})"
    return _run(f"SELECT {quoted(table.columns)} FROM {table.name} WHERE {wanted}", households)


def _insert(table: _Table, rows: Sequence[Values]) -> None:
    statement = f"INSERT INTO {table.name} ({quoted(table.columns)}) VALUES ({_marks(len(table.columns))})"
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _run(statement: str, given: Sequence[int]) -> list[Values]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(given))
        rows: list[Values] = cursor.fetchall() if cursor.description else []
        return rows


def _marks(count: int) -> str:
    return ", ".join(["%s"] * count)
