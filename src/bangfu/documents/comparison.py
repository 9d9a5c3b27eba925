"""The door to the ledgers: a text's quantities held against figures that somebody else knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.read import Reading

_ENOUGH = 0.5
_FUNCTION = re.compile(r"[全我本][省市县区镇乡村]|共|已|累计|合计|总计|的|了|为|数$")
_COUNTED = {"户次": "户", "人次": "人"}


@dataclass(frozen=True)
class KnownFigure:
    """A figure from rows: `names` are the words that texts use for it; `value` is in `base_unit` as texts count.

    `time` is 2019, 2019-01..10, 2020-04-22 or "" for one that holds at any time; `key` is its keeper's name for it.
    """

    key: str
    names: tuple[str, ...]
    base_unit: str
    value: Decimal
    time: str = ""


@dataclass(frozen=True)
class Match:
    """A quantity of the text and the figure it seems to be; `agrees` by the digits and approximation stated."""

    quantity: int
    figure: KnownFigure
    likeness: float
    agrees: bool


@dataclass(frozen=True)
class Comparison:
    matches: tuple[Match, ...]
    without_counterpart: tuple[int, ...]
    """Indexes of quantities that no known figure seems to be; they are told, not doubted."""


def compare(reading: Reading, known: Iterable[KnownFigure]) -> Comparison:
    """For each quantity the figure of its unit and time whose name is most like its subject; none where none is like."""
    figures = list(known)
    matches, rest = [], []
    for index, quantity in enumerate(reading.quantities):
        best = _best(quantity, figures)
        if best is None:
            rest.append(index)
            continue
        likeness, figure = best
        matches.append(Match(index, figure, likeness, quantity.states(figure.value)))
    return Comparison(tuple(matches), tuple(rest))


def _best(quantity: Quantity, figures: Sequence[KnownFigure]) -> tuple[float, KnownFigure] | None:
    """Of figures equally like, one that agrees is meant; else the first."""
    fitting = [
        (likeness, figure)
        for figure in figures
        if _same_unit(quantity, figure) and _same_time(quantity.time, figure.time)
        if (likeness := max((_likeness(quantity.subject, name) for name in figure.names), default=0.0))
        >= _ENOUGH
    ]
    return max(fitting, key=lambda one: (one[0], quantity.states(one[1].value)), default=None)


def _same_unit(quantity: Quantity, figure: KnownFigure) -> bool:
    return _COUNTED.get(quantity.base_unit, quantity.base_unit) == _COUNTED.get(
        figure.base_unit, figure.base_unit
    )


def _same_time(said: str, known: str) -> bool:
    return not said or not known or said.startswith(known) or known.startswith(said)


def _likeness(subject: str, name: str) -> float:
    """Pairs of signs in common (Dice), function words left out."""
    first, second = _pairs(subject), _pairs(name)
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


@lru_cache(maxsize=20_000)  # the same names for every quantity
def _pairs(words: str) -> frozenset[str]:
    kept = _FUNCTION.sub("", words)
    return frozenset({kept[at : at + 2] for at in range(len(kept) - 1)} or ({kept} if kept else set()))
