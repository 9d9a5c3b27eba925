"""Of which day a text speaks: a date in its title, on a line of its own or at its end, else the end of its year."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator

from bangfu.documents.reading.read import Reading
from bangfu.documents.reading.times import times_in

_FIRST, _LAST, _SHORT = 6, 3, 40


def day_of(reading: Reading) -> int | None:
    """yyyymmdd; None where the text names no year."""
    told = [said for line in _heads(reading.flat) for said in _times(line)]
    dated = next((said for said in told if len(said) > len("2020")), None) if told else None
    if dated is not None:
        year, month = int(dated[:4]), int(dated[5:7])
        day = int(dated[8:10]) if len(dated) == len("2020-04-22") else monthrange(year, month)[1]
        return year * 10000 + month * 100 + day
    year_said = next(iter(told), None)
    year = int(year_said) if year_said is not None else reading.year or 0
    return year * 10000 + 1231 if year else None


def year_told(reading: Reading) -> int | None:
    """The year that the text is written in or about."""
    day = day_of(reading)
    return None if day is None else day // 10000


def _heads(text: str) -> Iterator[str]:
    """Short lines at the beginning and the end."""
    lines = [line for line in text.split("\n") if line.strip()]
    for line in (*lines[:_FIRST], *lines[max(_FIRST, len(lines) - _LAST) :]):
        if len(line.strip()) <= _SHORT:
            yield line


def _times(line: str) -> Iterator[str]:
    for time in times_in(line):
        if time.said[:4].isdigit() and ".." not in time.said:
            yield time.said
