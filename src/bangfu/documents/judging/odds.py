"""Chances on the scale on which cues add up, and back."""

from __future__ import annotations

import math
from collections.abc import Mapping

_FAR = 30.0


def logit(chance: float) -> float:
    """The odds of a chance on the scale on which cues add up."""
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(chance / (1 - chance))


def logistic(cues: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The chance, 0 to 1, that the cues add up to; what has no weight says nothing."""
    total = sum(weights.get(name, 0.0) * value for name, value in cues.items())
    return 1 / (1 + math.exp(-max(-_FAR, min(_FAR, total))))
