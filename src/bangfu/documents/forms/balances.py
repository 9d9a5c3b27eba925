"""Totals that are not the sum of their parts, in a filled form: by the words at the head of rows and columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.forms.book import Place, Sheet, address
from bangfu.documents.forms.heads import (
    NOT_ADDED,
    PART_OF,
    SUBTOTAL,
    TOTAL,
    column_heads,
    described,
    first_body_row,
    row_head,
)


@dataclass(frozen=True)
class Imbalance:
    """A total and the sum of what it should be the sum of. `is_rounding` where rounding of the parts explains it."""

    sheet: str
    cell: str
    what: str
    stated: Decimal
    computed: Decimal
    parts: tuple[str, ...]
    is_rounding: bool

    @property
    def message(self) -> str:
        shown = self.parts if len(self.parts) <= 4 else (*self.parts[:2], "…", self.parts[-1])
        cause = "，是四舍五入的尾差" if self.is_rounding else ""
        return (
            f"{self.sheet}!{self.cell}（{self.what}）是 {self.stated:f}，"
            f"而 {'+'.join(shown)} 等于 {self.computed:f}，相差 {abs(self.stated - self.computed):f}{cause}"
        )


def find_imbalances(sheet: Sheet) -> list[Imbalance]:
    """Each cell once for its row and once for its column. Shares, averages and numbers of rows are not added up."""
    body = first_body_row(sheet)
    found = [*_down(sheet, body), *_across(sheet, body)]
    return [one for one in (_compared(sheet, total, parts) for total, parts in found) if one is not None]


def _compared(sheet: Sheet, total: Place, parts: list[Place]) -> Imbalance | None:
    stated = sheet.number(total)
    values = [(place, sheet.number(place)) for place in parts]
    numbers = [(place, value) for place, value in values if value is not None]
    if stated is None or len(numbers) < 2:
        return None
    computed = sum((value for _, value in numbers), Decimal(0))
    if computed == stated:
        return None
    places = max(_decimals(value) for value in (stated, *(value for _, value in numbers)))
    slack = Decimal(len(numbers)) * Decimal(1).scaleb(-places) / 2 if places else Decimal(0)
    return Imbalance(
        sheet.name,
        address(total),
        described(sheet, total),
        stated,
        computed,
        tuple(address(place) for place, _ in numbers),
        abs(stated - computed) <= slack,
    )


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


# -- rows that are totals ----------------------------------------------------------------------------


def _down(sheet: Sheet, body: int) -> Iterator[tuple[Place, list[Place]]]:
    heads = {row: row_head(sheet, row) for row in range(body, sheet.rows + 1)}
    columns = [column for column in range(1, sheet.columns + 1) if _is_added(sheet, column, body)]
    for row, head in heads.items():
        if TOTAL.search(head):
            rows = _parts_of_row(row, heads, is_subtotal=bool(SUBTOTAL.search(head)))
            for column in columns:
                yield (row, column), [(part, column) for part in rows]


def _parts_of_row(total: int, heads: dict[int, str], *, is_subtotal: bool) -> list[int]:
    """Rows below a total that comes first, above one that comes last; 其中 and other totals are left out."""
    is_first = not any(_is_detail(heads[row]) for row in heads if row < total)
    rows: list[int] = []
    step = 1 if is_first else -1
    row = total + step
    while heads.get(row):
        if TOTAL.search(heads[row]) and (is_subtotal or not SUBTOTAL.search(heads[row])):
            break
        if _is_detail(heads[row]):
            rows.append(row)
        row += step
    return sorted(rows)


def _is_detail(head: str) -> bool:
    return bool(head) and not TOTAL.search(head) and not PART_OF.match(head)


def _is_added(sheet: Sheet, column: int, body: int) -> bool:
    return not any(NOT_ADDED.search(head) for head in column_heads(sheet, column, body)[-2:])


# -- columns that are totals -------------------------------------------------------------------------


def _across(sheet: Sheet, body: int) -> Iterator[tuple[Place, list[Place]]]:
    for column in range(1, sheet.columns + 1):
        heads = column_heads(sheet, column, body)
        if not heads or not TOTAL.search(heads[-1]) or not _is_added(sheet, column, body):
            continue
        parts = _parts_of_column(sheet, column, body)
        for row in range(body, sheet.rows + 1):
            yield (row, column), [(row, part) for part in parts]


def _parts_of_column(sheet: Sheet, total: int, body: int) -> list[int]:
    """The columns under the same upper head; where there is none, those after the total, else those before it."""
    first, last = _group(sheet, total, body)
    after = _details(sheet, range(total + 1, last + 1), body)
    return after or sorted(_details(sheet, range(total - 1, first - 1, -1), body))


def _details(sheet: Sheet, columns: range, body: int) -> list[int]:
    found: list[int] = []
    for column in columns:
        head = " ".join(column_heads(sheet, column, body)[-1:])
        if TOTAL.search(head):
            break
        has_number = any(sheet.number((row, column)) is not None for row in range(body, sheet.rows + 1))
        if has_number and _is_added(sheet, column, body) and not PART_OF.match(head):
            found.append(column)
    return found


def _group(sheet: Sheet, column: int, body: int) -> tuple[int, int]:
    """First and last column of the nearest head that lies over several, but not over the whole table."""
    for row in range(body - 1, 0, -1):
        bounds = sheet.merged.get((row, column))
        if bounds and bounds[0] < bounds[2] and not (bounds[0] == 1 and bounds[2] >= sheet.columns):
            return bounds[0], bounds[2]
    return 1, sheet.columns
