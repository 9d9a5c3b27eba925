"""words.yaml and the names of the indicators -> what a phrase is about: its concepts, and whether it says more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

WORDS = Path(__file__).with_name("words.yaml")
_LETTERS = re.compile(r"[一-龥A-Za-z0-9]+")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_SHORTEST = 2
"""A single sign that is left over says nothing."""


@dataclass(frozen=True)
class Heard:
    """What a phrase is about; `maybe` are concepts that its words may stand for; `strange` words no figure has."""

    concepts: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()
    strange: tuple[str, ...] = ()
    is_whole: bool = True
    """Every sign of it belongs to a known word."""

    def __or__(self, other: Heard) -> Heard:
        return Heard(
            self.concepts | other.concepts,
            self.maybe | other.maybe,
            (*self.strange, *other.strange),
            self.is_whole and other.is_whole,
        )


@dataclass(frozen=True)
class Lexicon:
    """`meanings` gives each word its concept, "" for one that says nothing; `optional` those that may say nothing."""

    meanings: Mapping[str, str]
    optional: Mapping[str, str]
    weak: frozenset[str]
    together: Mapping[str, frozenset[str]]
    longest: Mapping[str, int]
    """By first sign, the length of the longest word."""

    def hear(self, phrase: str) -> Heard:
        """The longest words first from left to right; what is between known words is strange."""
        concepts, maybe, strange, is_whole = set(), set(), [], True
        for word, is_known in self._cut(phrase):
            if not is_known:
                is_whole = False
                strange.append(word)
            elif word in self.optional:
                maybe.add(self.optional[word])
            elif self.meanings[word]:
                concepts.add(self.meanings[word])
        for whole, parts in self.together.items():
            concepts = {*concepts - parts, whole} if parts <= concepts else concepts
        telling = tuple(word for word in strange if len(word) >= _SHORTEST)
        return Heard(frozenset(concepts), frozenset(maybe), telling, is_whole)

    def _cut(self, phrase: str) -> Iterator[tuple[str, bool]]:
        for piece in _LETTERS.findall(phrase):
            at = since = 0
            while at < len(piece):
                word = self._word_at(piece, at)
                if not word:
                    at += 1
                    continue
                if at > since:
                    yield piece[since:at], False
                yield word, True
                at = since = at + len(word)
            if since < len(piece):
                yield piece[since:], False

    def _word_at(self, piece: str, at: int) -> str:
        for length in range(min(self.longest.get(piece[at], 0), len(piece) - at), 0, -1):
            word = piece[at : at + length]
            if word in self.optional or word in self.meanings:
                return word
        return ""

    def with_names(self, names: Iterable[str], labels: Iterable[str]) -> Lexicon:
        """Whatever an indicator's name says besides known words is a concept of its own, as is a label not yet known."""
        own = {word for name in names for word in self.hear(bare(name)).strange}
        own |= {label for label in labels if not self.hear(label).is_whole and _LETTERS.fullmatch(label)}
        return _lexicon(
            {**{word: word for word in own}, **self.meanings}, self.optional, self.weak, self.together
        )


def bare(name: str) -> str:
    """Without remarks in brackets."""
    return _BRACKETED.sub("", name)


@cache
def counters() -> frozenset[str]:
    """Units that count things and may stand for each other: 家, 个, 处."""
    return frozenset(str(_told()["counters"]).split())


@cache
def _told() -> Mapping[str, Any]:
    told: Mapping[str, Any] = yaml.safe_load(WORDS.read_text("utf-8"))
    return told


@cache
def shipped_words() -> Lexicon:
    told = _told()
    meanings = dict.fromkeys(str(told["neutral"]).split(), "")
    meanings |= {word: concept for concept, words in told["concepts"].items() for word in words}
    optional = {word: concept for concept, words in told["optional"].items() for word in words}
    together = {whole: frozenset(parts) for whole, parts in told["together"].items()}
    return _lexicon(meanings, optional, frozenset(told["weak"]), together)


def _lexicon(
    meanings: Mapping[str, str],
    optional: Mapping[str, str],
    weak: frozenset[str],
    together: Mapping[str, frozenset[str]],
) -> Lexicon:
    longest: dict[str, int] = {}
    for word in (*meanings, *optional):
        longest[word[0]] = max(longest.get(word[0], 0), len(word))
    return Lexicon(meanings, optional, weak, together, longest)
