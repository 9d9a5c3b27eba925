"""Figures that are not known, marked yellow where they stand: seen on the screen, and on a draft's print."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.text.run import Run

from bangfu.documents.fields.values import BLANK
from bangfu.documents.word.paragraphs import Element


def mark_blanks(document: Any) -> None:
    for node in list(document.element.body.iter(qn("w:t"))):
        run = node.getparent()
        if BLANK in (node.text or "") and len(run.findall(qn("w:t"))) == 1:
            _split(run, node)


def _split(run: Element, node: Element) -> None:
    """The run again and again: the text before, the blank with its mark, the text after."""
    parts = (node.text or "").split(BLANK)
    for index, part in enumerate(parts):
        if part:
            run.addprevious(_copy(run, part))
        if index < len(parts) - 1:
            blank = _copy(run, BLANK)
            Run(blank, None).font.highlight_color = WD_COLOR_INDEX.YELLOW  # type: ignore[arg-type]
            run.addprevious(blank)
    parent = run.getparent()
    assert parent is not None
    parent.remove(run)


def _copy(run: Element, text: str) -> Element:
    copied = deepcopy(run)
    node = copied.find(qn("w:t"))
    assert node is not None
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return copied
