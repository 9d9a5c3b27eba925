"""The numbers of some figures, and how near a computed value comes to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bangfu.documents.reading.lexicon import lexicon
from bangfu.documents.reading.quantity import Quantity

NOTHING, NEAR, SLIP, EXACT = range(4)
LEVELS = 4
_NEAR, _ALMOST, _ALIKE = 0.05, 0.002, 0.7
TINY = 1e-9
_FEW, _MANY_DIGITS = 3, 100

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Levels = NDArray[np.uint8]


@dataclass(frozen=True)
class Values:
    """What each figure is, how far it may be off, what one in its last digit is worth, what it adds up as, its kind.

    `times` is how often by this figure, as it is written; `is_years` where that may be said in months as well; `scales` how
    many base units one of its units has (a kilometre a thousand metres).
    """

    values: Floats
    slack: Floats
    steps: Floats
    alike: Ints
    kinds: Ints
    is_share: Flags
    is_point: Flags
    times: Floats
    is_years: Flags
    scales: Floats

    @classmethod
    def of(cls, quantities: Sequence[Quantity]) -> Values:
        values = np.array([one.size for one in quantities])
        bounds = np.array([[float(edge) for edge in one.bounds()] for one in quantities]).reshape(-1, 2)
        return cls(
            values,
            np.maximum(bounds[:, 1] - values, values - bounds[:, 0]),
            np.array([float(one.step) for one in quantities]),
            _numbered([one.added_as for one in quantities]),
            _numbered([one.kind for one in quantities]),
            np.array([one.kind == "share" for one in quantities], dtype=np.bool_),
            np.array([one.kind == "point" for one in quantities], dtype=np.bool_),
            np.array([float(one.value) for one in quantities]),
            np.array([one.unit == "年" for one in quantities], dtype=np.bool_),
            np.array([float(scale_of(one)) for one in quantities]),
        )

    @cached_property
    def relative(self) -> Floats:
        return self.slack / np.maximum(np.abs(self.values), TINY)

    @cached_property
    def play(self) -> Floats:
        """How far what is computed may be from each figure that states it: shares are rounded."""
        rounding = np.where(self.is_share, self.steps / 2, 0.0)
        return np.maximum(self.slack, rounding) + np.abs(self.values) * 1e-6


def scale_of(one: Quantity) -> Decimal:
    """How many base units one in the unit of the figure has, 万 left out."""
    unit = lexicon().units.get(one.unit.lstrip("万亿千百十"))
    return unit.factor if unit else Decimal(1)


def _numbered(names: Sequence[str]) -> Ints:
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(name, len(seen)) for name in names], dtype=np.int64)


def levels_of(known: Values, stated: Ints, computed: Floats, off: Floats) -> Levels:
    """How near each computed value comes to the figure that states it."""
    value, step = known.values[stated], known.steps[stated]
    apart, size = np.abs(computed - value), np.maximum(np.abs(value), TINY)
    levels = np.where(apart <= _NEAR * size, NEAR, NOTHING).astype(np.uint8)
    ratio = np.maximum(np.abs(computed), TINY) / size
    some = np.flatnonzero((ratio > 1e-5) & (ratio < 1e5))
    power = np.log10(ratio[some])
    whole = np.rint(power)
    levels[some[(np.abs(power - whole) < _ALMOST) & (whole != 0)]] = SLIP
    near = some[np.abs(power) < _ALIKE]
    steps = np.maximum(step[near], TINY)
    levels[near[_may_be_digit(apart[near] / steps, size[near] / steps)]] = SLIP
    levels[apart <= off + known.play[stated]] = EXACT
    return levels


def is_exact(known: Values, stated: Ints, computed: Floats, off: Floats) -> Flags:
    found: Flags = np.abs(computed - known.values[stated]) <= off + known.play[stated]
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
