"""How three figures come out with each other: what the network is told of the numbers, and only that.

For each pair the best that the first can do in a claim on the second, with any third figure near: nothing, near it, but
for a slip of the pen, or exactly. A share that comes out of two figures is of those two, whatever else stands around.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bangfu.documents.reading.quantity import Quantity

_OF_THREE = (
    "share.part",
    "share.whole",
    "growth.old",
    "growth.new",
    "average.sum",
    "average.count",
    "product.count",
    "product.rate",
    "item",
    "whole",
    "taken",
)
CLOSINGS = (
    *_OF_THREE,
    "run",
    "same",
    *(f"close.{name}" for name in _OF_THREE),
    "months.count",
    "months.rate",
    "mixed.part",
    "mixed.whole",
)
"""The close ones once more, of figures that stand together: far apart much comes out by chance. Months are products that
come out but for so many times. Mixed are shares of things in other things (97人, of 100个岗位)."""
NOTHING, NEAR, SLIP, EXACT = range(4)
LEVELS = 4
_REACH, _CLOSE = 24, 6
"""Figures further apart than so many are not tried as three; those within so many stand together."""
_LONGEST, _STRIDES = 9, (1, 2, 3)
_MONTHS = (*range(2, 13), 24, 36)
_NEAR, _ALMOST, _ALIKE, _TINY = 0.05, 0.002, 0.7, 1e-9
_FEW, _MANY_DIGITS = 3, 100

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Levels = NDArray[np.uint8]


@dataclass(frozen=True)
class _Values:
    """What each figure is, how far it may be off, what one in its last digit is worth, what it adds up as, its kind."""

    values: Floats
    slack: Floats
    steps: Floats
    alike: Ints
    kinds: Ints
    is_share: Flags

    @classmethod
    def of(cls, quantities: Sequence[Quantity]) -> _Values:
        values = np.array([float(one.base_value) for one in quantities])
        bounds = np.array([[float(edge) for edge in one.bounds()] for one in quantities])
        return cls(
            values,
            np.maximum(bounds[:, 1] - values, values - bounds[:, 0]),
            np.array([float(one.step) for one in quantities]),
            _numbered([one.added_as for one in quantities]),
            _numbered([one.kind for one in quantities]),
            np.array([one.kind == "share" for one in quantities]),
        )

    @property
    def relative(self) -> Floats:
        return self.slack / np.maximum(np.abs(self.values), _TINY)


def _numbered(names: Sequence[str]) -> Ints:
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(name, len(seen)) for name in names], dtype=np.int64)


def closings(quantities: Sequence[Quantity]) -> Levels:
    """Figures × figures × closings."""
    number = len(quantities)
    found = np.zeros((number, number, len(CLOSINGS)), dtype=np.uint8)
    if number < 2:
        return found
    known = _Values.of(quantities)
    _ratios(known, found)
    _pairs(known, found)
    _runs(known, found)
    found[:, :, CLOSINGS.index("same")] = _again(known)
    return found


Three = tuple[Ints, Ints, Ints]


def _threes(known: _Values, firsts: Flags, seconds: Flags, stated: Ints) -> Three:
    """Every stated figure with each first and second near it; the flags are figures × figures, of those allowed."""
    near = np.abs(np.arange(len(known.values))[None, :] - stated[:, None]) <= _REACH
    near[np.arange(len(stated)), stated] = False
    one, other = firsts[stated] & near, seconds[stated] & near
    rows, first, second = np.nonzero(one[:, :, None] & other[:, None, :])
    apart = first != second
    return stated[rows[apart]], first[apart], second[apart]


def _ratios(known: _Values, found: Levels) -> None:
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
    plain = np.flatnonzero(~known.is_share)
    at, one, other = _threes(known, same, amounts & ~same, plain)
    counted = values[other] != 0
    at, one, other = at[counted], one[counted], other[counted]
    quotient, loose = values[one] / values[other], relative[one] + relative[other]
    _mark(
        found, known, (at, one, other), ("average.sum", "average.count"), quotient, np.abs(quotient) * loose
    )
    product = values[one] * values[other]
    _mark(found, known, (at, one, other), ("product.rate", "product.count"), product, np.abs(product) * loose)
    _months(found, known, (at, one, other), product)


def _mixed(found: Levels, known: _Values, three: tuple[Ints, ...]) -> None:
    """Shares that come out exactly, of figures of two kinds that stand together."""
    stated, one, other = (part[_are_close(*three)] for part in three)
    quotient = known.values[one] / known.values[other]
    off = np.abs(quotient) * (known.relative[one] + known.relative[other])
    comes_out = _is_exact(known, stated, quotient, off)
    for name, member in (("mixed.part", one), ("mixed.whole", other)):
        found[member[comes_out], stated[comes_out], CLOSINGS.index(name)] = EXACT


def _months(found: Levels, known: _Values, three: Three, product: Floats) -> None:
    """A count and a rate a month, and what it comes to in a year, or in as many months as were paid."""
    stated, one, other = three
    times = np.abs(known.values[stated]) / np.maximum(np.abs(product), _TINY)
    several = np.isin(np.rint(times), _MONTHS)
    off = known.relative[stated] + known.relative[one] + known.relative[other] + 1e-6
    comes_out = several & (np.abs(times - np.rint(times)) <= times * off) & _are_close(stated, one, other)
    for name, member in (("months.rate", one), ("months.count", other)):
        found[member[comes_out], stated[comes_out], CLOSINGS.index(name)] = EXACT


def _are_close(stated: Ints, one: Ints, other: Ints) -> Flags:
    first, last = np.minimum(np.minimum(one, other), stated), np.maximum(np.maximum(one, other), stated)
    close: Flags = last - first <= _CLOSE
    return close


def _pairs(known: _Values, found: Levels) -> None:
    """Two items, and a whole with what is taken from it."""
    same = known.alike[:, None] == known.alike[None, :]
    at, one, other = _threes(known, same, same, np.arange(len(known.values)))
    off = known.slack[one] + known.slack[other]
    _mark(found, known, (at, one, other), ("item", "item"), known.values[one] + known.values[other], off)
    _mark(found, known, (at, one, other), ("whole", "taken"), known.values[one] - known.values[other], off)


def _runs(known: _Values, found: Levels) -> None:
    """Items of one kind that stand one after the other, or each second, or each third of their kind."""
    for kind in np.unique(known.alike):
        group = np.flatnonzero(known.alike == kind)
        for stride in _STRIDES:
            for first in range(stride):
                if len(group[first::stride]) > 1:
                    _mark_runs(known, found, group, group[first::stride])


def _mark_runs(known: _Values, found: Levels, group: Ints, row: Ints) -> None:
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
    levels = np.where(_is_exact(known, stated, totals, offs), EXACT, NOTHING).astype(np.uint8)
    if size == len(group):
        place, begin = np.searchsorted(group, stated), np.searchsorted(group, first)
        beside = (levels < EXACT) & ((begin == place + 1) | (begin + lengths == place))
        near = _levels(known, stated[beside], totals[beside], offs[beside])
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


def _again(known: _Values) -> Levels:
    """Whether each figure says the same amount as each other one."""
    number = len(known.values)
    one, other = (part.ravel() for part in np.indices((number, number)))
    same = (known.alike[one] == known.alike[other]) & (one != other)
    levels = np.zeros(number * number, dtype=np.uint8)
    levels[same] = _levels(known, other[same], known.values[one[same]], known.slack[one[same]])
    return levels.reshape(number, number)


def _mark(
    found: Levels, known: _Values, three: Three, names: tuple[str, str], computed: Floats, off: Floats
) -> None:
    stated, one, other = three
    levels = _levels(known, stated, computed, off)
    close = _are_close(stated, one, other)
    for name, member in zip(names, (one, other), strict=True):
        np.maximum.at(found[:, :, CLOSINGS.index(name)], (member, stated), levels)
        together = found[:, :, CLOSINGS.index(f"close.{name}")]
        np.maximum.at(together, (member[close], stated[close]), levels[close])


def _levels(known: _Values, stated: Ints, computed: Floats, off: Floats) -> Levels:
    """How near each computed value comes to the figure that states it."""
    value, step = known.values[stated], known.steps[stated]
    apart, size = np.abs(computed - value), np.maximum(np.abs(value), _TINY)
    levels = np.where(apart <= _NEAR * size, NEAR, NOTHING).astype(np.uint8)
    ratio = np.maximum(np.abs(computed), _TINY) / size
    some = np.flatnonzero((ratio > 1e-5) & (ratio < 1e5))
    power = np.log10(ratio[some])
    whole = np.rint(power)
    levels[some[(np.abs(power - whole) < _ALMOST) & (whole != 0)]] = SLIP
    near = some[np.abs(power) < _ALIKE]
    steps = np.maximum(step[near], _TINY)
    levels[near[_may_be_digit(apart[near] / steps, size[near] / steps)]] = SLIP
    levels[_is_exact(known, stated, computed, off)] = EXACT
    return levels


def _is_exact(known: _Values, stated: Ints, computed: Floats, off: Floats) -> Flags:
    value, own = known.values[stated], known.slack[stated]
    rounding = np.where(known.is_share[stated], known.steps[stated] / 2, 0.0)
    found: Flags = np.abs(computed - value) <= off + np.maximum(own, rounding) + np.abs(value) * 1e-6
    return found


def _may_be_digit(apart: Floats, size: Floats) -> Flags:
    """One wrong digit changes a figure by 1 to 9 in its place, two swapped ones by nine times that; of few digits all
    would do, so that only the nearest count."""
    steps = np.rint(np.minimum(apart, 1e12)).astype(np.int64)
    for _ in range(5):
        tens = np.flatnonzero((steps > 9) & (steps % 10 == 0))
        if not len(tens):
            break
        steps[tens] //= 10
    digit = (steps > 0) & ((steps < 10) | ((steps % 9 == 0) & (steps <= 72)))
    found: Flags = np.where(size < _MANY_DIGITS, apart < _FEW + 0.5, digit)
    return found
