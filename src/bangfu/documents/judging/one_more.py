"""Whether a claim comes out with one figure more or less than it is read with: (141+9)÷150, 年初41户 + 新增8户 - 退出5户."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.reading.quantity import Quantity

_FAR, _NEAR = 14, 4
"""Figures further from the claim than so many are not tried; those within so many stand beside it."""
_SLACK = 0.5000001
Values = Sequence[float]


def with_one_more(one: Relation, quantities: Sequence[Quantity]) -> str:
    """`near` or `far` by where the figure stands that makes it come out, or nothing."""
    compute = _COMPUTED.get(one.kind)
    stated = quantities[one.stated]
    if compute is None or len(one.members) < _LEAST.get(one.kind, 1) or not stated.is_exact:
        return ""
    values = [quantities[at].size for at in one.members]
    play = _SLACK * float(stated.step)
    scale = _scale(one, compute, values)
    found = ""
    for at, other in _others(one, quantities):
        for place in _places(one, other, quantities):
            for sign in (1, -1):
                tried = list(values)
                tried[place] += sign * other.size
                result = compute(tried)
                if result is not None and abs(result * scale - stated.size) <= play:
                    if _distance(one, at) <= _NEAR:
                        return "near"
                    found = "far"
    return found


def _scale(one: Relation, compute: Callable[[Values], float | None], values: Values) -> float:
    """How many units the one has that an average is stated for: as in the claim as it is read."""
    plain = compute(values)
    known = one.computed
    return float(known) / plain if plain and known is not None and one.kind == "average" else 1.0


def _others(one: Relation, quantities: Sequence[Quantity]) -> Iterator[tuple[int, Quantity]]:
    everything = {*one.members, one.stated}
    said = {quantities[at].base_value for at in everything}
    first, last = max(min(everything) - _FAR, 0), max(everything) + _FAR + 1
    for at in range(first, min(last, len(quantities))):
        if at not in everything and quantities[at].base_value not in said:
            yield at, quantities[at]


def _places(one: Relation, other: Quantity, quantities: Sequence[Quantity]) -> Iterator[int]:
    """The members that it may be added to: of a sum the last one stands for all."""
    for place in (len(one.members) - 1,) if one.kind in _TOTALS else range(len(one.members)):
        member = quantities[one.members[place]]
        if member.added_as == other.added_as or member.kind == other.kind == "count":
            yield place


def _distance(one: Relation, at: int) -> int:
    return min(abs(at - each) for each in (*one.members, one.stated))


def _quotient(values: Values) -> float | None:
    return values[0] / values[1] if values[1] > 0 and values[0] > 0 else None


def _change(values: Values) -> float | None:
    return abs(values[1] / values[0] - 1) if values[0] > 0 else None


def _product(values: Values) -> float | None:
    found = 1.0
    for one in values:
        found *= one
    return found if found > 0 else None


_COMPUTED: Mapping[str, Callable[[Values], float | None]] = {
    "sum": sum,
    "difference": lambda values: values[0] - sum(values[1:]),
    "share": _quotient,
    "average": _quotient,
    "growth": _change,
    "standard_multiple": _product,
}
_LEAST = {"sum": 2, "share": 2, "average": 2, "growth": 2, "standard_multiple": 2, "difference": 2}
_TOTALS = frozenset({"sum", "difference"})
