"""A line of text -> the cells of a row: cut at tabs, at bars, or at spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FIGURE = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOTHING = re.compile(r"[-—–_/\\.·*×无空零略… ]*")
_RULE = re.compile(r"[\s|│┃+:=\-—─┼├┤┌┐└┘┬┴]+")
_BARS = re.compile(r"[|│┃]")
_SPACES = re.compile(r"[ \u3000]+")
_WIDE = re.compile(r"[ \u3000]{2,}|\u3000")
_PROSE = re.compile(r"[。;!?]")
_MAX_LINE, _MAX_WORD = 160, 22


@dataclass(frozen=True)
class Cell:
    """`text` without the spaces around it, at `start` of the whole text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_figure(self) -> bool:
        return FIGURE.fullmatch(self.text) is not None

    @property
    def is_nothing(self) -> bool:
        return _NOTHING.fullmatch(self.text) is not None

    @property
    def is_year(self) -> bool:
        return _YEAR.fullmatch(self.text) is not None

    @property
    def is_name(self) -> bool:
        """Words: what may stand in a head."""
        if self.is_figure:
            return False
        return not self.text[:1].isdigit() or re.match(r"\d{1,4}[年月季类级]", self.text) is not None


@dataclass(frozen=True)
class Row:
    """`style` is what the line was cut at: tab, bar, space or "" for a line that is no row; `wide` the cut at runs of spaces."""

    start: int
    line: str
    style: str
    cells: tuple[Cell, ...] = ()
    wide: tuple[Cell, ...] = ()

    @property
    def is_blank(self) -> bool:
        return not self.line.strip()


def rows_in(text: str) -> Iterator[Row]:
    """Every line of the text; the rules between rows (|---|---|) are left out."""
    at = 0
    for line in text.split("\n"):
        if not line.strip() or _RULE.fullmatch(line) is None:
            yield _row(line, at)
        at += len(line) + 1


def _row(line: str, at: int) -> Row:
    if "\t" in line:
        return Row(at, line, "tab", _cut(line, at, re.compile("\t")))
    if _BARS.search(line):
        return _barred(line, at)
    if len(line) <= _MAX_LINE and not _PROSE.search(line):
        cells = _cut(line, at, _SPACES, skip=True)
        if len(cells) > 1 and all(len(cell.text) <= _MAX_WORD for cell in cells):
            return Row(at, line, "space", cells, _cut(line, at, _WIDE, skip=True))
    return Row(at, line, "")


def _barred(line: str, at: int) -> Row:
    """|甲村|12| and 甲村|12: bars around a row open no cell."""
    cells = list(_cut(line, at, _BARS))
    if _BARS.match(line.strip()):
        cells = cells[1:]
    if _BARS.match(line.strip()[-1:]):
        cells = cells[:-1]
    return Row(at, line, "bar", tuple(cells)) if len(cells) > 1 else Row(at, line, "")


def _cut(line: str, at: int, marks: re.Pattern[str], *, skip: bool = False) -> tuple[Cell, ...]:
    cells, begin = [], 0
    for match in [*marks.finditer(line), None]:
        piece = line[begin : match.start() if match else len(line)]
        shown = piece.strip(" \u3000\r*")
        if shown or not skip:
            cells.append(Cell(at + begin + (piece.index(shown) if shown else 0), shown))
        begin = match.end() if match else begin
    return tuple(cells)
