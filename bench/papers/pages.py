"""A text of so many pages in the manner of offices, to be verified."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from tests.documents.corpus import load_corpus

A_PAGE = 22 * 28
"""Characters on a page of an official document: 22 lines of 28."""


def write_pages(path: Path, pages: int) -> int:
    """Texts of the part of the corpus that stays as it is, one after the other; the number of characters."""
    document, characters = Document(), 0
    for text in (one for one in load_corpus() if one.part == "seen"):
        if characters >= pages * A_PAGE:
            break
        for line in text.plain.splitlines():
            document.add_paragraph(line.strip())
        characters += len(text.plain)
    document.save(str(path))
    return characters
