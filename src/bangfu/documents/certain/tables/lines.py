"""The lines of a text that look like rows: cut at tabs, bars, wide spaces, enumeration marks, or into a label and its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_RULE = re.compile(r"[\s|│┃+:=\-—─┼├┤┌┐└┘┬┴]*")
_BARS = re.compile(r"[|│┃]")
_WIDE = re.compile(r"[ \u3000]{2,}|\u3000")
_MARKED = re.compile(
    r"\s*(?:[①-⑳●○◆◇★☆■□▲△·•※*\-—–]+|\(?[\d一二三四五六七八九十]{1,3}[).、.]|[A-Za-z][.、)])?\s*"
)
_ENUMERATED = (re.compile(r"、"), re.compile(r","), re.compile(r";"))
_LONGEST_CELL, _LONGEST_LINE = 24, 110
_END = re.compile(r"[;。,::\s]*$")
_PAIR = re.compile(r"([一-龥\"“”()、A-Za-z]{2,20}?)[ :\u3000]+(?=[约近]?\d)")
_SECTION = re.compile(r"\s*[^\d。;,]{2,16}:?\s*")


@dataclass(frozen=True)
class Piece:
    """What stands between two cuts, without the spaces around it; `indent` is how far the piece was pushed in."""

    start: int
    text: str
    indent: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Line:
    """`style` is what cut it; `pieces` may be empty ones where two cuts meet."""

    number: int
    start: int
    style: str
    pieces: tuple[Piece, ...]


def blocks_in(text: str) -> Iterator[list[Line]]:
    """Runs of lines of one style; a short line of words between two of them heads a section and breaks no run."""
    block: list[Line] = []
    skipped = 0
    for number, (start, line) in enumerate(_lines_of(text)):
        if line.strip() and _RULE.fullmatch(line):
            continue
        row = _row(number, start, line)
        if row is not None and (not block or block[-1].style == row.style):
            block.append(row)
            skipped = 0
            continue
        if (
            row is None
            and block
            and not skipped
            and block[0].style in ("tab", "bar")
            and _SECTION.fullmatch(line)
        ):
            skipped += 1
            continue
        if len(block) > 1:
            yield block
        block, skipped = ([row] if row is not None else []), 0
    if len(block) > 1:
        yield block


def _lines_of(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _row(number: int, start: int, line: str) -> Line | None:
    if "\t" in line:
        return Line(number, start, "tab", tuple(_cut(line, start, _spans(line, re.compile(r"\t")))))
    if len(_BARS.findall(line)) > 1:
        pieces = list(_cut(line, start, _spans(line, _BARS)))
        pieces = pieces[1:] if _BARS.match(line.strip()) else pieces
        pieces = pieces[:-1] if _BARS.match(line.strip()[-1:]) else pieces
        return Line(number, start, "bar", tuple(pieces))
    if len(line) > _LONGEST_LINE or not line.strip():
        return None
    return _spaced(number, start, line) or _enumerated(number, start, line) or _pair(number, start, line)


def _spaced(number: int, start: int, line: str) -> Line | None:
    if "。" in line or ";" in line:
        return None
    pieces = [one for one in _cut(line, start, _spans(line, _WIDE)) if one.text]
    if len(pieces) > 1 and all(len(one.text) <= _LONGEST_CELL for one in pieces):
        return Line(number, start, "space", tuple(pieces))
    return None


def _enumerated(number: int, start: int, line: str) -> Line | None:
    """②闲置两年以上、512.7万元、430.2万元、82.5万元."""
    head = _MARKED.match(line)
    begin = head.end() if head else 0
    body = _END.sub("", line)
    for marks in _ENUMERATED:
        pieces = [one for one in _cut(body[begin:], start + begin, _spans(body[begin:], marks)) if one.text]
        if len(pieces) > 2 and all(len(one.text) <= _LONGEST_CELL for one in pieces) and "。" not in body:
            return Line(number, start, marks.pattern, tuple(pieces))
    return None


def _pair(number: int, start: int, line: str) -> Line | None:
    """定点帮扶单位采购 253.6万元: a label and its figures."""
    head = _MARKED.match(line)
    begin = head.end() if head else 0
    found = _PAIR.match(line, begin)
    body = _END.sub("", line)
    if found is None or "。" in body or len(body) - found.end() > _LONGEST_CELL:
        return None
    label = Piece(start + found.start(1), found[1])
    return Line(number, start, "pair", (label, Piece(start + found.end(), body[found.end() :])))


def _spans(line: str, marks: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where the line is cut; not in 合  计."""
    spans = [match.span() for match in marks.finditer(line)]
    return [
        (low, high)
        for low, high in spans
        if not (line[low - 1 : low] in "合总小共" and line[low - 1 : low] and line[high : high + 1] == "计")
    ]


def _cut(line: str, start: int, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    begin = 0
    for low, high in [*spans, (len(line), len(line))]:
        piece = line[begin:low]
        shown = piece.strip(" \u3000\r*")
        lead = piece.index(shown) if shown else 0
        yield Piece(start + begin + lead, shown, lead)
        begin = high
