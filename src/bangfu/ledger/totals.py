"""What the rows of a list come to: rows, people, households, and sums of money. One statement; who asks waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, F, Q, Sum, When

from bangfu.ledger.columns import listed_fields
from bangfu.ledger.listing import View, matching
from bangfu.ledger.tables import ledger
from bangfu.ledger.wanted import LedgerFilter
from bangfu.office.journal.rows import columns
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Field, Table

_NOT_ADDED = ("standard", "cap", "limit", "monthly_pay", "monthly_wage", "price_per_unit", "unit_price")
"""Amounts that are a rate: their sum says nothing."""


@dataclass(frozen=True)
class Totals:
    """`persons` on file and those that are only written, by their number; None where rows mean no people.

    `unknown` are rows of people that mean nobody on file. Sums are fen, in the order of the ledger's columns.
    """

    rows: int = 0
    persons: int | None = None
    households: int | None = None
    villages: int | None = None
    unknown: int = 0
    sums: Mapping[str, int] = field(default_factory=dict)


def is_added(field: Field) -> bool:
    """Whether the sum of a column says something."""
    return field.type == "money" and not field.name.endswith(_NOT_ADDED)


def added_fields(table: Table) -> list[Field]:
    """The columns of money that can be added up, of those that the list shows."""
    return [one for one in listed_fields(table.name) if is_added(one)]


def totals(table: str, asked: LedgerFilter, by: View) -> Totals:
    """Of all that a list is narrowed to. KeyError for a table that is none."""
    rows, hint, _ = matching(table, asked, by)
    if rows is None or hint:
        return Totals()
    declared = load_terms().table(table)
    found = rows.order_by().aggregate(**_counts(declared), **_sums(declared))
    persons = found.get("persons")
    return Totals(
        rows=found["rows"],
        persons=None if persons is None else persons + found.get("written", 0),
        households=found.get("households"),
        villages=found.get("villages") if persons is None and "households" not in found else None,
        unknown=found.get("unknown", 0),
        sums={
            one.name: found[f"sum_{one.name}"] for one in added_fields(declared) if found[f"sum_{one.name}"]
        },
    )


def _counts(table: Table) -> dict[str, Any]:
    there = columns(ledger(table.name))
    found: dict[str, Any] = {"rows": Count("pk")}
    if "person_key" in there:
        found["persons"] = Count("person_id", distinct=True)
        found["unknown"] = Count("pk", filter=Q(person=None))
        if "id_no" in there:
            found["written"] = Count(Case(When(person=None, then=F("id_no"))), distinct=True)
    if "household_key" in there:
        found["households"] = Count("household_id", distinct=True)
    if "village_key" in there:
        found["villages"] = Count("village_id", distinct=True)
    return found


def _sums(table: Table) -> dict[str, Any]:
    return {f"sum_{one.name}": Sum(one.name) for one in added_fields(table)}
