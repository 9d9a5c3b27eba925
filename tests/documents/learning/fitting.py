"""Weights of cues from examples: a logistic regression."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np


def fit(cues: Sequence[Mapping[str, float]], faults: Sequence[bool], decay: float = 1.0) -> dict[str, float]:
    """Logistic regression by Newton's method, with `decay` on every weight but the bias."""
    counts = Counter(name for one in cues for name in one)
    place = {name: at for at, name in enumerate(name for name, number in counts.items() if number >= 6)}
    table = np.zeros((len(cues), len(place)))
    for row, one in enumerate(cues):
        for name, value in one.items():
            if name in place:
                table[row, place[name]] = value
    wanted = np.array(faults, dtype=float)
    weights = np.zeros(len(place))
    penalty = np.full(len(place), decay)
    penalty[place["bias"]] = 1e-6
    for _ in range(30):
        chances = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (chances - wanted) + penalty * weights
        bend = (table * (chances * (1 - chances))[:, None]).T @ table + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-5:
            break
    return {name: float(weights[at]) for name, at in place.items()}


def rounded(weights: Mapping[str, float], least: float = 0.02) -> dict[str, float]:
    """Two digits are enough; what weighs next to nothing is left out."""
    return {cue: round(value, 2) for cue, value in sorted(weights.items()) if abs(value) >= least}
