"""What the words alone say of a reading, however its numbers come out: the most natural reading that fails is a fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from bangfu.documents.claims.weighing import Contests, Weighed, chances

_OUTCOME = ("is:", "holds", "fails", "slip:")
LEAST = 0.01
"""A claim less likely than that is no fault, and its contest not worth the time."""


def with_priors(found: Contests, weights: Mapping[str, float]) -> Contests:
    """The contests with the chance and the rank that their claims have by their words, where one may be a fault."""
    return {
        contest: list(_with_prior(several, weights)) if _may_be_fault(several) else several
        for contest, several in found.items()
    }


def structural(cues: Iterable[str]) -> tuple[str, ...]:
    """The cues that do not speak of the outcome."""
    return tuple(cue for cue in cues if _is_structural(cue))


@cache
def _is_structural(cue: str) -> bool:
    name = cue.split(":", 1)[1]
    return "&" not in name and not name.startswith(_OUTCOME)


def _may_be_fault(several: list[Weighed]) -> bool:
    return any(not one.holds and one.chance >= LEAST for one in several)


def _with_prior(several: list[Weighed], weights: Mapping[str, float]) -> Iterator[Weighed]:
    priors = chances([structural(one.cues) for one in several], weights)
    ranks = {at: rank for rank, at in enumerate(sorted(range(len(several)), key=lambda at: -priors[at]))}
    for at, one in enumerate(several):
        yield replace(one, prior=priors[at], rank=ranks[at])
