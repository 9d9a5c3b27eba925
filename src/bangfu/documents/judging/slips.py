"""What may have happened where a doubt is right: the slip that explains the difference, or how near it comes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import retyped
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.reading.quantity import Quantity

_WITHOUT = frozenset({"households_persons", "order", "part", "standard_cap", "unit_slip"})
_GAPS = ((0.01, "near1"), (0.05, "near5"), (0.2, "near20"), (0.5, "near50"))
_VAGUE = frozenset({"near1", "near5", "near20", "near50", "far"})
_ADDED_UP = frozenset({"sum", "difference"})
_ALMOST = Decimal("0.001")
_SHORT, _LONG = 40, 120


def slip_of(relation: Relation, quantities: Sequence[Quantity]) -> str:
    """`limit` where the kind knows no slip; else the slip of the figure stated, or of a member, or the distance."""
    stated, computed = quantities[relation.stated], relation.computed
    if relation.kind == "counted_list" and computed is not None:
        return "beside" if abs(computed - stated.base_value) == 1 else "limit"
    if relation.kind in _WITHOUT:
        return "limit"
    slip = _slip(stated, computed)
    if slip in _VAGUE and computed is not None and relation.kind in _ADDED_UP:
        gap = stated.base_value - computed
        slip = _slip_of_member([quantities[at] for at in relation.members], gap, relation.kind) or slip
    return slip


def span_of(quantities: Sequence[Quantity]) -> str:
    starts = [one.start for one in quantities]
    width = max(starts) - min(starts)
    return "short" if width < _SHORT else "middle" if width < _LONG else "long"


def _slip(stated: Quantity, true: Decimal | None) -> str:
    if true is None or not stated.is_exact:
        return "unknown"
    if how := retyped(stated, true):
        return how
    ratio = float(true) / float(stated.base_value) if stated.base_value else 0.0
    if ratio > 0:
        power = round(math.log10(ratio))
        if power and abs(ratio / 10.0**power - 1) < 0.02:
            return "power"
    if stated.cuts_off(true):
        return "cut"
    return next((name for limit, name in _GAPS if abs(ratio - 1) <= limit), "far")


def _slip_of_member(members: Sequence[Quantity], gap: Decimal, kind: str) -> str:
    """Whether one wrong digit, or another unit, of one of its members explains the gap."""
    for at, one in enumerate(members):
        meant = one.base_value + (-gap if kind == "difference" and at else gap)
        if meant <= 0 or not one.is_exact or not one.base_value:
            continue
        if retyped(one, meant):
            return "member"
        power = round(math.log10(meant / one.base_value))
        if power and abs(meant / one.base_value / Decimal(10) ** power - 1) < _ALMOST:
            return "member.power"
    return ""
