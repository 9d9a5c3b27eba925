"""How a table looks on screen and on A4: colours, row heights, drop-downs, a row of totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import east_asian_width

LINE = "#A6A6A6"
HEAD_FILL = "#DDEBF7"
TOTAL_FILL = "#F2F2F2"
_LINE_POINTS = 13.8  # a line of 10-point Chinese text, in Excel, WPS and LibreOffice alike
_AIR_POINTS = 6
_TALLEST = 409  # Excel refuses a higher row
ONE_LINE = 18.5


@dataclass(frozen=True)
class Look:
    """What a table has besides its rows.

    `total` stands under the rows, outside the filter; `empty` is said where there are no rows; `tints` colours
    cells of certain texts; `choices` offers values in the columns of these titles; `signed` goes into the footer.
    """

    total: Sequence[object] | None = None
    empty: str = ""
    tints: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    frozen: int = 0
    signed: str = ""


PLAIN = Look()


def height(texts: Sequence[tuple[str, float]]) -> float:
    """Points that a row needs; `texts` are its wrapping cells with the widths of their columns.

    Excel fits a wrapped row only when somebody edits it, so whoever writes the file says how high it is.
    """
    lines = max((wrapped_lines(text, width) for text, width in texts), default=1)
    return ONE_LINE if lines == 1 else min(_TALLEST, lines * _LINE_POINTS + _AIR_POINTS)


def wrapped_lines(text: str, width: float) -> int:
    """Lines of a text in a column so many characters wide; a Chinese character takes two."""
    # One character less: a line may not begin with 、or 。and then ends earlier.
    room = max(2, int(width) - 1)
    return sum(max(1, -(-_units(line) // room)) for line in text.split("\n"))


def _units(line: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in line)
