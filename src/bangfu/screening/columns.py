"""Tables being put together from several lists: typed columns, and where each row stands in its file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from bangfu.screening.cells import SourceCell, special_cell
from bangfu.spreadsheets.cells import column_letter
from bangfu.spreadsheets.extract import ARROW_TYPES, Emitted, Extract
from bangfu.terms.model import Table


@dataclass(frozen=True)
class Origin:
    """The list a row came from; `emitted` knows which column of the sheet filled which field."""

    extract: Extract
    emitted: Emitted


@dataclass
class Part:
    """Rows of one table from one list."""

    origin: int
    rows: list[int]
    columns: dict[str, pa.Array]

    def values(self, name: str) -> list[Any]:
        """A column as Python values; all missing when the list does not have it."""
        column = self.columns.get(name)
        return [None] * len(self.rows) if column is None else column.to_pylist()

    def take(self, kept: Sequence[int]) -> Part:
        index = pa.array(kept, pa.int64())
        return Part(
            self.origin,
            [self.rows[i] for i in kept],
            {name: column.take(index) for name, column in self.columns.items()},
        )


@dataclass
class Builder:
    """All parts, by table."""

    origins: list[Origin] = field(default_factory=list)
    parts: dict[str, list[Part]] = field(default_factory=dict)

    def part(self, extract: Extract, emitted: Emitted) -> Part:
        self.origins.append(Origin(extract, emitted))
        return Part(len(self.origins) - 1, list(emitted.source_rows), dict(emitted.columns))

    def cell(self, src: int, src_row: int, table: str, name: str, held: Any) -> SourceCell | None:
        """With the text that stands in the file."""
        origin = self.origins[src]
        special = origin.emitted.cells.get(src_row) if origin.emitted.cells else None
        if special is not None:
            return special_cell(origin.extract, special)
        position = origin.emitted.positions.get(name)
        if position is None:
            return None
        extract = origin.extract
        return SourceCell(
            extract.grid_file,
            extract.sheet,
            extract.row_numbers[src_row],
            column_letter(extract.first_column + position),
            extract.recognised.header.names[position],
            extract.raw_text(src_row, position),
        )

    def add(self, table: str, part: Part) -> None:
        self.parts.setdefault(table, []).append(part)


def assemble(
    table: Table, parts: Iterable[Part], keys: Mapping[int, Mapping[str, list[int | None]]]
) -> pa.Table:
    """One Arrow table: hidden keys, source columns and the fields that some part has."""
    parts = list(parts)
    names = [name for name in table.fields if any(name in part.columns for part in parts)]
    chunks = []
    start = 0
    for number, part in enumerate(parts):
        count = len(part.rows)
        columns: dict[str, pa.Array] = {"row_key": pa.array(range(start, start + count), pa.int64())}
        columns["src"] = pa.array([part.origin] * count, pa.int32())
        columns["src_row"] = pa.array(part.rows, pa.int32())
        for key in (*(f"{link}_key" for link in table.links),):
            column = keys.get(number, {}).get(key)
            columns[key] = pa.array(column if column is not None else [None] * count, pa.int64())
        for name in names:
            kind = ARROW_TYPES[table.fields[name].type]
            columns[name] = part.columns.get(name, pa.nulls(count, kind)).cast(kind)
        chunks.append(pa.table(columns))
        start += count
    return pa.concat_tables(chunks)
