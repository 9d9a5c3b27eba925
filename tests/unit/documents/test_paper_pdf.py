"""A filled .docx as PDF: what it says, on as many pages as it breaks into, and what could not be shown is told."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from tests.home.pictures import jpeg
from tests.unit.documents.test_shipped_templates import filled

from bangfu.documents.pdf import Press, paper_pdf
from bangfu.documents.pdf.papers import _sections
from bangfu.documents.pdf.wordstyles import paragraph_form, run_form

DAY = date(2020, 4, 22)


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def saved(document: Any) -> bytes:
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def pages(content: bytes) -> int:
    found = re.search(rb"/Type/Pages/Count (\d+)", content)
    assert found is not None
    return int(found[1])


@pytest.mark.parametrize("name", ["monthly_brief", "three_lists"])
def test_a_shipped_template_is_printed_without_loss_and_twice_the_same(press: Press, name: str) -> None:
    content = filled(name, 2, None).content
    printed = paper_pdf(content, day=DAY, press=press)
    assert printed.losses == ()
    assert printed.content.startswith(b"%PDF")
    assert printed.content == paper_pdf(content, day=DAY, press=press).content


def test_texts_are_text_whatever_they_look_like(press: Press) -> None:
    document = Document()
    document.add_paragraph('#panic("x") [*不是标记*] $a$ `b` \\ <c> @d 第一行\n第二行')
    assert paper_pdf(saved(document), day=DAY, press=press).content.startswith(b"%PDF")


def test_a_page_break_and_a_section_begin_new_pages(press: Press) -> None:
    document = Document()
    document.add_paragraph("一").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("二")
    document.add_section().page_width = Mm(297)
    document.add_paragraph("三")
    assert pages(paper_pdf(saved(document), day=DAY, press=press).content) == 3


def test_what_word_alone_can_draw_is_told(press: Press) -> None:
    document = Document()
    document.add_picture(BytesIO(jpeg()))
    numbered = document.add_paragraph("自动编号的段落")
    numbered._element.get_or_add_pPr().append(OxmlElement("w:numPr"))
    losses = paper_pdf(saved(document), day=DAY, press=press).losses
    assert ["图片或图形" in losses[0], "自动编号" in losses[1]] == [True, True]


def test_a_run_looks_as_its_styles_say_where_it_says_nothing_itself() -> None:
    document = Document(BytesIO(filled("monthly_brief", 1).content))
    heading = next(one for one in document.paragraphs if one.style.name == "Heading 1")
    assert run_form(None, heading)["font"] == "head"
    body = next(one for one in document.paragraphs if one.style.name == "公文正文")
    form = paragraph_form(body)
    assert (form["line"], form["first"], run_form(None, body)["size"]) == (28.95, 32.0, 16.0)
    run = body.add_run("粗")
    run.bold, run.font.size = True, Pt(9)
    told = run_form(run._element, body)
    assert (told["bold"], told["size"], told["font"]) == (True, 9.0, "text")


def test_merged_cells_stay_merged() -> None:
    document = Document()
    table = document.add_table(3, 3, "Table Grid")
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 2).merge(table.cell(2, 2))
    [section] = _sections(document)
    [told] = [block for block in section["blocks"] if block["kind"] == "table"]
    shapes = [[(cell["columns"], cell["rows"]) for cell in row] for row in told["rows"]]
    assert shapes == [[(2, 1), (1, 1)], [(1, 1), (1, 1), (1, 2)], [(1, 1), (1, 1)]]
    assert told["has_lines"]


def test_a_number_wider_than_its_cell_may_break_after_a_hyphen_and_a_narrow_one_not() -> None:
    document = Document()
    table = document.add_table(1, 2, "Table Grid")
    for column, width in zip(table.columns, (Pt(40), Pt(200)), strict=True):
        column.width = width
    for cell in table.rows[0].cells:
        cell.text = "编号 2020-0320"
    [section] = _sections(document)
    [told] = [block for block in section["blocks"] if block["kind"] == "table"]
    texts = [cell["blocks"][0]["runs"][0]["text"] for cell in told["rows"][0]]
    assert texts == ["编号 2020-\u200b0320", "编号 2020-0320"]
