"""A Word file -> its plain text, with each character's run, so that a remark finds its place again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from bangfu.documents.files.source import UnreadableText

_P, _R, _ROW, _CELL, _DELETED = qn("w:p"), qn("w:r"), qn("w:tr"), qn("w:tc"), qn("w:del")
_TEXT = qn("w:t")
_PROPERTIES, _SPAN, _VALUE = qn("w:tcPr"), qn("w:gridSpan"), qn("w:val")
_MOST_COLUMNS = 63


@dataclass(frozen=True)
class Piece:
    """The text of one run: `plain[start:end]`."""

    start: int
    end: int
    run: Run


@dataclass(frozen=True)
class WordText:
    document: WordDocument
    text: str
    pieces: tuple[Piece, ...]


def read_docx(path: Path, name: str) -> str:
    return open_docx(path, name).text


def open_docx(path: Path, name: str) -> WordText:
    """Paragraphs, tables (a row a line, cells by tabs), text boxes and footnotes, as they stand."""
    try:
        document = Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise UnreadableText(
            f"“{name}”损坏了,打不开。请用 Word 或 WPS 打开修复,另存为 .docx 再核对。"
        ) from error
    return _walked(document)


def _walked(document: WordDocument) -> WordText:
    lines: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for element, ends in _paragraphs(document):
        for run in _runs(element, document):
            text = run.text
            if text:
                pieces.append(Piece(at, at + len(text), run))
                lines.append(text)
                at += len(text)
        lines.append(ends)
        at += len(ends)
    notes = _footnotes(document)
    return WordText(document, "".join(lines) + notes, tuple(pieces))


def _paragraphs(document: WordDocument) -> Iterator[tuple[Any, str]]:
    """Each paragraph in the order of the file with what follows it: a tab within a row, else a line's end."""
    for element in document.element.body.iter(_P):
        cell = next(element.iterancestors(_CELL), None)
        row = next(element.iterancestors(_ROW), None)
        if cell is None or row is None:
            yield element, "\n"
            continue
        if cell.findall(_P)[-1:] != [element]:
            yield element, " "
            continue
        cells = row.findall(_CELL)
        yield element, "\t" * (_width(cell) - 1) + ("\n" if cells and cells[-1] is cell else "\t")


def _width(cell: Any) -> int:
    """How many columns a merged cell covers, so that the cells after it stand under their own heads."""
    span = cell.find(f"{_PROPERTIES}/{_SPAN}")
    return max(1, min(int(span.get(_VALUE, 1)), _MOST_COLUMNS)) if span is not None else 1


def _runs(element: Any, document: WordDocument) -> Iterator[Run]:
    """The runs of this very paragraph, links and insertions included, deletions and nested boxes not."""
    paragraph = Paragraph(element, document._body)
    for node in element.iter(_R):
        if next(node.iterancestors(_P), None) is element and next(node.iterancestors(_DELETED), None) is None:
            yield Run(node, paragraph)


def _footnotes(document: WordDocument) -> str:
    """The words of the footnotes, each a line, after the text."""
    notes = [
        rel.target_part.blob for rel in document.part.rels.values() if rel.reltype.endswith("/footnotes")
    ]
    lines = []
    for blob in notes:
        root = etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))
        for note in root:
            text = "".join(node.text or "" for node in note.iter(_TEXT)).strip()
            if text:
                lines.append(text + "\n")
    return "".join(lines)
