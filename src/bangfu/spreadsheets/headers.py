"""Where the header of a table may be, in one row or two, and how header texts are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bangfu.spreadsheets.sheet import CellError, Grid, is_blank

_BLANK = re.compile(r"[\s\u200b-\u200d\u2060\ufeff*“”\"'‘’]+")
_SAME = str.maketrans({"、": "/", "\\": "/", **dict.fromkeys("【[〔", "("), **dict.fromkeys("】]〕", ")")})
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
_VALUE = re.compile(r"[+-]?[\d.,]+%?|\d{4}[-/.年]\d{1,2}([-/.月]\d{0,2}日?)?|[\dXx*]{15,22}")
_LONGEST_NAME = 80  # 是否有家庭成员未参加城乡居民(职工)基本医疗保险 has 24; a note below a title has hundreds


@dataclass(frozen=True)
class Header:
    """One reading of the header. `first` is an index into `grid.rows`; the data begin at `first + rows`.

    `names` are the texts nearest to the data, as written but on one line; they may repeat and may be "".
    `paths` carry the group as well: "资金来源/中央"; without a group a path is its name.
    """

    first: int
    rows: int
    names: list[str]
    paths: list[str]


def normalise_header(text: str) -> str:
    """The form in which header texts are compared: half-width, one kind of bracket, no blanks."""
    text = unicodedata.normalize("NFKC", text).translate(_SAME).translate(_DASHES)
    return _BLANK.sub("", text).rstrip(":;,。/")


def header_candidates(grid: Grid, max_row: int = 10) -> list[Header]:
    """Every plausible header among the first rows, top down; of a row first the one-row reading."""
    found: list[Header] = []
    for index in range(min(max_row, len(grid.rows))):
        if not _is_header_row(grid, index):
            continue
        upper = [_text(cell) for cell in grid.rows[index]]
        found.append(Header(index, 1, upper, list(upper)))
        if _has_sub_headers(grid, index):
            found.append(_two_rows(grid, index, upper))
    return found


def _text(cell: object) -> str:
    if is_blank(cell) or isinstance(cell, CellError):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # years and months as headers
    return " ".join(str(cell).split())


def _is_value(cell: object) -> bool:
    """Number, date or number as text: what stands in data rows."""
    if isinstance(cell, str):
        return _VALUE.fullmatch(cell.strip()) is not None
    return not is_blank(cell)


def _is_header_row(grid: Grid, index: int) -> bool:
    cells = [cell for cell in grid.rows[index] if not is_blank(cell)]
    if len(cells) < 2 or len({_text(cell) for cell in cells}) < 2:
        return False
    if any(isinstance(cell, str) and len(cell) > _LONGEST_NAME for cell in cells):
        return False
    return sum(map(_is_value, cells)) * 3 <= len(cells)


def _groups(grid: Grid, index: int) -> dict[int, int]:
    """Column -> the column whose text names its group, for the ranges merged across columns in the row."""
    spans: dict[int, int] = {}
    for merged in grid.merged:
        if merged.top <= index <= merged.bottom and merged.right > merged.left:
            spans.update((column, merged.left) for column in range(merged.left, merged.right + 1))
    return spans


def _has_sub_headers(grid: Grid, index: int) -> bool:
    if index + 1 >= len(grid.rows):
        return False
    upper, lower = grid.rows[index], grid.rows[index + 1]
    filled = [cell for cell in lower if not is_blank(cell)]
    if not filled or any(isinstance(cell, str) and len(cell) > _LONGEST_NAME for cell in filled):
        return False
    # A year may be a sub-header, a row of data has more numbers than that.
    if sum(map(_is_value, filled)) * 3 > len(filled):
        return False
    spans = _groups(grid, index)
    grouped = any(
        spans.get(i, i) != i or is_blank(upper[i]) for i, cell in enumerate(lower) if not is_blank(cell)
    )
    # A column with a name of its own and nothing below tells sub-headers from the first row of data.
    alone = any(is_blank(cell) and not is_blank(upper[i]) for i, cell in enumerate(lower))
    return grouped and (alone or bool(spans))


def _two_rows(grid: Grid, index: int, upper: list[str]) -> Header:
    lower = [_text(cell) for cell in grid.rows[index + 1]]
    spans = _groups(grid, index)
    names: list[str] = []
    paths: list[str] = []
    group = ""
    for column, (above, below) in enumerate(zip(upper, lower, strict=True)):
        if spans:
            group = upper[spans[column]] if column in spans else above
        elif above or not below:  # no merges known: a group reaches over the blanks to its right
            group = above
        names.append(below or above)
        paths.append(f"{group}/{below}" if group and below and group != below else below or above)
    return Header(index, 2, names, paths)
