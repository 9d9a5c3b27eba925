"""Which findings a scope reaches."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from bangfu.registry.scope import Scope, narrowed

M = TypeVar("M", bound=Model)


def reached(rows: QuerySet[M], scope: Scope) -> QuerySet[M]:
    """Rows that have a finding's village, household and department."""
    return narrowed(rows, scope, village="village_key", household="household_key", department="department")
