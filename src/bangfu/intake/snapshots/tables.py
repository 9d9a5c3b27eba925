"""How each declared table is read from the register as of a day (yyyymmdd).

Events answer what they can: a member is who had joined and not left, a household's exit, return, monitoring and
cancellation count when they had happened by that day, its class is the last one given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bangfu.engine.dataset import DUCK_TYPES
from bangfu.intake.snapshots.comparisons import Said, comparisons
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Table

Kept = Mapping[str, frozenset[str]]


def select_of(table: str, kept: Kept, day: int, said: Said | None = None) -> str | None:
    """The query of a declared table; None where the register does not keep it. `said`: see `comparisons`."""
    if table == "field_comparison":
        return comparisons(_members(day), day, said)
    declared = load_terms().table(table)
    special = {"person": _persons, "household": _households, "former_person": _former}
    if table in special:
        return special[table](kept, day)
    if table not in kept:
        return None
    where = _until(table, day)
    return f"SELECT {', '.join(_columns(declared, 't', kept[table]))} FROM home.{table} t{_joins(declared)} {where}"


def _until(table: str, day: int) -> str:
    year = day // 10000
    if table in ("annual_record", "person_record", "village_record", "frozen_year"):
        return f"WHERE t.data_year <= {year}"
    if table == "membership":
        return f"WHERE t.joined_on <= {day}"
    if table == "status_event":
        return f"WHERE t.happened_on <= {day}"
    if table == "field_value":
        return f"WHERE t.said_on IS NULL OR t.said_on <= {day}"
    if table == "household_class":
        return f"WHERE t.from_on <= {day}"
    if table == "monitoring_episode":
        return f"WHERE t.monitored_from IS NULL OR t.monitored_from <= {day // 100}"
    return ""


def _columns(declared: Table, alias: str, kept: frozenset[str]) -> Iterator[str]:
    """Hidden keys, then the fields under their names and in the engine's types."""
    yield f"{alias}.id::BIGINT AS row_key"
    for link in declared.links:
        column = f"{link}_key"
        yield f"{alias}.{column}::BIGINT AS {column}" if column in kept else _found(link, declared, alias)
    yield f"{alias}.src::BIGINT AS src"
    yield f"{alias}.src_row::INTEGER AS src_row"
    for field in declared.own_fields:
        kind = DUCK_TYPES[field.type]
        if field.name in kept:
            yield f'{alias}."{field.name}"::{kind} AS "{field.name}"'
        elif field.name == "id18" and "id_no" in kept:
            yield f"left({alias}.id_no, 18)::{kind} AS id18"
        elif field.name == "beneficiary":
            yield f"{_BENEFICIARY.format(t=alias)} AS beneficiary"
        else:
            yield f'NULL::{kind} AS "{field.name}"'


_BENEFICIARY = (
    "CASE WHEN {t}.person_key IS NOT NULL THEN 'p' || {t}.person_key "
    "WHEN {t}.full_name IS NOT NULL THEN coalesce(left({t}.id_no, 18), {t}.village_name, '') || '|' || {t}.full_name END"
)


def _found(link: str, declared: Table, alias: str) -> str:
    """A link that the table does not keep: the village of its household."""
    if link == "village" and "household" in declared.links:
        return "home_of.village_key::BIGINT AS village_key"
    return f"NULL::BIGINT AS {link}_key"


def _joins(declared: Table) -> str:
    if "household" not in declared.links:
        return ""
    return " LEFT JOIN home.household home_of ON home_of.id = t.household_key"


def _members(day: int) -> str:
    """One row a person who belonged somewhere that day."""
    return (
        "SELECT person_key, household_key FROM home.membership "
        f"WHERE joined_on <= {day} AND (left_on IS NULL OR left_on > {day})"
    )


def _persons(kept: Kept, day: int) -> str:
    declared = load_terms().table("person")
    columns = [
        *_columns(declared, "t", kept["person"]),
        "m.household_key::BIGINT AS household_key",
        "h.village_key::BIGINT AS village_key",
        "h.nat_household_no::VARCHAR AS nat_household_no",
    ]
    return _of_persons(columns, _members(day))


def _of_persons(columns: list[str], memberships: str) -> str:
    return (
        f"SELECT {', '.join(_last(columns))} FROM home.person t JOIN ({memberships}) m ON m.person_key = t.id "
        "JOIN home.household h ON h.id = m.household_key"
    )


def _former(kept: Kept, day: int) -> str:
    """Persons whose last membership had ended, with the day and the reason."""
    declared = load_terms().table("former_person")
    gone = (
        "SELECT person_key, arg_max(household_key, joined_on) AS household_key, max(left_on) AS left_on, "
        "arg_max(leave_reason, joined_on) AS leave_reason FROM home.membership "
        f"WHERE joined_on <= {day} GROUP BY person_key "
        f"HAVING bool_and(left_on IS NOT NULL AND left_on <= {day})"
    )
    columns = [
        *_columns(declared, "t", kept["person"]),
        "m.household_key::BIGINT AS household_key",
        "h.village_key::BIGINT AS village_key",
        "h.nat_household_no::VARCHAR AS nat_household_no",
        "m.left_on::INTEGER AS removed_on",
        "m.leave_reason::VARCHAR AS removed_reason",
    ]
    return _of_persons(columns, gone)


def _households(kept: Kept, day: int) -> str:
    """Households that had been identified or had members, with the year's record and the current episode beside."""
    declared = load_terms().table("household")
    year, month = day // 10000, day // 100
    events = ", ".join(
        f"max(happened_on) FILTER (event = '{event}' AND happened_on <= {day}) AS {name}_on, "
        f"count(*) FILTER (event = '{event}') AS {name}_ever"
        for event, name in (("脱贫", "exited"), ("返贫", "returned"), ("清退", "cancelled"))
    )
    events = f"SELECT household_key, {events} FROM home.status_event GROUP BY household_key"
    size = f"SELECT household_key, count(*) AS size FROM ({_members(day)}) GROUP BY household_key"
    classed = (
        "SELECT household_key, arg_max(local_class, from_on) AS local_class FROM home.household_class "
        f"WHERE from_on <= {day} GROUP BY household_key"
    )
    record = (
        f"SELECT * FROM home.annual_record WHERE data_year <= {year} "
        "QUALIFY row_number() OVER (PARTITION BY household_key ORDER BY data_year DESC, id) = 1"
    )
    episode = (
        f"SELECT * FROM home.monitoring_episode WHERE monitored_from IS NULL OR monitored_from <= {month} "
        "QUALIFY row_number() OVER (PARTITION BY household_key ORDER BY monitored_from DESC NULLS LAST, id) = 1"
    )
    columns = [
        *_columns(declared, "t", kept["household"]),
        "CASE WHEN i.person_key IS NOT NULL THEN t.head_key END::BIGINT AS head_key",
        "coalesce(s.size, 0)::BIGINT AS current_household_size",
        "c.local_class::VARCHAR AS local_class",
        f"{_by_then('exited')} THEN t.exit_year END::BIGINT AS exit_year",
        f"CASE WHEN t.exit_approved_on <= {day} THEN t.exit_approved_on END::INTEGER AS exit_approved_on",
        f"CASE WHEN t.exit_confirmed_on <= {day} THEN t.exit_confirmed_on END::INTEGER AS exit_confirmed_on",
        f"{_by_then('returned')} THEN t.return_year END::BIGINT AS return_year",
        f"{_by_then('cancelled')} THEN t.cancelled_on END::INTEGER AS cancelled_on",
        "CASE WHEN e.cancelled_ever > 0 AND e.cancelled_on IS NULL THEN false ELSE t.is_cancelled END::BOOLEAN "
        "AS is_cancelled",
        *_beside("annual_record", "r"),
        *_beside("monitoring_episode", "p"),
    ]
    return (
        f"SELECT {', '.join(_last(columns))} FROM home.household t "
        f"LEFT JOIN ({events}) e ON e.household_key = t.id LEFT JOIN ({size}) s ON s.household_key = t.id "
        f"LEFT JOIN ({classed}) c ON c.household_key = t.id LEFT JOIN ({record}) r ON r.household_key = t.id "
        f"LEFT JOIN ({episode}) p ON p.household_key = t.id "
        f"LEFT JOIN ({_members(day)}) i ON i.person_key = t.head_key AND i.household_key = t.id "
        f"WHERE EXISTS (SELECT 1 FROM home.status_event x WHERE x.household_key = t.id AND x.happened_on <= {day}) "
        f"OR EXISTS (SELECT 1 FROM home.membership x WHERE x.household_key = t.id AND x.joined_on <= {day})"
    )


def _by_then(event: str) -> str:
    """Whether an event had happened; where none was ever recorded, the column stands as it is."""
    return f"CASE WHEN e.{event}_on IS NOT NULL OR coalesce(e.{event}_ever, 0) = 0"


def _beside(table: str, alias: str) -> Iterator[str]:
    """The fields of a table that a household shows as its own."""
    for field in load_terms().table(table).own_fields:
        yield f'{alias}."{field.name}"::{DUCK_TYPES[field.type]} AS "{field.name}"'


def _last(columns: list[str]) -> list[str]:
    """Of columns that are given twice the last."""
    named = {column.rpartition(" AS ")[2]: column for column in columns}
    plain = {name.strip('"'): column for name, column in named.items()}
    return list(plain.values())
