"""Text files to a grid: CSV and tab-separated, in whatever encoding the office's program wrote."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from bangfu.spreadsheets import limits
from bangfu.spreadsheets.package import Refused
from bangfu.spreadsheets.sheet import Grid, pad_rows, trim_rows
from bangfu.spreadsheets.sniff import RESEND, is_utf16_without_bom

_DELIMITERS = (",", "\t", ";", "|", ",")
# ="4299..." is how programs keep Excel from rounding a number; one with a comma inside would be split.
_GUARDED = re.compile(r'="([^"]*)"')
_GUARDED_WITH_COMMA = re.compile(r'(?<![^,\t;\r\n])="([^"\r\n]*[,\t;][^"\r\n]*)"(?=[,\t;\r\n]|$)')
_QUOTED = re.compile(r'"[^"]*"')
_SAMPLE_LINES = 50
_MAX_LINES_IN_CELL = 200
_NO_TABLE = f"这是纯文字(像通知、说明),里面没有表格。{RESEND}"


def decode(data: bytes) -> str:
    """Text of the bytes; raises Refused naming the place when no known encoding fits."""
    for bom, codec in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(bom):
            return _strictly(data[len(bom) :], codec)
    if is_utf16_without_bom(data[:4096]):
        return _strictly(data, "utf-16-le")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(data, "gb18030")


def _strictly(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(
            f"第 {line} 行附近有认不出的字符(既不是 UTF-8 也不是 GBK),文件可能没传完整。"
            "请用 WPS 或 Excel 打开核对,另存为 .xlsx 后再交。"
        ) from error


def read_text(data: bytes, file: str) -> Grid:
    """The grid of a text file, a row for each record as in Excel. Raises Refused when it is no table."""
    text = decode(data).replace("\x00", "").rstrip("\x1a")
    first, _, rest = text.partition("\n")
    declared = re.fullmatch(r'"?sep=(.)"?\s*', first)
    if declared:
        text, delimiter = rest, declared[1]
    else:
        delimiter = find_delimiter(text)
    if not text.strip():
        raise Refused(f"文件是空白的,没有内容。{RESEND}")
    if not delimiter:
        raise Refused(_NO_TABLE)
    rows = _parse(text, delimiter)
    trim_rows(rows)
    pad_rows(rows)
    return Grid(file=file, sheet="CSV", rows=rows)


def find_delimiter(text: str) -> str:
    """The separator that most lines have equally often; "" when the text is no table."""
    lines = [_QUOTED.sub("", line) for line in text[:200_000].splitlines()[:_SAMPLE_LINES] if line.strip()]
    best, best_score = "", 0
    for delimiter in _DELIMITERS:
        counts = Counter(line.count(delimiter) for line in lines)
        separated = sum(n for count, n in counts.items() if count)
        usual, agreeing = max(
            ((c, n) for c, n in counts.items() if c), key=lambda pair: pair[1], default=(0, 0)
        )
        # A header alone may be a form to fill in; a notice has a comma here and there, never the same number.
        is_table = (
            separated * 2 >= len(lines) and (agreeing >= 2 or usual >= 2) and agreeing * 3 >= len(lines)
        )
        if is_table and agreeing * min(usual, 20) > best_score:
            best, best_score = delimiter, agreeing * min(usual, 20)
    return best


def _parse(text: str, delimiter: str) -> list[list[object]]:
    if '="' in text:
        text = _GUARDED_WITH_COMMA.sub(r'"\1"', text)
    rows: list[list[object]] = []
    width = 0
    csv.field_size_limit(1_000_000)
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            _check_quotes(record, len(rows) + 1)
            width = max(width, len(record))
            rows.append([_unguard(cell) for cell in record])
            if width > limits.MAX_COLUMNS or width * len(rows) > limits.MAX_DENSE_CELLS:
                raise Refused(
                    f"第 {len(rows)} 行有 {len(record)} 栏,表被撑得太大。请检查分隔符,另存为 .xlsx 后再交。"
                )
    except csv.Error as error:
        raise Refused(_unbalanced(len(rows) + 1)) from error
    return rows


def _check_quotes(record: list[str], number: int) -> None:
    for cell in record:
        if len(cell) > 400 and cell.count("\n") > _MAX_LINES_IN_CELL:
            raise Refused(_unbalanced(number))


def _unbalanced(number: int) -> str:
    return (
        f"第 {number} 行有一个双引号没有配对,后面的行都被吞进了同一格。"
        "请用记事本打开补上或删掉这个引号,或者让对方另存为 .xlsx 后再交。"
    )


def _unguard(cell: str) -> str:
    if cell.startswith('="'):
        match = _GUARDED.fullmatch(cell)
        if match:
            return match[1]
    return cell
