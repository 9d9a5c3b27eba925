"""What a household was on a day: its events, members and class, the year's record and the current episode."""

from __future__ import annotations

from bangfu.intake.snapshots.columns import At, Kept, Reading, cast, fields_of, stored_columns
from bangfu.intake.snapshots.persons import members
from bangfu.terms.loader import load_terms

_EVENTS = (("脱贫", "exited"), ("返贫", "returned"), ("清退", "cancelled"))


def households(kept: Kept, day: int, at: At) -> Reading:
    """Those that had been identified or had members by that day.

    What is joined is grouped by household first and no more than one row each: a subquery in the conditions would
    make DuckDB carry the wide rows through it.
    """
    terms = load_terms()
    columns = {
        **dict(stored_columns(terms.table("household"), kept["household"])),
        "head_key": cast("CASE WHEN i.person_key IS NOT NULL THEN t.head_key END", "BIGINT"),
        "current_household_size": cast("coalesce(s.size, 0)", "BIGINT"),
        "local_class": cast("c.local_class", "VARCHAR"),
        "exit_year": _by_then("exited", "exit_year", "BIGINT"),
        "exit_approved_on": _if_past("exit_approved_on", day),
        "exit_confirmed_on": _if_past("exit_confirmed_on", day),
        "return_year": _by_then("returned", "return_year", "BIGINT"),
        "cancelled_on": _by_then("cancelled", "cancelled_on", "INTEGER"),
        "is_cancelled": cast(
            "CASE WHEN e.cancelled_ever > 0 AND e.cancelled_on IS NULL THEN false ELSE t.is_cancelled END",
            "BOOLEAN",
        ),
        **dict(fields_of(terms.table("annual_record"), "r")),
        **dict(fields_of(terms.table("monitoring_episode"), "p")),
    }
    beside = {"e": _events(day, at), "s": _sizes(day, at), "c": _last_class(day, at)}
    beside |= {"r": _last_record(day, at), "p": _last_episode(day, at)}
    joined = " ".join(
        f"LEFT JOIN ({query}) {alias} ON {alias}.household_key = t.id" for alias, query in beside.items()
    )
    head = f"LEFT JOIN ({members(day, at)}) i ON i.person_key = t.head_key AND i.household_key = t.id"
    where = f"e.first_on <= {day} OR s.first_on <= {day}"
    return Reading(columns, f"{at('household')} t {joined} {head}", where)


def _events(day: int, at: At) -> str:
    """The day of each household's last exit, return and cancellation, and whether any was ever recorded."""
    counted = ", ".join(
        f"max(happened_on) FILTER (WHERE event = '{event}' AND happened_on <= {day}) AS {name}_on, "
        f"count(*) FILTER (WHERE event = '{event}') AS {name}_ever"
        for event, name in _EVENTS
    )
    return (
        f"SELECT household_key, min(happened_on) AS first_on, {counted} FROM {at('status_event')} ev "
        "GROUP BY household_key"
    )


def _sizes(day: int, at: At) -> str:
    here = f"joined_on <= {day} AND (left_on IS NULL OR left_on > {day})"
    return (
        f"SELECT household_key, min(joined_on) AS first_on, count(*) FILTER (WHERE {here}) AS size "
        f"FROM {at('membership')} mm GROUP BY household_key"
    )


def _last(table: str, when: str, order: str, at: At) -> str:
    """Of a household's rows that satisfy `when` the first in an order."""
    place = f"row_number() OVER (PARTITION BY household_key ORDER BY {order}) AS place"
    first = f"SELECT id FROM (SELECT id, {place} FROM {at(table)} b WHERE {when}) ranked WHERE place = 1"
    return f"SELECT a.* FROM {at(table)} a JOIN ({first}) f ON f.id = a.id"


def _last_class(day: int, at: At) -> str:
    return _last("household_class", f"from_on <= {day}", "from_on DESC, id DESC", at)


def _last_record(day: int, at: At) -> str:
    return _last("annual_record", f"data_year <= {day // 10000}", "data_year DESC, id", at)


def _last_episode(day: int, at: At) -> str:
    """The latest; one of an unknown month only where no other is known."""
    when = f"monitored_from IS NULL OR monitored_from <= {day // 100}"
    return _last("monitoring_episode", when, "coalesce(monitored_from, 0) DESC, id", at)


def _by_then(event: str, column: str, kind: str) -> str:
    """A column of an event that had happened; where none was ever recorded, the column stands as it is."""
    happened = f"e.{event}_on IS NOT NULL OR coalesce(e.{event}_ever, 0) = 0"
    return cast(f"CASE WHEN {happened} THEN t.{column} END", kind)


def _if_past(column: str, day: int) -> str:
    return cast(f"CASE WHEN t.{column} <= {day} THEN t.{column} END", "INTEGER")
