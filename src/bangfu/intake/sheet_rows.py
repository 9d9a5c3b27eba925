"""The rows that a sheet has for a table, as columns by name."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from bangfu.spreadsheets.extract import Emitted, Extract


def sheet_rows(
    extract: Extract, emitted: Emitted, names: Container[str] | None = None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The sheet's own row number and the values; of the columns those named, else all."""
    columns = {
        name: column.to_pylist() for name, column in emitted.columns.items() if names is None or name in names
    }
    for place, row in enumerate(emitted.source_rows):
        yield extract.row_numbers[row], {name: values[place] for name, values in columns.items()}
