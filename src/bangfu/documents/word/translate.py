"""A template as the office wrote it -> the one that docxtpl renders, in which no text of the office's is code."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part, XmlPart
from docx.oxml import OxmlElement, parse_xml
from lxml import etree

from bangfu.documents.fields.tags import Condition, Field, Name
from bangfu.documents.unpacking import refuse_swollen
from bangfu.documents.word.blocks import Block, Piece, Placed, Problem, match_tags
from bangfu.documents.word.paragraphs import Element, hide_braces, paragraphs_of, row_of
from bangfu.terms.errors import UserError

_PARTS = {"document.main+xml": "正文", "header+xml": "页眉", "footer+xml": "页脚", "footnotes+xml": "脚注"}
_ADVICE = "请用 Word 或 WPS 打开后另存为 .docx 再用"


@dataclass
class Template:
    """What docxtpl renders, and what its numbered calls stand for."""

    name: str
    content: bytes = b""
    pieces: list[Piece] = field(default_factory=list)
    fields: list[tuple[Placed, Field]] = field(default_factory=list)
    conditions: list[tuple[Placed, Condition]] = field(default_factory=list)
    loops: list[tuple[Placed, Name]] = field(default_factory=list)


def read_template(template: Path | bytes, name: str = "") -> Template:
    """UserError with all that is wrong with its tags."""
    made = Template(name or (template.name if isinstance(template, Path) else "模板"))
    document = _open(template, made.name)
    problems: list[Problem] = []
    for part, where in _text_parts(document):
        _translate(part, where, made, problems)
    refuse(made.name, problems)
    kept = BytesIO()
    document.save(kept)
    made.content = kept.getvalue()
    return made


def refuse(name: str, problems: list[Problem]) -> None:
    """UserError with every problem, each once, if there is any."""
    if problems:
        lines = [f"{one.place}：{one.tag} {one.message}" for one in dict.fromkeys(problems)]
        raise UserError(
            f"模板“{name}”有 {len(lines)} 处写得不对：\n" + "\n".join(f"  {line}" for line in lines)
        )


def _open(template: Path | bytes, name: str) -> Any:
    try:
        refuse_swollen(template, name)
        return Document(BytesIO(template) if isinstance(template, bytes) else str(template))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise UserError(f"模板“{name}”不是能打开的 .docx 文件。{_ADVICE}") from error


def _text_parts(document: Any) -> list[tuple[Part, str]]:
    found = []
    for part in document.part.package.iter_parts():
        for ending, where in _PARTS.items():
            if part.content_type.endswith(ending):
                found.append((part, where))
    return found


def _translate(part: Part, where: str, made: Template, problems: list[Problem]) -> None:
    root: Element = part.element if isinstance(part, XmlPart) else parse_xml(part.blob)
    paragraphs = paragraphs_of(root)
    pieces, comments = match_tags(paragraphs, where, problems)
    if problems:
        return
    writing = _Writing(made)
    writing.write(pieces, 0)
    for comment in comments:
        writing.put(comment, "")
    texts = {id(one.element): one for one in paragraphs}
    writing.apply(texts, root)
    made.pieces.extend(pieces)
    if not isinstance(part, XmlPart):
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


class _Writing:
    """The calls that take the place of tags; put into the tree only when all are known."""

    def __init__(self, made: Template) -> None:
        self.made = made
        self.inline: dict[int, list[tuple[int, int, str]]] = {}
        self.whole: dict[int, str] = {}
        self.wrapped: list[tuple[Element, str, str]] = []

    def write(self, pieces: list[Piece], depth: int) -> None:
        for piece in pieces:
            if isinstance(piece, Block):
                self._write_block(piece, depth)
            else:
                assert isinstance(piece.tag.what, Field)
                self.made.fields.append((piece, piece.tag.what))
                self.put(piece, f"{{{{ F({len(self.made.fields) - 1}, s{depth}) }}}}")

    def _write_block(self, block: Block, depth: int) -> None:
        what = block.opened.tag.what
        if isinstance(what, Name):
            self.made.loops.append((block.opened, what))
            begin, end = f"for s{depth + 1} in L({len(self.made.loops) - 1}, s{depth})", "endfor"
            inner = depth + 1
        else:
            assert isinstance(what, Condition)
            self.made.conditions.append((block.opened, what))
            begin, end, inner = f"if C({len(self.made.conditions) - 1}, s{depth})", "endif", depth
        assert block.closed is not None
        if block.mode == "wrap":
            self.put(block.opened, "")
            self.put(block.closed, "")
            row = row_of(block.opened.paragraph)
            assert row is not None
            self.wrapped.append((row, begin, end))
        else:
            letter = {"inline": "", "paragraph": "p", "row": "tr"}[block.mode]
            self._mark(block.opened, letter, begin)
            self._mark(block.closed, letter, end)
            if block.turned:
                self._mark(block.turned, letter, "else")
        self.write(block.inside, inner)
        self.write(block.otherwise, depth)

    def _mark(self, placed: Placed, letter: str, statement: str) -> None:
        text = f"{{%{letter} {statement} %}}"
        if letter:
            self.whole[id(placed.paragraph.element)] = text
        else:
            self.put(placed, text)

    def put(self, placed: Placed, text: str) -> None:
        changes = self.inline.setdefault(id(placed.paragraph.element), [])
        changes.append((placed.tag.start, placed.tag.end, text))

    def apply(self, paragraphs: dict[int, Any], root: Element) -> None:
        """Braces that are not ours are hidden first, while the tags' places are kept by their offsets."""
        hide_braces(root)
        for key, changes in self.inline.items():
            paragraphs[key].replace(changes)
        for key, text in self.whole.items():
            paragraphs[key].clear(text)
        for row, begin, end in self.wrapped:
            row.addprevious(_row(f"{{%tr {begin} %}}"))
            row.addnext(_row(f"{{%tr {end} %}}"))


def _row(text: str) -> Element:
    row: Element = OxmlElement("w:tr")
    inner = row
    for name in ("w:tc", "w:p", "w:r", "w:t"):
        child = OxmlElement(name)
        inner.append(child)
        inner = child
    inner.text = text
    return row
