"""What is wrong with an expression, in words for the person who wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class ExpressionError(Exception):
    """An expression that does not compile; `offset` is the character where the trouble is."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The nearest valid names, as the end of a message."""
    names = sorted(known)
    near = get_close_matches(name, names, n=3, cutoff=0.6)
    if near:
        return ",是不是 " + "、".join(near) + "?"
    shown = "、".join(names[:12])
    return f",可用的有 {shown}{' 等' if len(names) > 12 else ''}"
