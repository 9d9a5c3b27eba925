"""Tags of a part, matched: which 结束 ends which 循环 or 如果, and what repeats with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bangfu.documents.fields.tags import Tag, find_tags
from bangfu.documents.word.paragraphs import Element, Paragraph, row_of, text_of

Mode = Literal["inline", "paragraph", "row", "wrap"]
"""Within a paragraph; whole paragraphs; whole table rows; the one row in which both tags stand."""


@dataclass(frozen=True)
class Problem:
    """What is wrong at which tag, for the reader of the message."""

    place: str
    tag: str
    message: str


@dataclass(frozen=True)
class Placed:
    """A tag where it stands."""

    tag: Tag
    paragraph: Paragraph
    part: str
    excerpt: str
    """The paragraph as the office wrote it; its tags are calls by the time that a message is needed."""

    @property
    def is_alone(self) -> bool:
        return self.paragraph.text.strip() == self.tag.text

    def problem(self, message: str) -> Problem:
        return Problem(f"{self.part}“{self.excerpt}”", self.tag.text, message)


@dataclass
class Block:
    """A loop or a condition; `inside` and `otherwise` in the order of the document."""

    opened: Placed
    inside: list[Placed | Block] = field(default_factory=list)
    otherwise: list[Placed | Block] = field(default_factory=list)
    turned: Placed | None = None
    closed: Placed | None = None
    mode: Mode = "inline"

    @property
    def tags(self) -> list[Placed]:
        return [one for one in (self.opened, self.turned, self.closed) if one is not None]


Piece = Placed | Block


def match_tags(
    paragraphs: list[Paragraph], part: str, problems: list[Problem]
) -> tuple[list[Piece], list[Placed]]:
    """The fields and blocks of a part, and its comments."""
    pieces: list[Piece] = []
    comments: list[Placed] = []
    open_blocks: list[Block] = []
    for placed in _placed(paragraphs, part, problems):
        kind = placed.tag.kind
        current = _inner(open_blocks, pieces)
        if kind == "comment":
            comments.append(placed)
        elif kind == "field":
            current.append(placed)
        elif kind in ("loop", "if"):
            open_blocks.append(Block(placed))
            current.append(open_blocks[-1])
        elif not open_blocks:
            problems.append(placed.problem("前面没有与它对应的“循环”或“如果”"))
        elif kind == "else" and open_blocks[-1].turned is None:
            open_blocks[-1].turned = placed
        elif kind == "else":
            problems.append(placed.problem("同一个“如果”只能有一个“否则”"))
        else:
            _close(open_blocks.pop(), placed, problems)
    problems.extend(block.opened.problem("后面缺 {% 结束 %}") for block in open_blocks)
    return pieces, comments


def _placed(paragraphs: list[Paragraph], part: str, problems: list[Problem]) -> list[Placed]:
    found: list[Placed] = []
    for paragraph in paragraphs:
        text = paragraph.text
        if not any(sign in text for sign in "{}｛｝"):
            continue
        tags, wrong = find_tags(text)
        found.extend(Placed(tag, paragraph, part, paragraph.excerpt) for tag in tags)
        problems.extend(Problem(f"{part}“{paragraph.excerpt}”", tag, message) for tag, message in wrong)
    return found


def _inner(open_blocks: list[Block], pieces: list[Piece]) -> list[Piece]:
    if not open_blocks:
        return pieces
    block = open_blocks[-1]
    return block.inside if block.turned is None else block.otherwise


def _close(block: Block, placed: Placed, problems: list[Problem]) -> None:
    block.closed = placed
    mode = _mode(block)
    if mode is None:
        problems.append(
            block.opened.problem(
                "它和对应的“结束”要么写在同一段里，要么各自单独成段（表格里各占一行，或写在同一行的首尾两格）"
            )
        )
    else:
        block.mode = mode


def _mode(block: Block) -> Mode | None:
    tags = block.tags
    elements = {id(one.paragraph.element) for one in tags}
    if len(elements) == 1:
        return "inline"
    rows = [row_of(one.paragraph) for one in tags]
    if rows[0] is not None and all(row is rows[0] for row in rows) and not _same_cell(tags):
        return "wrap" if block.turned is None else None
    if len(elements) < len(tags) or not all(one.is_alone for one in tags):
        return None
    full = [row for row, one in zip(rows, tags, strict=True) if row is not None and _fills(one, row)]
    if len(full) == len(tags) and _have_one_parent(full):
        return "row"
    return "paragraph" if _same_cell(tags) else None


def _fills(placed: Placed, row: Element) -> bool:
    return text_of(row).strip() == placed.tag.text


def _same_cell(tags: list[Placed]) -> bool:
    return _have_one_parent([one.paragraph.element for one in tags])


def _have_one_parent(elements: list[Element]) -> bool:
    parents = [element.getparent() for element in elements]  # kept: a freed proxy's identity is used again
    return all(parent is parents[0] for parent in parents)
