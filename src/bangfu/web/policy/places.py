"""Where and when something is in force, in words."""

from __future__ import annotations

import re
from functools import cache

from bangfu.office.words import day_in_words
from bangfu.screening.place import read_default_divisions

_PROVINCES = (
    "11北京 12天津 13河北 14山西 15内蒙古 21辽宁 22吉林 23黑龙江 31上海 32江苏 33浙江 34安徽 35福建 36江西 37山东 "
    "41河南 42湖北 43湖南 44广东 45广西 46海南 50重庆 51四川 52贵州 53云南 54西藏 61陕西 62甘肃 63青海 64宁夏 65新疆"
)
_PROVINCE_NAMES = dict(re.findall(r"(\d\d)(\S+)", _PROVINCES))


@cache
def place_in_words(code: str) -> str:
    """A division by its code or the beginning of it."""
    if not code:
        return "全国"
    divisions = read_default_divisions()
    found = divisions.get(code.ljust(12, "0")) if divisions is not None else None
    if found is not None:
        return found.name
    return str(_PROVINCE_NAMES.get(code, f"区划 {code}"))


def span_in_words(since: int | None, until: int | None) -> str:
    if since is None and until is None:
        return "一直有效"
    if until is None:
        return f"{day_in_words(since)} 起"
    return f"{day_in_words(since)} 至 {day_in_words(until)}" if since else f"到 {day_in_words(until)} 为止"
