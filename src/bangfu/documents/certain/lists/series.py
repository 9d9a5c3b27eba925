"""A text -> its rows of numbered items: 一是…二是…, (1)…(2)…, ①②③, 一、二、, 第一,第二, 问题一:问题二:."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_DIGIT = {char: at + 1 for at, char in enumerate("一二三四五六七八九")}
_VERBS = "是要抓在靠看查建强促保治管做从把为来讲谈学比防控督改补扶稳引育创提推帮严实盯清守重定"
_MARKER = re.compile(
    rf"(?:^|(?<=[\n。;:,!? )”\u3000\t]))(?P<worded>[一二三四五六七八九十]{{1,3}})(?P<verb>[{_VERBS}])"
    r"|\((?P<bracket>[一二三四五六七八九十]{1,3}|\d{1,2})\)"
    r"|(?P<circle>[①-⑳])"
    r"|(?:^|(?<=[\n;。: \u3000\t]))(?P<digit>\d{1,2})(?P<dot>[.、)．](?!\d))"
    r"|(?:^|(?<=\n)|(?<=\n[ \u3000])|(?<=\n[ \u3000]{2})|(?<=[:;]))(?P<heading>[一二三四五六七八九十]{1,3})、"
    r"|(?:^|(?<=[\n。;:,]))第(?P<nth>[一二三四五六七八九十]{1,3})(?=[,、是:]|[个件条项步点起]?[一-龥]{0,2}[,:、是])"
    r"|(?:^|(?<=[\n。;:,]))其(?P<its>[一二三四五六七八九十])(?=[,、是:])"
    r"|(?:^|(?<=[\n。;]))(?P<noun>[一-龥]{2})(?P<number>[一二三四五六七八九十]{1,2}|\d{1,2})(?=[:、.])",
)


@dataclass
class Series:
    """Markers of one style that count from one without a gap; `starts` are their places."""

    style: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    is_sound: bool = True

    def until(self, place: int) -> int:
        return sum(start < place for start in self.starts)


def series_in(flat: str) -> Iterator[Series]:
    """Each from its first marker on; a number left out makes it unsound."""
    current: dict[str, Series] = {}
    for match in _MARKER.finditer(flat):
        style, number = _read(match)
        series = current.get(style)
        if number == 1:
            fresh = Series(style, [match.start()], [match.end()])
            if series is not None:
                if style[0] == "是" and "\n" not in flat[series.starts[-1] : match.start()]:
                    # 一是 within an item of the like: which 三是 belongs to which is open.
                    fresh.is_sound = series.is_sound = (
                        "。" in flat[series.starts[-1] : match.start()] and len(series.starts) > 1
                    )
                yield series
            current[style] = fresh
        elif series is not None and number == len(series.starts) + 1:
            series.starts.append(match.start())
            series.ends.append(match.end())
        elif series is not None and number > len(series.starts):
            series.is_sound = False
    yield from current.values()


def _read(match: re.Match[str]) -> tuple[str, int]:
    if match["worded"]:
        return f"是{match['verb']}", _number(match["worded"])
    if match["bracket"]:
        return "(1)" if match["bracket"].isdigit() else "(一)", _number(match["bracket"])
    if match["circle"]:
        return "①", ord(match["circle"]) - ord("①") + 1
    if match["digit"]:
        return f"1{match['dot']}", int(match["digit"])
    if match["heading"]:
        return "、", _number(match["heading"])
    if match["nth"] or match["its"]:
        return ("第", _number(match["nth"])) if match["nth"] else ("其", _number(match["its"]))
    return f"n{match['noun']}", _number(match["number"])


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    tens, mark, ones = word.partition("十")
    if not mark:
        return _DIGIT.get(word, 0)
    return (_DIGIT.get(tens, 0) if tens else 1) * 10 + (_DIGIT.get(ones, 0) if ones else 0)
