"""A copy of a text as .docx with a comment at each place: the sender's own Word file, or a new one of plain text."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.run import Run

from bangfu.documents.files.docx_text import Piece, open_docx
from bangfu.documents.files.source import Mark, Source

AUTHOR = "帮扶系统核对"
INITIALS = "核对"
_FONT = "仿宋"


def write_marked(source: Source, marks: Sequence[Mark], out: Path) -> None:
    """Writes `out`; the file that was read is never changed."""
    if source.kind == "docx" and source.path is not None:
        word = open_docx(source.path, source.name)
        document, pieces = word.document, list(word.pieces)
    else:
        document, pieces = _new_document(source.text)
    for mark in sorted(marks, key=lambda one: (one.start, one.end)):
        pieces = _comment(document, pieces, mark)
    document.save(str(out))


def _new_document(text: str) -> tuple[WordDocument, list[Piece]]:
    document = Document()
    style: Any = document.styles["Normal"]
    style.font.name = _FONT
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    pieces, at = [], 0
    for line in text.split("\n"):
        paragraph = document.add_paragraph()
        if line:
            pieces.append(Piece(at, at + len(line), paragraph.add_run(line)))
        at += len(line) + 1
    return document, pieces


def _comment(document: WordDocument, pieces: list[Piece], mark: Mark) -> list[Piece]:
    """The comment over the runs of the mark, cut to its ends; a mark in a footnote stands at the text's end."""
    cut = [part for piece in pieces for part in _cut(piece, mark)]
    inside = [piece.run for piece in cut if piece.start < mark.end and mark.start < piece.end]
    target = inside or [piece.run for piece in cut[-1:]]
    if target:
        document.add_comment([target[0], target[-1]], text=mark.remark, author=AUTHOR, initials=INITIALS)
    return cut


def _cut(piece: Piece, mark: Mark) -> list[Piece]:
    parts = [piece]
    for at in (mark.start, mark.end):
        last = parts[-1]
        if last.start < at < last.end and _is_plain(last.run):
            parts[-1:] = _split(last, at)
    return parts


def _is_plain(run: Run) -> bool:
    """Only words and their format: a run with a picture or a field is commented whole."""
    return all(child.tag in (qn("w:t"), qn("w:rPr")) for child in run._r)


def _split(piece: Piece, at: int) -> list[Piece]:
    text = piece.run.text
    second = deepcopy(piece.run._r)
    piece.run._r.addnext(second)
    after = Run(second, piece.run._parent)
    piece.run.text, after.text = text[: at - piece.start], text[at - piece.start :]
    return [Piece(piece.start, at, piece.run), Piece(at, piece.end, after)]
