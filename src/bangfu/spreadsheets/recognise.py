"""Which list a sheet is: its header found by content, its columns matched to a layout's fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bangfu.spreadsheets.grid import Grid
from bangfu.spreadsheets.headers import Header, header_candidates, normalise_header
from bangfu.spreadsheets.layouts import Column, Layout


@dataclass(frozen=True)
class Recognised:
    layout: Layout
    header: Header
    positions: Mapping[tuple[int, str], int]
    """(number of the emit, field) -> index of the column in the grid's rows."""
    title: str
    unread: tuple[str, ...]  # headers that no field takes


def recognise(grid: Grid, layouts: Sequence[Layout]) -> Recognised | None:
    """The best layout whose required fields are all there, or None."""
    best: tuple[tuple[int, int, int], Recognised] | None = None
    for header in header_candidates(grid):
        spots = _spots(header)
        for layout in layouts:
            matched = len(layout.headers & spots.keys())
            if matched < len(layout.required):
                continue
            positions = _positions(layout, spots)
            found = {field for _, field in positions}
            if not found.issuperset(layout.required):
                continue
            title = title_of(grid, header)
            named = sum(len(word) for word in layout.titles if word in title)
            if layout.titled and not named:
                continue
            used = len(set(positions.values()))
            score = (used if named else used - 3, named, -header.first)
            if best is None or score > best[0]:
                best = score, Recognised(layout, header, positions, title, _unread(header, positions))
    return best[1] if best else None


def title_of(grid: Grid, header: Header) -> str:
    """All that is said above the header, and the names of sheet and file."""
    above = [
        str(cell)
        for row in grid.rows[: header.first]
        for cell in row
        if isinstance(cell, str) and cell.strip()
    ]
    return " ".join([*above, grid.sheet, grid.file])


def _spots(header: Header) -> dict[str, int]:
    """Normalised names and paths -> the first column that carries them."""
    spots: dict[str, int] = {}
    for index, (name, path) in enumerate(zip(header.names, header.paths, strict=True)):
        for text in (path, name):
            if text:
                spots.setdefault(normalise_header(text), index)
    return spots


def _positions(layout: Layout, spots: Mapping[str, int]) -> dict[tuple[int, str], int]:
    positions: dict[tuple[int, str], int] = {}
    for number, emit in enumerate(layout.emits):
        for column in emit.columns:
            index = _first(column, spots)
            if index is not None:
                positions[number, column.field] = index
    return positions


def _first(column: Column, spots: Mapping[str, int]) -> int | None:
    return next((spots[header] for header in column.headers if header in spots), None)


def _unread(header: Header, positions: Mapping[tuple[int, str], int]) -> tuple[str, ...]:
    used = set(positions.values())
    return tuple(name for i, name in enumerate(header.names) if name and i not in used)
