"""The rows behind a number of a difference, some at a time, with the numbers of persons masked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bangfu.intake.preview import KINDS, Noted, noted_rows
from bangfu.intake.source_values import TABLE as SAID
from bangfu.office.words import label_of, value_inside
from bangfu.terms.loader import load_terms
from bangfu.web.request import Request

_SIZE = 50
_HIDDEN = frozenset({"src", "src_row", "row_key"})


@dataclass(frozen=True)
class Cell:
    """A column of a row: what it was and what it becomes, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Row:
    sheet: str
    sheet_row: int | None
    about: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Rows:
    """Some rows of a kind and table; `last` asks for those after."""

    kind: str
    table: str
    title: str
    rows: tuple[Row, ...]
    last: int | None
    text: str


def rows_asked(request: Request, batch: int) -> Rows | None:
    """What the address asks for (`kind`, `table`, `q`, `after`); None where it asks for nothing that there is."""
    kind, table, text, after = (request.GET.get(name, "") for name in ("kind", "table", "q", "after"))
    if kind not in KINDS or table not in load_terms().tables:
        return None
    found = noted_rows(
        batch, kind, table, text=text, after=int(after) if after.isdecimal() else 0, size=_SIZE + 1
    )
    title = (
        f"{load_terms().table(table).label} · {KINDS[kind]}" if kind in ("added", "changed") else KINDS[kind]
    )
    last = found[_SIZE - 1].number if len(found) > _SIZE else None
    return Rows(kind, table, title, tuple(_row(one) for one in found[:_SIZE]), last, text)


def _row(noted: Noted) -> Row:
    return Row(noted.sheet, noted.sheet_row, noted.about, tuple(_cells(noted)))


def _cells(noted: Noted) -> Iterator[Cell]:
    for name, (old, new) in noted.values.items():
        if name in _HIDDEN or name.endswith("_key"):
            continue
        table, column = _field(noted.table, name)
        before, after = value_inside(table, column, old), value_inside(table, column, new)
        if before == after and old != new:
            after += "（中间几位不同）"
        yield Cell(label_of(table, column), before, after)


def _field(table: str, name: str) -> tuple[str, str]:
    """What a source says is told of the field that it speaks of."""
    if table == SAID and "." in name:
        of, _, column = name.partition(".")
        return of, column
    return table, name
