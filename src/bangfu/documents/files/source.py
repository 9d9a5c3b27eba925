"""What was read from a file: its plain text, and where each piece of it came from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bangfu.terms.errors import UserError

MAX_BYTES = 30_000_000
MAX_CHARS = 2_000_000


class UnreadableText(UserError):
    """A file that is no text that can be checked; says what to do."""


@dataclass(frozen=True)
class Source:
    """`name` is for messages only; `path` is None for pasted words; `kind` is txt, docx, xlsx or pasted."""

    name: str
    kind: str
    text: str
    path: Path | None = None

    def line_of(self, place: int) -> int:
        """The line of a character, counted from 1."""
        return self.text.count("\n", 0, place) + 1


@dataclass(frozen=True)
class Mark:
    """A remark for a reader at `text[start:end]`."""

    start: int
    end: int
    remark: str


def pasted(text: str) -> Source:
    return Source("粘贴的文字", "pasted", checked(text, "粘贴的文字"))


def checked(text: str, name: str) -> str:
    """The text with line ends made one; refuses what is empty or far too long."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if not text.strip():
        raise UnreadableText(f"“{name}”里没有文字,不能核对。请确认选对了文件,扫描件请先转成文字。")
    if len(text) > MAX_CHARS:
        raise UnreadableText(
            f"“{name}”有 {len(text):,} 个字,超过一次能核对的 {MAX_CHARS:,} 字。请分成几份再核对。"
        )
    return text
