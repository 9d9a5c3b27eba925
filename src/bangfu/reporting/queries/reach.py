"""Which villages' figures a scope reaches: figures are of whole villages, or of the whole home."""

from __future__ import annotations

from bangfu.registry.scope import Scope
from bangfu.terms.errors import UserError

Villages = frozenset[int | None] | None
"""Keys of villages; None: everything, with rows that name no village."""


def villages_of(scope: Scope) -> Villages:
    """Empty where the scope is of households or departments only."""
    if scope.is_everything:
        return None
    found: set[int | None] = set()
    for part in scope.parts:
        if part.departments is None and part.households is None:
            if part.villages is None:
                return None
            found |= part.villages
    return frozenset(found)


def within(wanted: frozenset[int], scope: Scope) -> frozenset[int]:
    """Villages asked for. UserError where the scope does not reach one of them."""
    reached = villages_of(scope)
    if reached is not None and not wanted <= reached:
        raise UserError("您不能看这个村的指标")
    return wanted
