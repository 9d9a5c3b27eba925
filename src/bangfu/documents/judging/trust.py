"""How far a certain fault is trusted, given its slip and what the weighed readings say of the same figure.

The weights are learned from texts that neither the finders of `certain` nor the weights of the claims have seen.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import digits, retyped
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.claims.verdict import Equation, logistic, logit
from bangfu.documents.claims.weighing import FAMILIES, Contests
from bangfu.documents.reading.quantity import Quantity

_WITHOUT_SLIP = frozenset(
    {"households_persons", "order", "part", "standard_cap", "counted_list", "unit_slip"}
)
_GAPS = ((0.01, "near1"), (0.05, "near5"), (0.2, "near20"), (0.5, "near50"))
_ADDED_UP = frozenset({"sum", "difference"})
_VAGUE = frozenset({"near1", "near5", "near20", "near50", "far"})
_ALMOST = Decimal("0.001")
_SHORT, _LONG = 40, 120
_UNSEEN = 0.002
_SHIFT = 4.0
"""So that what the weighed readings hardly know speaks neither for nor against."""


@dataclass(frozen=True)
class Weighings:
    """What the weighed readings say: of each figure that comes out, of each set of figures, and of each doubt."""

    holding: Mapping[int, Sequence[tuple[float, str]]]
    priors: Mapping[frozenset[int], float]
    faults: Mapping[object, float] = field(default_factory=dict)

    @classmethod
    def of(cls, weighed: Contests, doubted: Iterable[tuple[Equation, float]]) -> Weighings:
        holding: dict[int, list[tuple[float, str]]] = defaultdict(list)
        priors: dict[frozenset[int], float] = defaultdict(float)
        faults: dict[object, float] = defaultdict(float)
        for one in (one for several in weighed.values() for one in several):
            if one.holds:
                holding[one.claim.stated.index].append((one.chance, one.family))
            priors[one.claim.everything] = max(priors[one.claim.everything], one.prior)
        for equation, chance in doubted:
            for key in ((equation.stated, equation.top.family), equation.everything):
                faults[key] = max(faults[key], chance)
        return cls(dict(holding), dict(priors), dict(faults))


def trust(told: Sequence[Relation], scene: Scene, weighings: Weighings) -> list[dict[str, float]]:
    """The cues of each doubt, by name."""
    times: dict[int, int] = defaultdict(int)
    for one in told:
        times[one.stated] += 1
    return [dict(_cues(one, scene, weighings, times[one.stated] > 1)) for one in told]


def trusted(cues: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The chance, 0 to 1, that the doubt is right."""
    return logistic(cues, weights)


def _cues(one: Relation, scene: Scene, weighings: Weighings, agreed: bool) -> Iterator[tuple[str, float]]:
    quantities = scene.reading.quantities
    family, stated = FAMILIES.get(one.kind, one.kind), quantities[one.stated]
    slip = "limit" if one.kind in _WITHOUT_SLIP else _slip(stated, one.computed)
    if slip in _VAGUE and one.computed is not None and one.kind in _ADDED_UP:
        gap = stated.base_value - one.computed
        slip = _slip_of_member([quantities[at] for at in one.members], gap, one.kind) or slip
    everything = frozenset({*one.members, one.stated})
    for name in (
        "bias",
        f"kind={one.kind}",
        f"slip={slip}",
        f"{family}/{slip}",
        f"digits={min(digits(stated), 4)}",
        f"{family}/members={min(len(one.members), 4)}",
        f"{family}/span={_span([quantities[at] for at in everything])}",
    ):
        yield name, 1.0
    if agreed:
        yield "agreed", 1.0
    yield from _of_holding(one.stated, family, weighings)
    yield from _of_weighed(one.stated, everything, family, weighings)


def _of_holding(stated: int, family: str, weighings: Weighings) -> Iterator[tuple[str, float]]:
    """What comes out with the figure explains it."""
    holding = weighings.holding.get(stated, ())
    other = max((chance for chance, name in holding if name != family), default=0.0)
    yield "holds.same", max((chance for chance, name in holding if name == family), default=0.0)
    yield "holds.other", other
    yield f"holds.other/{family}", other


def _of_weighed(
    stated: int, everything: frozenset[int], family: str, weighings: Weighings
) -> Iterator[tuple[str, float]]:
    """Whether the weighed readings doubt it too, and how natural this reading is to them."""
    faults = weighings.faults
    chance = max(faults.get((stated, family), 0.0), faults.get(everything, 0.0))
    if chance:
        yield "weighed", logit(max(chance, _UNSEEN)) + _SHIFT
    prior = weighings.priors.get(everything)
    if prior is not None:
        yield "words", logit(max(prior, _UNSEEN)) + _SHIFT
    elif family in FAMILIES.values():
        yield f"words.not/{family}", 1.0


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


def _span(quantities: Sequence[Quantity]) -> str:
    starts = [one.start for one in quantities]
    width = max(starts) - min(starts)
    return "short" if width < _SHORT else "middle" if width < _LONG else "long"
