"""The sums that a list states in its totals rows, beside what its rows add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from bangfu.spreadsheets.convert import plain, text_of
from bangfu.spreadsheets.headers import Header
from bangfu.spreadsheets.rows import TotalRow
from bangfu.spreadsheets.sheet import Grid


@dataclass(frozen=True)
class SheetTotal:
    """One cell of a totals row; `row` and `column` are the sheet's own numbers."""

    row: int
    column: int
    header: str
    kind: str
    stated: Decimal
    computed: Decimal
    text: str


def sheet_totals(grid: Grid, header: Header, totals: Sequence[TotalRow]) -> Iterator[SheetTotal]:
    """Every number of every totals row; columns whose rows hold no number are left out."""
    for total in totals:
        cells = grid.rows[total.row]
        for index, cell in enumerate(cells):
            stated = _number(cell)
            parts = [_number(grid.rows[row][index]) for row in total.covers] if stated is not None else []
            known = [part for part in parts if part is not None]
            if stated is None or not known:
                continue
            yield SheetTotal(
                grid.first_row + total.row,
                grid.first_column + index,
                header.names[index] if index < len(header.names) else "",
                total.kind.value,
                stated,
                sum(known, Decimal(0)),
                text_of(cell),
            )


def _number(cell: object) -> Decimal | None:
    text = plain(text_of(cell)).replace(",", "") if cell not in ("", None) else ""
    if not text or not text[-1].isdigit():
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
