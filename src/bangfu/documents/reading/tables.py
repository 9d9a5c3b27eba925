"""Tables in a text (a row a line, cells by tabs): figures whose unit stands in the head of their column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.reading.lexicon import Unit, lexicon
from bangfu.documents.reading.quantity import Quantity

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_BRACKET = re.compile(r"\((?:单位[::]?)?([^()]{1,5})\)$")
_UNIT_LINE = re.compile(r"单位[::]\s*([^\s,,、()]{1,4})")
_HEADS = (
    ("户数", "户"),
    ("人数", "人"),
    ("人口", "人"),
    ("个数", "个"),
    ("金额", ""),
    ("资金", ""),
    ("补助", ""),
    ("投资", ""),
)
_TOTAL = re.compile(r"^(?:合计|总计|共计|全[镇县村乡]合计|小计|总数)$")


@dataclass(frozen=True)
class Column:
    """The figures of one column, by their indexes among a text's quantities; `total` is that of the row 合计."""

    head: str
    items: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class _Cell:
    start: int
    end: int
    text: str


def cells_in(text: str) -> list[tuple[Quantity, tuple[int, int, int]]]:
    """The figures of all tables, each with (table, column, row); a total's row is -1, and later rows start anew."""
    found = []
    for number, (head, rows, unit) in enumerate(_tables(text)):
        units = [_unit_of(cell.text, unit) for cell in head]
        part = 0
        for at, row in enumerate(rows):
            is_total = bool(_TOTAL.match(row[0].text.strip()))
            for column, cell in enumerate(row[1:], 1):
                known = units[column]
                if known is not None and _NUMBER.fullmatch(cell.text.strip()):
                    key = (number * 100 + part, column, -1 if is_total else at)
                    found.append((_quantity(text, cell, known, head[column].text), key))
            part += is_total
    return found


def columns_of(keys: Sequence[tuple[int, tuple[int, int, int], str]]) -> Iterator[Column]:
    """The columns that have a total, from (index, key, head) of each figure."""
    by_column: dict[tuple[int, int], dict[int, int]] = {}
    heads: dict[tuple[int, int], str] = {}
    for index, (table, column, row), head in keys:
        by_column.setdefault((table, column), {})[row] = index
        heads[table, column] = head
    for place, rows in by_column.items():
        total = rows.pop(-1, None)
        if total is not None and len(rows) > 1:
            yield Column(heads[place], tuple(rows.values()), total)


def _tables(text: str) -> Iterator[tuple[list[_Cell], list[list[_Cell]], str]]:
    """Rows of as many cells, at least three, the first of them the head without figures."""
    run: list[list[_Cell]] = []
    unit = ""
    for line in [*_rows(text), [_Cell(len(text), len(text), "")]]:
        if run and len(line) == len(run[0]):
            run.append(line)
            continue
        if len(run) > 2 and not any(_NUMBER.fullmatch(cell.text.strip()) for cell in run[0]):
            yield run[0], run[1:], unit
        run = [line] if len(line) > 1 else []
        if said := _UNIT_LINE.search(line[0].text):
            unit = said[1]
        elif len(line) == 1 and line[0].text.strip():
            unit = ""


def _rows(text: str) -> Iterator[list[_Cell]]:
    at = 0
    for line in text.split("\n"):
        cells, start = [], at
        for cell in line.split("\t"):
            cells.append(_Cell(start, start + len(cell), cell))
            start += len(cell) + 1
        yield cells
        at += len(line) + 1


def _unit_of(head: str, unit: str) -> tuple[Unit, int] | None:
    """The unit that a head names, with its factor 万; None for a column without one."""
    head = re.sub(r"\s", "", head)
    match = _BRACKET.search(head)
    word = (
        match[1] if match else next((known or unit for ending, known in _HEADS if head.endswith(ending)), "")
    )
    scale = {"万": 10_000, "亿": 100_000_000}.get(word[:1], 1)
    found = lexicon().units.get(word[1:] if scale > 1 else word)
    return (found, scale) if found is not None else None


def _quantity(text: str, cell: _Cell, known: tuple[Unit, int], head: str) -> Quantity:
    unit, scale = known
    shown = cell.text.strip()
    start = cell.start + cell.text.index(shown)
    value = Decimal(shown.replace(",", ""))
    factor = unit.factor * scale
    step = Decimal(1).scaleb(int(value.as_tuple().exponent)) * factor
    written = {10_000: "万", 100_000_000: "亿"}.get(scale, "") + unit.written
    subject = _BRACKET.sub("", re.sub(r"\s", "", head))
    return Quantity(
        text[start : start + len(shown)], start, start + len(shown), value, written, value * factor, unit.base, unit.kind, step,
        subject=subject,
    )  # fmt: skip
