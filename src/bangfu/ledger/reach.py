"""Which rows of a ledger a scope reaches: of villages and paired households, of a department its own programmes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from bangfu.ledger.shelf import departments_of, parent_of, programmes_of
from bangfu.ledger.tables import ledger
from bangfu.office.journal.rows import Row, columns
from bangfu.policy.model import Policy
from bangfu.registry.scope import Part, Scope

Rows = QuerySet[Any]


def reached(table: str, scope: Scope, policy: Policy) -> Rows:
    """The rows of a ledger in the scope; none where it reaches nothing of it."""
    rows = ledger(table)._default_manager.all()
    if scope.is_everything:
        return rows
    found = [condition for part in scope.parts if (condition := _condition(table, part, policy)) is not None]
    return rows.filter(reduce(or_, found)) if found else rows.none()


def reaches(table: str, scope: Scope, policy: Policy) -> bool:
    """Whether the ledger is any matter of the scope's, whatever it holds."""
    return any(_condition(table, part, policy) is not None for part in scope.parts)


def has_row(table: str, row: Row, scope: Scope, policy: Policy) -> bool:
    """Whether a row that is there lies in the scope."""
    return reached(table, scope, policy).filter(pk=row["id"]).exists()


def _condition(table: str, part: Part, policy: Policy) -> Q | None:
    """None where the part reaches nothing of the ledger."""
    parent = parent_of(table)
    if parent is not None and part != Part(None):
        return _of_parents(parent.to, parent.on, part, policy)
    there, found = columns(ledger(table)), Q()
    if part.departments is not None:
        own = _of_departments(table, there, part.departments, policy)
        if own is None:
            return None
        found &= own
    if part.villages is not None:
        if "village_key" not in there:
            return None
        found &= Q(village_id__in=sorted(part.villages))
    if part.households is not None:
        if "household_key" not in there:
            return None
        found &= Q(household_id__in=sorted(part.households))
    return found


def _of_parents(to: str, on: Iterable[tuple[str, str]], part: Part, policy: Policy) -> Q | None:
    """By the rows that they belong to: a repayment is where its loan is."""
    where = _condition(to, part, policy)
    if where is None:
        return None
    parents, found = ledger(to)._default_manager.filter(where), Q()
    for own, theirs in on:
        found &= Q(**{f"{own}__in": parents.exclude(**{theirs: None}).values(theirs)})
    return found


def _of_departments(
    table: str, there: Iterable[str], departments: tuple[str, ...], policy: Policy
) -> Q | None:
    if table == "benefit":
        return Q(programme__in=programmes_of(policy, departments))
    if "programme" in there and not departments_of(table) & set(departments):
        return Q(programme__in=programmes_of(policy, departments))
    return Q() if departments_of(table) & set(departments) else None
