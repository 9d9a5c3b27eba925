"""Web pages saved as .xls, as many systems "export to Excel": their tables as grids."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from bangfu.spreadsheets import limits
from bangfu.spreadsheets.csv_text import decode
from bangfu.spreadsheets.package import Refused
from bangfu.spreadsheets.sheet import Grid, Range, pad_rows, ranges_within, trim_rows
from bangfu.spreadsheets.sniff import RESEND

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_CODECS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "utf-8": "utf-8", "utf8": "utf-8"}
_BLOCKS = {"br", "p", "div", "li"}
_SILENT = {"script", "style", "head", "title"}


class _Table:
    """A table being filled; `taken` marks the places that a rowspan above reaches into."""

    def __init__(self) -> None:
        self.rows: list[list[object]] = []
        self.merged: list[Range] = []
        self.taken: set[tuple[int, int]] = set()
        self.text: list[str] | None = None
        self.span = (1, 1)

    def start_row(self) -> None:
        self.end_cell()
        self.rows.append([])

    def start_cell(self, rows: int, columns: int) -> None:
        self.end_cell()
        if not self.rows:
            self.rows.append([])
        self.text, self.span = [], (rows, columns)

    def end_cell(self) -> None:
        if self.text is None:
            return
        content = _tidy("".join(self.text))
        self.text = None
        row, top = self.rows[-1], len(self.rows) - 1
        while (top, len(row)) in self.taken:
            row.append("")
        left, (height, width) = len(row), self.span
        if left + width > limits.MAX_COLUMNS:
            raise Refused(f"网页表格的第 {top + 1} 行超过 {limits.MAX_COLUMNS} 栏,不是正常的表。{RESEND}")
        row.extend([content, *[""] * (width - 1)])
        self.taken.update((top + down, left + right) for down in range(1, height) for right in range(width))
        if height > 1 or width > 1:
            self.merged.append(Range(top, left, top + height - 1, left + width - 1))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[_Table] = []
        self._open: list[_Table] = []
        self._silent = 0
        self._spanned = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in ("body", "table"):
            self._silent = 0  # a head without its end tag would swallow the page
        if tag == "table":
            self._open.append(_Table())
            self.done.append(self._open[-1])
        elif self._open and tag == "tr":
            self._open[-1].start_row()
        elif self._open and tag in ("td", "th"):
            self._open[-1].start_cell(*self._spans(dict(attrs)))
        elif tag in _BLOCKS:
            self.handle_data("\n")

    def _spans(self, attrs: dict[str, str | None]) -> tuple[int, int]:
        rows, columns = _span(attrs.get("rowspan")), _span(attrs.get("colspan"))
        self._spanned += rows * columns - 1
        if self._spanned > 5_000_000:
            raise Refused(f"网页表格里合并的格子多得不正常,没有读入。{RESEND}")
        return rows, columns

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif self._open and tag in ("td", "th", "tr"):
            self._open[-1].end_cell()
        elif self._open and tag == "table":
            self._open.pop().end_cell()

    def handle_data(self, data: str) -> None:
        if self._open and not self._silent and self._open[-1].text is not None:
            self._open[-1].text.append(data)

    def finish(self) -> None:
        self.close()
        while self._open:
            self._open.pop().end_cell()


def _span(value: str | None) -> int:
    return min(max(int(value), 1), 5000) if value and value.strip().isdecimal() else 1


def _tidy(text: str) -> str:
    lines = (" ".join(line.split(" ")).strip(" \t\r\n\xa0") for line in text.replace("\xa0", " ").split("\n"))
    return "\n".join(line for line in lines if line)


def read_html(data: bytes, file: str) -> list[Grid]:
    """One grid for each table that has cells; raises Refused when the page has none."""
    if len(data) > limits.MAX_HTML_BYTES:
        raise Refused(
            f"网页表格有 {len(data) // 1_000_000} MB,太大了。请用 WPS 或 Excel 打开,另存为 .xlsx 后再交。"
        )
    page = _Page()
    page.feed(_decode(data))
    page.finish()
    grids = [grid for number, table in enumerate(page.done, 1) if (grid := _grid(table, file, number)).rows]
    if not grids:
        raise Refused(f"这是网页另存的文件,里面没有表格(可能是登录页或出错页)。请重新导出,或{RESEND[1:]}")
    return grids


def _decode(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    codec = _CODECS.get(declared[1].decode("ascii").lower()) if declared else None
    if codec and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            pass  # the page says one encoding and is in another: find out
    return decode(data)


def _grid(table: _Table, file: str, number: int) -> Grid:
    rows = table.rows
    trim_rows(rows)
    pad_rows(rows)
    width = len(rows[0]) if rows else 0
    return Grid(
        file=file, sheet=f"表格{number}", rows=rows, merged=ranges_within(table.merged, len(rows), width)
    )
