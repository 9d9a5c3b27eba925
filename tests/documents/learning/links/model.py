"""The network of `bangfu.documents.linking.network` as it is learned: the same names, the same sums, and dropout."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bangfu.documents.linking.arcs import ARCS
from bangfu.documents.linking.closings import CLOSINGS
from bangfu.documents.linking.figures import OWN_SIZES, PAIR_SIZES
from bangfu.documents.linking.likeliest.codes import LOOKED_SIZES, STATED_SIZES
from bangfu.documents.linking.likeliest.find import likeliest
from bangfu.documents.linking.network import DILATIONS, HEADS, chances_of
from bangfu.documents.linking.values import LEVELS, Values

WIDTH, SIGN, PAIR, INNER, RANK, LAYERS = 112, 48, 48, 112, 12, 3
DROPOUT, OWN_LOST, PAIR_LOST = 0.2, 0.08, 0.04
_NOTHING = -1e4


@dataclass(frozen=True)
class Batch:
    """Texts, filled up with zeros to the longest; `known` is 0 for what fills up, `numbers` 0 for each text that is read by
    its words alone."""

    signs: Tensor
    ends: Tensor
    own: Tensor
    pairs: Tensor
    known: Tensor
    wanted: Tensor
    values: Sequence[Values]
    numbers: Tensor


class Gated(nn.Module):
    def __init__(self, dilation: int) -> None:
        super().__init__()
        self.c = nn.Conv1d(WIDTH, 2 * WIDTH, 3, padding=dilation, dilation=dilation)
        self.n = nn.LayerNorm(WIDTH)

    def forward(self, signs: Tensor, known: Tensor) -> Tensor:
        value, gate = self.c((self.n(signs) * known).transpose(1, 2)).chunk(2, 1)
        return signs + (value * torch.sigmoid(gate)).transpose(1, 2)


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.n1, self.n2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.o = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.f1, self.f2 = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, read: Tensor, bias: Tensor) -> Tensor:
        texts, number, _ = read.shape
        three = self.qkv(self.n1(read)).view(texts, number, 3, HEADS, WIDTH // HEADS)
        asks, keys, values = three.permute(2, 0, 3, 1, 4)
        heard = torch.softmax(asks @ keys.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + bias, -1)
        heard = (self.drop(heard) @ values).transpose(1, 2).reshape(texts, number, WIDTH)
        read = read + self.drop(self.o(heard))
        return read + self.drop(self.f2(self.drop(functional.relu(self.f1(self.n2(read))))))


class Model(nn.Module):
    def __init__(self, signs: int, units: int) -> None:
        super().__init__()
        self.emb, self.inp, self.drop = nn.Embedding(signs, SIGN), nn.Linear(SIGN, WIDTH), nn.Dropout(DROPOUT)
        self.convs, self.nf = nn.ModuleList([Gated(one) for one in DILATIONS]), nn.LayerNorm(WIDTH)
        self.own = nn.ModuleList([nn.Embedding(size or units, WIDTH) for size in OWN_SIZES])
        self.fig = nn.Linear(3 * WIDTH, WIDTH)
        self.pair = nn.ModuleList(
            [nn.Embedding(size, PAIR) for size in (*PAIR_SIZES, *(LEVELS for _ in CLOSINGS))]
        )
        self.mix = nn.Linear(PAIR, PAIR)
        self.bias = nn.ModuleList([nn.Linear(PAIR, HEADS) for _ in range(LAYERS + 1)])
        self.att, self.no = nn.ModuleList([Attention() for _ in range(LAYERS + 1)]), nn.LayerNorm(WIDTH)
        self.told = nn.ModuleList([nn.Embedding(size, PAIR, padding_idx=0) for size in LOOKED_SIZES])
        self.tell = nn.Linear(PAIR, PAIR, bias=False)
        self.stated = nn.ModuleList([nn.Embedding(size, WIDTH, padding_idx=0) for size in STATED_SIZES])
        self.u, self.v, self.w = nn.Linear(WIDTH, INNER), nn.Linear(WIDTH, INNER), nn.Linear(PAIR, INNER)
        self.out, self.bad = nn.Linear(INNER, len(ARCS)), nn.Linear(INNER, len(ARCS))
        self.bu, self.bv = nn.Linear(WIDTH, RANK * len(ARCS)), nn.Linear(WIDTH, RANK * len(ARCS))
        for table in (*self.own, *self.pair):
            nn.init.normal_(table.weight, std=0.3)
        self._start_from_the_first_look()
        nn.init.constant_(self.out.bias, -4.0)
        nn.init.constant_(self.bad.bias, -6.0)

    def _start_from_the_first_look(self) -> None:
        """Until something is learned of it, the second look sees what the first one did."""
        for table in self.told:
            nn.init.normal_(table.weight, std=0.3)
            nn.init.zeros_(table.weight[0])
        last = self.att[-1]
        for weight in (self.tell.weight, last.o.weight, last.o.bias, last.f2.weight, last.f2.bias):
            nn.init.zeros_(weight)
        for table in self.stated:
            nn.init.zeros_(table.weight)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """What is seen at the first look and at the second one: texts × figures × figures × arcs twice (of all claims, of
        wrong ones), as logits."""
        read = self._read(batch.signs, batch.ends, batch.own)
        told = self._pairs(batch.pairs, batch.numbers)
        hidden = torch.where(batch.known.bool(), 0.0, _NOTHING)[:, None, None, :]
        *several, again = zip(self.bias, self.att, strict=True)
        for bias, layer in several:
            read = layer(read, bias(told).permute(0, 3, 1, 2) + hidden)
        first = self._seen(read, told)
        pairs, figures = _likeliest(first, batch.values, batch.numbers)
        told = told + self.tell(functional.relu(_summed(self.told, pairs)))
        bias, layer = again
        read = layer(read + _summed(self.stated, figures), bias(told).permute(0, 3, 1, 2) + hidden)
        return first, self._seen(read, told)

    def _seen(self, read: Tensor, told: Tensor) -> Tensor:
        read = self.drop(self.no(read))
        inner = functional.relu(self.u(read).unsqueeze(2) + self.v(read).unsqueeze(1) + self.w(told))
        shape = (*read.shape[:2], len(ARCS), RANK)
        both = torch.einsum("bird,bjrd->bijr", self.bu(read).view(shape), self.bv(read).view(shape)) / 4
        return torch.cat([self.out(inner) + both, self.bad(inner)], -1)

    def _read(self, signs: Tensor, ends: Tensor, own: Tensor) -> Tensor:
        known = (signs > 0).float().unsqueeze(-1)
        around = self.drop(self.inp(self.emb(signs)))
        for at, layer in enumerate(self.convs):
            around = layer(around, known)
            around = self.drop(around) if at == len(DILATIONS) // 2 - 1 else around
        around = self.nf(around) * known
        text = torch.arange(len(signs)).unsqueeze(1)
        first, last = ends[..., 0], ends[..., 1]
        inside = (around[text, first] + around[text, last]) / 2
        three = [around[text, (first - 1).clamp(min=0)], inside, around[text, last + 1]]
        read = self.fig(torch.cat(three, -1))
        for at, table in enumerate(self.own):
            read = read + self._some(table(own[..., at]), OWN_LOST, (*own.shape[:2], 1))
        return self.drop(read)

    def _pairs(self, pairs: Tensor, numbers: Tensor) -> Tensor:
        """While it learns, a feature of a pair is not told now and then: its value is then none of those in the tables.
        Where it reads by words alone, nothing that comes out is."""
        tables = [table.weight for table in self.pair]
        starts = np.cumsum([0, *(len(one) for one in tables)])
        at = pairs + torch.from_numpy(starts[:-1])
        is_number = torch.arange(pairs.shape[-1]) >= len(PAIR_SIZES)
        is_lost = is_number & (numbers.view(-1, 1, 1, 1) == 0)
        if self.training:
            is_lost = is_lost | (torch.rand(len(pairs), 1, 1, pairs.shape[-1]) < PAIR_LOST)
        at = torch.where(is_lost, int(starts[-1]), at)
        flags = torch.zeros(
            *pairs.shape[:3], int(starts[-1]) + 1, dtype=torch.bfloat16 if self.training else torch.float32
        )
        flags.scatter_(-1, at, 1.0)
        return functional.relu(self.mix(functional.relu(flags[..., :-1] @ torch.cat(tables))))

    def _some(self, values: Tensor, lost: float, shape: tuple[int, ...]) -> Tensor:
        """While it learns, a feature is not told now and then."""
        return values * (torch.rand(shape) > lost) if self.training else values


def _likeliest(scores: Tensor, values: Sequence[Values], numbers: Tensor) -> tuple[Tensor, Tensor]:
    """How the likeliest claims of each text come out, filled up with zeros; nothing of texts that are read by words alone."""
    texts, number = scores.shape[:2]
    pairs = torch.zeros(texts, number, number, len(LOOKED_SIZES), dtype=torch.long)
    figures = torch.zeros(texts, number, len(STATED_SIZES), dtype=torch.long)
    seen = scores.detach().float().numpy()
    for at, one in enumerate(values):
        if not numbers[at]:
            continue
        size = len(one.values)
        found = likeliest(one, chances_of(seen[at, :size, :size]))
        pairs[at, :size, :size] = torch.from_numpy(found.pairs.astype(np.int64))
        figures[at, :size] = torch.from_numpy(found.figures.astype(np.int64))
    return pairs, figures


def _summed(tables: nn.ModuleList, numbers: Tensor) -> Tensor:
    return torch.stack([table(numbers[..., at]) for at, table in enumerate(tables)]).sum(0)
