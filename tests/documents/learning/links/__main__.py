"""`python -m tests.documents.learning.links [--epochs N] FOLDER …`: learns the network from annotated texts, and writes it.

Two thousand texts take half an hour on two cores. What is printed is the loss of each round over the texts.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from bangfu.documents.linking.figures import HIDDEN, UNKNOWN, Alphabet, figures_of, pairs_of
from bangfu.documents.linking.links import ARCS
from bangfu.documents.linking.network import ALPHABET, WEIGHTS, learned, packed
from tests.documents.corpus import load_passages, load_text
from tests.documents.learning.links.labelled import (
    Labelled,
    Source,
    alphabet_of,
    labels,
    numbered,
    source_of,
)
from tests.documents.learning.links.model import Model
from tests.documents.learning.links.planted import planted
from tests.documents.learning.links.varied import varied

_EPOCHS, _BATCH, _RATE, _DECAY, _KEPT = 16, 8, 2.5e-3, 0.05, 0.998
_PLANTED = 0.7
"""So many of the texts get more faults than they have, others in each round."""
_UNLIKELY = -6.0
"""The logit that a kind of link starts with which was not learned before."""
_UNREAD = 0.2
"""Up to so many signs of a text are not read while it learns."""
_WRONG = 2.0
"""What a wrong claim weighs: there is one for four that come out."""
Batch = tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.documents.learning.links")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--epochs", type=int, default=_EPOCHS)
    parser.add_argument(
        "--again", action="store_true", help="go on from the network as it is, with its alphabet"
    )
    given = parser.parse_args()
    annotated = [load_text(path) for folder in given.folders for path in sorted(folder.glob("*.yaml"))]
    texts = [source_of(one) for one in (*annotated, *load_passages())]
    texts = [one for one in texts if len(one.quantities) > 1]
    signs, units, kinds = _written() if given.again else alphabet_of(texts)
    known = _known() if given.again else {}
    model = learn(texts, numbered(signs, units, kinds), given.epochs, known)
    np.savez_compressed(WEIGHTS, **packed({name: one.numpy() for name, one in model.state_dict().items()}))
    content = {"signs": "".join(signs), "units": units, "kinds": kinds}
    ALPHABET.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(texts)} texts, {len(signs)} signs, {WEIGHTS.stat().st_size} bytes")


def _written() -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    content = json.loads(ALPHABET.read_text(encoding="utf-8"))
    return content["signs"], content["units"], content["kinds"]


def _known() -> dict[str, Tensor]:
    return {name: torch.from_numpy(values) for name, values in learned().items()}


def learn(texts: Sequence[Source], alphabet: Alphabet, epochs: int, known: Mapping[str, Tensor]) -> Model:
    """The mean of the last states of the model, which knows more than any of them; what is `known` is where it starts."""
    torch.manual_seed(1)
    chance = random.Random(1)
    size = len(alphabet.signs) + 3, len(alphabet.units) + 2
    model, kept = Model(*size), Model(*size)
    _go_on_from(model, known)
    kept.load_state_dict(model.state_dict())
    steps = epochs * (len(texts) // _BATCH + 1) + 1
    step = torch.optim.AdamW(model.parameters(), lr=_RATE, weight_decay=_DECAY)
    pace = torch.optim.lr_scheduler.OneCycleLR(step, max_lr=_RATE, total_steps=steps, pct_start=0.08)
    done = 0
    for epoch in range(epochs):
        losses = []
        for batch in _batches(texts, alphabet, chance):
            loss = _loss(model, batch)
            step.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            step.step()
            pace.step()
            losses.append(loss.item())
            done += 1
            _keep(kept, model, min(_KEPT, done / (done + 20)))
        print(f"{epoch}: {sum(losses) / len(losses):.4f}", flush=True)
    return kept.eval()


def _go_on_from(model: Model, known: Mapping[str, Tensor]) -> None:
    """What was learned is kept; of what is new nothing is known yet."""
    state = model.state_dict() if known else {}
    for name, fresh in state.items():
        old = known.get(name)
        if old is None or old.shape != fresh.shape:
            rows = 0 if old is None else len(old)
            fresh[rows:] = _UNLIKELY if name in ("out.bias", "bad.bias") else 0.0
            if old is not None:
                fresh[:rows] = old
        else:
            fresh.copy_(old)


def _keep(kept: Model, model: Model, share: float) -> None:
    with torch.no_grad():
        for one, other in zip(kept.parameters(), model.parameters(), strict=True):
            one.lerp_(other, 1 - share)


def _loss(model: Model, batch: Batch) -> Tensor:
    signs, ends, own, pairs, known, wanted = batch
    unread = (torch.rand(signs.shape) < torch.rand(len(signs), 1) * _UNREAD) & (signs > HIDDEN)
    signs = torch.where(unread, torch.full_like(signs, UNKNOWN), signs)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(signs, ends, own, pairs, known)
    mask = (known.unsqueeze(1) * known.unsqueeze(2)).unsqueeze(-1)
    each = functional.binary_cross_entropy_with_logits(scores.float(), wanted, reduction="none")
    weight = torch.ones(each.shape[-1])
    weight[len(ARCS) :] = _WRONG
    return (each * mask * weight).sum() / known.sum()


def _batches(texts: Sequence[Source], alphabet: Alphabet, chance: random.Random) -> Iterator[Batch]:
    """Texts of like length together."""
    whole = [_broken(one, chance).labelled for one in texts]
    several = [varied(one, whole, chance) for one in whole]
    several.sort(key=lambda one: len(one.quantities) + chance.random() * 10)
    batches = [several[at : at + _BATCH] for at in range(0, len(several), _BATCH)]
    chance.shuffle(batches)
    for batch in batches:
        yield _collated([_arrays(one, alphabet) for one in batch])


def _broken(one: Source, chance: random.Random) -> Source:
    return source_of(planted(one.text, chance)) if chance.random() < _PLANTED else one


Arrays = tuple["np.ndarray[tuple[int, ...], np.dtype[np.generic]]", ...]


def _arrays(one: Labelled, alphabet: Alphabet) -> Arrays:
    figures = figures_of(one.flat, one.quantities, alphabet)
    known = np.ones(len(figures), dtype=np.float32)
    pairs = np.concatenate([pairs_of(figures), one.closings], axis=-1)
    return figures.signs, figures.ends, figures.own, pairs, known, labels(one)


def _collated(several: Sequence[Arrays]) -> Batch:
    """Filled up with zeros to the longest, and one sign more."""
    found = []
    for at, arrays in enumerate(zip(*several, strict=True)):
        shape = [len(several), *np.max([one.shape for one in arrays], axis=0)]
        shape[1] += at == 0
        filled = np.zeros(shape, dtype=arrays[0].dtype)
        for row, one in enumerate(arrays):
            filled[(row, *(slice(0, size) for size in one.shape))] = one
        found.append(torch.from_numpy(filled))
    signs, ends, own, pairs, known, wanted = found
    return signs, ends, own, pairs, known, wanted


if __name__ == "__main__":
    main()
