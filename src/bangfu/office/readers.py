"""Who reads: a user with the roles held, and what of the home each right reaches. Deny by default.

Stations narrow their queries by the grants of a right (`registry.scope`), nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bangfu.office.permissions import RIGHTS, ROLES
from bangfu.terms.divisions import area_prefix


@dataclass(frozen=True)
class Holding:
    """A role held for an area (division code or prefix); `departments` for those of a department."""

    role: str
    area: str
    departments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grant:
    """Where a right reaches: places below `prefix`; of these only the departments or paired households, where set."""

    prefix: str
    departments: tuple[str, ...] | None = None
    is_paired: bool = False

    def covers(self, code: str) -> bool:
        """Whether a place (division code) lies in it."""
        return code.startswith(self.prefix)


@dataclass(frozen=True)
class Reader:
    """A user as the queries see them. `phone` and `name` say which households are paired with a helper."""

    id: int
    username: str
    name: str
    phone: str = ""
    holdings: tuple[Holding, ...] = field(default=())

    def may(self, right: str) -> bool:
        """KeyError for a right that the table does not have: a typo must not read as a refusal."""
        roles = RIGHTS[right].roles
        return any(holding.role in roles for holding in self.holdings)

    def grants(self, right: str) -> tuple[Grant, ...]:
        """Where the right reaches; empty where the reader does not have it."""
        roles = RIGHTS[right].roles
        return tuple(
            Grant(
                area_prefix(holding.area),
                holding.departments if ROLES[holding.role].reach == "department" else None,
                ROLES[holding.role].reach == "paired",
            )
            for holding in self.holdings
            if holding.role in roles
        )

    def covers(self, right: str, place: str) -> bool:
        """Whether the right reaches everything of a place (division code), not only a department's or paired part."""
        return any(
            grant.covers(place) and grant.departments is None and not grant.is_paired
            for grant in self.grants(right)
        )
