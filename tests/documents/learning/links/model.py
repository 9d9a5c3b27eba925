"""The network of `bangfu.documents.linking.network` as it is learned: the same names, the same sums, and dropout."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from bangfu.documents.linking.closings import CLOSINGS, LEVELS
from bangfu.documents.linking.figures import OWN_SIZES, PAIR_SIZES
from bangfu.documents.linking.links import ARCS
from bangfu.documents.linking.network import DILATIONS, HEADS

WIDTH, SIGN, PAIR, INNER, RANK, LAYERS = 112, 48, 48, 112, 12, 3
DROPOUT, OWN_LOST, PAIR_LOST = 0.2, 0.08, 0.04
_NOTHING = -1e4


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
        self.bias = nn.ModuleList([nn.Linear(PAIR, HEADS) for _ in range(LAYERS)])
        self.att, self.no = nn.ModuleList([Attention() for _ in range(LAYERS)]), nn.LayerNorm(WIDTH)
        self.u, self.v, self.w = nn.Linear(WIDTH, INNER), nn.Linear(WIDTH, INNER), nn.Linear(PAIR, INNER)
        self.out, self.bad = nn.Linear(INNER, len(ARCS)), nn.Linear(INNER, len(ARCS))
        self.bu, self.bv = nn.Linear(WIDTH, RANK * len(ARCS)), nn.Linear(WIDTH, RANK * len(ARCS))
        for table in (*self.own, *self.pair):
            nn.init.normal_(table.weight, std=0.3)
        nn.init.constant_(self.out.bias, -4.0)
        nn.init.constant_(self.bad.bias, -6.0)

    def forward(self, signs: Tensor, ends: Tensor, own: Tensor, pairs: Tensor, known: Tensor) -> Tensor:
        """Texts × figures × figures × arcs twice (of all claims, of wrong ones), as logits; `known` is 0 for what fills up."""
        read, told = self._read(signs, ends, own), self._pairs(pairs)
        hidden = torch.where(known.bool(), 0.0, _NOTHING)[:, None, None, :]
        for bias, layer in zip(self.bias, self.att, strict=True):
            read = layer(read, bias(told).permute(0, 3, 1, 2) + hidden)
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

    def _pairs(self, pairs: Tensor) -> Tensor:
        told = sum(
            self._some(table(pairs[..., at]), PAIR_LOST, (len(pairs), 1, 1, 1))
            for at, table in enumerate(self.pair)
        )
        return functional.relu(self.mix(functional.relu(told)))

    def _some(self, values: Tensor, lost: float, shape: tuple[int, ...]) -> Tensor:
        """While it learns, a feature is not told now and then."""
        return values * (torch.rand(shape) > lost) if self.training else values
