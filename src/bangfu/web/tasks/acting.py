"""Who acts on this request, on which day, and what of the register is in reach."""

from __future__ import annotations

from bangfu.casework.hands import Hand
from bangfu.ledger.scope import scope_of
from bangfu.office.home import business_day
from bangfu.office.readers import Grant
from bangfu.registry.scope import Scope
from bangfu.web.request import Request


def hand_of(request: Request) -> Hand:
    return Hand(request.reader, business_day())


def reach(request: Request, right: str = "task.see") -> Scope:
    """The scope of a right; rights that reach equally far are asked of the database once a request."""
    kept: dict[tuple[Grant, ...], Scope] = request.__dict__.setdefault("_scopes", {})
    grants = request.reader.grants(right)
    if grants not in kept:
        kept[grants] = scope_of(request.reader, right)
    return kept[grants]
