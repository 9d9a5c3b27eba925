"""A table of figures as pages draw it and workbooks hold it: every number with the address of its rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bangfu.spreadsheets.write import Column
from bangfu.web.templatetags.words import figured

_SHADES = 6


@dataclass(frozen=True)
class Number:
    """`text` is how it is written; `link` leads to its rows; `shade` from 0 to 6 colours it among its like."""

    value: Decimal | None
    link: str = ""
    shade: int = 0
    unit: str = ""

    @property
    def text(self) -> str:
        return figured(self.value, self.unit)


@dataclass(frozen=True)
class Line:
    """`tag` marks a line out in a word: overdue, below a line."""

    name: str
    numbers: tuple[Number, ...]
    link: str = ""
    tag: str = ""


@dataclass(frozen=True)
class Head:
    """A column: what it counts, in what."""

    name: str
    unit: str = ""

    @property
    def in_words(self) -> str:
        return f"{self.name}（{self.unit}）" if self.unit else self.name


@dataclass(frozen=True)
class Grid:
    """`first` names what the lines are of; `total` stands below them; `is_heat`: shades tell large from small."""

    first: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    total: Line | None = None
    is_heat: bool = False
    note: str = ""

    def columns(self) -> tuple[Column, ...]:
        """Of the workbook's sheet."""
        return ((self.first, 18, "text"), *((head.in_words, 15, "decimal") for head in self.heads))

    def rows(self) -> Iterator[Sequence[object]]:
        """Those of the sheet, the total last."""
        for line in (*self.lines, *((self.total,) if self.total else ())):
            yield (line.name, *(number.value for number in line.numbers))


def shaded(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with a shade for each number, from the largest down; zero and nothing have none."""
    largest = max(
        (number.value or Decimal(0) for line in lines for number in line.numbers), default=Decimal(0)
    )
    return tuple(
        Line(
            line.name,
            tuple(Number(one.value, one.link, _shade(one.value, largest), one.unit) for one in line.numbers),
            line.link,
            line.tag,
        )
        for line in lines
    )


def _shade(value: Decimal | None, largest: Decimal) -> int:
    if not value or value <= 0 or largest <= 0:
        return 0
    return max(1, round(float(value / largest) * _SHADES))


@dataclass(frozen=True)
class Series:
    """The numbers of one colour in a chart."""

    name: str
    numbers: tuple[Decimal | None, ...]
    tone: str = "main"


@dataclass(frozen=True)
class Chart:
    """Bars over labels; `links` are where a click on a bar leads.

    `is_lying`: bars lie, for labels with long names. `tones` colour single bars: alarm for those below a line. `marks`
    are lines across, with their words: 1.5 is in the middle of the second bar's band.
    """

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    links: tuple[str, ...] = ()
    is_lying: bool = False
    tones: tuple[str, ...] = field(default=())
    marks: tuple[tuple[float, str], ...] = ()

    def as_json(self) -> str:
        """For the page's script."""
        told = {
            "title": self.title,
            "labels": self.labels,
            "series": [
                {"name": one.name, "tone": one.tone, "numbers": [_plain(number) for number in one.numbers]}
                for one in self.series
            ],
            "unit": self.unit,
            "links": self.links,
            "lying": self.is_lying,
            "tones": self.tones,
            "marks": self.marks,
        }
        return json.dumps(told, ensure_ascii=False)


def _plain(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
