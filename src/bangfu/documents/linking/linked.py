"""One claim made of figures that belong together, and how likely it is meant."""

from __future__ import annotations

from dataclasses import dataclass

from bangfu.documents.claims.claim import Claim
from bangfu.documents.claims.outcome import holds

_LIMITS = frozenset({"part", "households_persons", "order"})


@dataclass(frozen=True)
class Linked:
    """`is_told` is false for what is tried only to see whether it comes out (twelve months that nobody wrote)."""

    claim: Claim
    chance: float
    is_told: bool = True

    @property
    def stated(self) -> int:
        return self.claim.stated.index

    @property
    def members(self) -> tuple[int, ...]:
        return tuple(one.index for one in self.claim.members)

    @property
    def kind(self) -> str:
        return self.claim.kind

    @property
    def comes_out(self) -> bool:
        if self.kind in _LIMITS:
            return self.claim.low <= self.claim.stated.quantity.bounds()[1]
        if self.kind == "standard_cap":
            return self.claim.stated.quantity.bounds()[0] <= self.claim.high
        return self._is_same_again() if self.kind == "restated" else holds(self.claim)

    def _is_same_again(self) -> bool:
        one, other = self.claim.members[0].quantity, self.claim.stated.quantity
        if one.is_exact and other.is_exact:
            return other.states(one.base_value) or one.states(other.base_value)
        low, high = other.bounds()
        return self.claim.low <= high and low <= self.claim.high
