"""Which figures stand in the reach of a 其中, and which in a bracket that is closed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.reading.structure import Mention


def parts_named(mentions: Sequence[Mention], among: re.Pattern[str]) -> Iterator[int]:
    inside, segment = False, -1
    for mention in mentions:
        if mention.segment != segment and ";" in mention.gap:
            inside = False
        segment = mention.segment
        closing = mention.gap.rfind(")")
        if closing >= 0 and "(" not in mention.gap[closing:]:
            inside = False
        if among.search(mention.gap):
            inside = True
        if inside:
            yield mention.index


def is_closed_in(between: str) -> bool:
    depth = 0
    for char in between:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return True
    return False
