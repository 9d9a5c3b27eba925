"""Places named in a text: any X村 or X镇, levels such as 全镇, and names that the text itself introduces as villages."""

from __future__ import annotations

import re
from bisect import bisect_right

_LEVEL = re.compile(r"[全我本该][国省市州县区镇乡村](?!名)")
_NAMED = re.compile(
    r"(?<![一-龥])[一-龥]{2,4}(?:社区|街道|村|镇|乡|县)(?![民委级干]|支部)|(?<=[、和及在对])[一-龥]{2,3}(?:社区|村|镇|乡)(?![民委级干]|支部)"
)
_COMMON = re.compile(
    r"^(?:各|该|每|本|我|全|贫困|行政|示范|自然|所|农|乡|城|中心|重点|出列|非|试点|相关|有关|其他|一个|多个|几个|驻|包|联|入|进|到|下|由)"
)
_INTRODUCED = re.compile(
    r"((?:[一-龥]{2,3}、)+[一-龥]{2,3})(?:等)?[两三四五六七八九十\d]+个(?:贫困|深度贫困|重点|示范|行政|自然)?村"
)


class Places:
    def __init__(self, found: list[tuple[int, str]], text: str) -> None:
        self._found = found
        self._starts = [start for start, _ in found]
        self._text = text

    def at(self, place: int) -> str:
        """The nearest place before, within the sentence; "" where none is named."""
        begin = max(self._text.rfind(mark, 0, place) for mark in "。\n;") + 1
        before = bisect_right(self._starts, place) - 1
        return self._found[before][1] if before >= 0 and self._starts[before] >= begin else ""


def places_in(text: str) -> Places:
    found = [(match.start(), match[0]) for match in _LEVEL.finditer(text)]
    found += [(match.start(), match[0]) for match in _NAMED.finditer(text) if not _COMMON.match(match[0])]
    names = {name for match in _INTRODUCED.finditer(text) for name in match[1].split("、")}
    if names:
        pattern = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
        found += [(match.start(), match[0]) for match in pattern.finditer(text)]
    return Places(sorted(found), text)
