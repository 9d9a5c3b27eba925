"""Which columns of a ledger a list shows, and which a page groups under which heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from bangfu.ledger.sheets import SECTIONS
from bangfu.ledger.tables import ledger
from bangfu.office.journal.rows import columns
from bangfu.terms.forms import Group, form_of, written_of
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Field, Table

MOST = 9
_CURATED = {
    "project": "project_no project_name data_year project_type total_investment paid retention started_on accepted_on",
    "project_fund": "project_no document_no fund_level allotted_on amount",
    "project_payment": "project_no payment_kind payee paid_on amount voucher_no",
    "asset": "asset_no asset_name asset_class original_value owner maintainer registered_on last_inspected_on is_in_use",
    "asset_income": "asset_no data_year month amount distributed due_on received_on",
    "workshop": "workshop_name recognised_on cancelled_on claimed_worker_count last_payroll_month",
    "village_team_member": "full_name unit team_role month days_in_village workdays started_on ended_on",
}
"""What is looked at first of ledgers that no household's page shows."""
_FIRST = ("data_year", "period", "programme", "state", "amount", "quantity", "quantity_unit")


@cache
def listed_fields(table: str) -> tuple[Field, ...]:
    """What a list shows of each row besides whose it is and where."""
    declared = load_terms().table(table)
    there, written = columns(ledger(table)), written_of(declared)
    named = dict.fromkeys(name for name in _named(declared) if name in there and name not in written)
    return tuple(declared.fields[name] for name in named if name in declared.fields)[:MOST]


def _named(table: Table) -> Iterator[str]:
    curated = [
        sheet for section in SECTIONS.values() for sheet in section.sheets if sheet.table == table.name
    ]
    for sheet in curated:
        yield from sheet.columns
    if curated or table.name in _CURATED:
        yield from _CURATED.get(table.name, "").split()
        return
    yield from table.identity
    yield from form_of(table.name).must
    yield from table.dated_by[:1]
    yield from (name for name in _FIRST if name in table.fields)
    yield from (one.name for one in table.own_fields if one.type in ("code", "money"))
    yield from (one.name for one in table.own_fields)


def title_in(table: Table, row: Mapping[str, Any]) -> str:
    """What a row's thing is called; empty where no column names it."""
    own = (one.name for one in table.own_fields if one.name not in written_of(table))
    named = (name for name in own if name.endswith(("_name", "title")))
    return next((str(row[name]) for name in named if row.get(name)), "")


@cache
def grouped_fields(table: str) -> tuple[Group, ...]:
    """All columns that the ledger keeps, under the headings of its form; those that nobody types come last."""
    declared = load_terms().table(table)
    there = columns(ledger(table))
    groups = [(group.label, group.fields) for group in form_of(table).groups]
    typed = {one.name for _, fields in groups for one in fields}
    rest = tuple(one for one in declared.own_fields if one.name not in typed)
    found = [*groups, ("名单上写的", rest)]
    kept = [(label, tuple(one for one in fields if one.name in there)) for label, fields in found]
    return tuple(Group(label, fields) for label, fields in kept if fields)
