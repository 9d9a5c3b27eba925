"""A filled .docx as PDF, by the one route to PDF: its paragraphs and tables are read and laid out as they say.

What is read is what official documents have: fonts, sizes, indents, exact lines, tables, page breaks, page numbers. Pictures
and numbers that Word itself puts before paragraphs are not, which is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from bangfu.documents.pdf.press import Press
from bangfu.documents.pdf.wordstyles import paragraph_form, run_form

_TWIPS = 20
_SIDES = 6  # points that a cell keeps free beside its text
_LETTER = 0.56  # of its size a letter or digit is wide
_WORD = re.compile(r"([!-~]+)")
_MAY_BREAK = "\u200b"
_EMU = 12_700
_LOSSES = (("w:drawing", "图片或图形"), ("w:pict", "图片或图形"), ("w:numPr", "自动编号"))


@dataclass(frozen=True)
class Printed:
    """The PDF, and what of the .docx it does not show."""

    content: bytes
    losses: tuple[str, ...]


def paper_pdf(docx: bytes, *, day: date, title: str = "", press: Press | None = None) -> Printed:
    """UserError where there is no Chinese font. `day` is the file's date, so that equal papers are equal files."""
    document = Document(BytesIO(docx))
    values = {"title": title, "sections": list(_sections(document)), "is_numbered": _is_numbered(document)}
    press = press or Press()
    return Printed(press.print("paper", {**values, "fonts": press.fonts}, day=day), _losses(document))


def _sections(document: Any) -> Iterator[dict[str, Any]]:
    """A section ends with the paragraph that has its page, the last with the body."""
    pages, blocks = iter(document.sections), list[dict[str, Any]]()
    for element in document.element.body:
        if element.tag == qn("w:p"):
            paragraph = Paragraph(element, document)
            blocks.append(_paragraph(paragraph))
            if element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
                yield {**_page(next(pages)), "blocks": blocks}
                blocks = []
        elif element.tag == qn("w:tbl"):
            blocks.append(_table(Table(element, document)))
    yield {**_page(next(pages)), "blocks": blocks}


def _page(section: Any) -> dict[str, float]:
    sides = ("left_margin", "right_margin", "top_margin", "bottom_margin", "footer_distance")
    lengths = {name: (getattr(section, name) or 0) / _EMU for name in sides}
    return {**lengths, "width": section.page_width / _EMU, "height": section.page_height / _EMU}


def _is_numbered(document: Any) -> bool:
    return any("PAGE" in (section.footer._element.xml or "") for section in document.sections)


def _losses(document: Any) -> tuple[str, ...]:
    body = document.element.body
    found = dict.fromkeys(word for tag, word in _LOSSES if next(body.iter(qn(tag)), None) is not None)
    return tuple(f"PDF 里没有模板的{word}，需要的请用 Word 或 WPS 把 .docx 另存为 PDF" for word in found)


def _paragraph(paragraph: Any) -> dict[str, Any]:
    return {"kind": "paragraph", **paragraph_form(paragraph), "runs": list(_runs(paragraph))}


def _runs(paragraph: Any) -> Iterator[dict[str, Any]]:
    """What stands in it, also in links; a page break is a run of its own."""
    for run in paragraph._element.iter(qn("w:r")):
        form = run_form(run, paragraph)
        text = ""
        for node in run:
            if node.tag == qn("w:t"):
                text += node.text or ""
            elif node.tag == qn("w:tab"):
                text += "\u3000"
            elif node.tag in (qn("w:br"), qn("w:cr")):
                if node.get(qn("w:type")) == "page":
                    yield {**form, "text": text, "breaks": False}
                    yield {**form, "text": "", "breaks": True}
                    text = ""
                else:
                    text += "\n"
        if text:
            yield {**form, "text": text, "breaks": False}


# -- tables ------------------------------------------------------------------------------------------


def _table(table: Any) -> dict[str, Any]:
    rows = [list(_cells(row, table)) for row in table._tbl.tr_lst]
    _span_rows(rows)
    widths = [int(column.get(qn("w:w")) or 0) / _TWIPS for column in table._tbl.tblGrid.gridCol_lst]
    columns = max((sum(cell["columns"] for cell in row) for row in rows), default=0)
    heads = 0
    for row in table._tbl.tr_lst:
        if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None:
            break
        heads += 1
    if len(widths) == columns and all(widths):
        _let_break(rows, widths)
    shown = [[cell for cell in row if cell["rows"]] for row in rows]
    return {
        "kind": "table",
        "widths": widths if len(widths) == columns and all(widths) else [1.0] * columns,
        "rows": shown,
        "heads": min(heads, max(len(rows) - 1, 0)),
        "has_lines": _has_lines(table),
    }


def _cells(row: Any, table: Any) -> Iterator[dict[str, Any]]:
    for cell in row.tc_lst:
        properties = cell.tcPr
        merge = properties.find(qn("w:vMerge")) if properties is not None else None
        shade = properties.find(qn("w:shd")) if properties is not None else None
        fill = shade.get(qn("w:fill")) if shade is not None else None
        yield {
            "columns": cell.grid_span,
            "rows": 1,
            "goes_on": merge is not None and merge.get(qn("w:val")) != "restart",
            "fill": "" if fill in (None, "auto") else fill,
            "blocks": [_paragraph(Paragraph(one, table)) for one in cell.iterchildren(qn("w:p"))],
        }


def _span_rows(rows: list[list[dict[str, Any]]]) -> None:
    """A cell that goes on below takes the rows of those that it swallows, which then have none."""
    above: dict[int, dict[str, Any]] = {}
    for row in rows:
        column = 0
        for cell in row:
            owner = above.get(column)
            if cell["goes_on"] and owner is not None:
                owner["rows"] += 1
                cell["rows"] = 0
            else:
                above[column] = cell
            column += cell["columns"]


def _let_break(rows: list[list[dict[str, Any]]], widths: list[float]) -> None:
    """Numbers and words that are wider than their cell break in it, after a hyphen where they have one, as Word breaks them."""
    for row in rows:
        column = 0
        for cell in row:
            room = sum(widths[column : column + cell["columns"]]) - _SIDES
            for run in (run for block in cell["blocks"] for run in block["runs"]):
                most = int(room / (run["size"] * _LETTER))
                parts = _WORD.split(run["text"])
                run["text"] = "".join(_broken(part, most) for part in parts)
            column += cell["columns"]


def _broken(word: str, most: int) -> str:
    if len(word) <= most or not _WORD.fullmatch(word):
        return word
    parts = re.split(r"(?<=[-/.])", word)
    return _MAY_BREAK.join(part if len(part) <= most else _MAY_BREAK.join(part) for part in parts)


def _has_lines(table: Any) -> bool:
    properties = table._tbl.tblPr
    borders = properties.find(qn("w:tblBorders")) if properties is not None else None
    if borders is not None:
        return any(one.get(qn("w:val")) not in (None, "none", "nil") for one in borders)
    return table.style is not None and "Grid" in table.style.name
