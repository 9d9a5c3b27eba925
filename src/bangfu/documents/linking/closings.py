"""How three figures come out with each other: what the network is told of the numbers, and only that.

For each pair the best that the first can do in a claim on the second, with any third figure near: nothing, near it, but
for a slip of the pen, or exactly. A share that comes out of two figures is of those two, whatever else stands around.
"""

from __future__ import annotations

import numpy as np

from bangfu.documents.linking.arcs import RATIOS
from bangfu.documents.linking.values import (
    EXACT,
    NOTHING,
    SLIP,
    TINY,
    Flags,
    Floats,
    Ints,
    Levels,
    Values,
    is_exact,
    levels_of,
)

_OF_THREE = (*(arc for pair in RATIOS for arc in pair), "item", "whole", "taken")
CLOSINGS = (
    *_OF_THREE,
    "run",
    "same",
    *(f"close.{name}" for name in _OF_THREE),
    "months.count",
    "months.rate",
    "mixed.part",
    "mixed.whole",
    "compared",
)
"""The close ones once more, of figures that stand together: far apart much comes out by chance. Months are products that
come out but for so many times. Mixed are shares of things in other things (97人, of 100个岗位). Compared
says whether the first is less than the second, greater, or neither."""
_REACH, _CLOSE = 24, 6
"""Figures further apart than so many are not tried as three; those within so many stand together."""
_LONGEST, _STRIDES = 9, (1, 2, 3)
_MONTHS = (*range(2, 13), 24, 36)
_LESS, _EQUAL, _GREATER = 1, 2, 3


def closings(known: Values) -> Levels:
    """Figures × figures × closings."""
    number = len(known.values)
    found = np.zeros((number, number, len(CLOSINGS)), dtype=np.uint8)
    if number < 2:
        return found
    _ratios(known, found)
    _pairs(known, found)
    _runs(known, found)
    found[:, :, CLOSINGS.index("same")] = _again(known)
    found[:, :, CLOSINGS.index("compared")] = _compared(known)
    return found


Three = tuple[Ints, Ints, Ints]


def _threes(known: Values, firsts: Flags, seconds: Flags, stated: Ints) -> Three:
    """Every stated figure with each first and second near it; the flags are figures × figures, of those allowed."""
    steps = np.arange(-_REACH, _REACH + 1)
    near = stated[:, None] + steps
    inside = (near >= 0) & (near < len(known.values)) & (steps != 0)
    near = np.where(inside, near, 0)
    one, other = (flags[stated[:, None], near] & inside for flags in (firsts, seconds))
    both = np.flatnonzero(one[:, :, None] & other[:, None, :])
    rest, second = np.divmod(both, len(steps))
    rows, first = np.divmod(rest, len(steps))
    apart = first != second
    rows, first, second = rows[apart], first[apart], second[apart]
    return stated[rows], near[rows, first], near[rows, second]


def _ratios(known: Values, found: Levels) -> None:
    """Shares, growth, averages and products."""
    values, relative = known.values, known.relative
    amounts = np.broadcast_to(~known.is_share[None, :], (len(values),) * 2)
    shares = np.broadcast_to(known.is_share[None, :], amounts.shape)
    same = known.alike[:, None] == known.alike[None, :]
    rates = np.flatnonzero(known.is_share)
    at, one, other = _threes(known, amounts, amounts, rates)
    alike = known.kinds[one] == known.kinds[other]
    counted = values[other] != 0
    _mixed(found, known, tuple(part[counted & ~alike] for part in (at, one, other)))
    at, one, other = (part[counted & alike] for part in (at, one, other))
    quotient = values[one] / values[other]
    off = np.abs(quotient) * (relative[one] + relative[other])
    _mark(found, known, (at, one, other), ("share.part", "share.whole"), quotient, off)
    _mark(found, known, (at, one, other), ("growth.new", "growth.old"), np.abs(quotient - 1), off)
    at, one, other = _threes(known, shares, shares, rates)
    change = np.abs(values[one] - values[other])
    _mark(
        found,
        known,
        (at, one, other),
        ("growth.new", "growth.old"),
        change,
        known.slack[one] + known.slack[other],
    )
    _points(known, found, shares)
    plain = np.flatnonzero(~known.is_share)
    _parts(known, found, _threes(known, same, shares, plain))
    at, one, other = _threes(known, same, amounts & ~same, plain)
    counted = values[other] != 0
    at, one, other = at[counted], one[counted], other[counted]
    product = _each(known, found, (at, one, other), np.ones(len(at)))
    _months(found, known, (at, one, other), product)
    scales = known.scales[other]
    written = np.flatnonzero(scales != 1)
    _each(known, found, (at[written], one[written], other[written]), scales[written])


def _points(known: Values, found: Levels, shares: Flags) -> None:
    """Percentage points lie between two percentages, whether a change or a distance is meant."""
    at, one, other = _threes(known, shares, shares, np.flatnonzero(known.is_point))
    change, off = known.values[one] - known.values[other], known.slack[one] + known.slack[other]
    _mark(found, known, (at, one, other), ("growth.new", "growth.old"), np.abs(change), off)
    _mark(found, known, (at, one, other), ("whole", "taken"), change, off)


def _parts(known: Values, found: Levels, three: Three) -> None:
    """A share of an amount: 本金1000万元,年利率3.2%,利息32万元."""
    _, one, other = three
    product = known.values[one] * known.values[other]
    off = np.abs(product) * (known.relative[one] + known.relative[other])
    _mark(found, known, three, ("product.count", "product.rate"), product, off)


def _each(known: Values, found: Levels, three: Three, scales: Floats) -> Floats:
    """Averages, rounded to what is stated, and products: of so many base units, as each figure is written for a kilometre."""
    at, one, other = three
    loose = known.relative[one] + known.relative[other]
    quotient = known.values[one] / known.values[other] * scales
    off = np.abs(quotient) * loose + known.steps[at] / 2
    _mark(found, known, three, ("average.sum", "average.count"), quotient, off)
    product = known.values[one] * known.values[other] / scales
    _mark(found, known, three, ("product.rate", "product.count"), product, np.abs(product) * loose)
    return product


def _mixed(found: Levels, known: Values, three: tuple[Ints, ...]) -> None:
    """Shares that come out exactly, of figures of two kinds that stand together."""
    stated, one, other = (part[_are_close(*three)] for part in three)
    quotient = known.values[one] / known.values[other]
    off = np.abs(quotient) * (known.relative[one] + known.relative[other])
    comes_out = is_exact(known, stated, quotient, off)
    for name, member in (("mixed.part", one), ("mixed.whole", other)):
        found[member[comes_out], stated[comes_out], CLOSINGS.index(name)] = EXACT


def _months(found: Levels, known: Values, three: Three, product: Floats) -> None:
    """A count and a rate a month, and what it comes to in a year, or in as many months as were paid."""
    stated, one, other = three
    times = np.abs(known.values[stated]) / np.maximum(np.abs(product), TINY)
    several = np.isin(np.rint(times), _MONTHS)
    off = known.relative[stated] + known.relative[one] + known.relative[other] + 1e-6
    comes_out = several & (np.abs(times - np.rint(times)) <= times * off) & _are_close(stated, one, other)
    for name, member in (("months.rate", one), ("months.count", other)):
        found[member[comes_out], stated[comes_out], CLOSINGS.index(name)] = EXACT


def _are_close(stated: Ints, one: Ints, other: Ints) -> Flags:
    first, last = np.minimum(np.minimum(one, other), stated), np.maximum(np.maximum(one, other), stated)
    close: Flags = last - first <= _CLOSE
    return close


def _pairs(known: Values, found: Levels) -> None:
    """Two items, and a whole with what is taken from it."""
    same = known.alike[:, None] == known.alike[None, :]
    at, one, other = _threes(known, same, same, np.arange(len(known.values)))
    off = known.slack[one] + known.slack[other]
    _mark(found, known, (at, one, other), ("item", "item"), known.values[one] + known.values[other], off)
    _mark(found, known, (at, one, other), ("whole", "taken"), known.values[one] - known.values[other], off)


def _runs(known: Values, found: Levels) -> None:
    """Items of one kind that stand one after the other, or each second, or each third of their kind."""
    for kind in np.unique(known.alike):
        group = np.flatnonzero(known.alike == kind)
        for stride in _STRIDES:
            for first in range(stride):
                if len(group[first::stride]) > 1:
                    _mark_runs(known, found, group, group[first::stride])


def _mark_runs(known: Values, found: Levels, group: Ints, row: Ints) -> None:
    """Each run of the row against each figure of the group that does not stand in it."""
    size = len(row)
    starts, lengths, at = (part.ravel() for part in np.indices((size, min(_LONGEST, size) - 1, len(group))))
    lengths += 2
    inside = starts + lengths <= size
    starts, lengths, stated = starts[inside], lengths[inside], group[at[inside]]
    first, last = row[starts], row[starts + lengths - 1]
    may_be = ((stated < first) | (stated > last)) & (np.abs(stated - first) <= 2 * _REACH)
    starts, lengths, stated, first = starts[may_be], lengths[may_be], stated[may_be], first[may_be]
    totals, offs = (_between(part[row], starts, lengths) for part in (known.values, known.slack))
    levels = np.where(is_exact(known, stated, totals, offs), EXACT, NOTHING).astype(np.uint8)
    if size == len(group):
        place, begin = np.searchsorted(group, stated), np.searchsorted(group, first)
        beside = (levels < EXACT) & ((begin == place + 1) | (begin + lengths == place))
        near = levels_of(known, stated[beside], totals[beside], offs[beside])
        levels[beside] = np.where(near >= SLIP, near, NOTHING)
    told = levels > NOTHING
    starts, lengths, stated, levels = starts[told], lengths[told], stated[told], levels[told]
    column = found[:, :, CLOSINGS.index("run")]
    for item in range(lengths.max(initial=0)):
        longer = lengths > item
        np.maximum.at(column, (row[starts[longer] + item], stated[longer]), levels[longer])


def _between(values: Floats, starts: Ints, lengths: Ints) -> Floats:
    """The sums of so many values from each start on."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    found: Floats = sums[starts + lengths] - sums[starts]
    return found


def _again(known: Values) -> Levels:
    """Whether each figure says the same amount as each other one."""
    number = len(known.values)
    one, other = (part.ravel() for part in np.indices((number, number)))
    same = (known.alike[one] == known.alike[other]) & (one != other)
    levels = np.zeros(number * number, dtype=np.uint8)
    levels[same] = levels_of(known, other[same], known.values[one[same]], known.slack[one[same]])
    return levels.reshape(number, number)


def _compared(known: Values) -> Levels:
    low, high = known.values - known.slack, known.values + known.slack
    less, greater = high[:, None] < low[None, :], low[:, None] > high[None, :]
    return np.select([less, greater], [_LESS, _GREATER], _EQUAL).astype(np.uint8)


def _mark(
    found: Levels, known: Values, three: Three, names: tuple[str, str], computed: Floats, off: Floats
) -> None:
    stated, one, other = three
    levels = levels_of(known, stated, computed, off)
    told = levels > NOTHING
    stated, one, other, levels = stated[told], one[told], other[told], levels[told]
    close = _are_close(stated, one, other)
    for name, member in zip(names, (one, other), strict=True):
        np.maximum.at(found[:, :, CLOSINGS.index(name)], (member, stated), levels)
        together = found[:, :, CLOSINGS.index(f"close.{name}")]
        np.maximum.at(together, (member[close], stated[close]), levels[close])
