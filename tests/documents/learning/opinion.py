"""`python -m tests.documents.learning.opinion FOLDER …`: the small network of opinions, learned from annotated texts.

Needs PyTorch, as the network of the links does. The folders may be texts that the links were learned from; `--unseen` are
others, which teach more, since the links know their own texts better than those of others. Those that trust is learned from
are among them too: `--held FOLDER` gets opinions that have not seen one sixth of them each, for
`tests.documents.learning.trust` to judge that sixth by.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.judging.doubts import doubts_of
from bangfu.documents.judging.evidence import evidence_of
from bangfu.documents.judging.links import LinkedView
from bangfu.documents.judging.opinion import LIMIT, WEIGHTS, Opinion, Told, told_of
from bangfu.documents.limits import caps_of_text
from bangfu.documents.linking.network import network
from bangfu.documents.reading.read import read_text
from tests.documents.corpus import load_text
from tests.documents.learning.meant import meant_in
from tests.documents.learning.trust import HELD, held_opinion, held_out, says

EPOCHS, BATCH, RATE, DECAY, INNER, SEEDS = 12, 256, 2e-3, 0.05, 48, 2
LOST, DROPOUT = 0.2, 0.4
_UNSEEN = 3
"""How often a text counts that the links have not seen."""
_FREQUENT = 20
"""A cue that is rarer is not known."""


@dataclass
class Example:
    text: str
    told: Told
    is_right: bool


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.documents.learning.opinion")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument(
        "--unseen", nargs="*", default=[], type=Path, help="texts that the links have not seen"
    )
    parser.add_argument("--held", type=Path, required=True, help="where the opinions of each sixth are put")
    given = parser.parse_args()
    seen, unseen = _examples_in(given.folders), _examples_in(given.unseen)
    for number in range(HELD):
        others = [one for one in unseen if held_out(one.text) != number]
        _write(learn([*seen, *others * _UNSEEN]), held_opinion(given.held, number))
    learned = learn([*seen, *unseen * _UNSEEN])
    _write(learned, WEIGHTS)
    number = len(seen) + len(unseen)
    print(f"{number} doubts, {len(learned.names)} cues, {WEIGHTS.stat().st_size} bytes")


def _examples_in(folders: Sequence[Path]) -> list[Example]:
    paths = [path for folder in folders for path in sorted(folder.glob("*.yaml"))]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return [one for found in pool.imap(examples_of, paths, chunksize=4) for one in found]


def _write(learned: Opinion, path: Path) -> None:
    weights = {name: one.astype(np.float16) for name, one in learned.weights.items()}
    np.savez_compressed(path, names=np.array(learned.names), **weights)


def examples_of(path: Path) -> list[Example]:
    """What follows from another fault of the text is neither right nor false."""
    text = load_text(path)
    reading = read_text(text.plain)
    faults = [one for one in meant_in(text, reading) if one.relation.holds is False]
    evidence = evidence_of(Scene(reading), caps_of_text(reading), network())
    doubts = doubts_of(evidence)
    known = told_of(doubts, reading.quantities, LinkedView.of(evidence.linked), evidence.links)
    judged = ((one, says(doubt, faults, reading)) for one, doubt in zip(known, doubts, strict=True))
    return [Example(path.stem, one, word == "right") for one, word in judged if word != "implied"]


def learn(examples: Sequence[Example]) -> Opinion:
    """The mean of several, side by side in one."""
    counts = Counter(name for one in examples for name in one.told.cues)
    names = [name for name, number in sorted(counts.items()) if number >= _FREQUENT]
    seen = max(len(one.told.seen) for one in examples if one.told.seen is not None)
    inputs = Opinion(names, {}).inputs([one.told for one in examples], len(names) + seen)
    right = np.array([one.is_right for one in examples], dtype=np.float32)
    middle, spread = inputs.mean(axis=0), inputs.std(axis=0) + np.float32(1e-3)
    inputs = np.clip((inputs - middle) / spread, -LIMIT, LIMIT)
    several = [_learned(inputs, right, seed) for seed in range(SEEDS)]
    inner = np.concatenate([one[0].weight.detach().numpy().T for one in several], axis=1)
    bias = np.concatenate([one[0].bias.detach().numpy() for one in several])
    out = np.concatenate([one[1].weight.detach().numpy()[0] for one in several]) / SEEDS
    shift = np.mean([one[1].bias.detach().numpy()[0] for one in several])
    weights = {"middle": middle, "spread": spread, "inner": inner, "inner.bias": bias, "out": out}
    return Opinion(names, weights | {"out.bias": np.array(shift)})


def _learned(
    inputs: NDArray[np.float32], right: NDArray[np.float32], seed: int
) -> tuple[nn.Linear, nn.Linear]:
    torch.manual_seed(seed)
    first, last = nn.Linear(inputs.shape[1], INNER), nn.Linear(INNER, 1)
    parameters = [*first.parameters(), *last.parameters()]
    step = torch.optim.AdamW(parameters, lr=RATE, weight_decay=DECAY)
    known, wanted = torch.from_numpy(inputs), torch.from_numpy(right)
    steps = EPOCHS * (len(inputs) // BATCH + 1)
    pace = torch.optim.lr_scheduler.OneCycleLR(step, RATE, total_steps=steps)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(inputs)).split(BATCH):
            inner = functional.relu(first(functional.dropout(known[batch], LOST)))
            found = last(functional.dropout(inner, DROPOUT)).squeeze(1)
            loss = functional.binary_cross_entropy_with_logits(found, wanted[batch])
            step.zero_grad()
            loss.backward()
            step.step()
            pace.step()
    return first, last


if __name__ == "__main__":
    main()
