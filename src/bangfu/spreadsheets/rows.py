"""Which rows of a table are data, and which are totals, notes at the foot, captions and repeated headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from bangfu.spreadsheets.headers import Header
from bangfu.spreadsheets.sheet import Grid, is_blank

_LEADING_COLUMNS = 5  # totals and footers announce themselves there
_BLANKS = re.compile(r"\s+")
_TOTAL = re.compile(
    r".{0,16}?(合计|总计|共计|小计|累计)(数|金额)?([(\uff08].{0,12}[)\uff09])?[:\uff1a]?(\d.{0,8})?"
)
_FOOTER = re.compile(
    r"(制表|制单|填表|填报|填制|编制|审核|审批|审定|复核|核对|负责|经办|经手|提供|报送|上报|主管|分管|领导|单位|联系|"
    r"村委会|会计|出纳|签字|盖章|公章|日期|监督|举报|公示|说明|备注|注)[^:\uff1a]{0,8}[:\uff1a].*",
    re.S,
)
_FOOTER_WORDS = re.compile(r"(制表|填表|填报|审核|复核|经办|负责)人?|(单位)?[(\uff08]?盖章[)\uff09]?")
_COUNT = re.compile(r"[\d.,]{1,14}[人户名个次万元亩]*|[-/—]+")


class TotalKind(Enum):
    SUBTOTAL = "小计"
    PAGE = "本页合计"
    TOTAL = "合计"


@dataclass(frozen=True)
class TotalRow:
    """A row of sums. `covers` are the data rows that it adds up; all are indices into `grid.rows`."""

    row: int
    label: str
    kind: TotalKind
    covers: list[int]


@dataclass
class RowKinds:
    """Indices into `grid.rows`. Every row below the header is in exactly one list."""

    data: list[int] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)
    footers: list[int] = field(default_factory=list)
    captions: list[int] = field(default_factory=list)
    """Rows with a single text between data (一、青石桥社区), repeated headers, rows of column numbers."""
    blanks: list[int] = field(default_factory=list)


def classify_rows(grid: Grid, header: Header, key_columns: Sequence[int]) -> RowKinds:
    """Sort the rows below the header. `key_columns` are those that every data row should fill (name, ID).

    A row with a filled key is data whatever else it says; a row without one stays data, so that the gap is
    reported, unless it is a total, a footer or a caption.
    """
    kinds = RowKinds()
    labels: list[tuple[int, str, TotalKind]] = []
    lone: list[int] = []  # a single text and no key: a caption if data follow, else a footer
    keys = list(key_columns)
    start = header.first + header.rows
    for index in range(start, len(grid.rows)):
        row = grid.rows[index]
        if not any(row) or all(is_blank(cell) for cell in row):
            kinds.blanks.append(index)
            continue
        label = _total_label(row, keys)
        if label:
            labels.append((index, label, _kind(label)))
        elif _is_footer(row, keys):
            kinds.footers.append(index)
        elif _repeats_header(row, header) or (index == start and _numbers_columns(row)):
            kinds.captions.append(index)
        elif _is_lone_text(row, keys):
            lone.append(index)
        else:
            kinds.data.append(index)
    last = kinds.data[-1] if kinds.data else -1
    for index in lone:
        (kinds.captions if index < last else kinds.footers).append(index)
    kinds.footers.sort()
    kinds.captions.sort()
    kinds.totals = _with_covers(labels, kinds.data)
    return kinds


def _compact(cell: object) -> str:
    return _BLANKS.sub("", cell) if isinstance(cell, str) else ""


def _total_label(row: list[object], keys: list[int]) -> str:
    for column, cell in enumerate(row[:_LEADING_COLUMNS]):
        if isinstance(cell, str) and "计" in cell:
            label = _compact(cell)
            # 累计 alone and a name before the word are sums only where no person stands in the row.
            if _TOTAL.fullmatch(label) and all(k == column or _is_no_key(row, k) for k in keys):
                return label
    return ""


def _is_no_key(row: list[object], column: int) -> bool:
    """True when the cell cannot be a name or an ID: empty, a count (12人), a footer's label."""
    cell = row[column] if column < len(row) else ""
    if not isinstance(cell, str):
        return not (isinstance(cell, float) and cell > 1e13)
    text = _compact(cell)
    return not text or _COUNT.fullmatch(text) is not None or _is_footer_text(text)


def _is_footer_text(text: str) -> bool:
    return _FOOTER.fullmatch(text) is not None or _FOOTER_WORDS.fullmatch(text) is not None


def _is_footer(row: list[object], keys: list[int]) -> bool:
    for cell in row[:_LEADING_COLUMNS]:
        if isinstance(cell, str) and cell and not cell.isspace():
            if not _is_footer_text(_compact(cell)):
                return False
            break
        if cell != "" and not isinstance(cell, str):
            return False
    else:
        return False
    return all(_is_no_key(row, key) for key in keys)


def _repeats_header(row: list[object], header: Header) -> bool:
    """The header printed again on a later page: no cell says anything else."""
    first = next((i for i, cell in enumerate(row) if not is_blank(cell)), 0)
    if (
        first >= len(header.names)
        or not header.names[first]
        or _compact(row[first]) != _compact(header.names[first])
    ):
        return False
    known = {_compact(name) for name in header.names} | {_compact(p.split("/")[0]) for p in header.paths}
    return all(_compact(cell) in known for cell in row if not is_blank(cell))


def _numbers_columns(row: list[object]) -> bool:
    """The row 1 2 3 4 (栏次) that some forms have below the header."""
    numbers = [str(cell).removesuffix(".0").strip() for cell in row if not is_blank(cell)]
    return (
        len(numbers) > 2
        and numbers == [str(n) for n in range(int(numbers[0] == "1"), len(numbers) + 1)][: len(numbers)]
    )


def _is_lone_text(row: list[object], keys: list[int]) -> bool:
    if not keys or not all(is_blank(row[key]) if key < len(row) else True for key in keys):
        return False
    filled = [cell for cell in row if not is_blank(cell)]
    return len(filled) == 1 and isinstance(filled[0], str)


def _kind(label: str) -> TotalKind:
    if "本页" in label:
        return TotalKind.PAGE
    return TotalKind.SUBTOTAL if "小计" in label else TotalKind.TOTAL


def _with_covers(labels: list[tuple[int, str, TotalKind]], data: list[int]) -> list[TotalRow]:
    """Say of each total which data rows it adds up."""
    subtotals = [index for index, _, kind in labels if kind is TotalKind.SUBTOTAL]
    # Some departments put the sum above its rows.
    leads = bool(subtotals) and bool(data) and subtotals[0] < data[0]
    totals: list[TotalRow] = []
    since = dict.fromkeys(TotalKind, -1)
    for index, label, kind in labels:
        if kind is TotalKind.SUBTOTAL and leads:
            following = next((other for other in subtotals if other > index), None)
            covers = [row for row in data if row > index and (following is None or row < following)]
        elif kind is TotalKind.TOTAL:
            covers = _total_covers(index, label, since[kind], labels, data)
        else:
            covers = [row for row in data if since[kind] < row < index]
        since[kind] = index
        if kind is TotalKind.TOTAL:
            since[TotalKind.SUBTOTAL] = index
        totals.append(TotalRow(index, label, kind, covers))
    return totals


def _total_covers(
    index: int, label: str, previous: int, labels: list[tuple[int, str, TotalKind]], data: list[int]
) -> list[int]:
    """All data rows; but where several 合计 each close a block (one a village), the block of each."""
    own = [row for row in data if previous < row < index]
    is_block = bool(own) and "总计" not in label
    follows = any(row > index for row in data)
    if is_block and (previous >= 0 or (follows and _another_total_after(index, labels, data))):
        return own
    return list(data)


def _another_total_after(index: int, labels: list[tuple[int, str, TotalKind]], data: list[int]) -> bool:
    later = [row for row, _, kind in labels if kind is TotalKind.TOTAL and row > index]
    return any(any(index < row < total for row in data) for total in later)
