"""The one place where queries are narrowed to what a reader may see.

A `Scope` is made by `ledger.scope.scope_of`, which also knows which households are paired with a helper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from bangfu.registry.models import Village

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Part:
    """Rows of these villages (None: of the whole home), of these departments and households where those are set."""

    villages: frozenset[int] | None
    departments: tuple[str, ...] | None = None
    households: frozenset[int] | None = None

    def has(self, village: int | None, household: int | None, department: str | None) -> bool:
        return (
            (self.villages is None or village in self.villages)
            and (self.departments is None or department in self.departments)
            and (self.households is None or household in self.households)
        )


@dataclass(frozen=True)
class Scope:
    """What a right reaches: a row is in it when one of the parts has it. No part: nothing."""

    parts: tuple[Part, ...]

    @property
    def is_everything(self) -> bool:
        return Part(None) in self.parts

    def has(
        self, *, village: int | None, household: int | None = None, department: str | None = None
    ) -> bool:
        return any(part.has(village, household, department) for part in self.parts)


EVERYTHING = Scope((Part(None),))
NOTHING = Scope(())


def narrowed(
    rows: QuerySet[M],
    scope: Scope,
    *,
    village: str = "village_id",
    household: str = "household_id",
    department: str | None = None,
) -> QuerySet[M]:
    """The rows in the scope. The arguments name the columns that say where a row belongs.

    A part for departments reaches nothing of rows that have no department.
    """
    if scope.is_everything:
        return rows
    wanted = [_condition(part, village, household, department) for part in scope.parts]
    reached = [condition for condition in wanted if condition is not None]
    return rows.filter(reduce(or_, reached)) if reached else rows.none()


def _condition(part: Part, village: str, household: str, department: str | None) -> Q | None:
    found = Q()
    if part.villages is not None:
        found &= Q(**{f"{village}__in": sorted(part.villages)})
    if part.households is not None:
        found &= Q(**{f"{household}__in": sorted(part.households)})
    if part.departments is not None:
        if department is None:
            return None
        found &= Q(**{f"{department}__in": part.departments})
    return found


def villages_below(prefix: str) -> frozenset[int]:
    """The villages on file whose division code begins with it."""
    coded: Iterable[tuple[int, str | None]] = Village.objects.values_list("id", "village_code")
    return frozenset(row for row, code in coded if code and code.startswith(prefix))
