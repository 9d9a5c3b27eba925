"""Weights of cues from examples: softmax over the claims of a contest, and a logistic verdict over equations."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

Row = tuple[list[tuple[str, ...]], list[int]]
"""The cues of each claim of a contest, and which claims are meant."""
_RARE, _RATE, _DECAY = 3, 0.15, 3.0


def fit_claims(rows: Sequence[Row], epochs: int = 16) -> dict[str, float]:
    """AdaGrad; the likelihood of the claims meant, or of none."""
    counts = Counter(cue for cues, _ in rows for claim in cues for cue in set(claim))
    place = {cue: at for at, cue in enumerate(cue for cue, number in counts.items() if number >= _RARE)}
    data = [_packed(row, place) for row in rows]
    weights, squares = np.zeros(len(place)), np.full(len(place), 1e-8)
    shuffle = random.Random(1)
    for _ in range(epochs):
        shuffle.shuffle(data)
        for flat, owner, gold, size in data:
            slope = _slope(weights, flat, owner, gold, size)[owner] + _DECAY / len(data) * weights[flat]
            squares[flat] += slope * slope
            weights[flat] -= _RATE * slope / np.sqrt(squares[flat])
    return {cue: float(weights[at]) for cue, at in place.items()}


Packed = tuple[
    "np.ndarray[tuple[int], np.dtype[np.int32]]",
    "np.ndarray[tuple[int], np.dtype[np.int64]]",
    "np.ndarray[tuple[int], np.dtype[np.bool_]]",
    int,
]


def _packed(row: Row, place: Mapping[str, int]) -> Packed:
    cues, meant = row
    known = [[place[cue] for cue in claim if cue in place] for claim in cues]
    gold = np.zeros(len(cues), dtype=np.bool_)
    gold[meant] = True
    flat = np.array([at for claim in known for at in claim], dtype=np.int32)
    owner = np.repeat(np.arange(len(cues)), [len(claim) for claim in known])
    return flat, owner, gold, len(cues)


def _slope(weights, flat, owner, gold, size):  # type: ignore[no-untyped-def]
    sums = np.bincount(owner, weights[flat], minlength=size)
    top = max(float(sums.max()), 0.0)
    powers = np.exp(sums - top)
    chances = powers / (powers.sum() + np.exp(-top))
    if not gold.any():
        return chances
    wanted = np.where(gold, chances, 0.0)
    return chances - wanted / (wanted.sum() + 1e-300)


def fit_verdict(
    cues: Sequence[Mapping[str, float]], faults: Sequence[bool], decay: float = 1.0
) -> dict[str, float]:
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
