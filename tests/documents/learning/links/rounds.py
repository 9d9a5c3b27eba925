"""The rounds in which the network is learned, by several processes at once: each from its share of the texts, all with
the mean of what they find."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor, distributed, multiprocessing
from torch.nn import functional

from bangfu.documents.linking.arcs import ARCS
from bangfu.documents.linking.figures import HIDDEN, UNKNOWN, Alphabet
from tests.documents.learning.links.batches import SIZE, collated, shown
from tests.documents.learning.links.labelled import Source
from tests.documents.learning.links.model import Batch, Model

_DECAY, _KEPT, _WARMING, _LONGEST = 0.05, 0.997, 0.06, 1.0
_TABLES = ("own.", "pair.")
"""Features that are new say nothing yet; layers that are new begin as they are made."""
_UNLIKELY = -6.0
"""The logit that a kind of link starts with which was not learned before."""
_UNREAD = 0.2
"""Up to so many signs of a text are not read while it learns."""
_WRONG = 2.0
"""What a wrong claim weighs: there is one for four that come out."""
_FIRST = 0.3
"""What the first look weighs beside the second."""
_BY_WORDS = 0.4
"""So many texts are read by their words alone, at the first look, without what comes out: else it would not learn to trust words
that claim what is wrong."""
State = Mapping[str, Tensor]


@dataclass(frozen=True)
class Plan:
    """Each round takes half of the texts, others every time, and all passages."""

    texts: Sequence[Source]
    passages: Sequence[Source]
    alphabet: Alphabet
    known: State
    """Where it starts; nothing where it starts anew."""
    epochs: int
    rate: float
    processes: int


def learn(plan: Plan) -> State:
    """The mean of the last states of the model, which knows more than any of them."""
    if plan.processes == 1:
        return _rounds(plan, 0)
    with tempfile.TemporaryDirectory() as folder:
        multiprocessing.start_processes(_one_of_several, (plan, folder), plan.processes, start_method="fork")
        found: State = torch.load(Path(folder, "kept.pt"))
        return found


def _one_of_several(place: int, plan: Plan, folder: str) -> None:
    torch.set_num_threads(1)
    distributed.init_process_group(
        "gloo", init_method=f"file://{folder}/meeting", rank=place, world_size=plan.processes
    )
    kept = _rounds(plan, place)
    if place == 0:
        torch.save(kept, Path(folder, "kept.pt"))
    distributed.destroy_process_group()


def _rounds(plan: Plan, place: int) -> State:
    torch.manual_seed(1)
    size = len(plan.alphabet.signs) + 3, len(plan.alphabet.units) + 2
    model, kept = Model(*size), Model(*size)
    go_on_from(model, plan.known)
    kept.load_state_dict(model.state_dict())
    torch.manual_seed(place + 2)
    together, own = random.Random(1), random.Random(place + 2)
    half = len(plan.texts) // 2
    number = max(1, (half + len(plan.passages)) // (plan.processes * SIZE))
    step = torch.optim.AdamW(model.parameters(), lr=plan.rate, weight_decay=_DECAY)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        step, max_lr=plan.rate, total_steps=plan.epochs * number + 1, pct_start=_WARMING
    )
    for epoch in range(plan.epochs):
        several = [*together.sample(plan.texts, half), *plan.passages]
        together.shuffle(several)
        batches = shown(several[place :: plan.processes][: number * SIZE], own)
        losses = []
        for at in together.sample(range(number), number):
            losses.append(_step(model, collated(batches[at], plan.alphabet), step, plan.processes))
            pace.step()
            done = epoch * number + len(losses)
            _keep(kept, model, min(_KEPT, done / (done + 20)))
        if place == 0:
            print(f"{epoch}: {sum(losses) / len(losses):.4f}", flush=True)
    return kept.state_dict()


def _step(model: Model, batch: Batch, step: torch.optim.Optimizer, processes: int) -> float:
    loss = _loss(model.train(), batch)
    step.zero_grad()
    loss.backward()
    if processes > 1:
        _share(list(model.parameters()), processes)
    torch.nn.utils.clip_grad_norm_(model.parameters(), _LONGEST)
    step.step()
    return loss.item()


def _share(parameters: Sequence[Tensor], processes: int) -> None:
    """The mean of the gradients of all processes, in one message."""
    own = [torch.zeros_like(one) if one.grad is None else one.grad for one in parameters]
    message = torch.cat([one.reshape(-1) for one in own])
    distributed.all_reduce(message)
    pieces = (message / processes).split([one.numel() for one in own])
    for one, piece in zip(parameters, pieces, strict=True):
        one.grad = piece.view_as(one)


def go_on_from(model: Model, known: State) -> None:
    """What was learned is kept; of what is new nothing is known yet."""
    state = model.state_dict() if known else {}
    for name, fresh in state.items():
        old = known.get(name)
        if old is None:
            if name.startswith(_TABLES):
                fresh.zero_()
            continue
        rows = len(old)
        fresh[:rows] = old
        fresh[rows:] = _UNLIKELY if name in ("out.bias", "bad.bias") else 0.0


def mixed(known: State, found: State, share: float) -> State:
    """Of each weight so much as was found, the rest as it was known; what was not known before was nothing."""
    several = {}
    for name, new in found.items():
        old = torch.zeros_like(new)
        if name in known:
            old[: len(known[name])] = known[name]
        several[name] = torch.lerp(old, new, share)
    return several


def _keep(kept: Model, model: Model, share: float) -> None:
    with torch.no_grad():
        for one, other in zip(kept.parameters(), model.parameters(), strict=True):
            one.lerp_(other, 1 - share)


def _loss(model: Model, batch: Batch) -> Tensor:
    signs = batch.signs
    unread = (torch.rand(signs.shape) < torch.rand(len(signs), 1) * _UNREAD) & (signs > HIDDEN)
    signs = torch.where(unread, torch.full_like(signs, UNKNOWN), signs)
    numbers = (torch.rand(len(signs)) >= _BY_WORDS).long()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        first, second = model(replace(batch, signs=signs, numbers=numbers))
    mask = (batch.known.unsqueeze(1) * batch.known.unsqueeze(2)).unsqueeze(-1)
    looks_twice = numbers.view(-1, 1, 1, 1).float()
    weight = torch.ones(second.shape[-1]).repeat(len(signs), 1, 1, 1)
    weight[..., len(ARCS) :] = _WRONG * looks_twice
    each = (1 + (_FIRST - 1) * looks_twice) * _off(first, batch.wanted) + looks_twice * _off(
        second, batch.wanted
    )
    return (each * mask * weight).sum() / batch.known.sum()


def _off(scores: Tensor, wanted: Tensor) -> Tensor:
    return functional.binary_cross_entropy_with_logits(scores.float(), wanted, reduction="none")
