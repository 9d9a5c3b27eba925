"""The network that was learned: the signs around the figures, the figures among each other -> a number for each pair.

Convolutions over the signs, three rounds of attention between the figures with a bias for each pair, and a score for each
pair and arc. Then it is told how the likeliest claims come out, and looks once more. Beside that it looks by the words
alone, which claim what is wrong as they claim what is right. It is learned with another library
(tests/documents/learning/links) and computed here by numpy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bangfu.documents.linking.arcs import ARCS
from bangfu.documents.linking.closings import closings
from bangfu.documents.linking.figures import PAIR_SIZES, Alphabet, Figures, Ints, pairs_of
from bangfu.documents.linking.likeliest.codes import LOOKED_FOR, Chances, Likeliest
from bangfu.documents.linking.likeliest.find import likeliest
from bangfu.documents.linking.values import Levels, Values

WEIGHTS = Path(__file__).with_name("weights.npz")
ALPHABET = Path(__file__).with_name("alphabet.json")
DILATIONS = (1, 2, 4, 8, 2, 1)
HEADS, _SMALL, _AT_ONCE = 4, 1e-5, 1024
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Sight:
    """What is seen of some figures: each as it is read beside the others, each pair of them, and the scores of each pair.

    `scores` are figures × figures × arcs, as logits: of the first as a member of a claim on the second, then of a wrong one.
    `words` are the first half of them as they are when nothing is told of how figures come out: what the words claim,
    whether it is right or not.
    """

    read: Floats
    pairs: Floats
    scores: Floats
    words: Floats


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

    def look(self, read: Floats, figures: Figures, values: Values) -> Sight:
        told = self._summed(pairs_of(figures), 0)
        words, _ = self._first(read, self._mixed(told))
        pairs = self._mixed(told + self._summed(closings(values), len(PAIR_SIZES)))
        first, read = self._first(read, pairs)
        likely = likeliest(values, chances_of(first))
        pairs = self._told_of_pairs(pairs, likely)
        read = self._attend(self._count("att") - 1, self._told_of_figures(read, likely), pairs)
        read = self._normed("no", read)
        inner = self._inner(read, pairs)
        scores = np.concatenate([self._scores(read, inner), self._linear("bad", inner)], axis=-1)
        return Sight(read, inner, scores, words)

    def _first(self, read: Floats, pairs: Floats) -> tuple[Floats, Floats]:
        """The scores of the first look, and the figures as they are read beside the others."""
        for layer in range(self._count("att") - 1):
            read = self._attend(layer, read, pairs)
        normed = self._normed("no", read)
        return self._scores(normed, self._inner(normed, pairs)), read

    def _told_of_pairs(self, pairs: Floats, told: Likeliest) -> Floats:
        """Most pairs are likely in no claim, and nothing is told of them."""
        rows, columns = np.nonzero(told.pairs.any(axis=-1))
        codes = told.pairs[rows, columns]
        summed = sum(
            (self.weights[f"told.{at}.weight"][codes[:, at]] for at in range(codes.shape[1])),
            start=np.zeros((len(rows), pairs.shape[-1]), dtype=np.float32),
        )
        pairs = pairs.copy()
        pairs[rows, columns] += _positive(summed) @ self.weights["tell.weight"].T
        return pairs

    def _told_of_figures(self, read: Floats, told: Likeliest) -> Floats:
        for at in range(told.figures.shape[1]):
            read = read + self.weights[f"stated.{at}.weight"][told.figures[:, at]]
        return read

    def _signs(self, figures: Figures) -> Floats:
        known = (figures.signs > 0)[:, None]
        signs = self._linear("inp", self.weights["emb.weight"][figures.signs])
        for at, dilation in enumerate(DILATIONS):
            inner = self._normed(f"convs.{at}.n", signs) * known
            signs = signs + self._gated(f"convs.{at}.c", inner, dilation)
        return self._normed("nf", signs) * known

    def _gated(self, name: str, signs: Floats, dilation: int) -> Floats:
        """So many signs at a time as the processor holds at hand."""
        length, width = signs.shape
        wide = np.pad(signs, ((dilation, dilation), (0, 0)))
        gated = np.empty_like(signs)
        for start in range(0, length, _AT_ONCE):
            end = min(start + _AT_ONCE, length)
            three = [wide[start + shift : end + shift] for shift in (0, dilation, 2 * dilation)]
            out = np.concatenate(three, axis=1) @ self.weights[f"{name}.weight"]
            out += self.weights[f"{name}.bias"]
            gate = np.exp(-out[:, width:])
            gate += 1
            np.divide(out[:, :width], gate, out=gated[start:end])
        return gated

    def _summed(self, codes: Ints | Levels, first: int) -> Floats:
        """What the values of some features of pairs mean together, of which `first` is the number of the first."""
        number, features = len(codes), codes.shape[-1]
        starts = self._starts[first : first + features + 1]
        flags = np.zeros((number * number, starts[-1] - starts[0]), dtype=np.float32)
        places = codes.reshape(number * number, features) + (starts[:-1] - starts[0])
        flags[np.arange(number * number)[:, None], places] = 1
        return (flags @ self._tables[starts[0] : starts[-1]]).reshape(number, number, -1)

    def _mixed(self, told: Floats) -> Floats:
        return _positive(self._linear("mix", np.maximum(told, 0)))

    @cached_property
    def _tables(self) -> Floats:
        """What each value of each feature of a pair means, one below the other."""
        return np.concatenate([self.weights[f"pair.{at}.weight"] for at in range(self._count("pair"))])

    @cached_property
    def _starts(self) -> Ints:
        """Where the values of each feature begin, and where the last ones end."""
        sizes = [len(self.weights[f"pair.{at}.weight"]) for at in range(self._count("pair"))]
        return np.cumsum([0, *sizes])

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

    def _inner(self, read: Floats, pairs: Floats) -> Floats:
        inner = self._linear("w", pairs)
        inner += self._linear("u", read)[:, None, :]
        inner += self._linear("v", read)[None, :, :]
        return _positive(inner)

    def _scores(self, read: Floats, inner: Floats) -> Floats:
        """Of each figure as a member of a claim on each other one."""
        number, arcs = len(read), len(self.weights["out.bias"])
        left, right = (
            self._linear(name, read).reshape(number, arcs, -1).transpose(1, 0, 2) for name in ("bu", "bv")
        )
        both: Floats = (left @ right.transpose(0, 2, 1)).transpose(1, 2, 0) / np.float32(4)
        return self._linear("out", inner) + both

    def _linear(self, name: str, values: Floats) -> Floats:
        """As one table, since many small products take longer."""
        weight = self.weights[f"{name}.weight"]
        product: Floats = values.reshape(-1, values.shape[-1]) @ weight.T
        product += self.weights[f"{name}.bias"]
        return product.reshape(*values.shape[:-1], len(weight))

    def _normed(self, name: str, values: Floats) -> Floats:
        apart = values - values.mean(axis=-1, keepdims=True)
        spread = np.sqrt((apart * apart).mean(axis=-1, keepdims=True) + np.float32(_SMALL))
        normed: Floats = apart / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return normed

    def _count(self, name: str) -> int:
        return len({key.split(".")[1] for key in self.weights if key.startswith(f"{name}.")})


def chances_of(scores: Floats) -> dict[str, Chances]:
    """By arc the chance of each pair, of its scores as logits."""
    return {
        arc: (1 / (1 + np.exp(-np.clip(scores[:, :, at], -30, 30)))).astype(np.float32)
        for at, arc in enumerate(ARCS)
        if arc in LOOKED_FOR
    }


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
STEPS = 31
"""The largest signed number that a weight is kept as: six bits, which compress below a million bytes."""


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
