"""The texts of paragraphs in a Word part, whatever runs they are split over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

from docx.oxml.ns import qn
from lxml import etree

Element: TypeAlias = Any
"""An element of lxml, which has no types."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BRACES = {"{": "\ue0f0", "}": "\ue0f1"}
"""Braces that are no tag of ours stand as these while docxtpl works, so that it sees none that we did not write."""
RESTORED = {new.encode(): old.encode() for old, new in _BRACES.items()}
_EXCERPT = 40
_OWN_TEXT: Any = etree._Element.text
"""Of any element; python-docx's paragraphs and runs answer `text` with that of all that is in them."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with its own texts; those of a text box inside it are another paragraph's."""

    element: Element
    texts: tuple[Element, ...]

    @property
    def text(self) -> str:
        return "".join(node.text or "" for node in self.texts)

    @property
    def excerpt(self) -> str:
        text = " ".join(self.text.split())
        return text if len(text) <= _EXCERPT else text[:_EXCERPT] + "…"

    def replace(self, changes: list[tuple[int, int, str]]) -> None:
        """Put texts in place of spans (offsets before any change); each takes the form of its first character."""
        offsets = [0]
        for node in self.texts:
            offsets.append(offsets[-1] + len(node.text or ""))
        for start, end, new in sorted(changes, reverse=True):
            for (begin, stop), node in zip(
                reversed(list(pairwise(offsets))), reversed(self.texts), strict=True
            ):
                low, high = max(start, begin), min(end, stop)
                if low >= high:
                    continue
                text = node.text or ""
                put = new if begin <= start else ""
                node.text = text[: low - begin] + put + text[high - begin :]
                node.set(_SPACE, "preserve")

    def clear(self, text: str) -> None:
        """Nothing but this text."""
        first, *others = self.texts
        first.text = text
        for node in others:
            node.text = ""


def paragraphs_of(root: Element) -> list[Paragraph]:
    """In the order of the document."""
    texts: dict[Element, list[Element]] = {element: [] for element in root.iter(qn("w:p"))}
    for node in root.iter(qn("w:t")):
        owner = next(node.iterancestors(qn("w:p")), None)
        if owner is not None:
            texts[owner].append(node)
    return [Paragraph(element, tuple(nodes)) for element, nodes in texts.items()]


def hide_braces(root: Element) -> None:
    """Every brace in the part, wherever it stands: attributes, field codes, deleted text."""
    for element in root.iter():
        for name, value in element.attrib.items() if isinstance(element.tag, str) else ():
            if "{" in value or "}" in value:
                element.set(name, _hidden(value))
        own = _OWN_TEXT.__get__(element)
        if own and ("{" in own or "}" in own):
            _OWN_TEXT.__set__(element, _hidden(own))
        if element.tail and ("{" in element.tail or "}" in element.tail):
            element.tail = _hidden(element.tail)


def _hidden(text: str) -> str:
    return re.sub(r"[{}]", lambda found: _BRACES[found[0]], text)


def row_of(paragraph: Paragraph) -> Element | None:
    return next(paragraph.element.iterancestors(qn("w:tr")), None)


def text_of(element: Element) -> str:
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def runs_of(root: Element) -> Iterator[Element]:
    yield from root.iter(qn("w:r"))
