"""Annotated texts -> what is shown at once: broken, cut and joined anew in each round, and filled up to the longest."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch

from bangfu.documents.linking.figures import Alphabet, figures_of, pairs_of
from bangfu.documents.linking.values import Values
from tests.documents.learning.links.labelled import Labelled, Source, labels, source_of
from tests.documents.learning.links.model import Batch
from tests.documents.learning.links.planted import planted
from tests.documents.learning.links.varied import varied

SIZE = 8
_PLANTED = 0.7
"""So many of the texts get more faults than they have, others in each round."""
_LIKE = 10
"""Texts that differ by so many figures are taken for equally long."""


def shown(texts: Sequence[Source], chance: random.Random) -> list[list[Labelled]]:
    """Texts of like length together, the shortest first."""
    whole = [_broken(one, chance).labelled for one in texts]
    several = [varied(one, whole, chance) for one in whole]
    several.sort(key=lambda one: len(one.quantities) + chance.random() * _LIKE)
    return [several[at : at + SIZE] for at in range(0, len(several), SIZE)]


def _broken(one: Source, chance: random.Random) -> Source:
    return source_of(planted(one.text, chance)) if chance.random() < _PLANTED else one


Arrays = tuple["np.ndarray[tuple[int, ...], np.dtype[np.generic]]", ...]


def _arrays(one: Labelled, alphabet: Alphabet) -> Arrays:
    figures = figures_of(one.flat, one.quantities, alphabet)
    known = np.ones(len(figures), dtype=np.float32)
    pairs = np.concatenate([pairs_of(figures), one.closings], axis=-1)
    return figures.signs, figures.ends, figures.own, pairs, known, labels(one)


def collated(several: Sequence[Labelled], alphabet: Alphabet) -> Batch:
    """Filled up with zeros to the longest, and one sign more."""
    found = []
    for at, arrays in enumerate(zip(*(_arrays(one, alphabet) for one in several), strict=True)):
        shape = [len(several), *np.max([one.shape for one in arrays], axis=0)]
        shape[1] += at == 0
        filled = np.zeros(shape, dtype=arrays[0].dtype)
        for row, one in enumerate(arrays):
            filled[(row, *(slice(0, size) for size in one.shape))] = one
        found.append(torch.from_numpy(filled))
    values = [Values.of(one.quantities) for one in several]
    return Batch(*found, values, torch.ones(len(several), dtype=torch.long))
