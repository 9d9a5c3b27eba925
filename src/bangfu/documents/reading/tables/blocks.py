"""Rows one below another -> tables: the heads, the body, which column has the names, and the words around."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bangfu.documents.reading.tables.rows import Cell, Row, rows_in

_NUMBERED = re.compile(r"序号|编号|No\.?|#|次序|排名|名次")
_NAMED_IN_LEAD = re.compile(r"\(([^()]*)\)[::]?$")
_LEAD_CUT = re.compile(r"[ \u3000、,/|]+")
_CORNER = re.compile(
    r"[一-龥]{0,4}(?:名|名称|项目|指标|单位|乡镇|类别|科目|内容|类型|地区|片区|支行|年份|年度)"
)
_ADDRESS = re.compile(r".+![A-Z]{1,3}\d+:[A-Z]{1,3}\d+")
_NUMERIC = re.compile(r"[\d一二三四五六七八九十百]")


@dataclass(frozen=True)
class Table:
    """`heads` has a head for each column, "" where there is none; rows may be shorter. `names` is the column of names."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    names: int
    lead: str
    after: str

    def name_of(self, row: Sequence[Cell]) -> str:
        return "".join(row[self.names].text.split()) if self.names < len(row) else ""

    def figure_columns(self) -> list[int]:
        """The columns, after that of the names, with a bare figure."""
        width = len(self.heads)
        return [
            column
            for column in range(self.names + 1, width)
            if any(column < len(row) and row[column].is_figure for row in self.rows)
        ]


def tables_in(text: str) -> list[Table]:
    rows = list(rows_in(text))
    found: list[Table] = []
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and rows[end].style and rows[end].style == rows[at].style:
            end += 1
        if end > at:
            found += _in_block(rows, at, end)
        at = max(end, at + 1)
    return found


def _in_block(rows: Sequence[Row], begin: int, end: int) -> Iterator[Table]:
    """The tables of a run of rows of one style: a new one where a row of names follows a body."""
    block = _evened(rows[begin:end])
    start = 0
    for at in range(1, len(block) + 1):
        if at == len(block) or (_is_head(block[at]) and any(map(_has_figure, block[start:at]))):
            yield from _table(rows, block, begin, start, at)
            start = at


def _evened(block: Sequence[Row]) -> list[tuple[Cell, ...]]:
    """Rows cut at spaces are cut at the wide ones only, if all have as many cells then; two tabs are one likewise."""
    widths = {len(row.wide) for row in block}
    if block[0].style == "space" and len(widths) == 1 and widths.pop() > 1:
        return [row.wide for row in block]
    filled = [tuple(cell for cell in row.cells if cell.text) for row in block]
    kept = {len(row.cells) - _empty_at_end(row.cells) for row in block}
    if block[0].style == "tab" and len(kept) > 1 and len(set(map(len, filled))) == 1:
        return filled
    return [row.cells for row in block]


def _empty_at_end(cells: Sequence[Cell]) -> int:
    return next((at for at, cell in enumerate(reversed(cells)) if cell.text), len(cells))


def _is_head(cells: Sequence[Cell]) -> bool:
    named = [cell for cell in cells if cell.text and not cell.is_nothing]
    return len(named) > 1 and not _has_figure(cells) and cells[0].is_name and len(named) * 2 > len(cells)


def _has_figure(cells: Sequence[Cell]) -> bool:
    return any(not cell.is_name for cell in cells[1:]) and not _has_years(cells)


def _has_years(cells: Sequence[Cell]) -> bool:
    """村名 2021 2022 2023: a head all the same."""
    figures = [cell for cell in cells[1:] if not cell.is_name]
    several = len(figures) > 1 or _CORNER.fullmatch(cells[0].text) is not None
    years = [cell.text for cell in figures]
    return (
        several
        and all(cell.is_year for cell in figures)
        and len(set(years)) == len(years)
        and sorted(years) in (years, years[::-1])
    )


def _table(
    rows: Sequence[Row], block: Sequence[tuple[Cell, ...]], begin: int, start: int, end: int
) -> Iterator[Table]:
    spaced = rows[begin].style == "space"
    body = next((at for at in range(start, end) if _has_figure(block[at])), end)
    if body == end:
        return
    lines = block[body:end]
    width = Counter(len(line) for line in lines).most_common(1)[0][0] if spaced else max(map(len, lines))
    heads = [line for line in block[start:body] if len(line) == width or (not spaced and len(line) > 1)]
    titles = [
        line
        for line in heads
        if len(heads) > 1 and sum(bool(cell.text) for cell in line) == 1 and line[0].text
    ]
    heads = [line for line in heads if line not in titles]
    width = max([width, *(len(line) for line in heads)])
    lines = [line for line in lines if len(line) == width] if spaced else lines
    lead = "\n".join(
        [_lead(rows, begin + body - len(heads) - len(titles)), *(line[0].text for line in titles)]
    )
    named = _joined_heads(heads, width) or _heads_of_lead(lead, width)
    if not named and (len(lines) < 2 or width < 2):
        return
    if spaced and len(lines) < 2:
        return
    names = _names_column(named, lines)
    after = "\n".join(row.line for row in rows[begin + end : begin + end + 3])
    table = Table(named or ("",) * width, tuple(lines), names, lead, after)
    yield table if named else replace(table, heads=("",) * width)


def _lead(rows: Sequence[Row], at: int) -> str:
    """Up to two lines above the heads, the nearest last, as far as they are near."""
    above = [row.line.strip() for row in rows[max(0, at - 4) : at] if not row.is_blank]
    return "\n".join(above[-2:])


def _joined_heads(heads: Sequence[tuple[Cell, ...]], width: int) -> tuple[str, ...]:
    """Heads of two lines: the upper one holds for the empty cells to its right."""
    if not heads:
        return ()
    joined = [""] * width
    for number, line in enumerate(heads):
        held = ""
        for column in range(width):
            word = "".join(line[column].text.split()) if column < len(line) else ""
            held = word or (held if number + 1 < len(heads) else "")
            joined[column] += held
    return tuple(joined)


def _heads_of_lead(lead: str, width: int) -> tuple[str, ...]:
    """各村进度如下(村名 应参 已缴 进度): the heads in the line before."""
    match = _NAMED_IN_LEAD.search(lead)
    words = [word for word in _LEAD_CUT.split(match[1]) if word] if match else []
    return tuple(words) if len(words) == width and not any(map(_NUMERIC.match, words)) else ()


def _names_column(heads: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> int:
    """The first, or the one after a column that only numbers the rows, or has their addresses in a workbook."""
    first = 1 if _ADDRESS.fullmatch(rows[0][0].text) else 0
    if len(rows[0]) < 3 + first:
        return first
    if first < len(heads) and _NUMBERED.fullmatch(heads[first]):
        return first + 1
    numbers = [row[first].text for row in rows if first < len(row) and row[first].text]
    counted = numbers == [str(at + 1) for at in range(len(numbers))]
    return first + 1 if counted and len(numbers) > 1 and not rows[0][first + 1].is_figure else first
