"""An office's own Word template is filled: fields over runs, loops, conditions; and what is wrong is told at once."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Pt
from tests.unit.documents.word_texts import (
    DAY,
    VILLAGES,
    document_of,
    filled,
    opened,
    resolve,
    saved,
    text,
    texts,
)

from bangfu.documents.word import FieldValue, references_of, render_report
from bangfu.terms.errors import UserError


def refused(*paragraphs: str, **more: Any) -> str:
    with pytest.raises(UserError) as told:
        filled(document_of(*paragraphs), **more)
    return str(told.value)


def test_fields_become_figures_in_their_formats() -> None:
    assert text("有{{poor_households|户}}、{{ poor_persons | 人 }}，奖补{{award_amount@2019|万元}}。") == (
        "有824户、3299人，奖补66.05万元。"
    )


def test_a_field_split_over_runs_is_one_and_takes_the_first_runs_form() -> None:
    document = Document()
    paragraph = document.add_paragraph("有")
    for part in ("{", "{poor_", "house", "holds", " | 户}", "}", "。"):
        run = paragraph.add_run(part)
        run.bold = part == "{"
        run.font.size = Pt(16)
    made = opened(filled(document).content).paragraphs[0]
    assert made.text == "有824户。"
    assert [(run.text, run.bold) for run in made.runs if run.text] == [
        ("有", None),
        ("824户", True),
        ("。", False),
    ]


def test_signs_typed_in_chinese_are_taken() -> None:
    assert text("｛｛poor_households［村＝罗峰村］｜户｝｝") == "80户"


def test_fields_stand_in_headers_footers_and_tables_too() -> None:
    document = document_of("正文")
    document.sections[0].header.paragraphs[0].text = "{{镇名}}"
    document.sections[0].footer.paragraphs[0].text = "共{{poor_households|户}}"
    document.add_table(1, 1).cell(0, 0).text = "{{poor_persons}}"
    made = opened(filled(document, words={"镇名": "某镇"}).content)
    assert made.sections[0].header.paragraphs[0].text == "某镇"
    assert made.sections[0].footer.paragraphs[0].text == "共824户"
    assert made.tables[0].cell(0, 0).text == "3299"


def test_a_figure_that_is_not_known_says_so_in_yellow_and_is_listed() -> None:
    result = filled(document_of("参加{{unknown_yet|人}}。"))
    runs = opened(result.content).paragraphs[0].runs
    assert [(run.text, run.font.highlight_color) for run in runs] == [
        ("参加", None),
        ("（未统计）", WD_COLOR_INDEX.YELLOW),
        ("。", None),
    ]
    assert [use.reference for use in result.blanks] == ["unknown_yet"]


def test_uses_name_each_figure_once_in_order_with_what_stands_in_the_text() -> None:
    result = filled(document_of("{{poor_persons|人}}", "{{award_amount@2019|万元(全)}}", "{{poor_persons}}"))
    assert [(use.reference, use.shown) for use in result.uses] == [
        ("poor_persons", "3299人"),
        ("award_amount@2019", "66.04805万元"),
    ]


def test_the_same_template_and_figures_are_the_same_file() -> None:
    template = saved(document_of("{{poor_households}}"))
    assert filled(template).content == filled(template).content


# -- loops and conditions ---------------------------------------------------------------------------


def test_a_loop_within_a_line_repeats_its_text() -> None:
    line = "{%循环 各村%}{{序号}}.{{村名}}{{poor_households[村=<村名>]|户}}{%如果 序号 < 总数%}；{%否则%}。{%结束%}{%结束%}"
    assert text(line) == "1.罗峰村80户；2.金峰村75户。"


def test_a_loop_on_lines_of_its_own_repeats_paragraphs_and_leaves_no_empty_ones() -> None:
    document = document_of(
        "前", "{% for 村 in 各村 %}", "{{村名}}", "户数{{poor_households[村=<村名>]}}", "{%结束%}", "后"
    )
    assert texts(document) == ["前", "罗峰村", "户数80", "金峰村", "户数75", "后"]


def test_a_row_with_both_marks_repeats_itself() -> None:
    document = Document()
    table = document.add_table(3, 2)
    for row, cells in enumerate(
        [
            ("村", "户数"),
            ("{%逐行 各村%}{{村名}}", "{{poor_households[村=<村名>]}}{%结束%}"),
            ("合计", "{{poor_households}}"),
        ]
    ):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    rows = opened(filled(document).content).tables[0].rows
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["村", "户数"],
        ["罗峰村", "80"],
        ["金峰村", "75"],
        ["合计", "824"],
    ]


def test_marks_in_rows_of_their_own_repeat_the_rows_between() -> None:
    document = Document()
    table = document.add_table(3, 1)
    for row, cell in enumerate(["{%循环 各村%}", "{{村名}}", "{%结束%}"]):
        table.cell(row, 0).text = cell
    rows = opened(filled(document).content).tables[0].rows
    assert [row.cells[0].text for row in rows] == ["罗峰村", "金峰村"]


def test_an_empty_list_has_its_own_words() -> None:
    assert texts(document_of("{%循环 无%}", "{{村名}}", "{%否则%}", "没有。", "{%结束%}")) == ["没有。"]


def test_rows_may_hold_lists() -> None:
    nested = {"户": [{"户主": "甲", "成员": [{"姓名": "乙"}, {"姓名": "丙"}]}, {"户主": "丁", "成员": []}]}
    line = "{%循环 户%}{{户主}}：{{成员|个数}}人（{%循环 成员%}{{户主}}家{{姓名}} {%结束%}）{%结束%}"
    assert text(line, lists=nested) == "甲：2人（甲家乙 甲家丙 ）丁：0人（）"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("poor_households > 800", True),
        ("poor_households ≤ 823", False),
        ("poor_households > poor_persons", False),
        ("poor_households = 824 且 poor_persons = 3299", True),
        ("poor_households = 1 或 poor_persons = 3299", True),
        ("poor_households = 1 或 poor_persons = 3299 且 poor_persons = 1", False),
        ("unknown_yet > 0", False),
        ("unknown_yet <= 0", False),
        ("各村", True),
        ("无", False),
        ("镇名 = “某镇”", True),
        ("镇名 != “某镇”", False),
        ("poor_households[村=罗峰村] >= 80", True),
        ("本年 > 2019", True),
    ],
)
def test_conditions(condition: str, holds: bool) -> None:
    made = text(f"{{%如果 {condition}%}}是{{%否则%}}否{{%结束%}}", words={"镇名": "某镇", "本年": 2020})
    assert made == ("是" if holds else "否")


def test_references_are_known_before_anything_is_computed() -> None:
    template = saved(
        document_of(
            "{%如果 poor_households > 1%}{{poor_persons}}{%结束%}",
            "{%循环 各村%}{{a[村=<村名>]}}{%结束%}{{年}}",
        )
    )
    assert references_of(template, words={"年": 2020}, lists=VILLAGES) == (
        "poor_households",
        "poor_persons",
        "a[村=罗峰村]",
        "a[村=金峰村]",
    )


# -- what is wrong -----------------------------------------------------------------------------------


def test_every_unknown_field_is_told_at_once_where_it_stands() -> None:
    told = refused(
        "全镇{{poor_househods|户}}。", "好", "{%如果 nothing > 1%}{{镇明}}{%结束%}", words={"镇名": "某镇"}
    )
    assert "模板“报告.docx”有 3 处写得不对" in told
    assert "正文“全镇{{poor_househods|户}}。”：{{poor_househods|户}} 没有指标 poor_househods" in told
    assert "没有指标 nothing" in told
    assert "{{镇明}} 没有指标 镇明" in told


def test_an_unknown_column_or_list_comes_with_the_nearest() -> None:
    told = refused("{%循环 各个村%}{%结束%}", "{%循环 各村%}{{poor_households[村=<村民>]}}{%结束%}")
    assert "没有清单“各个村”，是否指 各村？" in told
    assert "<村民> 不是这里能用的名称，是否指 村名" in told


@pytest.mark.parametrize(
    ("paragraphs", "message"),
    [
        (["{%循环 各村%}"], "后面缺 {% 结束 %}"),
        (["{%结束%}"], "前面没有与它对应的"),
        (["{{poor_households"], "括号不成对"),
        (["{{poor_households}} }}"], "括号不成对"),
        (["甲{%循环 各村%}", "乙{%结束%}"], "各自单独成段"),
        (["{%重复 各村%}"], "没有标记“重复”"),
        (["{{poor_households|大写金额很长}}"], "单位是“户”，不是“大写金额很长”"),
        (["{{poor_households|upper}}"], "没有格式“upper”"),
        (["{{poor_households|万元}}"], "单位是“户”，不能写成“万元”"),
        (["{{award_amount@2019|万元(x)}}"], "括号里应是小数位数"),
        (["{{各村}}"], "这是一张清单"),
        (["{{}}"], "没有写名称"),
        (["{%如果 镇名 > 3%}{%结束%}"], "比大小的两边应都是数"),
    ],
)
def test_a_tag_that_is_written_wrongly(paragraphs: list[str], message: str) -> None:
    told = refused(*paragraphs, words={"镇名": "某镇"})
    assert message in told


def test_a_file_that_is_no_document_is_refused_with_advice() -> None:
    with pytest.raises(UserError, match=r"另存为 \.docx"):
        filled(b"\xd0\xcf\x11\xe0 an old .doc")


# -- nothing in a template is code, and nothing in a value is a template ---------------------------------


@pytest.mark.parametrize(
    "attempt",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ F.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{% set x = 1 %}",
        "{% import 'os' as os %}",
        "{{ 7*7 }}",
        "{{ lipsum.__globals__['os'].popen('id') }}",
    ],
)
def test_code_in_a_template_is_an_unknown_field(attempt: str) -> None:
    refused(attempt)


def test_code_outside_paragraphs_stays_text() -> None:
    document = document_of("{{poor_households}}")
    properties = document.core_properties
    properties.title, properties.author = "{{ 7*7 }}", "{{ F }}"
    node = document.paragraphs[0]._element
    node.set(qn("w:rsidR"), "{{ 7*7 }}")
    made = filled(document).content
    with ZipFile(BytesIO(made)) as package:
        body = package.read("word/document.xml").decode()
        core = package.read("docProps/core.xml").decode()
    assert "{{ 7*7 }}" in body
    assert "{{ 7*7 }}" in core
    assert "49" not in re.sub(r"<[^>]+>", "", core)


def test_braces_that_meet_over_paragraphs_make_no_tag() -> None:
    assert texts(document_of("集合{1}与{", "{ 7*7 }", "}")) == ["集合{1}与{", "{ 7*7 }", "}"]


def test_values_are_text_whatever_they_look_like() -> None:
    value = '<w:p>&amp; {{ 7*7 }} {% if %} "引号" \x07\x0c尾'
    made = render_report(
        saved(document_of("甲{{x}}乙")), lambda _: FieldValue(value), day=DAY, name="报告.docx"
    )
    assert opened(made.content).paragraphs[0].text == '甲<w:p>&amp; {{ 7*7 }} {% if %} "引号" 尾乙'


def test_a_resolver_is_asked_only_for_what_the_document_does_not_know() -> None:
    asked: list[str] = []

    def note(reference: str) -> FieldValue:
        asked.append(reference)
        return resolve(reference)

    template = saved(document_of("{{镇名}}{{poor_households}}{%循环 各村%}{{村名}}{%结束%}"))
    render_report(template, note, day=DAY, words={"镇名": "某镇"}, lists=VILLAGES)
    assert set(asked) == {"poor_households"}
