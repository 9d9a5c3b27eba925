"""Whether a figure is of the time that a text speaks of, and at what cost where that is only likely."""

from __future__ import annotations

from bangfu.engine.indicators.cells import Period
from bangfu.office.words import day_in_words
from bangfu.reporting.counterparts.candidates import Candidate
from bangfu.reporting.counterparts.phrases import Phrase

_LIKELY, _PERHAPS = 0.3, 0.5
_EVER = 0.4


def cost_of_time(phrase: Phrase, candidate: Candidate, year: int) -> float | None:
    """0 where the text says this time; None where it says another. `year` is the text's own."""
    figure, said = candidate.figure, phrase.quantity.time
    if figure.period is None:
        return _of_day("" if phrase.is_now else said, figure.as_of, year, phrase.is_own_time)
    if figure.period.start == 0:
        return _since_ever(phrase, said)
    if figure.period != Period.of_year(figure.period.start // 10000, figure.as_of):
        return 0.0 if said == day_in_words(figure.period.start)[:7] and not phrase.is_year else None
    return _of_year(phrase, said, figure.period, year)


def _of_day(said: str, as_of: int, year: int, is_own: bool) -> float | None:
    """A state of the day, or of the month or year that it stands for; a heading's time may be another's."""
    day = day_in_words(as_of)
    if not said:
        return 0.0
    if day.startswith(said):
        is_meant = len(said) > len("2020") or as_of % 10000 == 1231 or said == str(year)
        return 0.0 if is_meant else _LIKELY
    if said[:7] == day[:7]:
        return _LIKELY
    return None if is_own else _PERHAPS


def _since_ever(phrase: Phrase, said: str) -> float | None:
    if not phrase.is_ever and said and phrase.is_own_time:
        return None
    return 0.0 if phrase.is_ever and not phrase.is_year else _EVER


def _of_year(phrase: Phrase, said: str, period: Period, year: int) -> float | None:
    """A year, the last only as far as it has come; a day means the year up to it."""
    if not said:
        return _LIKELY if period.start // 10000 == year else None
    if said[:4] != str(period.start // 10000):
        return None
    if len(said) == len("2020") or phrase.is_year:
        return 0.0
    if len(said) == len("2020-04-22") and ".." not in said:
        is_end = day_in_words(period.end)[:7] == said[:7]
        return 0.0 if is_end or not phrase.is_own_time else None
    return _PERHAPS
