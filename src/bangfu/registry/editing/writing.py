"""Proposed rows written through the register's actions, which refuse what cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bangfu.office.journal.rows import Row
from bangfu.office.journal.writing import Writing
from bangfu.office.refusal import Reason, refuse
from bangfu.registry import actions
from bangfu.registry.editing.rows import EDITED, stored_row
from bangfu.registry.proposals import NEW, ProposedRow
from bangfu.registry.queries import records_of
from bangfu.terms.errors import UserError

Made = dict[int, int]
"""The numbers that new rows were given, by those they were proposed under."""


def write_rows(change: Writing, rows: Sequence[ProposedRow], day: int) -> Made:
    """Adds and changes them in the order in which they can rest on each other; `day` (yyyymmdd) is when a head takes over.

    Refused: what the actions refuse, and a record of a year that has one already. KeyError for another table.
    """
    unknown = {item.table for item in rows} - EDITED.keys()
    if unknown:
        raise KeyError(f"not edited here: {sorted(unknown)}")
    made: Made = {}
    for table in EDITED:
        for item in rows:
            if item.table == table and item.is_new:
                values = {name: value for name, value in item.values.items() if name != "head_key"}
                made[item.row] = _add(change, table, resolved(values, made))
    for item in rows:
        if item.table != "membership" and (not item.is_new or "head_key" in item.values):
            _change(change, item.table, made.get(item.row, item.row), resolved(item.values, made), day)
    for item in rows:
        if item.table == "membership" and not item.is_new:
            _end(change, item)
    return made


def resolved(values: Mapping[str, Any], made: Made) -> dict[str, Any]:
    """The values with the numbers that new rows have got."""
    return {
        name: made[value] if name.endswith("_key") and isinstance(value, int) and value >= NEW else value
        for name, value in values.items()
    }


def _add(change: Writing, table: str, values: dict[str, Any]) -> int:
    match table:
        case "household":
            return actions.add_households(change, [values])[0]
        case "person":
            return actions.add_persons(change, [values])[0]
        case "membership":
            return actions.join(
                change,
                [
                    actions.Join(
                        values["person_key"],
                        values["household_key"],
                        values["joined_on"],
                        values.get("join_reason"),
                    )
                ],
            )[0]
        case "status_event":
            event = actions.Happened(
                values["household_key"], values["event"], values["happened_on"], values.get("reason")
            )
            return actions.record_statuses(change, [event])[0]
    if (values["household_key"], values["data_year"]) in records_of([values["household_key"]]):
        refuse("年度记录", [Reason(0, f"这一户已经有 {values['data_year']} 年度的记录,请刷新页面后在那里改")])
    return actions.put_annual_records(change, [values])[0]


def _change(change: Writing, table: str, row: int, values: dict[str, Any], day: int) -> None:
    if table == "person":
        actions.change_persons(change, {row: values})
    elif table == "annual_record":
        kept = _stored(table, row)
        key = {"household_key": kept["household_key"], "data_year": kept["data_year"]}
        actions.put_annual_records(change, [{**values, **key}])
    elif table == "household":
        if "head_key" in values:
            actions.set_heads(change, {row: values.pop("head_key")}, day)
        actions.change_households(change, {row: values})


def _end(change: Writing, item: ProposedRow) -> None:
    person = _stored("membership", item.row)["person_key"]
    actions.leave(change, [actions.Leave(person, item.values["left_on"], item.values.get("leave_reason"))])


def _stored(table: str, row: int) -> Row:
    found = stored_row(table, row)
    if found is None:
        raise UserError("要改的记录已经不在台账里(可能有人撤销了导入它的批次),没有保存。请刷新页面后重试")
    return found
