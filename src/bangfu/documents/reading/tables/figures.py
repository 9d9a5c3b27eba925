"""A text with tables -> their figures as quantities, and the columns with a total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bangfu.documents.reading.lexicon import lexicon
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.tables.blocks import Table, tables_in
from bangfu.documents.reading.tables.measures import NEVER, SHARE, Measure, named, noun_of
from bangfu.documents.reading.tables.rows import Cell
from bangfu.documents.reading.tables.totals import Column, Entry, closes, is_added_up, is_total, totals_of
from bangfu.documents.reading.tables.units import (
    Prose,
    measure_of_name,
    measure_of_row,
    measures_of,
    unit_column,
    value_of,
)

_PLACE = re.compile(r"[一-龥]*(?:村|镇|乡|社区|街道|县|区|市|组|办|所|\d+月|季度|年)")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年|$)")
_PERIOD = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|第?[一二三四1-4]季度|[上下]半年|[春秋]季.*"
)
_Key = tuple[int, int, str]
"""Where the table starts, the column, and what it counts."""
_TIMES = {"人": "人次", "户": "户次"}


@dataclass(frozen=True)
class Tabled:
    """The quantities of a text with those of its tables among them, in order; and the columns that have totals."""

    quantities: list[Quantity]
    columns: tuple[Column, ...]


def with_tables(text: str, scanned: Sequence[Quantity]) -> Tabled:
    """`scanned` are the quantities that the prose's grammar found in the whole text, the tables' lines included."""
    tables = tables_in(text)
    if not tables:
        return Tabled(list(scanned), ())
    drawn = [_Drawn(text, table, scanned) for table in tables]
    spans = [span for one in drawn for span in one.spans]
    kept = _outside(scanned, spans)
    prose = Prose(text, kept)
    entries = [entry for one in drawn for entry in one.entries(prose)]
    found = sorted([*kept, *(entry.quantity for _, entry in entries)], key=_start)
    return Tabled(found, tuple(_columns(found, entries)))


def _start(quantity: Quantity) -> int:
    return quantity.start


def _outside(scanned: Sequence[Quantity], spans: Sequence[tuple[int, int]]) -> list[Quantity]:
    """Those that touch no cell that the tables read or claim for names; both run from left to right."""
    kept, at = [], 0
    for one in scanned:
        while at < len(spans) and spans[at][1] <= one.start:
            at += 1
        if at == len(spans) or spans[at][0] >= one.end:
            kept.append(one)
    return kept


class _Drawn:
    """One table over the quantities that were scanned in it."""

    def __init__(self, text: str, table: Table, scanned: Sequence[Quantity]) -> None:
        self._text, self._table = text, table
        begin, end = table.rows[0][0].start, table.rows[-1][-1].end
        self._scanned = {one.start: one for one in scanned if begin <= one.start < end}

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The cells that are no prose: bare figures, whole cells with a unit, and a name that looks like a count."""
        return [
            (cell.start, cell.end)
            for row in self._table.rows
            for cell in row
            if cell.is_figure or self._stated(cell)
        ]

    def _stated(self, cell: Cell) -> list[Quantity]:
        """The quantities of a cell that says nothing else: 12户 36人."""
        found, at = [], cell.start
        while (one := self._scanned.get(at)) is not None and one.end <= cell.end:
            found.append(one)
            at = (
                one.end
                + len(self._text[one.end : cell.end])
                - len(self._text[one.end : cell.end].lstrip(" ,、/"))
            )
        return found if at == cell.end else []

    def entries(self, prose: Prose) -> Iterator[tuple[_Key, Entry]]:
        """Each figure with a key of its column, in the order of the text."""
        table = self._table
        measures = measures_of(table, prose)
        units = unit_column(table)
        for number, row in enumerate(table.rows):
            name = table.name_of(row)
            unit = row[units].text if units is not None and units < len(row) else ""
            for column in range(table.names + 1, len(row)):
                cell = row[column]
                subject, time = _subject(table.heads[column], name), _year(table.heads[column], name)
                for one in self._stated(cell) or self._figure(cell, column, name, measures, unit):
                    entry = Entry(number, name, replace(one, subject=subject, time=time))
                    yield (table.rows[0][0].start, column, one.base_unit.removesuffix("次")), entry

    def _figure(
        self, cell: Cell, column: int, name: str, measures: Mapping[int, Measure], unit: str
    ) -> list[Quantity]:
        measure = self._measure(column, name, measures, unit) if cell.is_figure else None
        if measure is None:
            return []
        if is_total(name) and self._counts_over_time() and measure.unit.written in _TIMES:
            measure = replace(measure, unit=lexicon().units[_TIMES[measure.unit.written]])
        return [_quantity(cell, measure)]

    def _measure(self, column: int, name: str, measures: Mapping[int, Measure], unit: str) -> Measure | None:
        head = self._table.heads[column]
        if noun_of(head) in (SHARE, NEVER):
            return measures.get(column)
        return measure_of_row(self._table, name, unit) or measures.get(column) or measure_of_name(name)

    def _counts_over_time(self) -> bool:
        """Persons of January, February and March add up to 人次."""
        names = [self._table.name_of(row) for row in self._table.rows]
        items = [name for name in names if not is_total(name)]
        return len(items) > 1 and all(_PERIOD.fullmatch(name) for name in items)


def _subject(head: str, name: str) -> str:
    words = named(head)
    if not name or is_total(name) or _PLACE.fullmatch(name):
        return words or named(name)
    return (named(name) + words)[-20:]


def _year(head: str, name: str) -> str:
    """The year that the column, or the row, is about; "" leaves it to the words around."""
    match = _YEAR.match(head) or _YEAR.match(name)
    return match[0] if match is not None else ""


def _quantity(cell: Cell, measure: Measure) -> Quantity:
    value = value_of(cell.text)
    factor = measure.unit.factor * measure.scale
    step = Decimal(1).scaleb(int(value.as_tuple().exponent)) * factor
    return Quantity(
        cell.text, cell.start, cell.end, value, measure.written, value * factor, measure.unit.base, measure.unit.kind,
        step, per=measure.per,
    )  # fmt: skip


def _columns(found: Sequence[Quantity], entries: Sequence[tuple[_Key, Entry]]) -> Iterator[Column]:
    place = {one.start: index for index, one in enumerate(found)}
    by_column: dict[_Key, list[Entry]] = {}
    for key, entry in entries:
        by_column.setdefault(key, []).append(entry)
    for column in by_column.values():
        for items, total, said in totals_of(column):
            items = [one for one in items if _adds_to(one, total)]
            if len(items) < 2 or not is_added_up(total.quantity.subject, total.quantity):
                continue
            if said or closes(items, total):
                indexes = tuple(place[one.quantity.start] for one in items)
                yield Column(total.quantity.subject, indexes, place[total.quantity.start])


def _adds_to(one: Entry, total: Entry) -> bool:
    return one.quantity.base_unit.removesuffix("次") == total.quantity.base_unit.removesuffix("次")
