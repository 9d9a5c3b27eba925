"""How the words between a figure and the next may open it up."""

from __future__ import annotations

import re

from bangfu.documents.certain.rows.candidate import marks
from bangfu.documents.certain.rows.wholes import PIECES
from bangfu.documents.certain.rows.words import AMONG, DIVIDED, INCLUDES, STRICT

_TOPIC = re.compile(r"[^,:]{2,10}(?:方面|工作)[,:]")
_HEADING = re.compile(r"^[^,;:]{0,12}(?:构成|来源|用途|去向|结构|类型|原因|分布|组成)$")
_ASKED = re.compile(r"从哪|去了?哪|哪里|在哪|怎么|如何")
_INCLUDES = re.compile(r"(?:[一-龥]{0,4})(?:包括|包含|涵盖|囊括)")
_HEADED = re.compile(r"^[^,;:]{2,14}:[^:]{0,16}$")


def opener_of(words: str) -> str | None:
    """How the words between a figure and the next open it up; None where they can not."""
    pieces = PIECES.split(words)
    last = pieces[-1]
    whole = len(last) == len(words)
    if not whole and _TOPIC.match(last):
        return None
    if not whole and (_HEADING.search(pieces[-2]) or (_ASKED.search(pieces[-2]) and "?" in words)):
        return "divided-next"
    if not whole and "\n" not in words and _HEADED.search(last):
        return "colon-next"
    if not whole and not (AMONG.search(last) or DIVIDED.search(last) or STRICT.search(last)):
        if _INCLUDES.match(last) and "\n" not in words:
            return "includes-next"
        line = words.rstrip(" \t").rfind("\n")
        if line < 0:
            return None
        head = words[:line].rstrip()
        return "lines" if head[-1:] in (":", ")", "") or len(head) < 8 else None
    for name, pattern in (
        ("strict", STRICT),
        ("divided", DIVIDED),
        ("among", AMONG),
    ):
        if pattern.search(last):
            return name if whole else f"{name}-next"
    if ":" in last:
        return "colon"
    if "(" in last and ")" not in last:
        return "bracket"
    if INCLUDES.search(last):
        return "includes"
    mark = marks(last)
    return {",": "comma", "、": "pause", ";": "semicolon"}.get(mark, "bare")
