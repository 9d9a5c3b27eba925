"""Plain text -> Reading: the quantities with subject, time and place, and the sentences that they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bangfu.documents.reading.lexer import scan
from bangfu.documents.reading.masks import Masks
from bangfu.documents.reading.places import places_in
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.structure import Sentence, sentences_of
from bangfu.documents.reading.subjects import subjects_of
from bangfu.documents.reading.tables.figures import with_tables
from bangfu.documents.reading.tables.totals import Column
from bangfu.documents.reading.times import Time, dated, times_in, year_of_text

_WIDE = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
_WIDE |= {
    ord(wide): ord(narrow)
    for wide, narrow in zip("％．，；：（）！？＋／－～［］﹪", "%.,;:()!?+/-~[]%", strict=True)
}
_FORMAL = {
    ord(formal): ord(plain)
    for formal, plain in zip("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千", strict=True)
}
_IN_WORDS = re.compile(
    "[壹贰叁肆伍陆柒捌玖拾][零壹贰叁肆伍陆柒捌玖]?[拾佰仟万亿][零壹贰叁肆伍陆柒捌玖拾佰仟万亿]*"
)
"""An amount as on a receipt: 叁万伍仟; 队伍 and 陆地 are none."""


def flatten(text: str) -> str:
    """The same text, character for character, with full-width digits and marks, and numerals as on a receipt, made plain."""
    return _IN_WORDS.sub(lambda match: match[0].translate(_FORMAL), text.translate(_WIDE))


@dataclass(frozen=True)
class Reading:
    """`flat` is `plain` with width-variants made plain: the same length, the same places."""

    plain: str
    flat: str
    quantities: tuple[Quantity, ...]
    sentences: tuple[Sentence, ...]
    year: int | None
    columns: tuple[Column, ...] = ()


def read_text(plain: str) -> Reading:
    """Never fails: a text without quantities has none."""
    flat = flatten(plain)
    year = year_of_text(flat)
    times = list(dated(times_in(flat), year))
    tabled = with_tables(flat, scan(flat, Masks(flat, times)))
    found = [replace(one, text=plain[one.start : one.end]) for one in tabled.quantities]
    subjects = subjects_of(sentences_of(flat, found))
    clock, map_of = _Clock(flat, times), places_in(flat)
    full = tuple(
        replace(
            quantity,
            subject=quantity.subject or subjects.get(index, ""),
            time=quantity.time or clock.at(quantity.start),
            place=map_of.at(quantity.start),
        )
        for index, quantity in enumerate(found)
    )
    return Reading(plain, flat, full, tuple(sentences_of(flat, full)), year, tabled.columns)


_LEAD = 18
"""A time within so many characters of the start speaks for the whole sentence or paragraph."""


class _Clock:
    """The time that holds at a place: the nearest before it in its sentence, else its paragraph, else its heading."""

    def __init__(self, text: str, times: Sequence[Time]) -> None:
        self._text = text
        self._times = [time for time in times if time.said]
        self._starts = [time.start for time in self._times]
        self._headings = [
            (start, said)
            for start, line in _lines(text)
            if _is_heading(line) and (said := self._in(start, start + len(line)))
        ]

    def at(self, place: int) -> str:
        sentence = max(self._text.rfind(mark, 0, place) for mark in "。!?\n") + 1
        segment = max(sentence, self._text.rfind(";", 0, place) + 1)
        paragraph = self._text.rfind("\n", 0, place) + 1
        before = bisect_right(self._starts, place) - 1
        if before >= 0 and self._starts[before] >= segment:
            return self._times[before].said
        lead = self._in(sentence, min(place, sentence + _LEAD)) or self._in(
            paragraph, min(place, paragraph + _LEAD)
        )
        heading = bisect_right(self._headings, place, key=_place) - 1
        return lead or (self._headings[heading][1] if heading >= 0 else "")

    def _in(self, start: int, end: int) -> str:
        return next((time.said for time in self._times if start <= time.start < end), "")


def _place(heading: tuple[int, str]) -> int:
    return heading[0]


def _lines(text: str) -> list[tuple[int, str]]:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    return lines


def _is_heading(line: str) -> bool:
    return 0 < len(line.strip()) <= 40 and line.rstrip()[-1] not in "。;,:、"
