"""The network that was learned: the signs around the figures, the figures among each other -> a number for each pair.

Convolutions over the signs, three rounds of attention between the figures with a bias for each pair, and a score for
each pair and arc. It is learned with another library (tests/documents/learning/linking) and computed here by numpy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bangfu.documents.linking.closings import Levels
from bangfu.documents.linking.figures import Alphabet, Figures, pairs_of

WEIGHTS = Path(__file__).with_name("weights.npz")
ALPHABET = Path(__file__).with_name("alphabet.json")
DILATIONS = (1, 2, 4, 8, 2, 1)
HEADS, _SMALL = 4, 1e-5
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Sight:
    """What is seen of some figures: each as it is read beside the others, each pair of them, and the scores of each pair.

    `scores` are figures × figures × arcs, as logits: of the first as a member of a claim on the second, then of a wrong one.
    """

    read: Floats
    pairs: Floats
    scores: Floats


@dataclass(frozen=True)
class Network:
    alphabet: Alphabet
    weights: Mapping[str, Floats]

    def read(self, figures: Figures) -> Floats:
        """Figures × their width: what the signs around each say."""
        signs = self._signs(figures)
        first, last = figures.ends.T
        around = [signs[np.maximum(first - 1, 0)], (signs[first] + signs[last]) / 2, signs[last + 1]]
        found = self._linear("fig", np.concatenate(around, axis=1))
        for at in range(figures.own.shape[1]):
            found += self.weights[f"own.{at}.weight"][figures.own[:, at]]
        return found

    def look(self, read: Floats, figures: Figures, closings: Levels) -> Sight:
        pairs = self._pairs(figures, closings)
        for layer in range(self._count("att")):
            read = self._attend(layer, read, pairs)
        read = self._normed("no", read)
        return self._sight(read, pairs)

    def _signs(self, figures: Figures) -> Floats:
        known = (figures.signs > 0)[:, None]
        signs = self._linear("inp", self.weights["emb.weight"][figures.signs])
        for at, dilation in enumerate(DILATIONS):
            inner = self._normed(f"convs.{at}.n", signs) * known
            signs = signs + self._gated(f"convs.{at}.c", inner, dilation)
        return self._normed("nf", signs) * known

    def _gated(self, name: str, signs: Floats, dilation: int) -> Floats:
        length = len(signs)
        wide = np.pad(signs, ((dilation, dilation), (0, 0)))
        three = [wide[at : at + length] for at in (0, dilation, 2 * dilation)]
        out = np.concatenate(three, axis=1) @ self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        value, gate = np.split(out, 2, axis=1)
        gated: Floats = value / (1 + np.exp(-gate))
        return gated

    def _pairs(self, figures: Figures, closings: Levels) -> Floats:
        told = np.concatenate([pairs_of(figures), closings], axis=-1) + self._offsets
        number = len(figures)
        flags = np.zeros((number * number, len(self._tables)), dtype=np.float32)
        flags[np.arange(number * number)[:, None], told.reshape(number * number, -1)] = 1
        pairs = (flags @ self._tables).reshape(number, number, -1)
        return _positive(self._linear("mix", _positive(pairs)))

    @cached_property
    def _tables(self) -> Floats:
        """What each value of each feature of a pair means, one below the other."""
        return np.concatenate([self.weights[f"pair.{at}.weight"] for at in range(self._count("pair"))])

    @cached_property
    def _offsets(self) -> NDArray[np.int64]:
        """Where the values of each feature begin."""
        sizes = [len(self.weights[f"pair.{at}.weight"]) for at in range(self._count("pair"))]
        return np.cumsum([0, *sizes[:-1]])

    def _attend(self, layer: int, read: Floats, pairs: Floats) -> Floats:
        name = f"att.{layer}"
        number, width = read.shape
        three = self._linear(f"{name}.qkv", self._normed(f"{name}.n1", read))
        asks, keys, values = three.reshape(number, 3, HEADS, width // HEADS).transpose(1, 2, 0, 3)
        bias = self._linear(f"bias.{layer}", pairs).transpose(2, 0, 1)
        heard = _softmax(asks @ keys.transpose(0, 2, 1) / np.float32(np.sqrt(width // HEADS)) + bias) @ values
        read = read + self._linear(f"{name}.o", heard.transpose(1, 0, 2).reshape(number, width))
        inner = _positive(self._linear(f"{name}.f1", self._normed(f"{name}.n2", read)))
        return read + self._linear(f"{name}.f2", inner)

    def _sight(self, read: Floats, pairs: Floats) -> Sight:
        number, arcs = len(read), len(self.weights["out.bias"])
        inner = self._linear("w", pairs)
        inner += self._linear("u", read)[:, None, :]
        inner += self._linear("v", read)[None, :, :]
        left, right = (
            self._linear(name, read).reshape(number, arcs, -1).transpose(1, 0, 2) for name in ("bu", "bv")
        )
        both: Floats = (left @ right.transpose(0, 2, 1)).transpose(1, 2, 0) / np.float32(4)
        inner = _positive(inner)
        scores = np.concatenate([self._linear("out", inner) + both, self._linear("bad", inner)], axis=-1)
        return Sight(read, inner, scores)

    def _linear(self, name: str, values: Floats) -> Floats:
        product: Floats = values @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return product

    def _normed(self, name: str, values: Floats) -> Floats:
        apart = values - values.mean(axis=-1, keepdims=True)
        spread = np.sqrt((apart * apart).mean(axis=-1, keepdims=True) + np.float32(_SMALL))
        normed: Floats = apart / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return normed

    def _count(self, name: str) -> int:
        return len({key.split(".")[1] for key in self.weights if key.startswith(f"{name}.")})


def _positive(values: Floats) -> Floats:
    return np.maximum(values, 0, out=values)


def _softmax(values: Floats) -> Floats:
    powers = np.exp(values - values.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


@cache
def network() -> Network:
    """The network of the installed weights."""
    return Network(alphabet_of(ALPHABET), {name: _laid_out(one) for name, one in learned().items()})


def learned() -> dict[str, Floats]:
    """The weights as they were learned: a signed byte for each is kept, with a factor for each row."""
    with np.load(WEIGHTS) as stored:
        return unpacked({name: stored[name] for name in stored.files})


def alphabet_of(path: Path) -> Alphabet:
    content = json.loads(path.read_text(encoding="utf-8"))
    signs = {sign: at + 3 for at, sign in enumerate(content["signs"])}
    units = {unit: at + 2 for at, unit in enumerate(content["units"])}
    return Alphabet(signs, units, {kind: at for at, kind in enumerate(content["kinds"])})


_FACTOR = ".factor"
STEPS = 63
"""The largest signed number that a weight is kept as: seven bits, which compress below a million bytes."""


def packed(weights: Mapping[str, Floats]) -> dict[str, NDArray[np.generic]]:
    """Tables of weights as signed bytes with a factor for each row; rows of numbers in half precision."""
    found: dict[str, NDArray[np.generic]] = {}
    for name, values in weights.items():
        if values.ndim == 1:
            found[name] = values.astype(np.float16)
            continue
        flat = values.reshape(len(values), -1)
        factor = np.maximum(np.abs(flat).max(axis=1), 1e-8) / STEPS
        found[name] = np.rint(flat / factor[:, None]).astype(np.int8).reshape(values.shape)
        found[name + _FACTOR] = factor.astype(np.float32)
    return found


def unpacked(stored: Mapping[str, NDArray[np.generic]]) -> dict[str, Floats]:
    return {
        name: _times(values, stored.get(name + _FACTOR))
        for name, values in stored.items()
        if not name.endswith(_FACTOR)
    }


def _laid_out(weights: Floats) -> Floats:
    """The kernel of a convolution as one table: what stands at its three places, one below the other."""
    return np.concatenate(np.moveaxis(weights, 2, 0), axis=1).T.copy() if weights.ndim == 3 else weights


def _times(values: NDArray[np.generic], factor: NDArray[np.generic] | None) -> Floats:
    plain = values.astype(np.float32)
    if factor is None:
        return plain
    wide = factor.astype(np.float32).reshape((-1, *(1 for _ in plain.shape[1:])))
    product: Floats = plain * wide
    return product
