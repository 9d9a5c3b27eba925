"""words.yaml -> the units, fixed words and approximations that the reader knows, as one frozen object."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WORDS = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True)
class Unit:
    """A unit as written: one of it is `factor` of the base unit; `kind` is the class that may be added up."""

    written: str
    base: str
    factor: Decimal
    kind: str


@dataclass(frozen=True)
class Lexicon:
    units: Mapping[str, Unit]
    careful: frozenset[str]
    not_before: Mapping[str, str]
    still_before: Mapping[str, tuple[str, ...]]
    before: Mapping[str, str]
    after: Mapping[str, str]
    fixed: re.Pattern[str]
    labels: re.Pattern[str]
    partitions: tuple[tuple[str, ...], ...]
    heads: Mapping[str, str]
    unit_at: re.Pattern[str]
    before_at: re.Pattern[str]
    after_at: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    raw: dict[str, Any] = yaml.load(WORDS.read_text(encoding="utf-8"), Loader=_Loader)
    units = {
        word: Unit(word, base, Decimal(str(factor)), kind)
        for word, (base, factor, kind) in raw["units"].items()
    }
    for word in raw["classifiers"].split():
        units.setdefault(word, Unit(word, word, Decimal(1), "count"))
    for word in raw["done_again"].split():
        units.setdefault(f"{word}次", Unit(f"{word}次", f"{word}次", Decimal(1), "count"))
    return Lexicon(
        units=units,
        careful=frozenset(raw["careful"]),
        not_before=raw["not_before"],
        still_before={word: tuple(after.split()) for word, after in raw["still_before"].items()},
        before=raw["before"],
        after=raw["after"],
        fixed=_any_of(raw["fixed"].split()),
        labels=_any_of(raw["labels"].split()),
        partitions=tuple(tuple(row) for row in raw["partitions"]),
        heads=raw["heads"],
        unit_at=_any_of(units),
        before_at=re.compile(f"(?:{_alternatives(raw['before'])})$"),
        after_at=_any_of(raw["after"]),
    )


def _alternatives(words: Any) -> str:
    """Longest first, so that the longest word wins."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _any_of(words: Any) -> re.Pattern[str]:
    return re.compile(_alternatives(words))
