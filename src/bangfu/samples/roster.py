"""A department's list: title, office, headers, rows, subtotals, total, signatures; one sheet or one a village."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bangfu.samples.notes import FaultNotes
from bangfu.samples.workbook import Book, Cell, Sheet

_OFFICE = "填报单位：茶庵岭镇人民政府"


@dataclass(frozen=True, slots=True)
class Form:
    """What a list looks like. `groups` are (label, first column, last column) of an upper header row."""

    file: str
    title: str
    corner: str
    headers: tuple[str, ...]
    sums: tuple[str, ...] = ()
    groups: tuple[tuple[str, int, int], ...] = ()
    per_village: bool = False
    subtotals: bool = False
    gaps: bool = False
    footer: tuple[str, ...] = ("制表人：张干事", "", "", "审核人：")
    has_office: bool = True
    hidden: int | None = None
    sheet: str = "Sheet1"


@dataclass(slots=True)
class Planted:
    """A fault of one row: the rule, the header of its cell, and why."""

    ref: str
    header: str
    reason: str


@dataclass(slots=True)
class _Totals:
    rows: int = 0
    sums: dict[str, float] = field(default_factory=dict)


class Roster:
    """Rows come village by village."""

    def __init__(self, folder: Path, form: Form, notes: FaultNotes, book: Book | None = None) -> None:
        self.form, self._notes = form, notes
        self.book = book or Book(folder / form.file)
        self._sheet: Sheet | None = None
        self._village, self._whole = _Totals(), _Totals()
        self._number = 0
        if not form.per_village:
            self._open(form.sheet)

    def _open(self, name: str) -> Sheet:
        form, sheet = self.form, self.book.sheet(name)
        width = len(form.headers)
        sheet.line([form.title])
        sheet.merge(0, 0, 0, width - 1)
        if form.has_office:
            sheet.line([_OFFICE, *[""] * (width - 2), form.corner])
        self._write_headers(sheet)
        if form.hidden is not None:
            sheet.hide_column(form.hidden)
        self._sheet = sheet
        return sheet

    def _write_headers(self, sheet: Sheet) -> None:
        form = self.form
        if not form.groups:
            sheet.line(form.headers)
            return
        upper: list[Cell] = list(form.headers)
        lower: list[Cell] = [""] * len(form.headers)
        top = sheet.rows
        for label, first, last in form.groups:
            for column in range(first, last + 1):
                lower[column], upper[column] = form.headers[column], ""
            upper[first] = label
            sheet.merge(top, first, top, last)
        for column, text in enumerate(lower):
            if not text:
                sheet.merge(top, column, top + 1, column)
        sheet.line(upper)
        sheet.line(lower)

    def begin_village(self, village: str) -> None:
        self._village = _Totals()
        if self.form.per_village:
            self._open(village)
            self._number, self._whole = 0, _Totals()

    def add(self, values: Mapping[str, Cell], faults: Sequence[Planted] = ()) -> None:
        """Writes a row and notes its faults."""
        sheet, form = self._current(), self.form
        self._number += 1
        cells: list[Cell] = [self._number, *(values.get(header) for header in form.headers[1:])]
        row = sheet.line(cells)
        for totals in (self._village, self._whole):
            totals.rows += 1
            for header in form.sums:
                totals.sums[header] = totals.sums.get(header, 0) + _amount(values.get(header))
        for fault in faults:
            value = self._number if fault.header == form.headers[0] else values.get(fault.header)
            self._notes.note(
                fault.ref, self.book.path, sheet.name, row, form.headers, fault.header, value, fault.reason
            )

    def _current(self) -> Sheet:
        if self._sheet is None:
            raise ValueError(f"{self.form.file}: a row before its village")
        return self._sheet

    def end_village(self) -> None:
        if self.form.per_village:
            self._finish()
        elif self.form.subtotals and self._village.rows:
            self._sum_line(["", "小计"], self._village)
            if self.form.gaps:
                self._current().line([])

    def _sum_line(self, start: list[Cell], totals: _Totals) -> int:
        sums = totals.sums
        cells = [round(sums[h], 4) if h in sums else "" for h in self.form.headers]
        return self._current().line([*start, *cells[len(start) :]])

    def _finish(self) -> None:
        form, sheet = self.form, self._current()
        if form.sums:
            self._total_line()
        if form.footer:
            sheet.line([])
            sheet.line(form.footer)

    def _total_line(self) -> None:
        form, header = self.form, self.form.sums[-1]
        is_wrong = form.file in _WRONG_TOTALS and self._whole.rows > 1 and self._notes.due("RPT-003", 0.02)
        if is_wrong:
            self._whole.sums[header] = self._whole.sums.get(header, 0) + 1000
        row = self._sum_line(["合  计"], self._whole)
        if is_wrong:
            self._notes.plant("RPT-003")
            self._notes.note(
                "RPT-003",
                self.book.path,
                self._current().name,
                row,
                form.headers,
                header,
                round(self._whole.sums[header], 4),
                "合计行与明细相加不符，多1000",
            )

    def close(self, keep_book: bool = False) -> None:
        if not self.form.per_village:
            self._finish()
        if not keep_book:
            self.book.close()


_WRONG_TOTALS = (
    "教育/2023年春季学期困难学生资助发放表.xlsx",
    "民政/2023年农村低保发放名册.xlsx",
    "产业奖补/2水产养殖奖补.xlsx",
)


def _amount(value: Cell) -> float:
    """The number of a cell; some are typed as full-width text."""
    if isinstance(value, str):
        return float(unicodedata.normalize("NFKC", value))
    return value if isinstance(value, int | float) else 0


class Department:
    """The lists of one department; each knows which rows a household gives it."""

    def __init__(self, folder: Path, notes: FaultNotes, rng: Random) -> None:
        self.folder, self.notes, self.rng = folder, notes, rng
        self.rosters: list[Roster] = []

    def roster(self, form: Form) -> Roster:
        made = Roster(self.folder, form, self.notes)
        self.rosters.append(made)
        return made

    def due(self, ref: str, rate: float = 0.01) -> bool:
        """Like `FaultNotes.due`, and counts it as planted: the caller plants at once."""
        if not self.notes.due(ref, rate):
            return False
        self.notes.plant(ref)
        return True

    def begin_village(self, village: str) -> None:
        for roster in self.rosters:
            roster.begin_village(village)

    def end_village(self) -> None:
        for roster in self.rosters:
            roster.end_village()

    def close(self) -> None:
        for roster in self.rosters:
            roster.close()
