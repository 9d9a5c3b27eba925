"""A reading -> how likely each figure is a member of a claim on each other one near it."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from bangfu.documents.linking.arcs import ARCS, OF_ITSELF, ROLES, Arc
from bangfu.documents.linking.figures import figures_of
from bangfu.documents.linking.network import Floats, Network, Sight
from bangfu.documents.linking.values import Values
from bangfu.documents.reading.read import Reading

_WINDOW, _EDGE = 72, 12
"""So many figures are looked at together; what is said of those at the edges is taken from the window beside."""
LEAST, LEAST_WRONG = 0.04, 0.005
"""A link less likely than that is none."""

Likely = Sequence[tuple[int, float]]


@dataclass(frozen=True)
class Window:
    """The figures from `start` to before `end`, seen together; the claims on those from `first` to before `last` are taken."""

    start: int
    end: int
    first: int
    last: int
    sight: Sight


@dataclass(frozen=True)
class Links:
    """By arc and by the figure that is stated: its likely members, likeliest first."""

    members: Mapping[tuple[Arc, int], Likely]
    siblings: Mapping[tuple[int, int], float]
    wrong: Mapping[tuple[Arc, int, int], float]
    """By arc, member and figure stated: the chance that this is so, and that it does not come out."""
    windows: Sequence[Window] = ()
    by_words: Links | None = None
    """What the words alone make likely, whether it comes out or not."""

    def of(self, arc: Arc, stated: int) -> Likely:
        return self.members.get((arc, stated), ())

    def between(self, one: int, other: int) -> float:
        """How likely both are items of one sum."""
        return (self.siblings.get((one, other), 0.0) + self.siblings.get((other, one), 0.0)) / 2

    def wrongness(self, kind: str, members: Sequence[int], stated: int) -> float:
        """The chance that a relation of this kind is meant and does not come out, in the order that says so most."""
        roles = ROLES.get(kind)
        if roles is None:
            return 0.0
        if OF_ITSELF.issuperset(roles):
            return self.wrong_at(kind, stated)
        if not members:
            return 0.0
        return max(
            math.prod(self._wrong(roles, at, one, stated) for at, one in enumerate(order)) ** (1 / len(order))
            for order in ((tuple(members), tuple(reversed(members))) if len(roles) > 1 else (tuple(members),))
        )

    def _wrong(self, roles: Sequence[Arc], at: int, member: int, stated: int) -> float:
        return self.wrong.get((roles[min(at, len(roles) - 1)], member, stated), LEAST_WRONG)

    def wrong_at(self, kind: str, stated: int) -> float:
        """The same of the likeliest member, whatever the others are."""
        return max((self.wrong_by.get((arc, stated), 0.0) for arc in ROLES.get(kind, ())), default=0.0)

    def window_of(self, figures: Sequence[int], stated: int) -> Window | None:
        """Where all of the figures were looked at together, and the claims on the stated one are taken from."""
        of = (one for one in self.windows if one.first <= stated < one.last)
        return next((one for one in of if all(one.start <= at < one.end for at in figures)), None)

    def of_itself(self, of: Arc) -> Iterator[tuple[int, float]]:
        """The figures whose unit, or whose list, may be wrong, each with the chance that it is."""
        return ((stated, chance) for (arc, _, stated), chance in self.wrong.items() if arc == of)

    @cached_property
    def wrong_by(self) -> Mapping[tuple[Arc, int], float]:
        found: dict[tuple[Arc, int], float] = defaultdict(float)
        for (arc, _, stated), chance in self.wrong.items():
            found[arc, stated] = max(found[arc, stated], chance)
        return dict(found)


def links_of(reading: Reading, known: Network) -> Links:
    several = list(_windows(known, reading)) if len(reading.quantities) > 1 else []
    by_words = _links([(one, one.sight.words) for one in several])
    return replace(_links([(one, one.sight.scores) for one in several]), windows=several, by_words=by_words)


def _links(several: Sequence[tuple[Window, Floats]]) -> Links:
    members: dict[tuple[Arc, int], list[tuple[int, float]]] = defaultdict(list)
    siblings: dict[tuple[int, int], float] = {}
    wrong: dict[tuple[Arc, int, int], float] = {}
    for number, one, other, chance in itertools.chain.from_iterable(_likely(*each) for each in several):
        arc = ARCS[number % len(ARCS)]
        if number >= len(ARCS):
            wrong[arc, one, other] = chance
        elif arc == "sibling":
            siblings[one, other] = chance
        else:
            members[arc, other].append((one, chance))
    likely = {key: sorted(found, key=lambda each: -each[1]) for key, found in members.items()}
    return Links(likely, siblings, wrong)


def _windows(known: Network, reading: Reading) -> Iterator[Window]:
    figures = figures_of(reading.flat, reading.quantities, known.alphabet)
    read = known.read(figures)
    for start, end, first, last in windows(len(figures)):
        values = Values.of(reading.quantities[start:end])
        yield Window(start, end, first, last, known.look(read[start:end], figures.part(start, end), values))


def _likely(one: Window, seen: Floats) -> Iterator[tuple[int, int, int, float]]:
    """The number of the arc, then of the same arc in a wrong claim; member, figure stated, chance."""
    least = np.repeat(np.array([_logit(LEAST), _logit(LEAST_WRONG)], dtype=np.float32), len(ARCS))
    scores = seen[:, one.first - one.start : one.last - one.start]
    least = least[: scores.shape[-1]]
    for row, column, arc in np.argwhere(scores > least).tolist():
        member, stated = one.start + row, one.first + column
        if (member == stated) is (ARCS[arc % len(ARCS)] in OF_ITSELF):
            yield arc, member, stated, 1 / (1 + math.exp(-float(scores[row, column, arc])))


def _logit(chance: float) -> float:
    return math.log(chance / (1 - chance))


def windows(number: int) -> Iterator[tuple[int, int, int, int]]:
    """Start and end of each window, and of the figures whose claims are taken from it."""
    step = _WINDOW - 2 * _EDGE
    for start in range(0, max(number - 2 * _EDGE, 1), step):
        end = min(start + _WINDOW, number)
        first = start + _EDGE if start else 0
        last = end - _EDGE if end < number else number
        yield start, end, first, last
