"""Values of single rows put right, whatever table of the register they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bangfu.office.journal.writing import Writing
from bangfu.registry.actions.episodes import change_episodes
from bangfu.registry.actions.households import change_households, change_persons, change_villages
from bangfu.registry.actions.records import put_annual_records, put_person_records, put_village_records
from bangfu.registry.entries import entries

_CHANGE = {
    "household": change_households,
    "person": change_persons,
    "village": change_villages,
    "monitoring_episode": change_episodes,
}
_PUT = {
    "annual_record": (put_annual_records, "household_key"),
    "person_record": (put_person_records, "person_key"),
    "village_record": (put_village_records, "village_key"),
}


def correct(change: Writing, table: str, values: Mapping[int, Mapping[str, Any]]) -> None:
    """Sets columns of rows by number, by the door of their table. KeyError for a table that has none."""
    if table in _CHANGE:
        _CHANGE[table](change, values)
        return
    put, owner = _PUT[table]
    known = entries(table, list(values))
    put(
        change,
        [
            {owner: known[row][owner], "data_year": known[row]["data_year"], **given}
            for row, given in values.items()
        ],
    )
