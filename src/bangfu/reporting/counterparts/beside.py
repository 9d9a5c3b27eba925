"""The door: a verification beside the ledgers -> what agrees, what differs, what is asked, and what has no counterpart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bangfu.documents.reading.quantity import Quantity, plain
from bangfu.documents.reading.read import Reading
from bangfu.documents.verification import Verification
from bangfu.registry.scope import Scope
from bangfu.reporting.counterparts.candidates import candidates, in_base, names_of
from bangfu.reporting.counterparts.days import day_of
from bangfu.reporting.counterparts.matching import Match, Matching, Verdict
from bangfu.reporting.counterparts.phrases import phrases
from bangfu.reporting.counterparts.places import Home, Map
from bangfu.reporting.counterparts.words import Lexicon, shipped_words
from bangfu.reporting.queries import figures_for, runs
from bangfu.reporting.queries.figures import policy_of
from bangfu.reporting.queries.runs import run_of_day
from bangfu.reporting.queries.totals import Run
from bangfu.reporting.shown import FigureShown

_AROUND = 10


@dataclass(frozen=True)
class Compared:
    """A quantity of the text (`place`: its index) with the ledgers' figure; `value` is that in the text's unit.

    `differ` is said only where the text names one figure in full; `ask` where it may be another.
    """

    place: int
    quantity: Quantity
    excerpt: str
    figure: FigureShown
    value: str
    verdict: Verdict

    @property
    def name(self) -> str:
        """The indicator, with its village and its part."""
        part = "、".join(filter(None, (self.figure.village, self.figure.label)))
        return f"{self.figure.name}（{part}）" if part else self.figure.name


@dataclass(frozen=True)
class Ledgers:
    """`as_of` is the day of the count (yyyymmdd); `strangers` are quantities that no figure seems to be."""

    as_of: int
    compared: tuple[Compared, ...]
    strangers: tuple[tuple[int, Quantity, str], ...]

    def told(self, verdict: Verdict) -> tuple[Compared, ...]:
        """Those of a verdict, in the order of the text."""
        return tuple(one for one in self.compared if one.verdict == verdict)


def run_for(reading: Reading, as_of: int | None = None) -> Run | None:
    """The count to compare with: of the text's day, else of its month or year, else the newest; None before the first."""
    days = sorted({one.as_of for one in runs()})
    wanted = as_of or day_of(reading)
    for length in (1, 100, 10000):
        close = [day for day in days if wanted is not None and day // length == wanted // length]
        if close:
            return run_of_day(close[-1])
    return run_of_day(days[-1]) if days else None


def beside_ledgers(found: Verification, run: Run, scope: Scope) -> Ledgers:
    """UserError where the scope is of some villages only."""
    compared = tuple(_compared(found, match) for match in _matches(found, run, scope))
    matched = {one.place for one in compared}
    strangers = [
        (place, quantity, _excerpt(found, quantity))
        for place, quantity in enumerate(found.reading.quantities)
        if place not in matched and not quantity.is_label
    ]
    return Ledgers(run.as_of, compared, tuple(strangers))


def _matches(found: Verification, run: Run, scope: Scope) -> Iterator[Match]:
    policy, home = policy_of(run), Home()
    places = Map(found.reading.flat, home)
    figures = list(figures_for(run, scope, villages=places.villages, months=_months(found.reading)))
    labels = frozenset(one.label for one in figures if one.label)
    lexicon = _lexicon(frozenset(names_of(policy)), labels)
    known = candidates(((one, home.key_of(one.village)) for one in figures), policy, lexicon)
    day = day_of(found.reading) or run.as_of
    matching = Matching(known, lexicon.weak, day // 10000)
    for index, phrase in phrases(found.reading, lexicon, home.names).items():
        match = matching.match(index, phrase, places.at(phrase.quantity.start))
        if match is not None:
            yield match


@lru_cache(maxsize=4)  # the same for every text of an office
def _lexicon(names: frozenset[str], labels: frozenset[str]) -> Lexicon:
    return shipped_words().with_names(names, labels)


def _months(reading: Reading) -> set[int]:
    """The months (yyyymm) that the text speaks of."""
    said = (
        one.time for one in reading.quantities if len(one.time) >= len("2020-04") and one.time[:4].isdigit()
    )
    return {int(time[:4] + time[5:7]) for time in said if time[5:7].isdigit()}


def _compared(found: Verification, match: Match) -> Compared:
    quantity = found.reading.quantities[match.quantity]
    figure = match.candidate.figure
    excerpt = _excerpt(found, quantity)
    return Compared(match.quantity, quantity, excerpt, figure, _like(figure, quantity), match.verdict)


def _like(figure: FigureShown, quantity: Quantity) -> str:
    """The ledgers' number in the unit that the text writes, so that the eye can compare."""
    value, _ = in_base(figure)
    if quantity.value and quantity.base_value:
        return f"{plain(round(value * quantity.value / quantity.base_value, 6))} {quantity.unit}".strip()
    return f"{figure.text} {figure.unit}"


def _excerpt(found: Verification, quantity: Quantity) -> str:
    text = found.source.text
    start, end = max(0, quantity.start - _AROUND), min(len(text), quantity.end + _AROUND)
    return " ".join(text[start:end].split())
