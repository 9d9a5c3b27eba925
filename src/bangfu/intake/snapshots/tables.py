"""How each declared table is read from the register as of a day (yyyymmdd).

Events answer what they can: a member is who had joined and not left, a household's exit, return, monitoring and
cancellation count when they had happened by that day, its class is the last one given.

The SQL is what DuckDB, SQLite and PostgreSQL understand alike: a snapshot reads all rows through DuckDB, a question
about one household (`narrow.py`) a few of them in the register's own database.
"""

from __future__ import annotations

from collections.abc import Iterable

from bangfu.engine.dataset import DUCK_TYPES
from bangfu.intake.snapshots.columns import At, Kept, Reading, cast, stored_columns
from bangfu.intake.snapshots.comparisons import Said, compared
from bangfu.intake.snapshots.households import households
from bangfu.intake.snapshots.persons import former_persons, persons
from bangfu.intake.snapshots.reading import HOME
from bangfu.ledger.derived import COMPUTED
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Field

MADE = {"person": persons, "household": households, "former_person": former_persons}
"""Tables that the register keeps in several."""


def attached(name: str) -> str:
    """The table beside a DuckDB that opened the register."""
    return f"{HOME}.{name}"


def reading_of(
    table: str, kept: Kept, day: int, at: At = attached, said: Said | None = None
) -> Reading | None:
    """How a declared table is read; None where the register does not keep it.

    `said`: see `comparisons`; without it, as outside DuckDB, `field_comparison` is not read.
    """
    if table == "field_comparison":
        return None if said is None else compared(day, at, said)
    if table in MADE:
        return MADE[table](kept, day, at)
    if table not in kept:
        return None
    declared = load_terms().table(table)
    columns, source = dict(stored_columns(declared, kept[table])), f"{at(table)} t"
    for name, value in COMPUTED.get(table, {}).items():
        columns[name] = cast(value(day), DUCK_TYPES[declared.fields[name].type])
    if {"household", "village"} <= set(declared.links) and "village_key" not in kept[table]:
        columns["village_key"] = cast("home_of.village_key", "BIGINT")
        source += f" LEFT JOIN {at('household')} home_of ON home_of.id = t.household_key"
    return Reading(columns, source, _until(table, day, at))


def _until(table: str, day: int, at: At) -> str:
    if table in ("annual_record", "person_record", "village_record", "frozen_year"):
        return f"t.data_year <= {day // 10000}"
    if table == "membership":
        return f"t.joined_on <= {day}"
    if table == "status_event":
        return f"t.happened_on <= {day}"
    if table == "field_value":
        return f"t.said_on IS NULL OR t.said_on <= {day}"
    if table == "household_class":
        return f"t.from_on <= {day}"
    if table == "monitoring_episode":
        return f"t.monitored_from IS NULL OR t.monitored_from <= {day // 100}"
    dated_by = load_terms().table(table).dated_by
    return _known_by(table, dated_by, day, at) if dated_by else ""


def _known_by(table: str, dated_by: Iterable[str], day: int, at: At) -> str:
    """Rows of that day or before, and what a list of that day said of later ones: that may be what is wrong with it."""
    fields = load_terms().table(table).fields
    cases = " ".join(
        f'WHEN t."{name}" IS NOT NULL THEN t."{name}" <= {_in_units(fields[name], day)}' for name in dated_by
    )
    lists = (
        f"SELECT s.id FROM {at('source')} s JOIN {at('batch')} b ON b.id = s.batch_id "
        f"WHERE b.state = 'applied' AND b.as_of <= {day}"
    )
    return f"CASE {cases} ELSE 1 = 1 END OR t.src IN ({lists})"


def _in_units(field: Field, day: int) -> int:
    return day if field.type == "date" else day // 100 if field.type == "month" else day // 10000
