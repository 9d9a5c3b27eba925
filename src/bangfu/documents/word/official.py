"""A text -> a document in official form. The text says what a paragraph is by how it begins.

    〔题〕 〔副题〕 〔主送〕 〔结语〕 〔附件〕 〔署名〕 〔日期〕 〔发文机关〕 〔文号〕 〔表题〕 〔注〕
                that kind of paragraph; ↵ in it breaks the line
    一、  （一）  1．    headings; what follows the first 。 of the latter two is text of the same paragraph
    | a | b |   a table's row, the first one its head; `|:` a cell set left
    〔横向〕 the page lies    〔换页〕 a new page    〔列宽〕 1 2 3   widths of the next table's columns, in parts
Anything else is text; an empty line is one. `{% … %}` lines are a template's and stand by themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu

from bangfu.documents.word.package import packed
from bangfu.documents.word.page import set_page, text_width
from bangfu.documents.word.styles import RUN_INS, set_styles
from bangfu.terms.errors import UserError

_KINDS = {
    "题": "Title",
    "副题": "公文副题",
    "主送": "公文主送",
    "结语": "公文结语",
    "附件": "公文附件",
    "署名": "公文署名",
    "日期": "公文日期",
    "发文机关": "公文发文机关",
    "文号": "公文文号",
    "表题": "公文表题",
    "注": "公文注",
}
_SETTINGS = ("横向", "换页", "列宽")
_MARK = re.compile(r"〔([^〔〕\s]{1,4})〕 ?(.*)")
_HEADINGS = (
    (re.compile(r"[一二三四五六七八九十]{1,3}、"), "Heading 1"),
    (re.compile(r"（[一二三四五六七八九十]{1,3}）"), "Heading 2"),
    (re.compile(r"\d{1,2}[．.](?!\d)"), "Heading 3"),
)
_CELL = re.compile(r"\|(?![^{}]*\})")  # not the one before a field's format


@dataclass
class _Writing:
    document: Any
    is_landscape: bool = False
    is_new_page: bool = False
    widths: list[float] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def write_official(text: str, *, day: date) -> bytes:
    """The .docx. UserError where a mark 〔…〕 at the beginning of a line is none of those known."""
    document = Document()
    _empty(document)
    set_styles(document)
    lines = text.strip("\n").split("\n")
    writing = _Writing(document, "〔横向〕" in (line.strip() for line in lines))
    set_page(document, is_landscape=writing.is_landscape)
    for line in lines:
        _write_line(writing, line.strip())
    _end_table(writing)
    return packed(document, day)


def _empty(document: Any) -> None:
    """python-docx's own empty document names its author and carries a picture of it."""
    properties = document.core_properties
    properties.author = properties.title = properties.comments = properties.keywords = ""
    properties.language = "zh-CN"
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]


def _write_line(writing: _Writing, line: str) -> None:
    if line.startswith("|"):
        writing.rows.append([cell.strip() for cell in _CELL.split(line.strip("|"))])
        return
    _end_table(writing)
    mark = _MARK.match(line)
    if mark and mark[1] in _SETTINGS:
        _set(writing, mark[1], mark[2])
        return
    paragraph = _write_paragraph(writing.document, line, mark)
    if writing.is_new_page:
        paragraph.paragraph_format.page_break_before = True
        writing.is_new_page = False


def _set(writing: _Writing, mark: str, value: str) -> None:
    if mark == "列宽":
        writing.widths = [float(part) for part in value.split()]
    elif mark == "换页":
        writing.is_new_page = True


def _write_paragraph(document: Any, line: str, mark: re.Match[str] | None) -> Any:
    if mark is None:
        return _write_text(document, line)
    if mark[1] not in _KINDS:
        raise UserError(f"没有〔{mark[1]}〕，可用的有：{'、'.join([*_KINDS, *_SETTINGS])}")
    paragraph = document.add_paragraph(mark[2].replace("↵", "\n"), _KINDS[mark[1]])
    if mark[1] == "文号":
        _underline(paragraph)
    return paragraph


def _write_text(document: Any, line: str) -> Any:
    style = next((style for shape, style in _HEADINGS if shape.match(line)), "公文正文")
    if style in RUN_INS and "。" in line.rstrip("。"):
        heading, stop, text = line.partition("。")
        paragraph = document.add_paragraph(style="公文正文")
        paragraph.add_run(heading + stop, RUN_INS[style])
        paragraph.add_run(text)
        return paragraph
    return document.add_paragraph(line, style)


def _underline(paragraph: Any) -> None:
    """The red line between head and text (7.2.7)."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", "FF0000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


# -- tables -----------------------------------------------------------------------------------------


def _end_table(writing: _Writing) -> None:
    if not writing.rows:
        return
    columns = max(len(row) for row in writing.rows)
    table = writing.document.add_table(0, columns, "Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = _widths(writing, columns)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)
    for number, row in enumerate(writing.rows):
        _write_row(table, row, widths, is_head=number == 0)
    writing.rows, writing.widths = [], []


def _widths(writing: _Writing, columns: int) -> list[int]:
    parts = writing.widths if len(writing.widths) == columns else [1.0] * columns
    across = text_width(is_landscape=writing.is_landscape)
    return [int(across * part / sum(parts)) for part in parts]


def _write_row(table: Any, texts: list[str], widths: list[int], *, is_head: bool) -> None:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    for index, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
        text = texts[index] if index < len(texts) else ""
        is_left = text.startswith(":")
        cell.width, cell.vertical_alignment = Emu(width), WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.style = "公文表头" if is_head else "公文表左" if is_left else "公文表文"
        paragraph.add_run(text.removeprefix(":").strip())
