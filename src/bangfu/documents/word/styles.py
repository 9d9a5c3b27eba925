"""The styles of an official document, by the names that Word and WPS show, so that an office can change each in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

FANG = "仿宋_GB2312"
HEI = "黑体"
KAI = "楷体_GB2312"
SONG = "宋体"
TITLE = "方正小标宋简体"
_BODY_LINE = 28.95
_BODY_SIZE = 16
_CLOSER = "-5"  # a quarter of a point: 28 characters of 16 pt in 156 mm
_STAND_INS = {TITLE: "宋体", FANG: "仿宋", KAI: "楷体"}
"""What Word takes where the font is not installed."""


@dataclass(frozen=True)
class Form:
    """One style. `indent` is the first line's, `left` and `right` whole characters; `line` None is single."""

    style: str
    font: str = FANG
    size: float = 16
    bold: bool = False
    align: str = "justify"
    indent: int = 0
    left: int = 0
    right: int = 0
    line: float | None = _BODY_LINE
    level: int | None = None
    keep: bool = False
    colour: str = ""
    space_before: float = 0
    space_after: float = 0


FORMS = (
    Form("Normal", indent=0),
    Form("Title", TITLE, 22, align="center", line=35, keep=True),
    Form("Heading 1", HEI, indent=2, level=0, keep=True),
    Form("Heading 2", KAI, indent=2, level=1, keep=True),
    Form("Heading 3", FANG, bold=True, indent=2, level=2, keep=True),
    Form("公文正文", indent=2),
    Form("公文副题", KAI, align="center", keep=True),
    Form("公文主送", keep=True),
    Form("公文结语", indent=2, keep=True),
    Form("公文附件", align="left", indent=2, space_before=14, keep=True),
    Form("公文署名", align="center", left=14, right=2, space_before=_BODY_LINE, keep=True),
    Form("公文日期", align="center", left=14, right=2),
    Form("公文发文机关", TITLE, 40, align="center", line=None, colour="FF0000", space_after=24),
    Form("公文文号", align="center"),
    Form("公文表题", HEI, align="center", keep=True),
    Form("公文表头", HEI, 11, align="center", line=16, keep=True),
    Form("公文表文", FANG, 11, align="center", line=16),
    Form("公文表左", FANG, 11, align="left", line=16),
    Form("公文注", KAI, 11, align="left", line=16),
    Form("Footer", SONG, 14, align="left", line=None),
)
RUN_INS = {"Heading 2": "公文二级标题字", "Heading 3": "公文三级标题字"}
"""Headings with which a paragraph begins: （一）加强学习。认真学习……"""
_AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u")
_ALIGN = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
}


def set_styles(document: Any) -> None:
    _speak_chinese(document)
    for form in FORMS:
        _set_style(document, form)
    for heading, name in RUN_INS.items():
        run_in = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        form = next(form for form in FORMS if form.style == heading)
        set_font(run_in.element.get_or_add_rPr(), form.font, form.font)
        run_in.font.bold = form.bold
    _name_stand_ins(document)


def _speak_chinese(document: Any) -> None:
    """Chinese rules for the ends of lines, no red waves below Chinese, and no "compatibility mode" in the title bar.

    Digits are of the western language: as Chinese text LibreOffice would break a number between any two of them.
    """
    language = document.styles.element.find(f".//{qn('w:lang')}")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def set_font(properties: Any, eastern: str, western: str) -> None:
    """A font for every script; theme fonts, which would win over these, are taken out."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is not None:
        properties.remove(fonts)
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), western)
    fonts.set(qn("w:eastAsia"), eastern)
    properties.insert(0, fonts)


def _set_style(document: Any, form: Form) -> None:
    names = [style.name for style in document.styles]
    is_new = form.style not in names
    style = (
        document.styles.add_style(form.style, WD_STYLE_TYPE.PARAGRAPH)
        if is_new
        else document.styles[form.style]
    )
    if is_new:
        style.base_style = document.styles["Normal"]
    style.quick_style = True
    properties = style.element.get_or_add_rPr()
    properties.clear()
    paragraph = style.element.find(qn("w:pPr"))
    if paragraph is not None:
        paragraph.clear()
    set_font(properties, form.font, form.font)
    style.font.size, style.font.bold = Pt(form.size), form.bold
    if form.size == _BODY_SIZE:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), _CLOSER)
        properties.insert_element_before(spacing, *_AFTER_SPACING)
    if form.colour:
        style.font.color.rgb = RGBColor.from_string(form.colour)
    _set_paragraph(style, form)


def _set_paragraph(style: Any, form: Form) -> None:
    shape = style.paragraph_format
    shape.alignment = _ALIGN[form.align]
    shape.space_before, shape.space_after = Pt(form.space_before), Pt(form.space_after)
    shape.keep_with_next, shape.widow_control = form.keep, False
    if form.line is not None:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(form.line)
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    style.element.get_or_add_pPr().insert_element_before(snap, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    indents = {"firstLine": form.indent, "left": form.left, "right": form.right}
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    for (
        side,
        characters,
    ) in indents.items():  # in characters, as Word's dialogue says it; in points for other readers
        indent.set(qn(f"w:{side}Chars"), str(characters * 100))
        indent.set(qn(f"w:{side}"), str(int(characters * form.size * 20)))
    if form.level is not None:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(form.level))
        style.element.get_or_add_pPr().append(level)


def _name_stand_ins(document: Any) -> None:
    for part in document.part.package.iter_parts():
        if not part.content_type.endswith("fontTable+xml"):
            continue
        entries = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
            for name, other in _STAND_INS.items()
        )
        part._blob = part.blob.replace(b"</w:fonts>", entries.encode() + b"</w:fonts>")
