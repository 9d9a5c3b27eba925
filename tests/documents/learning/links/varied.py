"""Texts once more in other shape: without some of their sentences, or followed by some of another text."""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from tests.documents.learning.links.labelled import Labelled

_ALONE, _JOINED = 0.4, 0.4
"""So many of the texts lose sentences, and so many of these get others."""
_LOST, _LOST_OF_OTHER = (0.1, 0.5), 0.6
_LEAST = 4
_LISTED = 8
"""What a count counts may stand in so many sentences from its own on."""


def varied(one: Labelled, others: Sequence[Labelled], chance: random.Random) -> Labelled:
    if chance.random() >= _ALONE:
        return one
    shorter = without(one, chance.uniform(*_LOST), chance)
    if len(shorter.quantities) >= _LEAST:
        one = shorter
    if chance.random() < _JOINED:
        other = without(chance.choice(others), _LOST_OF_OTHER, chance)
        one = joined(one, other) if other.quantities else one
    return one


def without(one: Labelled, share: float, chance: random.Random) -> Labelled:
    """Sentences that a relation holds together stay or go together."""
    cuts = [0, *(match.end() for match in re.finditer(r"[。\n]+", one.flat)), len(one.flat)]
    pieces = [(start, end) for start, end in pairwise(cuts) if end > start]
    starts = [start for start, _ in pieces]
    place = [bisect_right(starts, quantity.start) - 1 for quantity in one.quantities]
    together = [[place[at] for at in (*members, stated)] for _, members, stated, _ in one.links]
    together += [
        [*range(max(0, place[stated] - 1), min(place[stated] + _LISTED, len(pieces)))]
        for kind, _, stated, _ in one.links
        if kind == "counted_list"
    ]
    group = _groups(len(pieces), together)
    lost = {number for number in set(group) if chance.random() < share}
    kept = [group[at] not in lost for at in range(len(pieces))]
    flat, shift = "", []
    for (start, end), stays in zip(pieces, kept, strict=True):
        shift.append(len(flat) - start)
        flat += one.flat[start:end] if stays else ""
    new: dict[int, int] = {}
    quantities = []
    for at, quantity in enumerate(one.quantities):
        if kept[place[at]] and quantity.end <= pieces[place[at]][1]:
            new[at] = len(quantities)
            moved = shift[place[at]]
            quantities.append(replace(quantity, start=quantity.start + moved, end=quantity.end + moved))
    links = tuple(
        (kind, tuple(new[at] for at in members), new[stated], is_wrong)
        for kind, members, stated, is_wrong in one.links
        if all(at in new for at in (*members, stated))
    )
    kept_figures = list(new)
    return Labelled(flat, tuple(quantities), links, one.closings[np.ix_(kept_figures, kept_figures)])


def _groups(number: int, together: Sequence[Sequence[int]]) -> list[int]:
    parent = list(range(number))

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    for first, *others in together:
        for other in others:
            parent[root(other)] = root(first)
    return [root(at) for at in range(number)]


def joined(one: Labelled, other: Labelled) -> Labelled:
    offset, number = len(one.flat) + 1, len(one.quantities)
    moved = tuple(
        replace(quantity, start=quantity.start + offset, end=quantity.end + offset)
        for quantity in other.quantities
    )
    links = tuple(
        (kind, tuple(at + number for at in members), stated + number, is_wrong)
        for kind, members, stated, is_wrong in other.links
    )
    both = np.zeros((number + len(moved), number + len(moved), one.closings.shape[-1]), dtype=np.uint8)
    both[:number, :number], both[number:, number:] = one.closings, other.closings
    return Labelled(f"{one.flat}\n{other.flat}", one.quantities + moved, one.links + links, both)
