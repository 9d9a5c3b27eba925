"""How the likeliest shares, growth, averages and products come out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bangfu.documents.linking.arcs import RATIOS
from bangfu.documents.linking.likeliest.codes import (
    ALONE,
    AVERAGE,
    GOES_WITH,
    GROWTH,
    LEVEL,
    LIKELY,
    LOOKED_AT,
    OTHERWISE,
    PRODUCT,
    SURE,
    Looked,
)
from bangfu.documents.linking.values import EXACT, NOTHING, TINY, Floats, Ints, Levels, Values, levels_of

_AS_TOLD, _AS_WRITTEN, _ELSE = range(3)
_MONTHS = (3.0, 6.0, 12.0)
_YEAR = 12


def ratios(looked: Looked) -> None:
    asked = [each for family in range(len(RATIOS)) for each in _asked(looked, family)]
    families, columns, ranks, member, stated, first, second, times = (
        np.concatenate([each[at] for each in asked]) for at in range(8)
    )
    levels = _come_out(looked.values, families, stated, first.astype(int), second.astype(int), times)
    for rank, least, code in (
        (_AS_TOLD, NOTHING, LEVEL),
        (_AS_WRITTEN, EXACT, LEVEL),
        (_ELSE, EXACT, OTHERWISE - EXACT),
    ):
        of = (ranks == rank) & (levels >= least)
        here = member[of], stated[of], columns[of]
        known = looked.pairs[here]
        looked.pairs[here] = np.where(known == LEVEL + EXACT, known, code + levels[of])
    _stated_ratios(looked)


def _asked(looked: Looked, family: int) -> list[tuple[NDArray[np.generic], ...]]:
    """Family, arc, way, member, figure stated, both members in their order, how often."""
    found: list[tuple[NDArray[np.generic], ...]] = []
    for side, arc in enumerate(RATIOS[family]):
        other = RATIOS[family][1 - side]
        member, stated = looked.likely(arc)
        column = LOOKED_AT.index(arc)
        looked.pairs[member, stated, column] = ALONE
        for rank, partner in enumerate(_partners(looked, other, member, stated)):
            goes = looked.chances[other][partner, stated] >= GOES_WITH
            one, at, beside = member[goes], stated[goes], partner[goes]
            first, second = (one, beside) if side == 0 else (beside, one)
            for way, times in _often(looked, family, at, first, second):
                same = tuple(np.full(len(one), each) for each in (family, column, _ELSE if rank else way))
                found.append((*same, one, at, first, second, times))
    return found


def _partners(looked: Looked, other: str, member: Ints, stated: Ints) -> list[Ints]:
    """The likeliest figure that may go with each member, and the next."""
    ranked = looked.ranked(other)
    found = []
    taken = member
    for _ in range(2):
        partner = ranked[0][stated]
        for row in ranked[1:]:
            partner = np.where((partner == member) | (partner == taken), row[stated], partner)
        if len(ranked) > 1:
            found.append(partner)
        taken = partner
    return found


def _often(looked: Looked, family: int, stated: Ints, first: Ints, second: Ints) -> list[tuple[int, Floats]]:
    """How often it is taken: as it is told, for one as the count is written (每公里), or as it may be."""
    once = np.ones(len(stated))
    if family == AVERAGE:
        return [(_AS_TOLD, once), (_AS_WRITTEN, looked.values.scales[second])]
    if family != PRODUCT:
        return [(_AS_TOLD, once)]
    chances = looked.chances["product.times"]
    by = chances.argmax(axis=0)[stated]
    is_told = chances[by, stated] > SURE
    told = np.where(is_told, looked.values.times[by], once)
    years = np.where(is_told & looked.values.is_years[by], told * _YEAR, told)
    return [
        (_AS_TOLD, told),
        (_AS_WRITTEN, told / looked.values.scales[first]),
        *((_ELSE, other) for other in (years, once, *(once * months for months in _MONTHS))),
    ]


def _come_out(
    values: Values, families: Ints, stated: Ints, first: Ints, second: Ints, times: Floats
) -> Levels:
    one, other = values.values[first], values.values[second]
    loose, slack = (
        values.relative[first] + values.relative[second],
        values.slack[first] + values.slack[second],
    )
    of = np.where(families == GROWTH, one, other)
    quotient = np.where(families == GROWTH, other, one) / np.where(of == 0, TINY, of)
    is_amount = ~values.is_share[stated] | (values.is_share[first] & values.is_share[second])
    computed = np.select(
        [families == PRODUCT, (families == GROWTH) & is_amount, families == GROWTH],
        [one * other * times, np.abs(other - one), np.abs(quotient - 1)],
        quotient * times,
    )
    off = np.select(
        [families == PRODUCT, (families == GROWTH) & is_amount],
        [np.abs(computed) * loose, slack],
        np.abs(quotient) * times * loose + np.where(families == AVERAGE, values.steps[stated] / 2, 0.0),
    )
    return levels_of(values, stated, computed, off)


def _stated_ratios(looked: Looked) -> None:
    """How the likeliest ratio of each figure comes out."""
    everything = looked.everything
    for family, arcs in enumerate(RATIOS):
        best = [looked.best(arc) for arc in arcs]
        likely = np.all([chances >= LIKELY for _, chances in best], axis=0)
        first, second = (looked.told(arc, at, everything) for arc, (at, _) in zip(arcs, best, strict=True))
        looked.figures[:, family] = np.where(likely, np.maximum(first, second), 0)
