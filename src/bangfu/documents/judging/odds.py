"""Chances on the scale on which cues add up, and back."""

from __future__ import annotations

import math

_FAR = 30.0


def logit(chance: float) -> float:
    """The odds of a chance on the scale on which cues add up."""
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(chance / (1 - chance))


def chance_of(odds: float) -> float:
    """The chance, 0 to 1, on that scale."""
    return 1 / (1 + math.exp(-max(-_FAR, min(_FAR, odds))))
