"""Chinese punctuation for what is printed: half-width marks beside Chinese characters become full-width ones."""

from __future__ import annotations

import re

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_BESIDE = rf"[{_HAN}”》）、。]"
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_MARKS = frozenset(",;:?!")
_MARK = re.compile(rf"(?<={_BESIDE})[,;:?!]|[,;](?=[{_HAN}“《])")
# A formula keeps its brackets: half of them would turn, the other half not.
_BRACKETS = re.compile(rf"\(([^()+×÷]*[{_HAN}][^()+×÷]*)\)")


def full_width(text: str) -> str:
    """Our own words as they are printed; not for values and file names, which stay as they were written."""
    while "(" in text and (turned := _BRACKETS.sub(r"（\1）", text)) != text:
        text = turned
    return text if _MARKS.isdisjoint(text) else _MARK.sub(lambda mark: _FULL[mark[0]], text)
