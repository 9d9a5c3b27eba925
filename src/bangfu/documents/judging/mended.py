"""What else would come out, and what no more, were a doubted figure what it ought to be.

One wrong figure breaks every claim it stands in, and its true value makes all of them come out; a figure that other
claims come out with is hardly the wrong one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.linking.linked import Linked
from bangfu.documents.reading.quantity import Quantity

LEAST = 0.01
_LIMITS = frozenset({"part", "households_persons", "order"})
_EPSILON = 1e-6
_ALIKE = 0.02
Compute = Callable[[Sequence[float]], float]


@dataclass(frozen=True)
class Mended:
    """The likeliest claim that comes out only then, and the likeliest that comes out only as it is: 0 where there is none."""

    fixed: float = 0.0
    broken: float = 0.0


@dataclass(frozen=True)
class Mending:
    quantities: Sequence[Quantity]
    claims: Mapping[int, Sequence[_Claimed]]
    """By figure the claims that it stands in."""

    @classmethod
    def of(cls, claims: Sequence[Linked], quantities: Sequence[Quantity]) -> Mending:
        found: dict[int, list[_Claimed]] = defaultdict(list)
        for one in claims:
            if one.chance >= LEAST and one.kind != "standard_cap":
                claimed = _Claimed(one)
                for at in one.claim.everything:
                    found[at].append(claimed)
        return cls(quantities, dict(found))

    def stated(self, one: Relation) -> Mended | None:
        """Were the figure stated what is computed."""
        if one.computed is None:
            return None
        quantity = self.quantities[one.stated]
        step = float(quantity.step) or 1.0
        return self._with(one, one.stated, round(float(one.computed) / step) * step)

    def member(self, one: Relation) -> Mended | None:
        """Were that one of its members wrong that then explains most."""
        found = [self._with(one, at, value) for at, value in self._meant(one)]
        return max(found, key=lambda each: each.fixed - each.broken, default=None)

    def _meant(self, one: Relation) -> Iterator[tuple[int, float]]:
        if one.computed is None:
            return
        stated = self.quantities[one.stated].size
        values = [self.quantities[at].size for at in one.members]
        gap = stated - float(one.computed)
        for place, (at, value) in enumerate(zip(one.members, values, strict=True)):
            match one.kind:
                case "sum":
                    meant = value + gap
                case "difference":
                    meant = value + (-gap if place else gap)
                case "restated":
                    meant = stated
                case "average" | "share" if place == 0 and one.computed:
                    meant = value * stated / float(one.computed)
                case _:
                    continue
            if meant > 0:
                yield at, meant

    def _with(self, one: Relation, figure: int, value: float) -> Mended:
        everything = frozenset({*one.members, one.stated})
        fixed = broken = 0.0
        for other in self.claims.get(figure, ()):
            chance = other.linked.chance
            if other.linked.claim.everything == everything or chance <= min(fixed, broken):
                continue
            holds = other.holds_with(figure, value)
            if holds and not other.comes_out:
                fixed = max(fixed, chance)
            elif holds is False and other.comes_out:
                broken = max(broken, chance)
        return Mended(fixed, broken)


@dataclass(eq=False)
class _Claimed:
    """A claim in plain numbers, made ready when it is first asked of."""

    linked: Linked

    @cached_property
    def comes_out(self) -> bool:
        return self.linked.comes_out

    def holds_with(self, figure: int, value: float) -> bool | None:
        """Whether it comes out where the figure has this value; None where that cannot be said."""
        members = self.linked.claim.members
        after = [
            value if one.index == figure else known for one, known in zip(members, self._values, strict=True)
        ]
        wanted = value if self.linked.stated == figure else self.linked.claim.stated.quantity.size
        if self.linked.kind in _LIMITS:
            return after[0] <= wanted * (1 + _EPSILON)
        if self._formula is None:
            return None
        compute, scale = self._formula
        try:
            return abs(compute(after) * scale - wanted) <= self._play + abs(wanted) * _EPSILON
        except ZeroDivisionError:
            return None

    @cached_property
    def _values(self) -> Sequence[float]:
        return [one.quantity.size for one in self.linked.claim.members]

    @cached_property
    def _play(self) -> float:
        """What the rounding of the figure stated leaves open, and that of the members."""
        claim = self.linked.claim
        low, high = claim.stated.quantity.bounds()
        own = max(float(claim.stated.quantity.step), float(high - low)) / 2
        return own + float(claim.high - claim.low) / 2

    @cached_property
    def _formula(self) -> tuple[Compute, float] | None:
        """The one that gives what the claim computes, and what its units make of it."""
        kind, computed = self.linked.kind, float(self.linked.claim.computed)
        for compute in _FORMULAS.get(kind, ()):
            try:
                known = compute(self._values)
            except (ZeroDivisionError, IndexError):
                continue
            if known and computed and (kind in _SCALED or abs(known / computed - 1) < _ALIKE):
                return compute, computed / known
        return None


_SCALED = frozenset({"average", "standard_multiple"})
_FORMULAS: Mapping[str, Sequence[Compute]] = {
    "sum": (sum,),
    "difference": (lambda values: values[0] - sum(values[1:]),),
    "share": (lambda values: values[0] / values[1],),
    "average": (lambda values: values[0] / values[1],),
    "standard_multiple": (lambda values: float(prod(values)),),
    "restated": (lambda values: values[0],),
    "growth": (
        lambda values: abs(values[1] / values[0] - 1),
        lambda values: abs(values[0] / values[1] - 1),
        lambda values: abs(values[1] - values[0]),
    ),
}
