"""Claims that compete for one figure -> the chance of each, given what the words and the numbers say."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.claims.averages import average_claims
from bangfu.documents.claims.changes import change_claims
from bangfu.documents.claims.claim import Claim
from bangfu.documents.claims.cues import Sight
from bangfu.documents.claims.outcome import VAGUE, class_of, cues_of, outcome
from bangfu.documents.claims.remainders import remainder_claims
from bangfu.documents.claims.settled import Settled
from bangfu.documents.claims.shares import share_claims
from bangfu.documents.claims.sums import sum_claims

FAMILIES: dict[str, str] = {
    "share": "percent",
    "growth": "percent",
    "average": "each",
    "standard_multiple": "each",
    "sum": "sum",
    "difference": "rest",
}
_FINDERS: tuple[Callable[[Sight], Iterator[Claim]], ...] = (
    share_claims,
    change_claims,
    average_claims,
    sum_claims,
    remainder_claims,
)
CROSSED: dict[str, tuple[str, ...]] = {
    "sum": (
        "after.opener=",
        "before.opener=",
        "side-bound=",
        "before.total.",
        "partition",
        "rest",
        "length=",
        "closed.",
        "divided.",
        "number.",
        "set:",
    ),
    "percent": (
        "share.form",
        "form=",
        "part.rank=",
        "whole.order=",
        "of.three",
        "rate.three",
        "of.name-whole=",
        "f.from",
        "f.to",
        "d.change.against",
        "f.old.against",
        "set:",
    ),
    "each": (
        "a.three-in-a-row",
        "p.three-in-a-row",
        "a.rank=",
        "p.rank=",
        "a.unit",
        "p.unit",
        "a.no-unit",
        "p.no-unit",
        "a.apart",
        "p.apart",
        "set:",
    ),
    "rest": ("left=", "skip-whole=", "skip-last=", "taken=", "set:"),
}
"""The cues whose weight depends on how the claim comes out."""
_LIKELY = 0.35


@dataclass(eq=False)
class Weighed:
    """A claim with how it comes out and what is told of it. A text has thousands, so it is not frozen, as `Claim`."""

    claim: Claim
    result: str
    cues: tuple[str, ...]
    chance: float = 0.0
    prior: float = 0.0
    """Its chance by the words alone."""
    rank: int = 0
    """How many claims of its contest are likelier by the words alone."""

    @property
    def holds(self) -> bool:
        return self.result == "holds"

    @property
    def family(self) -> str:
        return FAMILIES[self.claim.kind]


Contest = tuple[str, int, int]
"""The family, the figure that is stated, and for rows the piece of text they stand in: one claim of them is meant, or none."""
Contests = dict[Contest, list[Weighed]]


def weigh(scene: Scene, weights: Mapping[str, float]) -> Contests:
    """Twice: the second time with what the likely claims that come out say of the others."""
    first = with_chances(contests(scene), weights)
    second = with_settled(scene, first)
    told = {contest: several for contest, several in second.items() if _is_told_more(several, first[contest])}
    return second | with_chances(told, weights)


def _is_told_more(several: Sequence[Weighed], before: Sequence[Weighed]) -> bool:
    return any(one is not other for one, other in zip(several, before, strict=True))


def contests(scene: Scene) -> Contests:
    """The claims worth a look: those that come out, fail by a slip, or stand as close as words can put them."""
    found: Contests = defaultdict(list)
    sight = Sight(scene)
    for finder in _FINDERS:
        for claim in finder(sight):
            result = outcome(claim)
            worth = claim.tight or result not in VAGUE
            if worth and not _is_absurd(claim, result) and not _is_across_cells(sight, claim):
                found[FAMILIES[claim.kind], claim.stated.index, _piece(claim)].append(_weighed(claim, result))
    return dict(found)


def _is_absurd(claim: Claim, result: str) -> bool:
    """A share of less than all is of no lesser whole, unless a slip of the pen made it so."""
    return (
        claim.kind == "share" and result in VAGUE and claim.computed > 1 >= claim.stated.quantity.base_value
    )


def _is_across_cells(sight: Sight, claim: Claim) -> bool:
    """Figures of a table speak to each other in their line or in their column."""
    cells = [cell for one in (*claim.members, claim.stated) if (cell := sight.cell(one)) is not None]
    return len({line for line, _ in cells}) > 1 and len({column for _, column in cells}) > 1


def _weighed(claim: Claim, result: str) -> Weighed:
    return Weighed(claim, result, named(claim, result, (*claim.cues(), *cues_of(claim, result), "bias")))


def named(claim: Claim, result: str, cues: Iterable[str]) -> tuple[str, ...]:
    """The cues as the weights call them: by family and kind, the telling ones once more by how the claim comes out."""
    names = _names(claim.kind, class_of(result))
    return tuple(chain.from_iterable(map(names.__getitem__, cues)))


class _Names(dict[str, tuple[str, ...]]):
    """What the weights call each cue of a kind of claim that comes out in one way."""

    def __init__(self, kind: str, outcome_class: str) -> None:
        family = FAMILIES[kind]
        self._crossed = CROSSED[family]
        self._plain, self._with_outcome = f"{family}|{kind}:", f"{family}|{kind}:{outcome_class}&"

    def __missing__(self, cue: str) -> tuple[str, ...]:
        name = self._plain + cue
        both = name, self._with_outcome + cue
        found = self[cue] = both if cue.startswith(self._crossed) else (name,)
        return found


@cache
def _names(kind: str, outcome_class: str) -> _Names:
    return _Names(kind, outcome_class)


def _piece(claim: Claim) -> int:
    """A figure may be the total of several rows: 按来源…, 按用途…."""
    if claim.kind != "sum":
        return 0
    first = claim.members[0]
    return (first.sentence * 100 + first.segment) * (1 if first.index > claim.stated.index else -1)


def with_settled(scene: Scene, found: Contests) -> Contests:
    likely = [
        one.claim for several in found.values() for one in several if one.holds and one.chance > _LIKELY
    ]
    settled = Settled.of(scene, likely)
    return {
        contest: [
            _told_of(one, named(one.claim, one.result, dict.fromkeys(settled.cues(one.claim))))
            for one in several
        ]
        for contest, several in found.items()
    }


def _told_of(one: Weighed, more: tuple[str, ...]) -> Weighed:
    return Weighed(one.claim, one.result, (*one.cues, *more), one.chance) if more else one


def with_chances(found: Contests, weights: Mapping[str, float]) -> Contests:
    return {
        contest: [
            Weighed(one.claim, one.result, one.cues, chance)
            for one, chance in zip(several, chances([one.cues for one in several], weights), strict=True)
        ]
        for contest, several in found.items()
    }


_NOTHING = repeat(0.0)
"""What a cue weighs that was never seen."""


def chances(several: Sequence[Iterable[str]], weights: Mapping[str, float]) -> list[float]:
    """Softmax over the claims and over none of them, which weighs nothing."""
    sums = [sum(map(weights.get, cues, _NOTHING)) for cues in several]
    top = max([*sums, 0.0])
    powers = [math.exp(one - top) for one in sums]
    whole = sum(powers) + math.exp(-top)
    return [one / whole for one in powers]
