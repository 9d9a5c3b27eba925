"""A small network with one layer: cues by name, and what was seen, -> how likely something is right.

It is learned with another library (tests/documents/learning/fitting.py) and computed here by numpy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LIMIT = 5.0
"""So many times its spread a number may be from its middle."""
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Told:
    """What is told of something: cues by name, and what was seen of its figures."""

    cues: Mapping[str, float]
    seen: Floats | None = None


@dataclass(frozen=True)
class Scorer:
    """`names` are the cues that it knows, in the order of its first inputs; the rest is what was seen."""

    names: Sequence[str]
    weights: Mapping[str, Floats]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {name: at for at, name in enumerate(self.names)}

    def inputs(self, several: Sequence[Told], size: int) -> Floats:
        """So many rows as there are things × inputs, of which there are `size`."""
        known = np.zeros((len(several), size), dtype=np.float32)
        for row, one in enumerate(several):
            for name, value in one.cues.items():
                if (place := self._places.get(name)) is not None:
                    known[row, place] = value
            if one.seen is not None:
                known[row, len(self.names) :] = one.seen
        return known

    def logits(self, several: Sequence[Told]) -> list[float]:
        if not several:
            return []
        weights = self.weights
        known = self.inputs(several, len(weights["middle"]))
        inputs = np.clip((known - weights["middle"]) / weights["spread"], -LIMIT, LIMIT)
        inner = np.maximum(inputs @ weights["inner"] + weights["inner.bias"], 0)
        found = inner @ weights["out"] + weights["out.bias"]
        return [float(one) for one in found]


def scorer_in(path: Path) -> Scorer:
    with np.load(path) as stored:
        weights = {name: stored[name].astype(np.float32) for name in stored.files if name != "names"}
        return Scorer([str(name) for name in stored["names"]], weights)
