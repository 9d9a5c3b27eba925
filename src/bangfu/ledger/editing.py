"""Edits of a household's rows, of the register and of the ledgers that the office itself keeps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bangfu.ledger.actions import add, correct
from bangfu.ledger.queries import is_ledger, row_in
from bangfu.ledger.tables import ledgers
from bangfu.office.journal.rows import Row
from bangfu.office.journal.writing import Writing
from bangfu.registry.editing.rows import stored_row as registry_row
from bangfu.registry.editing.writing import Made, resolved, write_rows
from bangfu.registry.proposals import ProposedRow
from bangfu.registry.queries import household_rows, person_rows
from bangfu.terms.forms import load_forms
from bangfu.terms.loader import load_terms

WRITTEN = ("full_name", "id_no", "village_name", "nat_household_no", "nat_person_no", "head_name")
"""Columns in which a ledger writes whom it means, beside the keys."""


def typed_ledgers() -> tuple[str, ...]:
    """The ledgers that have a form on a household's own pages; what departments say is changed by their lists alone."""
    return tuple(table for table in ledgers() if table in load_forms())


def stored_row(table: str, row: int) -> Row | None:
    """A row of any table that has a form; None where it is not there."""
    return row_in(table, row) if is_ledger(table) else registry_row(table, row)


def write_edit(change: Writing, rows: Sequence[ProposedRow], day: int) -> Made:
    """Writes proposed rows through the actions of their stations. Refused: what these refuse."""
    made = write_rows(change, [item for item in rows if not is_ledger(item.table)], day)
    for item in rows:
        if is_ledger(item.table):
            values = resolved(item.values, made)
            if item.is_new:
                made[item.row] = add(change, item.table, [values])[0]
            else:
                correct(change, item.table, {item.row: values})
    return made


def named(table: str, household: int, person: int | None) -> dict[str, Any]:
    """The keys and written names of a new ledger row of a household or of one of its members."""
    home = household_rows([household])[household]
    written: dict[str, Any] = {
        "village_name": home["village_name"],
        "nat_household_no": home["nat_household_no"],
    }
    if person is not None:
        row = person_rows([person])[person]
        written.update({name: row[name] for name in ("full_name", "id_no", "nat_person_no")})
    fields = load_terms().table(table).fields
    keys = {"household_key": household, "village_key": home["village_key"]}
    if person is not None:
        keys["person_key"] = person
    return {**keys, **{name: value for name, value in written.items() if name in fields}}
