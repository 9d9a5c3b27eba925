"""A text becomes an official document (GB/T 9704-2012): page, fonts, numbers, and what begins a line."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from tests.unit.documents.word_texts import DAY, official

from bangfu.documents.word import write_official
from bangfu.terms.errors import UserError

TEXT = """
〔题〕某镇工作情况↵报告
〔主送〕县人民政府：
一、基本情况
（一）加强学习。认真学习有关精神。
（二）工作成效
1．教育帮扶。资助学生。
正文一段。
| 序号 | 村 | 户数 |
| 1 |: 罗峰村 | 80 |
〔署名〕某镇人民政府
〔日期〕2020年4月22日
"""


@pytest.fixture(scope="module")
def made() -> Any:
    return official(TEXT)


def test_the_page_has_the_margins_of_the_standard(made: Any) -> None:
    section = made.sections[0]
    assert [round(side / Mm(1)) for side in (section.page_width, section.page_height)] == [210, 297]
    margins = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
    assert [round(side / Mm(1)) for side in margins] == [37, 35, 28, 26]


def test_a_page_that_lies_keeps_its_binding_edge() -> None:
    section = official("〔横向〕\n〔题〕清单").sections[0]
    assert round(section.page_width / Mm(1)) == 297
    assert round(section.top_margin / Mm(1)) == 28


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Title", "方正小标宋简体", 22),
        ("公文正文", "仿宋_GB2312", 16),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
    ],
)
def test_styles_name_the_fonts_for_chinese(made: Any, style: str, font: str, size: int) -> None:
    found = made.styles[style]
    fonts = found.element.rPr.find(qn("w:rFonts"))
    assert (fonts.get(qn("w:eastAsia")), found.font.size) == (font, Pt(size))
    assert not [name for name in fonts.attrib if name.endswith("Theme")], "a theme's font would win"


def test_text_has_fixed_lines_of_29_points_and_begins_two_characters_in(made: Any) -> None:
    body = made.styles["公文正文"]
    assert body.paragraph_format.line_spacing == Pt(28.95)
    assert body.element.pPr.ind.get(qn("w:firstLineChars")) == "200"


def test_lines_become_what_their_beginning_says(made: Any) -> None:
    found = [(one.style.name, one.text) for one in made.paragraphs]
    assert found == [
        ("Title", "某镇工作情况\n报告"),
        ("公文主送", "县人民政府："),
        ("Heading 1", "一、基本情况"),
        ("公文正文", "（一）加强学习。认真学习有关精神。"),
        ("Heading 2", "（二）工作成效"),
        ("公文正文", "1．教育帮扶。资助学生。"),
        ("公文正文", "正文一段。"),
        ("公文署名", "某镇人民政府"),
        ("公文日期", "2020年4月22日"),
    ]


def test_a_heading_within_a_paragraph_has_its_own_font(made: Any) -> None:
    runs = made.paragraphs[3].runs
    assert [(one.text, one.style.name) for one in runs] == [
        ("（一）加强学习。", "公文二级标题字"),
        ("认真学习有关精神。", "Default Paragraph Font"),
    ]


def test_a_table_repeats_its_head_and_sets_cells_left_where_told(made: Any) -> None:
    table = made.tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in table.rows[1].cells] == ["1", "罗峰村", "80"]
    assert table.rows[1].cells[1].paragraphs[0].style.name == "公文表左"


def test_page_numbers_stand_outside_between_dashes(made: Any) -> None:
    document = made
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert footer.paragraphs[0].text.split() == ["—", "—"]
        assert "PAGE" in footer._element.xml
        assert footer.paragraphs[0].runs[0].font.size == Pt(14)


def test_lines_break_by_chinese_rules(made: Any) -> None:
    assert made.styles.element.find(f".//{qn('w:lang')}").get(qn("w:eastAsia")) == "zh-CN"


def test_the_same_text_is_the_same_file() -> None:
    assert write_official(TEXT, day=DAY) == write_official(TEXT, day=DAY)


def test_the_file_names_no_author(made: Any) -> None:
    properties = made.core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")


def test_an_unknown_mark_is_told_with_those_there_are() -> None:
    with pytest.raises(UserError, match="没有〔标题〕，可用的有：题、副题"):
        write_official("〔标题〕某镇", day=DAY)


def test_digits_are_not_chinese_text_that_breaks_anywhere(made: Any) -> None:
    language = made.styles.element.find(f".//{qn('w:lang')}")
    assert (language.get(qn("w:val")), language.get(qn("w:eastAsia"))) == ("en-US", "zh-CN")
