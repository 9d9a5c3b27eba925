"""How the likeliest claims come out: what the network is told of the numbers before it looks a second time.

At its first look each pair is only told what comes out with some third figure. Now that is likely which figures belong to
a claim, each pair is told whether the claim with just these comes out, and each figure what comes out for it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bangfu.documents.linking.arcs import RATIOS
from bangfu.documents.linking.likeliest.beside import limits, repetitions
from bangfu.documents.linking.likeliest.codes import (
    LEVEL,
    LOOKED_AT,
    OF_MEMBER,
    SURE,
    Chances,
    Likeliest,
    Looked,
)
from bangfu.documents.linking.likeliest.ratios import ratios
from bangfu.documents.linking.likeliest.sets import remainders, sums
from bangfu.documents.linking.values import EXACT, LEVELS, Values

_SETS = 2 * len(RATIOS)
_LIMITS = LOOKED_AT.index("limit")


def likeliest(values: Values, chances: Mapping[str, Chances]) -> Likeliest:
    """`chances` are by arc, figures × figures: how likely the first is that in a claim on the second."""
    looked = Looked.of(values, chances)
    if len(values.values) > 1:
        ratios(looked)
        sums(looked)
        remainders(looked)
        limits(looked)
        repetitions(looked)
        _members(looked)
    return Likeliest(looked.pairs, looked.figures)


def _members(looked: Looked) -> None:
    """Whether a figure is likely in a claim that comes out, and in one that does not."""
    sides = np.zeros((2, len(looked.figures)), dtype=np.bool_)
    for number, arc in enumerate(LOOKED_AT[:_LIMITS]):
        member, stated = looked.likely(arc, SURE)
        codes = looked.pairs[member, stated, number]
        if number < _SETS:
            comes_out, fails = codes >= LEVEL + EXACT, (codes >= LEVEL) & (codes < LEVEL + EXACT)
        else:
            level = (np.maximum(codes, 1) - 1) // 2 % (LEVELS + 1)
            comes_out, fails = (codes > 0) & (level == EXACT), (codes > 0) & (level < EXACT)
        sides[0, member[comes_out]] = True
        sides[1, member[fails]] = True
    looked.figures[:, OF_MEMBER] = sides[0] + 2 * sides[1]
