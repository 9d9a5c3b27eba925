"""The page of an official document (GB/T 9704-2012, 5 and 7.5): A4, margins, 22 lines of 28 characters, page numbers."""

from __future__ import annotations

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bangfu.documents.word.styles import SONG, set_font

LINE = Pt(28.95)  # 225 mm of text in 22 lines
_LINE_PITCH = "579"  # the same in twentieths of a point
_TOP, _BOTTOM, _LEFT, _RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
_PAGE_NUMBER_SIZE = Pt(14)


def set_page(document: Any, *, is_landscape: bool = False) -> None:
    """Landscape turns the page, and with it the margins: the binding edge stays the same edge of the paper."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    margins = (_TOP, _RIGHT, _BOTTOM, _LEFT)
    if is_landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        margins = (_LEFT, _TOP, _RIGHT, _BOTTOM)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = margins
    section.header_distance, section.footer_distance = Mm(15), Mm(16 if is_landscape else 23)
    _set_grid(section)
    _number_pages(document, section)


def text_width(*, is_landscape: bool) -> int:
    """Width between the margins, in EMU."""
    if is_landscape:
        return int(Mm(297)) - int(_TOP) - int(_BOTTOM)
    return int(Mm(210)) - int(_LEFT) - int(_RIGHT)


def _set_grid(section: Any) -> None:
    """Lines only: a grid of characters too is what readers other than Word spread the text over."""
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), _LINE_PITCH)
    section._sectPr.append(grid)


def _number_pages(document: Any, section: Any) -> None:
    """— 1 — on the outer side, one character from the edge."""
    document.settings.odd_and_even_pages_header_footer = True
    for footer, outer in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Footer"]
        is_right = outer == "right"
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_right else WD_ALIGN_PARAGRAPH.LEFT
        indent = paragraph.paragraph_format
        indent.right_indent = _PAGE_NUMBER_SIZE if is_right else 0
        indent.left_indent = 0 if is_right else _PAGE_NUMBER_SIZE
        _write_number(paragraph)


def _write_number(paragraph: Any) -> None:
    for text, kind in (("— ", ""), ("", "begin"), ("PAGE", "code"), ("", "end"), (" —", "")):
        run = paragraph.add_run(text if not kind else None)
        set_font(run._element.get_or_add_rPr(), SONG, SONG)
        run.font.size = _PAGE_NUMBER_SIZE
        if kind == "code":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {text} "
            run._element.append(code)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)
