"""Tables to .xlsx that open well in WPS and Excel, print on A4, and never run what a cell says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import xlsxwriter

from bangfu.spreadsheets.limits import MAX_ROWS
from bangfu.spreadsheets.look import HEAD_FILL, LINE, ONE_LINE, PLAIN, TOTAL_FILL, Look, height
from bangfu.spreadsheets.streamed import Place, StreamedSheet
from bangfu.spreadsheets.texts import as_plain_text, clean_text

Kind = Literal["text", "wrap", "label", "id", "integer", "count", "decimal", "money", "date", "month"]
Column = tuple[str, float, Kind]
"""Title, width in characters, and what stands in the cells; `label` is a short text and `count` a number, centred."""

_FONT = "宋体"
_TITLE_FONT = "微软雅黑"
_LONGEST_SHEET_NAME = 31
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_WRAPPING = ("wrap", "label")
_MAX_LINKS = 65_000  # Excel drops the hyperlinks of a sheet beyond 65,530
_BORDER = {"border": 1, "border_color": LINE}
_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@"},
    "wrap": {"num_format": "@", "text_wrap": True},
    "label": {"num_format": "@", "text_wrap": True, "align": "center"},
    "id": {"num_format": "@"},
    "integer": {"num_format": "0"},
    "count": {"num_format": "0", "align": "center"},
    "decimal": {"num_format": "0.00##"},
    "money": {"num_format": "#,##0.00"},
    "date": {"num_format": "yyyy-mm-dd"},
    "month": {"num_format": "yyyy-mm"},
}


@dataclass(frozen=True)
class Link:
    """A cell that jumps to a cell of the same workbook."""

    text: str
    sheet: str
    cell: str

    @property
    def target(self) -> str:
        return "internal:'" + self.sheet.replace("'", "''") + "'!" + self.cell


@dataclass
class Book:
    """A workbook being written, with its formats and the sheet names that are taken."""

    workbook: Any
    names: set[str] = field(default_factory=set)
    formats: dict[str, Any] = field(default_factory=dict)

    def format(self, kind: str, **more: Any) -> Any:
        key = kind + repr(sorted(more.items()))
        if key not in self.formats:
            base = {"font_name": _FONT, "font_size": 10, "valign": "vcenter"}
            self.formats[key] = self.workbook.add_format({**base, **_FORMATS.get(kind, {}), **more})
        return self.formats[key]

    def add_sheet(self, name: str) -> Any:
        kind = StreamedSheet if self.workbook.constant_memory else None
        return self.workbook.add_worksheet(sheet_name(name, self.names), kind)

    def close(self) -> None:
        self.workbook.close()

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.close()
        else:  # what is half written must not look like a workbook
            self.workbook.fileclosed = 1


def open_book(path: Path, *, constant_memory: bool = False, created: datetime | None = None) -> Book:
    """A new workbook. `constant_memory` writes rows through to disk; rows must then come top down.

    `created` is put into the file's properties; the same rows with the same time give the same bytes.
    """
    options = {
        "constant_memory": constant_memory,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    workbook = xlsxwriter.Workbook(str(path), options)
    if created is not None:
        workbook.set_properties({"created": created})
    return Book(workbook)


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel accepts and no other sheet has; it is added to `taken`. Case does not distinguish."""
    base = _FORBIDDEN_IN_NAME.sub("_", wanted).strip().strip("'") or "表"
    name, number = base[:_LONGEST_SHEET_NAME], 1
    while name.casefold() in taken or name.casefold() == "history":  # Excel keeps "History" for itself
        number += 1
        suffix = f"({number})"
        name = base[: _LONGEST_SHEET_NAME - len(suffix)] + suffix
    taken.add(name.casefold())
    return name


def write_table(
    book: Book,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    *,
    title: str = "",
    note: str = "",
    look: Look = PLAIN,
) -> list[str]:
    """Write rows below a frozen, filtered header; gives the names of the sheets written.

    Texts stay texts whatever they begin with, IDs become texts, None an empty cell. Rows beyond what a
    sheet holds go on in a second sheet with the same header.
    """
    source = iter(rows)
    written: list[str] = []
    pending = next(source, None)
    while pending is not None or not written:
        sheet = book.add_sheet(name)
        written.append(sheet.get_name())
        header = _write_head(book, sheet, columns, title, note, look)
        last, pending = _write_rows(book, sheet, columns, header + 1, pending, source, look)
        if pending is None:
            _write_end(book, sheet, columns, last, last == header + 1, look)
    return written


def _write_head(book: Book, sheet: Any, columns: Sequence[Column], title: str, note: str, look: Look) -> int:
    header = 0
    across = sum(width for _, width, _ in columns)
    sheet.set_default_row(ONE_LINE)
    if title:
        sheet.set_row(header, 30)
        style = {"font_name": _TITLE_FONT, "font_size": 16, "bold": True, "align": "center"}
        _merge(sheet, header, len(columns), clean_text(title), book.format("", **style))
        header += 1
    if note:
        sheet.set_row(header, height([(note, across)]))
        _merge(sheet, header, len(columns), clean_text(note), book.format("", text_wrap=True))
        header += 1
    # Column formats first: in constant memory nothing above the present row can be changed.
    for index, (_, width, kind) in enumerate(columns):
        sheet.set_column(index, index, width, book.format(kind))
    sheet.set_row(header, height([(text, width) for text, width, _ in columns]))
    style = {"bold": True, "align": "center", "text_wrap": True, "bg_color": HEAD_FILL, **_BORDER}
    for index, (text, _, _) in enumerate(columns):
        sheet.write_string(header, index, clean_text(text), book.format("", **style))
    sheet.freeze_panes(header + 1, look.frozen)
    set_up_print(sheet, header, look.signed)
    return header


def _merge(sheet: Any, row: int, width: int, text: str, cell_format: Any) -> None:
    if width > 1:
        sheet.merge_range(row, 0, row, width - 1, "", cell_format)
    sheet.write_string(row, 0, text, cell_format)


def set_up_print(sheet: Any, header: int, signed: str = "") -> None:
    """A4 across, all columns on one page's width, the header on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.35, right=0.35, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)
    sheet.set_footer(f"&L{signed}&R第 &P 页，共 &N 页" if signed else "&C第 &P 页，共 &N 页")


def _write_rows(
    book: Book,
    sheet: Any,
    columns: Sequence[Column],
    first: int,
    pending: Sequence[object] | None,
    source: Iterator[Sequence[object]],
    look: Look,
) -> tuple[int, Sequence[object] | None]:
    """The row below the last one written, and the row that found no room."""
    formats = [(kind, book.format(kind, **_BORDER)) for _, _, kind in columns]
    places = [Place.of(column, style, kind == "id") for column, (kind, style) in enumerate(formats)]
    tinted = _tinted(book, columns, look)
    is_plain = isinstance(sheet, StreamedSheet) and not tinted
    may_wrap = any(kind in _WRAPPING for _, _, kind in columns)
    row, links = first, 0
    while pending is not None and row < MAX_ROWS:
        needed = _height_of(columns, pending) if may_wrap else ONE_LINE
        if needed > ONE_LINE:
            sheet.set_row(row, needed)
        if not (is_plain and sheet.write_line(row, pending, places)):
            links = _write_cells(sheet, row, pending, formats, tinted, links)
        row += 1
        pending = next(source, None)
    sheet.autofilter(first - 1, 0, max(row - 1, first - 1), len(columns) - 1)
    _offer_choices(sheet, columns, first, row - 1, look)
    return row, pending


def _tinted(book: Book, columns: Sequence[Column], look: Look) -> dict[str, dict[str, Any]]:
    """By text and kind of column, the formats of texts that stand out."""
    return {
        text: {kind: book.format(kind, font_color=tint, **_BORDER) for _, _, kind in columns}
        for text, tint in look.tints.items()
    }


def _write_cells(
    sheet: Any,
    row: int,
    values: Sequence[object],
    formats: Sequence[tuple[Kind, Any]],
    tinted: Mapping[str, Mapping[str, Any]],
    links: int,
) -> int:
    """The links that the sheet has by then."""
    for column, (value, (kind, cell_format)) in enumerate(zip(values, formats, strict=True)):
        if isinstance(value, Link):
            links += 1
            value = value if links <= _MAX_LINKS else value.text
        elif kind == "label" and value in tinted:
            cell_format = tinted[str(value)][kind]
        write_cell(sheet, row, column, value, cell_format, as_text=kind == "id")
    return links


def _height_of(columns: Sequence[Column], row: Sequence[object]) -> float:
    return height(
        [
            (value, width)
            for value, (_, width, kind) in zip(row, columns, strict=True)
            if kind in _WRAPPING and isinstance(value, str)
        ]
    )


def _offer_choices(sheet: Any, columns: Sequence[Column], first: int, last: int, look: Look) -> None:
    for index, (title, _, _) in enumerate(columns):
        if title in look.choices and last >= first:
            options = {
                "validate": "list",
                "source": list(look.choices[title]),
                "error_type": "information",  # another word may be right: it is asked about, not refused
                "error_title": title,
                "error_message": "一般从下拉项中选；确需另写的，点“确定”保留。",
            }
            sheet.data_validation(first, index, last, index, options)


def _write_end(
    book: Book, sheet: Any, columns: Sequence[Column], row: int, is_empty: bool, look: Look
) -> None:
    """What stands below the rows: that there are none, or their total."""
    if is_empty and look.empty:
        cell_format = book.format("", align="center", font_color="#595959", **_BORDER)
        _merge(sheet, row, len(columns), clean_text(look.empty), cell_format)
    elif look.total is not None and row < MAX_ROWS:
        for column, (value, (_, _, kind)) in enumerate(zip(look.total, columns, strict=True)):
            cell_format = book.format(kind, bold=True, bg_color=TOTAL_FILL, **_BORDER)
            write_cell(sheet, row, column, value, cell_format)


def write_cell(
    sheet: Any, row: int, column: int, value: object, cell_format: Any, *, as_text: bool = False
) -> None:
    """Write one value by its type; a text is never taken for a formula, a number or an address."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, cell_format)
    elif isinstance(value, Link):
        sheet.write_url(row, column, value.target, cell_format, clean_text(value.text))
    elif isinstance(value, bool):
        sheet.write_string(row, column, "是" if value else "否", cell_format)
    elif isinstance(value, int | float | Decimal) and not as_text:
        sheet.write_number(row, column, value, cell_format)
    elif isinstance(value, date | datetime | time) and not as_text:
        _write_time(sheet, row, column, value, cell_format)
    else:
        sheet.write_string(row, column, clean_text(as_plain_text(value)), cell_format)


def _write_time(sheet: Any, row: int, column: int, value: date | time, cell_format: Any) -> None:
    # Excel counts days from 1900; an older date can only be a text.
    if isinstance(value, date) and value.year < 1900:
        sheet.write_string(row, column, value.isoformat(), cell_format)
    else:
        sheet.write_datetime(row, column, value, cell_format)
