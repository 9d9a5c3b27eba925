"""A small network over cues (`bangfu.documents.judging.scorer`), learned from examples. Needs PyTorch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from bangfu.documents.judging.scorer import LIMIT, Scorer, Told


@dataclass(frozen=True)
class Way:
    """How it is learned: the mean of so many networks, and of what is told so much is lost while they learn.

    A cue that is rarer than `frequent` is not known.
    """

    epochs: int
    batch: int
    inner: int
    seeds: int
    lost: float
    dropout: float
    frequent: int
    rate: float = 2e-3
    decay: float = 0.05


def learn(several: Sequence[Told], right: Sequence[bool], way: Way) -> Scorer:
    """The mean of several networks, side by side in one."""
    counts = Counter(name for one in several for name in one.cues)
    names = [name for name, number in sorted(counts.items()) if number >= way.frequent]
    seen = max((len(one.seen) for one in several if one.seen is not None), default=0)
    inputs = Scorer(names, {}).inputs(several, len(names) + seen)
    wanted = np.array(right, dtype=np.float32)
    middle, spread = inputs.mean(axis=0), inputs.std(axis=0) + np.float32(1e-3)
    inputs = np.clip((inputs - middle) / spread, -LIMIT, LIMIT)
    found = [_learned(inputs, wanted, way, seed) for seed in range(way.seeds)]
    inner = np.concatenate([one[0].weight.detach().numpy().T for one in found], axis=1)
    bias = np.concatenate([one[0].bias.detach().numpy() for one in found])
    out = np.concatenate([one[1].weight.detach().numpy()[0] for one in found]) / way.seeds
    shift = np.mean([one[1].bias.detach().numpy()[0] for one in found])
    weights = {"middle": middle, "spread": spread, "inner": inner, "inner.bias": bias, "out": out}
    return Scorer(names, weights | {"out.bias": np.array(shift)})


def _learned(
    inputs: NDArray[np.float32], right: NDArray[np.float32], way: Way, seed: int
) -> tuple[nn.Linear, nn.Linear]:
    torch.manual_seed(seed)
    first, last = nn.Linear(inputs.shape[1], way.inner), nn.Linear(way.inner, 1)
    parameters = [*first.parameters(), *last.parameters()]
    step = torch.optim.AdamW(parameters, lr=way.rate, weight_decay=way.decay)
    known, wanted = torch.from_numpy(inputs), torch.from_numpy(right)
    steps = way.epochs * (len(inputs) // way.batch + 1)
    pace = torch.optim.lr_scheduler.OneCycleLR(step, way.rate, total_steps=steps)
    for _ in range(way.epochs):
        for batch in torch.randperm(len(inputs)).split(way.batch):
            inner = functional.relu(first(functional.dropout(known[batch], way.lost)))
            found = last(functional.dropout(inner, way.dropout)).squeeze(1)
            loss = functional.binary_cross_entropy_with_logits(found, wanted[batch])
            step.zero_grad()
            loss.backward()
            step.step()
            pace.step()
    return first, last


def write(learned: Scorer, path: Path) -> None:
    """In half precision."""
    weights = {name: one.astype(np.float16) for name, one in learned.weights.items()}
    np.savez_compressed(path, names=np.array(learned.names), **weights)
