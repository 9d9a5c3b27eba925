"""A recognised sheet -> typed columns per table, every cell problem, and the original texts for evidence."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from bangfu.policy.model import CodeList
from bangfu.spreadsheets.convert import BadCell, converter, text_of
from bangfu.spreadsheets.grid import CellError, Grid
from bangfu.spreadsheets.layouts import Column, Emit, Period
from bangfu.spreadsheets.mark import CellProblem
from bangfu.spreadsheets.period import period_columns, year_of_title
from bangfu.spreadsheets.recognise import Recognised
from bangfu.spreadsheets.rows import classify_rows
from bangfu.spreadsheets.totals import SheetTotal, sheet_totals
from bangfu.terms.model import Field, Table, Terms

ARROW_TYPES = {
    "text": pa.string(),
    "code": pa.string(),
    "codes": pa.string(),
    "yes_no": pa.bool_(),
    "integer": pa.int64(),
    "decimal": pa.int64(),
    "money": pa.int64(),
    "date": pa.int32(),
    "month": pa.int32(),
}


@dataclass
class Emitted:
    """Rows for one table: typed columns by field, and which of the extract's rows each comes from."""

    table: str
    columns: dict[str, pa.Array]
    source_rows: list[int]
    positions: dict[str, int]
    """Field -> index of the sheet's column, for evidence."""
    cells: dict[int, tuple[int, int, str]] = dataclasses.field(default_factory=dict)
    """Row -> the one cell (row, column, text) that stands for it, where it is no data row."""


@dataclass
class Extract:
    """All that a sheet said. `row_numbers` are the sheet's own row numbers of its data rows."""

    grid_file: str
    sheet: str
    recognised: Recognised
    first_column: int
    row_numbers: list[int]
    raw: dict[int, pa.Array]
    emitted: list[Emitted] = dataclasses.field(default_factory=list)
    problems: list[CellProblem] = dataclasses.field(default_factory=list)
    totals: list[SheetTotal] = dataclasses.field(default_factory=list)

    def raw_text(self, row: int, column: int) -> str:
        """The cell of data row number `row` as it was written."""
        return str(self.raw[column][row].as_py() or "") if column in self.raw else ""


class Extractor:
    """Extracts sheets with one set of terms and code lists; converted texts are remembered across sheets."""

    def __init__(self, terms: Terms, codelists: Mapping[str, CodeList], year: int | None = None) -> None:
        self.terms = terms
        self.codelists = codelists
        self.year = year  # of lists that do not say theirs

    def extract(self, grid: Grid, recognised: Recognised) -> Extract:
        keys = sorted(
            {i for (_, name), i in recognised.positions.items() if name in recognised.layout.required}
        )
        rows = classify_rows(grid, recognised.header, keys)
        numbers = [grid.first_row + index for index in rows.data]
        extract = Extract(grid.file, grid.sheet, recognised, grid.first_column, numbers, {})
        extract.totals = list(sheet_totals(grid, recognised.header, rows.totals))
        self.read_columns(grid, rows.data, extract)
        for number, emit in enumerate(recognised.layout.emits):
            extract.emitted.append(self.emit(number, emit, extract))
        return extract

    def read_columns(self, grid: Grid, data: Sequence[int], extract: Extract) -> None:
        """The used columns as texts; equal texts are held once."""
        used = set(extract.recognised.positions.values())
        columns: dict[int, Sequence[Any]] = dict.fromkeys(used, ())
        if data:
            columns.update(
                (i, cells)
                for i, cells in enumerate(zip(*(grid.rows[row] for row in data), strict=True))
                if i in used
            )
        for index, cells in sorted(columns.items()):
            if set(map(type, cells)) - {str}:
                self.note_errors(cells, index, extract)
                cells = [text_of(cell) for cell in cells]
            extract.raw[index] = pa.array(cells, pa.string()).dictionary_encode()

    def note_errors(self, cells: Sequence[object], index: int, extract: Extract) -> None:
        for number, cell in zip(extract.row_numbers, cells, strict=True):
            if isinstance(cell, CellError):
                extract.problems.append(
                    CellProblem(
                        extract.sheet,
                        number,
                        extract.first_column + index,
                        cell.text,
                        "公式算出的值",
                        "公式出错,请改正公式或填写数值后重新导入",
                    )
                )

    def emit(self, number: int, emit: Emit, extract: Extract) -> Emitted:
        table = self.terms.table(emit.table)
        count = 1 if emit.per_sheet else len(extract.row_numbers)
        emitted = Emitted(table.name, {}, list(range(count)) if extract.row_numbers else [], {})
        if emit.per_sheet and not extract.row_numbers:
            return emitted
        if emit.per_sheet:
            emitted.cells[0] = self.sheet_cell(extract)
        for column in emit.columns:
            index = extract.recognised.positions.get((number, column.field))
            if index is not None:
                emitted.positions[column.field] = index
                values = self.typed(table, column, index, extract)
                emitted.columns[column.field] = values.slice(0, count) if emit.per_sheet else values
        self.constants(emit, table, extract, emitted, count)
        if emit.period is not None:
            self.period(emit.period, table, extract, emitted, count)
        if emit.only_if is not None:
            _keep(emitted, emit.only_if)
        return emitted

    def sheet_cell(self, extract: Extract) -> tuple[int, int, str]:
        """The cell that stands for the whole sheet: the name column of its last totals row, or its first row."""
        row = extract.totals[-1].row if extract.totals else extract.row_numbers[0]
        name = next(i for (_, field), i in extract.recognised.positions.items() if field == "full_name")
        return row, extract.first_column + name, ""

    def period(self, period: Period, table: Table, extract: Extract, emitted: Emitted, count: int) -> None:
        needed = {
            name
            for name in (period.year, period.months, period.start, period.text)
            if name in emitted.columns
        }
        values = {name: emitted.columns[name].to_pylist() for name in needed if name is not None}
        made = period_columns(period, values, extract.recognised.title, count, self.year)
        for name, column in made.items():
            emitted.columns[name] = pa.array(column, ARROW_TYPES[table.fields[name].type])

    def typed(self, table: Table, column: Column, index: int, extract: Extract) -> pa.Array:
        convert = converter(table.fields[column.field], self.codelists, column.scale)
        texts = extract.raw[index]
        made: list[Any] = []
        for text in texts.dictionary.to_pylist():
            try:
                made.append(convert(_translated(column, text)))
            except BadCell as bad:
                made.append(None)
                self.note(bad, text, index, extract)
        return pa.array(made, ARROW_TYPES[table.fields[column.field].type]).take(texts.indices)

    def note(self, bad: BadCell, text: str, index: int, extract: Extract) -> None:
        """The problem at every row that holds the text, once a cell however many fields read it."""
        if text.startswith("#") and any(p.found == text for p in extract.problems):
            return
        code = extract.raw[index].dictionary.to_pylist().index(text)
        column = extract.first_column + index
        known = {(p.row, p.column) for p in extract.problems}
        for row, held in enumerate(extract.raw[index].indices.to_pylist()):
            number = extract.row_numbers[row]
            if held == code and (number, column) not in known:
                extract.problems.append(
                    CellProblem(extract.sheet, number, column, text, bad.expected, bad.advice)
                )

    def constants(self, emit: Emit, table: Table, extract: Extract, emitted: Emitted, count: int) -> None:
        year = year_of_title(extract.recognised.title) or self.year
        for name, text in emit.constants.items():
            if "{year}" in text:
                if year is None:
                    continue
                text = text.replace("{year}", str(year))
            self.constant(table.fields[name], text, emitted, count)
        for name, pattern in emit.from_title.items():
            found = re.search(pattern, extract.recognised.title)
            if found:
                self.constant(table.fields[name], found[1], emitted, count)

    def constant(self, field: Field, text: str, emitted: Emitted, count: int) -> None:
        value = converter(field, self.codelists)(text)
        emitted.columns[field.name] = pa.array([value] * count, ARROW_TYPES[field.type])


def _translated(column: Column, text: str) -> str:
    return column.labels.get("".join(text.split()), text) if column.labels else text


def _keep(emitted: Emitted, name: str) -> None:
    """Only the rows whose field is filled and not zero."""
    values = emitted.columns[name].to_pylist() if name in emitted.columns else []
    kept = [i for i, value in enumerate(values) if value]
    emitted.columns = {
        key: column.take(pa.array(kept, pa.int64())) for key, column in emitted.columns.items()
    }
    emitted.source_rows = [emitted.source_rows[i] for i in kept]
