"""The register as the national system would export it: villages, households with their members, who left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from bangfu.intake.exports.cells import as_cell
from bangfu.intake.snapshots.reading import columns_of, opened
from bangfu.intake.snapshots.tables import reading_of
from bangfu.office.home import this_home
from bangfu.screening.place import read_default_divisions
from bangfu.spreadsheets.layouts import Column, Layout, load_layouts
from bangfu.spreadsheets.text_workbook import TextWorkbook
from bangfu.terms.errors import UserError
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Field

_CHUNK = 2_000
FILES = {
    "village_export": "（自定义）行政村信息",
    "monitoring_export": "（自定义）监测对象信息",
    "removed_members": "自然减少人员",
}
"""Layout -> name of its workbook, in the order in which they are loaded."""


@dataclass(frozen=True)
class Cell:
    """A column of the workbook: its header and what fills it."""

    header: str
    table: str
    field: Field
    scale: int


def export_national(out: Path, as_of: int) -> dict[Path, int]:
    """Writes the exports as of a day (yyyymmdd); the files and how many rows each has.

    UserError where the folder has one of them already.
    """
    there = [name for name in FILES.values() if (out / f"{name}.xlsx").exists()]
    if there:
        raise UserError(f"{out} 里已经有 {'、'.join(there)},没有写。请换一个文件夹")
    layouts = {layout.id: layout for layout in load_layouts()}
    found = {}
    with opened() as connection:
        for number, name in FILES.items():
            path = out / f"{name}.xlsx"
            found[path] = _write(path, name, layouts[number], as_of, connection)
    return found


def _write(path: Path, name: str, layout: Layout, as_of: int, connection: duckdb.DuckDBPyConnection) -> int:
    cells = list(_cells(layout))
    book = TextWorkbook(path, len(cells) + 1)
    book.line([name])
    book.line([f"导出时间：{as_of // 10000}年{as_of // 100 % 100}月{as_of % 100}日　导出单位：{_place()}"])
    book.line(["序号", *(cell.header for cell in cells)])
    count = 0
    for values in _rows(layout, cells, as_of, connection):
        count += 1
        book.line([str(count), *(as_cell(c.field, v, c.scale) for c, v in zip(cells, values, strict=True))])
    book.close()
    return count


def _cells(layout: Layout) -> Iterator[Cell]:
    """A column for each field, under its first spelling; a header that two tables share is theirs together."""
    seen: set[str] = set()
    for emit in layout.emits:
        for column in emit.columns:
            if column.headers[0] not in seen:
                seen.add(column.headers[0])
                yield _cell(emit.table, column)


def _cell(table: str, column: Column) -> Cell:
    return Cell(column.headers[0], table, load_terms().table(table).fields[column.field], column.scale)


def _rows(
    layout: Layout, cells: Sequence[Cell], as_of: int, connection: duckdb.DuckDBPyConnection
) -> Iterator[tuple[Any, ...]]:
    kept = columns_of(connection)
    tables = dict.fromkeys(emit.table for emit in layout.emits)
    readings = {table: reading_of(table, kept, as_of) for table in tables}
    selects = {table: reading.sql() for table, reading in readings.items() if reading is not None}
    listed = ", ".join(f'{cell.table}."{cell.field.name}"' for cell in cells)
    first = next(iter(tables))
    query = f"SELECT {listed} FROM ({selects[first]}) {first}"
    if "household" in selects and first != "household":
        query += (
            f" JOIN ({selects['household']}) household ON household.row_key = {first}.household_key"
            f" ORDER BY household.village_name, household.nat_household_no, household.row_key,"
            f" {first}.row_key <> household.head_key, {first}.row_key"
        )
    else:
        query += f" ORDER BY {first}.row_key"
    rows = connection.execute(query)
    while chunk := rows.fetchmany(_CHUNK):
        yield from chunk


def _place() -> str:
    divisions = read_default_divisions()
    place = this_home().place
    found = divisions.get(place)
    return "".join(parent.name for parent in divisions.parents_of(place)) + (found.name if found else "")
