"""What a small network thinks of a doubt, that knows nothing of who says it.

It is told the slip, the claims of linked figures around the doubt, and what the network of the links saw of its figures;
not of the certain finders, which were made with the texts that it is learned from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.judging.cues import of_network, of_slip
from bangfu.documents.judging.doubts import Doubt
from bangfu.documents.judging.links import LinkedView
from bangfu.documents.judging.scorer import Floats, Scorer, Told, scorer_in
from bangfu.documents.linking.arcs import ARCS, OF_ITSELF, ROLES, Arc
from bangfu.documents.linking.links import Links, Window
from bangfu.documents.reading.quantity import Quantity

WEIGHTS = Path(__file__).with_name("opinion.npz")
_SURE = 6.0
_SIBLING = ARCS.index("sibling")


def told_of(
    several: Sequence[Doubt], quantities: Sequence[Quantity], claims: LinkedView, links: Links
) -> list[Told]:
    return [
        Told(
            dict([*of_slip(one, quantities), *of_network(one, claims, links, quantities)]),
            _seen(one.relation, links),
        )
        for one in several
    ]


def _seen(one: Relation, links: Links) -> Floats | None:
    """Nothing of kinds that the network does not know, nor of figures that it never saw together."""
    members = [one.stated] if OF_ITSELF.issuperset(ROLES.get(one.kind, ())) else list(one.members)
    window = links.window_of((*members, one.stated), one.stated) if one.kind in ROLES and members else None
    if window is None:
        return None
    places = [at - window.start for at in members]
    arcs = [ARCS.index(arc) for arc in _arcs(one.kind, len(places))]
    stated, sight = one.stated - window.start, window.sight
    numbers = [
        *_scores(sight.scores, arcs, places, stated),
        *_scores(sight.words, arcs, places, stated),
        float(len(places)),
    ]
    return np.concatenate([_figures(places, stated, window), np.array(numbers, dtype=np.float32)])


def _arcs(kind: str, members: int) -> Iterator[Arc]:
    roles = ROLES[kind]
    return (roles[min(at, len(roles) - 1)] for at in range(members))


def _figures(members: Sequence[int], stated: int, window: Window) -> Floats:
    """The pairs of the first, the last and all members with the figure stated; that figure, and all members."""
    pairs, read = window.sight.pairs[members, stated], window.sight.read
    found: Floats = np.concatenate(
        [pairs[0], pairs[-1], pairs.mean(axis=0), read[stated], read[members].mean(axis=0)]
    )
    return found


def _scores(scores: Floats, arcs: Sequence[int], members: Sequence[int], stated: int) -> Iterator[float]:
    """How likely each member is one, and one of a wrong claim where that is seen; what is likeliest of the others; how they
    go together."""
    shifts = range(0, scores.shape[-1], len(ARCS))
    for shift in shifts:
        yield from _summary(scores[members, stated, [arc + shift for arc in arcs]])
    others = np.ones(len(scores), dtype=np.bool_)
    others[[*members, stated]] = False
    column = scores[others, stated]
    for arc in (arcs[-1], arcs[0]):
        for shift in shifts:
            yield float(column[:, arc + shift].max(initial=0.0 if not len(column) else -np.inf))
    together = [scores[at, other, _SIBLING] for at in members for other in members if at != other]
    yield float(np.mean(together)) if together else 0.0


def _summary(scores: Floats) -> tuple[float, ...]:
    numbers = scores[0], scores[-1], scores.min(), scores.mean(), scores.max()
    return tuple(float(one) for one in numbers)


def thoughts(thinks: Scorer, several: Sequence[Told]) -> list[float]:
    """For each doubt the logit that it is right, six at most."""
    return [min(max(one, -_SURE), _SURE) for one in thinks.logits(several)]


@cache
def opinion() -> Scorer:
    """The installed one."""
    return scorer_in(WEIGHTS)
