"""The figures of a count as texts may mean them: what they are about, of which unit, time and place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bangfu.policy.model import Policy
from bangfu.reporting.counterparts.words import Lexicon, bare, counters
from bangfu.reporting.shown import FigureShown

_TIMES = {"户次": "户", "人次": "人"}
_LENGTHS = {"公里": 1000, "米": 1}
_WORD = re.compile("[一-龥A-Za-z]")
_PROGRAMME = "programme"


@dataclass(frozen=True)
class Meaning:
    """One way to name an indicator, or a part of it: all that must be said to mean it."""

    needs: frozenset[str]
    maybe: frozenset[str]


@dataclass(frozen=True)
class Candidate:
    """A figure as texts count: `value` in base units, `village` None for the home's own."""

    figure: FigureShown
    value: Decimal
    unit: str
    village: int | None


@dataclass(frozen=True)
class Named:
    """What an indicator (or its part with a label) may be called, and its figures of every time and place."""

    indicator: str
    label: str
    meanings: tuple[Meaning, ...]
    is_rate: bool
    """So much for each: 户均, 每月."""
    figures: list[Candidate] = field(default_factory=list)


def kind_of(unit: str) -> str:
    """Units that may stand for each other: 户次 is held against 户, 家 against 个."""
    if unit in _TIMES:
        return _TIMES[unit]
    return "个" if unit in counters() else unit


def candidates(
    figures: Iterable[tuple[FigureShown, int | None]], policy: Policy, lexicon: Lexicon
) -> Mapping[str, list[Named]]:
    """By kind of unit. A breakdown by programme is left out: programmes have indicators of their own."""
    found: dict[tuple[str, str, str], Named] = {}
    aliases = _programme_aliases(policy)
    for figure, village in figures:
        if figure.value is None or figure.cut == _PROGRAMME or not _can_be_said(figure):
            continue
        value, unit = in_base(figure)
        key = figure.indicator, figure.cut, figure.label or ""
        if key not in found:
            names = tuple(_names(figure, policy, aliases))
            meanings = tuple(dict.fromkeys(one for name in names if (one := _meaning(name, lexicon)).needs))
            found[key] = Named(figure.indicator, figure.label or "", meanings, _is_rate(figure, policy))
        found[key].figures.append(Candidate(figure, value, unit, village))
    grouped: dict[str, list[Named]] = defaultdict(list)
    for named in found.values():
        grouped[kind_of(named.figures[0].unit)].append(named)
    return grouped


def _can_be_said(figure: FigureShown) -> bool:
    """Labels of digits are years and classes that texts name otherwise; rows without a label have no name."""
    return figure.cut == "" or bool(figure.label and _WORD.search(figure.label))


def _is_rate(figure: FigureShown, policy: Policy) -> bool:
    measure = policy.indicators[figure.indicator].measure
    return measure in ("mean", "standard") or "/" in figure.unit


def names_of(policy: Policy) -> Iterator[str]:
    """All that indicators and programmes are called."""
    for one in policy.indicators.values():
        yield from (one.name, *one.aliases)
    for aliases in _programme_aliases(policy).values():
        yield from aliases


def in_base(one: FigureShown) -> tuple[Decimal, str]:
    """As the reader of texts holds it: shares as fractions, lengths in metres."""
    value = one.value or Decimal(0)
    if one.unit == "%":
        return value / 100, "比例"
    unit = one.unit.partition("/")[0]
    return (value * _LENGTHS[unit], "米") if unit in _LENGTHS else (value, unit)


def _names(figure: FigureShown, policy: Policy, aliases: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    label = figure.label or ""
    programme = policy.indicators[figure.indicator].programme
    for name in (figure.name, *figure.aliases, *aliases.get(programme or "", ())):
        yield f"{label} {bare(name)}"


def _programme_aliases(policy: Policy) -> Mapping[str, tuple[str, ...]]:
    if _PROGRAMME not in policy.codelists:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for version in policy.codelists[_PROGRAMME].versions:
        found.update({label.label: label.aliases for label in version.labels})
    return found


def _meaning(name: str, lexicon: Lexicon) -> Meaning:
    heard = lexicon.hear(name)
    return Meaning(heard.concepts | frozenset(heard.strange), heard.maybe)
