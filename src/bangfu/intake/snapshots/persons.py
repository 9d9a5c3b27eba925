"""Who was a member on a day, and whose last membership had ended by then."""

from __future__ import annotations

from collections.abc import Mapping

from bangfu.intake.snapshots.columns import At, Kept, Reading, cast, stored_columns
from bangfu.terms.loader import load_terms


def members(day: int, at: At) -> str:
    """One row a person who belonged somewhere that day."""
    return (
        f"SELECT person_key, household_key FROM {at('membership')} ms "
        f"WHERE joined_on <= {day} AND (left_on IS NULL OR left_on > {day})"
    )


def persons(kept: Kept, day: int, at: At) -> Reading:
    return _of_persons("person", {}, members(day, at), kept, at)


def former_persons(kept: Kept, day: int, at: At) -> Reading:
    """Persons whose last membership had ended, with the day and the reason."""
    gone = (
        f"SELECT person_key, household_key, left_on, leave_reason FROM {at('membership')} ms "
        f"WHERE joined_on <= {day} AND left_on <= {day} AND NOT EXISTS ("
        f"SELECT 1 FROM {at('membership')} other WHERE other.person_key = ms.person_key "
        f"AND other.joined_on <= {day} AND (other.left_on IS NULL OR other.left_on > {day} "
        "OR other.joined_on > ms.joined_on OR (other.joined_on = ms.joined_on AND other.id > ms.id)))"
    )
    left = {"removed_on": cast("m.left_on", "INTEGER"), "removed_reason": cast("m.leave_reason", "VARCHAR")}
    return _of_persons("former_person", left, gone, kept, at)


def _of_persons(table: str, more: Mapping[str, str], memberships: str, kept: Kept, at: At) -> Reading:
    columns = {
        **dict(stored_columns(load_terms().table(table), kept["person"])),
        "household_key": cast("m.household_key", "BIGINT"),
        "village_key": cast("h.village_key", "BIGINT"),
        "nat_household_no": cast("h.nat_household_no", "VARCHAR"),
        **more,
    }
    source = (
        f"{at('person')} t JOIN ({memberships}) m ON m.person_key = t.id "
        f"JOIN {at('household')} h ON h.id = m.household_key"
    )
    return Reading(columns, source)
