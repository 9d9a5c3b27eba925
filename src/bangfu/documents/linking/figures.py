"""A reading -> what the network sees of its figures: the signs of the text, and what is told of each figure and pair.

The digits of figures are hidden from it: what belongs together must not depend on whether it comes out.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from bangfu.documents.linking.listings import LISTED, WAYS, Listings
from bangfu.documents.reading.quantity import Quantity

Ints = NDArray[np.int64]

NOTHING, UNKNOWN, HIDDEN = 0, 1, 2
"""The signs beside those of the alphabet: past the end, not in the alphabet, a digit of a figure."""
_ITEM, _CLAUSE = "、,;:()。\n", ",;:()。\n"
_PART, _SENTENCE = ";。!?\n", "。!?\n"
_LEAD, _NAMES, _TAIL, _HASHED = 14, 10, 3, 509
_NO_NAME = re.compile(r"[0-9,;:()。、\s.%]")
_RATIOS = (-4, -3, -2, -1.3, -1, -0.7, -0.5, -0.3, -0.15, -0.05, 0.05, 0.15, 0.3, 0.5, 0.7, 1, 1.3, 2, 3, 4)
"""Decimal logarithms: nearer than an eighth is not told apart."""
_FAR = (1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 25, 40, 80)
_BETWEEN = (1, 2, 3, 5, 9)
_KINDS = 7
OWN_SIZES = (32, 0, 0, 20, 4, 16, 5, 3, 4, *(LISTED for _ in WAYS))
"""How many values each of a figure's own features has; 0 for those of the units."""
PAIR_SIZES = (
    2 * len(_FAR) + 1,
    7,
    5,
    _KINDS * _KINDS,
    len(_RATIOS) + 1,
    8,
    4,
    6,
    4,
    4,
    2 * len(_BETWEEN) + 1,
)


@dataclass(frozen=True)
class Alphabet:
    """The signs, units and kinds that the network knows by number."""

    signs: Mapping[str, int]
    units: Mapping[str, int]
    kinds: Mapping[str, int]


@dataclass(frozen=True)
class Figures:
    """`signs` has one number a sign of the text, `ends` the first and last sign of each figure.

    `own` is figures × features. `levels`, one row a figure, numbers the item, clause, part of a sentence, sentence and
    paragraph it stands in; `traits` its unit, base unit, what it adds up as, kind, depth in brackets, time, place,
    subject and what follows it, each as a number (0 for none); `sizes` its decimal logarithm; `names` whether a pair
    of signs stands before it.
    """

    signs: Ints
    ends: Ints
    own: Ints
    levels: Ints
    traits: Ints
    sizes: NDArray[np.float64]
    names: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.ends)

    def part(self, start: int, end: int) -> Figures:
        """The figures from one to before another, in the same text."""
        rows = slice(start, end)
        return replace(
            self,
            ends=self.ends[rows],
            own=self.own[rows],
            levels=self.levels[rows],
            traits=self.traits[rows],
            sizes=self.sizes[rows],
            names=self.names[rows],
        )


def figures_of(flat: str, quantities: Sequence[Quantity], alphabet: Alphabet) -> Figures:
    starts = [one.start for one in quantities]
    depth, lists = _depths(flat), Listings(flat)
    sizes = np.array([_logarithm(one) for one in quantities])
    return Figures(
        _signs(flat, quantities, alphabet),
        np.array([(one.start, max(one.end - 1, one.start)) for one in quantities], dtype=np.int64),
        np.array(
            [(*_own(one, alphabet, depth[one.start]), *lists.codes_of(one)) for one in quantities],
            dtype=np.int64,
        ),
        np.array([_levels(flat, marks, starts) for marks in (_ITEM, _CLAUSE, _PART, _SENTENCE, "\n")]).T,
        _traits(flat, quantities, alphabet, depth),
        sizes,
        np.array([_names(flat, one.start) for one in quantities], dtype=np.float32),
    )


def _signs(flat: str, quantities: Sequence[Quantity], alphabet: Alphabet) -> Ints:
    known = alphabet.signs
    numbers = [known.get("0" if sign.isdigit() else sign, UNKNOWN) for sign in flat]
    for one in quantities:
        for at in range(one.start, one.end):
            if flat[at].isdigit():
                numbers[at] = HIDDEN
    return np.array([*numbers, NOTHING], dtype=np.int64)


def _logarithm(one: Quantity) -> float:
    value = abs(float(one.base_value))
    return math.log10(value) if value else -9.0


def _own(one: Quantity, alphabet: Alphabet, depth: int) -> tuple[int, ...]:
    digits = re.sub(r"[^0-9]", "", one.text)
    step = round(math.log10(float(one.step))) if one.step else 0
    return (
        min(max(int(_logarithm(one) * 2) + 10, 0), 31),
        alphabet.units.get(one.unit, UNKNOWN),
        alphabet.units.get(one.base_unit, UNKNOWN),
        alphabet.kinds.get(one.kind, 0),
        bool(one.approx) + 2 * (one.base_high is not None),
        min(max(step + 5, 0), 15),
        min(len(digits) - len(digits.rstrip("0")), 4) if digits else 3,
        depth,
        one.is_label + 2 * bool(one.per),
    )


def _depths(flat: str) -> list[int]:
    depth, found = 0, []
    for sign in flat:
        if sign in "((":
            depth += 1
        found.append(min(depth, 2))
        if sign in "))":
            depth = max(0, depth - 1)
        if sign == "\n":
            depth = 0
    return found


def _levels(flat: str, marks: str, starts: Sequence[int]) -> list[int]:
    cuts = [at for at, sign in enumerate(flat) if sign in marks]
    return [bisect_right(cuts, start) for start in starts]


def _traits(flat: str, quantities: Sequence[Quantity], alphabet: Alphabet, depth: Sequence[int]) -> Ints:
    columns: list[list[int]] = [
        _numbered(quantities, lambda one: one.unit),
        _numbered(quantities, lambda one: one.base_unit),
        _numbered(quantities, lambda one: one.added_as),
        [min(alphabet.kinds.get(one.kind, 0), _KINDS - 1) for one in quantities],
        [depth[one.start] for one in quantities],
        _numbered(quantities, lambda one: one.time),
        _numbered(quantities, lambda one: one.place),
        _numbered(quantities, lambda one: one.subject),
        _numbered(quantities, lambda one: flat[one.end : one.end + _TAIL]),
    ]
    return np.array(columns, dtype=np.int64).T


def _numbered(quantities: Sequence[Quantity], key: Callable[[Quantity], str]) -> list[int]:
    seen: dict[str, int] = {"": 0}
    return [seen.setdefault(key(one), len(seen)) for one in quantities]


def _names(flat: str, start: int) -> NDArray[np.bool_]:
    """The pairs of signs before the figure, by their place among so many."""
    before = _NO_NAME.sub("", flat[max(0, start - _LEAD) : start])[-_NAMES:]
    found = np.zeros(_HASHED, dtype=np.bool_)
    found[[(ord(one) * 31 + ord(other) * 7) % _HASHED for one, other in pairwise(before)]] = True
    return found


def pairs_of(figures: Figures) -> Ints:
    """figures × figures × features: of the first as a member of a claim on the second."""
    traits, number = figures.traits, len(figures)
    unit, base, added, kind, depth, time, place, subject, tail = (_sides(traits[:, at]) for at in range(9))
    gaps = figures.sizes[:, None] - figures.sizes[None, :]
    shared = np.minimum(figures.names @ figures.names.T, 7).astype(np.int64)
    features = [
        _signed(np.arange(number)[None, :] - np.arange(number)[:, None], _FAR),
        _nearness(figures.levels),
        np.select([_same(unit), _same(base), _same(added), _same(kind)], [0, 1, 2, 3], 4),
        kind[0] * _KINDS + kind[1],
        np.searchsorted(_RATIOS, gaps, side="right"),
        shared,
        np.select(
            [(depth[0] == 0) & (depth[1] == 0), depth[0] > depth[1], depth[0] < depth[1]], [0, 1, 2], 3
        ),
        _alike(time) * 2 + _same(tail),
        _alike_or_none(place),
        _alike_or_none(subject),
        _between(traits[:, 2]),
    ]
    return np.stack(np.broadcast_arrays(*features), axis=-1).astype(np.int64)


_Sides = tuple[Ints, Ints]


def _sides(values: Ints) -> _Sides:
    return values[:, None], values[None, :]


def _same(sides: _Sides) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = sides[0] == sides[1]
    return same


def _alike(sides: _Sides) -> Ints:
    """0 where one is not known, 1 where both are the same, 2 where they differ."""
    known = (sides[0] > 0) & (sides[1] > 0)
    return np.where(known, np.where(_same(sides), 1, 2), 0)


def _alike_or_none(sides: _Sides) -> Ints:
    """As `_alike`, with 3 where only one is known."""
    only_one = (sides[0] > 0) != (sides[1] > 0)
    return np.where(only_one, 3, _alike(sides))


def _signed(distance: Ints, limits: Sequence[int]) -> Ints:
    reach = np.searchsorted(limits, np.abs(distance), side="right")
    return np.sign(distance) * reach + len(limits)


def _nearness(levels: Ints) -> Ints:
    """0 in the same item of a list … 4 in the same paragraph, 5 in the next one, 6 further away."""
    same = levels[:, None, :] == levels[None, :, :]
    paragraphs = np.abs(levels[:, None, 4] - levels[None, :, 4])
    return np.select([*(same[:, :, at] for at in range(5)), paragraphs == 1], [0, 1, 2, 3, 4, 5], 6)


def _between(added: Ints) -> Ints:
    """How many figures between the two add up with the first: signed, in steps."""
    number = len(added)
    counts = np.zeros((number, number), dtype=np.int64)
    for at, kind in enumerate(added):
        running = np.array([0, *accumulate((added == kind).astype(int).tolist())])
        places = np.arange(number)
        low, high = np.minimum(places, at), np.maximum(places, at)
        counts[at] = np.sign(places - at) * np.maximum(running[high] - running[np.minimum(low + 1, high)], 0)
    return _signed(counts, _BETWEEN)
