"""A text's quantities beside the figures of the ledgers that they seem to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from bangfu.documents.comparison import KnownFigure, Match, compare
from bangfu.documents.reading.quantity import Quantity, plain
from bangfu.documents.reading.read import Reading
from bangfu.documents.verification import Verification
from bangfu.engine.indicators.cells import Period
from bangfu.registry.scope import Scope
from bangfu.reporting.queries import figures_for, runs
from bangfu.reporting.queries.runs import run_of_day
from bangfu.reporting.queries.totals import Run
from bangfu.reporting.shown import FigureShown
from bangfu.web.reports.asked import EVER, Asked, period_in_words, this_year
from bangfu.web.reports.figures import figure_address

_PER_HUNDRED = "%"
_BASE = {"平方米": "平方米", "公里": "米", "公斤": "公斤"}
_AROUND, _SINCE, _LONG = 10, 24, 4
_SURE = 0.8


@dataclass(frozen=True)
class Compared:
    """A quantity of the text with what the ledgers have; `link` leads to the indicator."""

    place: int
    quantity: Quantity
    excerpt: str
    name: str
    time: str
    value: str
    agrees: bool
    link: str


@dataclass(frozen=True)
class Ledgers:
    """`day` is that of the count compared with; `strangers` are quantities that no figure seems to be."""

    day: str
    different: tuple[Compared, ...]
    alike: tuple[Compared, ...]
    strangers: tuple[tuple[int, Quantity, str], ...]


def run_for(year: int | None) -> Run | None:
    """The count to compare with: the latest day of the text's year, or the newest that there is."""
    days = sorted({one.as_of for one in runs()})
    of_year = [day for day in days if day // 10000 == year]
    day = max(of_year or days, default=None)
    return None if day is None else run_of_day(day)


def beside_ledgers(found: Verification, run: Run, scope: Scope) -> Ledgers:
    """UserError where the scope is of some villages only."""
    figures = {_key(one): one for one in figures_for(run, scope) if one.value is not None}
    matches = _believed(found, figures)
    lines = [_compared(found, match, figures[match.figure.key], run) for match in matches]
    matched = {match.quantity for match in matches}
    strangers = [
        (place, quantity, _excerpt(found, quantity))
        for place, quantity in enumerate(found.reading.quantities)
        if place not in matched and not quantity.is_label
    ]
    return Ledgers(
        Asked(run, this_year(run)).day,
        tuple(line for line in lines if not line.agrees),
        tuple(line for line in lines if line.agrees),
        tuple(strangers),
    )


def _believed(found: Verification, figures: dict[str, FigureShown]) -> list[Match]:
    """A number that agrees speaks for itself; one that differs is told only where the names leave little doubt.

    Where the text says a figure right, another number with a like name means something else.
    """
    said_times = {quantity.time[:7] for quantity in found.reading.quantities}
    known = [one for one in _known(figures) if not _is_month(one) or one.time in said_times]
    alike = [
        match for match in _compared_by_unit(found.reading, known) if match.agrees and _tells(found, match)
    ]
    taken, said = {match.quantity for match in alike}, {match.figure.key for match in alike}
    whole = [one for one in known if not figures[one.key].label and one.key not in said]
    different = [
        match
        for match in _compared_by_unit(found.reading, whole)
        if match.quantity not in taken and not match.agrees and _is_meant(found, match)
    ]
    return sorted([*alike, *different], key=lambda match: match.quantity)


def _compared_by_unit(reading: Reading, known: Iterable[KnownFigure]) -> Iterator[Match]:
    """The same as all at once, but a long text's thousand persons are not held against sums of money."""
    figures: dict[str, list[KnownFigure]] = {}
    for one in known:
        figures.setdefault(_counted(one.base_unit), []).append(one)
    places: dict[str, list[int]] = {}
    for place, quantity in enumerate(reading.quantities):
        places.setdefault(_counted(quantity.base_unit), []).append(place)
    for unit in places.keys() & figures.keys():
        part = replace(reading, quantities=tuple(reading.quantities[place] for place in places[unit]))
        for match in compare(part, figures[unit]).matches:
            yield replace(match, quantity=places[unit][match.quantity])


def _counted(unit: str) -> str:
    """Times are held against what comes those times: 户次 against 户."""
    return unit[0] if unit in ("户次", "人次") else unit


def _is_month(one: KnownFigure) -> bool:
    """A text that speaks of a year does not mean its months."""
    return len(one.time) == len("2019-05") and one.time[0] != "."


def _tells(found: Verification, match: Match) -> bool:
    """Small numbers agree by chance: they need a likelier name."""
    return match.likeness >= (0.5 if found.reading.quantities[match.quantity].base_value >= 20 else 0.7)


def _is_meant(found: Verification, match: Match) -> bool:
    quantity = found.reading.quantities[match.quantity]
    before = found.source.text[max(0, quantity.start - _SINCE) : quantity.start]
    if _is_month(match.figure) and len(quantity.time) == len("2019"):
        return False
    is_since_ever = any(word in before for word in ("累计", "以来"))
    return match.likeness >= _SURE and len(quantity.subject) >= _LONG and not is_since_ever


def _key(one: FigureShown) -> str:
    return f"{one.indicator} {one.period} {one.cut} {one.label}"


def _known(figures: dict[str, FigureShown]) -> Iterator[KnownFigure]:
    for key, one in figures.items():
        value, unit = _in_base(one)
        yield KnownFigure(key, tuple(_names(one)), unit, value, _time(one))


def _in_base(one: FigureShown) -> tuple[Decimal, str]:
    """As the reader of texts holds it: shares as fractions, lengths in metres."""
    value = one.value or Decimal(0)
    if one.unit == _PER_HUNDRED:
        return value / 100, "比例"
    if one.unit == "公里":
        return value * 1000, "米"
    return value, _BASE.get(one.unit, one.unit.partition("/")[0])


def _names(one: FigureShown) -> Iterator[str]:
    for name in (one.name, *one.aliases):
        yield f"{one.label}{name}" if one.label else name
    if one.label:
        yield one.label


def _time(one: FigureShown) -> str:
    """Of a state the day, of what happened the year or month; since ever is no time that a text writes."""
    if one.period is None:
        return _day(one.as_of)
    if one.period.start == 0:
        return f"..{_day(one.as_of)}"
    return _when(one.period)


def _when(period: Period) -> str:
    if period.start % 10000 == 101 and period.end // 100 != period.start // 100:
        return str(period.start // 10000)
    return f"{period.start // 10000}-{period.start // 100 % 100:02}"


def _day(day: int) -> str:
    return f"{day // 10000}-{day // 100 % 100:02}-{day % 100:02}"


def _compared(found: Verification, match: Match, figure: FigureShown, run: Run) -> Compared:
    quantity = found.reading.quantities[match.quantity]
    asked = Asked(run, this_year(run), by=figure.cut, label="" if figure.cut == "" else figure.label)
    time = f"截至 {asked.day}"
    if figure.period is not None:
        when = EVER if figure.period.start == 0 else _when(figure.period)
        asked, time = asked.narrowed(when=when), period_in_words(when, run.as_of)
    name = f"{figure.name}（{figure.label}）" if figure.label else figure.name
    link = figure_address(figure.indicator, asked.narrowed(label=""))
    value = _like(figure, quantity)
    return Compared(
        match.quantity, quantity, _excerpt(found, quantity), name, time, value, match.agrees, link
    )


def _like(figure: FigureShown, quantity: Quantity) -> str:
    """The ledgers' number in the unit that the text writes, so that the eye can compare."""
    value, _ = _in_base(figure)
    if quantity.value and quantity.base_value:
        number = value * quantity.value / quantity.base_value
        return f"{plain(round(number, 6))} {quantity.unit}"
    return f"{figure.text} {figure.unit}"


def _excerpt(found: Verification, quantity: Quantity) -> str:
    text = found.source.text
    start, end = max(0, quantity.start - _AROUND), min(len(text), quantity.end + _AROUND)
    return " ".join(text[start:end].split())
