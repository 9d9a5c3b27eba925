"""A sheet as a grid of cells, and what is said when there is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True)
class FileProblem:
    """Why a file (or a part of it) could not be read, in Chinese, with what to do."""

    file: str
    message: str


@dataclass(frozen=True)
class CellError:
    """A cell whose formula failed: `#REF!`, `#N/A`, or never computed. Never taken for an empty cell."""

    text: str

    def __str__(self) -> str:
        return self.text


class Range(NamedTuple):
    """A merged range, 0-based and inclusive, as indices into `Grid.rows`."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """One sheet. Cells are str, float, int, bool, date, datetime, time, timedelta or CellError; empty is ''.

    `rows[i][j]` stands in row `first_row + i` and column `first_column + j` of the sheet (both 1-based).
    `hidden_columns` and `merged` are indices into the rows. All rows have the same length.
    """

    file: str
    sheet: str
    rows: list[list[object]]
    first_row: int = 1
    first_column: int = 1
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Range, ...] = ()
    is_hidden: bool = field(default=False)

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


def is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def trim_rows(rows: list[list[object]]) -> None:
    """Cut the blank rows at the end, in place: space-filled rows follow real ones by the ten thousand."""
    end = len(rows)
    while end and all(is_blank(cell) for cell in rows[end - 1]):
        end -= 1
    del rows[end:]


def pad_rows(rows: list[list[object]]) -> None:
    """Make all rows as long as the longest."""
    width = max(map(len, rows), default=0)
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))


def ranges_within(ranges: Iterable[Range], height: int, width: int) -> tuple[Range, ...]:
    """The ranges clipped to the grid; those outside, or of a single cell, are dropped."""
    clipped = (Range(r.top, r.left, min(r.bottom, height - 1), min(r.right, width - 1)) for r in ranges)
    return tuple(
        r
        for r in clipped
        if r.top <= r.bottom and r.left <= r.right and (r.top, r.left) != (r.bottom, r.right)
    )
