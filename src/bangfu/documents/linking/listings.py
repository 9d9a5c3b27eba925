"""How many things stand around a count that may be their number: what the network is told of lists, and only that.

Which of these stretches is the list that is meant, if any, is for the network to say: 红榜5个:甲镇、乙镇、丙镇; 一是…二是….
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import dropwhile, takewhile

from bangfu.documents.reading.quantity import Quantity

WAYS = (
    *(
        "bracket",
        "run",
        "colon",
        "named",
        "parts",
        "next",
        "before",
        "numbered",
        "lines",
        "next.named",
        "table",
    ),
    *("before.named", "before.sentence", "before.numbered", "before.lines", "before.table"),
)
"""Where they stand: in brackets behind the count; in the first run of 、; behind a colon, by all marks, without what sums up,
or by ; alone; in the first run of the next sentence; in the run before the count; by their ordinals; in the lines below; behind
the colon of the next sentence; in the rows of a table below. Then before the count: behind the colon of its own sentence, or
of the one before; by their ordinals; in the lines and in the rows above."""
NONE, EQUAL, ONE_LESS, ONE_MORE, LESS, MORE = range(6)
LISTED = 6
_KINDS = frozenset({"count", "person", "household"})
_MOST, _FAR, _FURTHER = 20, 400, 1000
_CLOSING = {"(": ")", "“": "”", "《": "》"}
_END = re.compile(r"[。!?\n]")
_RUN = re.compile(r"[^、,;:]+(?:、[^、,;:]+)+")
_RUN_BEFORE = re.compile(r"(?:[^、,;:。!?\n]+、)+[^、,;:。!?\n]+$")
_AND = re.compile(r"[一-龥”》](?:以及|及|和|与)[一-龥“《]")
_OPENING = re.compile(r"[^(,。;:]{0,12}\(")
_COLON = re.compile(r":|——|—")
_SUMMED_UP = re.compile(r"[、,;](?=[合总共小]计|共|总|金额|均|已|各|另|其中|全部|其余|平均|目前|占|涉及)")
_NOT_LAST = re.compile(r".*(?=[、,;])")
_ROW, _SUM_ROW = re.compile(r"[\t|]"), re.compile(r"\s*(?:[合小总共]计|合 计|全[县镇乡村])")
_HIDDEN = "□"
_NUMERALS, _CIRCLED = "一二三四五六七八九十", "①②③④⑤⑥⑦⑧⑨⑩"
_N, _D = f"([{_NUMERALS}])", r"(\d{1,2})"
_STYLES = (
    *(rf"(?<![一-龥]){_N}{word}" for word in ("是", "要", "、", "为")),
    rf"[((]{_N}[))]",
    rf"第{_N}[,、::是]",
    rf"其{_N}",
    rf"(?<!\d){_D}[.、](?!\d)",
    rf"[((]{_D}[))]",
    f"([{_CIRCLED}])",
)
_ORDINAL = re.compile("|".join(_STYLES))


def may_be_counted(one: Quantity) -> bool:
    return (
        one.kind in _KINDS
        and one.is_exact
        and not one.per
        and 1 < one.base_value <= _MOST
        and one.base_value == int(one.base_value)
    )


@dataclass
class Listings:
    """What stands around the counts of a text; what all of them need is found once."""

    flat: str

    def of(self, one: Quantity) -> Mapping[str, int]:
        """By way the number of things that stand there, where there are two or more."""
        if not may_be_counted(one):
            return {}
        return {way: number for way, number in self._found(one) if 1 < number <= 2 * _MOST}

    def codes_of(self, one: Quantity) -> tuple[int, ...]:
        """For each of the ways how their number compares with the count."""
        found = self.of(one)
        return tuple(_code(found[way] - int(one.base_value)) if way in found else NONE for way in WAYS)

    def _found(self, one: Quantity) -> Iterator[tuple[str, int]]:
        masked, start, end = self._masked, one.start, one.end
        if opening := _OPENING.match(masked, end):
            inside = self.flat[opening.end() : opening.end() + _FAR].split(")")[0]
            yield "bracket", _pieces(_without_marks(inside), "、")
        rest = masked[end : end + _FAR]
        after = _until_end(rest)
        if run := _RUN.search(after):
            yield "run", _pieces(run[0], "、")
        if colon := _COLON.search(after):
            listed = after[colon.end() :]
            yield "colon", _pieces(listed, "、,;")
            yield "named", _pieces(_SUMMED_UP.split(listed)[0], "、,;")
            yield "parts", _pieces(listed, ";")
        following = _until_end(rest[len(after) + 1 :])
        if run := _RUN.search(following):
            yield "next", _pieces(run[0], "、")
        yield "next.named", _named(following)
        if before := _RUN_BEFORE.search(masked[max(0, start - _FAR) : start]):
            yield "before", _pieces(before[0], "、")
        yield "numbered", self._counted(end)
        below = self.flat[end : end + _FURTHER]
        yield "lines", _lines(below)
        yield "table", _rows(below.split("\n")[1:])
        yield from self._found_before(start)

    def _found_before(self, start: int) -> Iterator[tuple[str, int]]:
        own, *before = reversed(_END.split(self._masked[max(0, start - _FAR) : start]))
        if (last := _NOT_LAST.match(own)) is not None:
            yield "before.named", _named(last[0])
        if before:
            yield "before.sentence", _named(before[0])
        yield "before.numbered", self._counted_before(start)
        above = self.flat[max(0, start - _FURTHER) : start].split("\n")[:-1][::-1]
        yield "before.lines", len(list(takewhile(_is_item, above)))
        yield "before.table", _rows(above)

    @cached_property
    def _masked(self) -> str:
        return "\n".join(_without_marks(line) for line in self.flat.split("\n"))

    @cached_property
    def _ordinals(self) -> list[tuple[int, int, int]]:
        """Where each stands, its style, and its number."""
        return [
            (found.start(), found.lastindex, _number(found[found.lastindex]))
            for found in _ORDINAL.finditer(self.flat)
            if found.lastindex
        ]

    def _counted(self, end: int) -> int:
        """Up to which ordinal they are counted, in the style that is begun first."""
        counted: dict[int, int] = {}
        first = bisect_left(self._ordinals, (end, 0, 0))
        for at, style, number in self._ordinals[first:]:
            if at > end + _FURTHER:
                break
            if number == counted.get(style, 0) + 1:
                counted[style] = number
        return next((number for number in counted.values() if number > 1), 0)

    def _counted_before(self, start: int) -> int:
        """Up to which ordinal it was counted, in the style that was used last."""
        counted: dict[int, int] = {}
        last = 0
        for at, style, number in self._ordinals[: bisect_left(self._ordinals, (start, 0, 0))]:
            if at >= start - _FURTHER and number in (1, counted.get(style, 0) + 1):
                counted[style], last = number, number
        return last


def _code(more: int) -> int:
    return {0: EQUAL, -1: ONE_LESS, 1: ONE_MORE}.get(more, LESS if more < 0 else MORE)


def _until_end(text: str) -> str:
    end = _END.search(text)
    return text[: end.start()] if end else text


def _without_marks(text: str) -> str:
    """What stands in brackets and quotes is of one piece."""
    if not any(sign in text for sign in _CLOSING):
        return text
    closing: list[str] = []
    found = []
    for sign in text:
        if closing and sign == closing[-1]:
            closing.pop()
        found.append(_HIDDEN if closing and sign in "、,;:。" else sign)
        if sign in _CLOSING:
            closing.append(_CLOSING[sign])
    return "".join(found)


def _pieces(text: str, marks: str) -> int:
    several = [piece for piece in re.split(f"[{marks}]", text) if piece.strip()]
    return len(several) + (marks != ";" and len(several) > 1 and _AND.search(several[-1]) is not None)


def _number(sign: str) -> int:
    return (
        int(sign)
        if sign.isdecimal()
        else (_NUMERALS.find(sign) if sign in _NUMERALS else _CIRCLED.find(sign)) + 1
    )


def _named(sentence: str) -> int:
    """Behind the last colon, or in all of it, without what sums up."""
    return _pieces(_SUMMED_UP.split(_COLON.split(sentence)[-1])[0], "、,;")


def _is_item(line: str) -> bool:
    return bool(line.strip()) and not line.rstrip().endswith(":")


def _rows(lines: Sequence[str]) -> int:
    """The rows of the table that is nearest, without its head and what sums up."""
    table = list(takewhile(_ROW.search, dropwhile(lambda line: not _ROW.search(line), lines[:_MOST])))
    return len([row for row in table if re.search(r"\d", row) and not _SUM_ROW.match(row)])


def _lines(below: str) -> int:
    """The lines that follow, up to an empty one."""
    _, _, rest = below.partition("\n")
    lines = rest.split("\n\n")[0].split("\n")
    return len([line for line in lines if line.strip()])
