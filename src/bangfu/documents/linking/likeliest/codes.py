"""The numbers by which the network is told how a claim comes out, and the chances that they are told by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bangfu.documents.linking.arcs import RATIOS
from bangfu.documents.linking.values import LEVELS, Ints, Levels, Values

Chances = NDArray[np.float32]

_, GROWTH, AVERAGE, PRODUCT = range(len(RATIOS))
_SETS, _LIMITS = ("item", "whole", "taken"), ("limit", "limited")
LOOKED_AT = (*(arc for pair in RATIOS for arc in pair), *_SETS, *_LIMITS)
"""The arcs that are told of, in the order of their numbers."""
LOOKED_FOR = frozenset({*LOOKED_AT, "product.times", "restated", "part"})
"""The arcs whose chances are asked for."""
ALONE, LEVEL, OTHERWISE = 1, 2, 2 + LEVELS
"""A ratio: nothing to go with it; how it comes out with what goes with it; exactly, only otherwise. 0: not a member."""
_RATIO_CODES = OTHERWISE + 1
NO_SET = LEVELS
_SET_CODES = 1 + 2 * (LEVELS + 1) * 2
"""A sum: whether it is one of the set, how the set comes out, and whether that does with this one turned. 0: not an item."""
KEPT, EXCEEDED, ALONE_BY = 1, 2, 2
"""A limit; more by two where nothing is likely to go with it."""
_LIMIT_CODES = 1 + EXCEEDED + ALONE_BY
LOOKED_SIZES = (
    *(_RATIO_CODES for pair in RATIOS for _ in pair),
    *(_SET_CODES for _ in _SETS),
    *(_LIMIT_CODES for _ in _LIMITS),
)
OF_SUM, OF_REST, OF_LIMIT, OF_REPEATED, OF_WHOLE, OF_MEMBER = range(len(RATIOS), len(RATIOS) + 6)
STATED_SIZES = (*(_RATIO_CODES for _ in RATIOS), LEVELS + 2, LEVELS + 2, _LIMIT_CODES, 3, 3, 4)
"""By figure: the ratios, the sum and the remainder that it states, its limit, what it repeats, its whole; and in the end
whether it is a member of what comes out, and of what does not."""
MAY_BE, GOES_WITH, LIKELY, SURE = 0.03, 0.1, 0.3, 0.5


@dataclass(frozen=True)
class Likeliest:
    """`pairs` are figures × figures × LOOKED_AT, `figures` are figures × STATED_SIZES; 0 where there is nothing to tell."""

    pairs: Levels
    figures: Levels


@dataclass(frozen=True)
class Looked:
    """The chances by arc, of no figure for itself, and what is found."""

    values: Values
    chances: Mapping[str, Chances]
    pairs: Levels
    figures: Levels

    @classmethod
    def of(cls, values: Values, chances: Mapping[str, Chances]) -> Looked:
        number = len(values.values)
        return cls(
            values,
            {arc: _off_diagonal(each) for arc, each in chances.items()},
            np.zeros((number, number, len(LOOKED_AT)), dtype=np.uint8),
            np.zeros((number, len(STATED_SIZES)), dtype=np.uint8),
        )

    @property
    def everything(self) -> Ints:
        return np.arange(len(self.figures))

    def likely(self, arc: str, least: float = MAY_BE) -> tuple[Ints, Ints]:
        """Members and the figures that state the claims."""
        member, stated = np.nonzero(self.chances[arc] > least)
        return member, stated

    def best(self, arc: str) -> tuple[Ints, Chances]:
        """By figure stated its likeliest member, and how likely it is."""
        member = self.chances[arc].argmax(axis=0)
        return member, self.chances[arc][member, self.everything]

    def ranked(self, arc: str) -> Ints:
        """By figure stated its three likeliest members, a column each."""
        return np.argsort(-self.chances[arc], axis=0, kind="stable")[:3]

    def tell(self, arc: str, member: Ints, stated: Ints, codes: Levels) -> None:
        self.pairs[member, stated, LOOKED_AT.index(arc)] = codes

    def told(self, arc: str, member: Ints, stated: Ints) -> Levels:
        found: Levels = self.pairs[member, stated, LOOKED_AT.index(arc)]
        return found


def _off_diagonal(chances: Chances) -> Chances:
    chances = chances.copy()
    np.fill_diagonal(chances, 0.0)
    return chances
