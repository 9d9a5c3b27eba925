"""Dates, months, years and terms of a text: where they stand, and what they say in the form 2019, 2019-01..10, 2020-04-22."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bangfu.documents.reading.numerals import DIGITS, chinese_value

CN = "零〇一二三四五六七八九十"
_DASH = "[-—–~至到]{1,2}"
_YEAR = rf"(?:(?:19|20)\d{{2}}|[一二][零〇九][{CN}]{{2}})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_SP = r"[ \u3000]?"
_PATTERNS = (
    rf"(?P<y1>{_YEAR}){_SP}年度?{_DASH}(?P<y2>{_YEAR}){_SP}(?:学年度?|年度?)",
    rf"(?P<y3>{_YEAR}){_DASH}(?P<y4>{_YEAR}){_SP}(?:学年度?|年度?)",
    rf"(?:{_YEAR}[、和,/])+{_YEAR}{_SP}年度?",
    rf"(?P<y5>{_YEAR}){_SP}年{_SP}(?P<m5>{_MONTH})(?:月份?)?{_DASH}(?P<m6>{_MONTH}){_SP}月份?[底末]?",
    rf"(?P<y6>{_YEAR}){_SP}年{_SP}(?P<m7>{_MONTH}){_SP}月"
    rf"(?:{_SP}(?P<d7>{_DAY}){_SP}[日号]|份|[底末初]|[上中下]旬)?"
    rf"(?:{_DASH}(?:{_MONTH}{_SP}月)?{_DAY}{_SP}[日号])?",
    r"(?P<y8>(?:19|20)\d{2})[-./](?P<m8>1[0-2]|0?[1-9])[-./](?P<d8>3[01]|[12]\d|0?[1-9])(?!\d)",
    rf"(?P<y9>{_YEAR}){_SP}年(?:度|[底末初]|春季|秋季|上半年|下半年|代|(?:第?[一二三四1-4]|前[二两三])季度)?",
    r"(?P<y15>[一二零〇][〇零一二三四五六七八九])年(?<!一二年)(?<!二三年)(?!零|以[上下内]|[之内左上])[底初春秋]?",
    rf"(?P<y10>[5-9]\d|0\d){_SP}年(?:代|[底末初春秋])?",
    r"(?P<y11>[12]\d){_SP}年(?=[底末初春秋度]|以来|脱贫|出列|退出|\d{1,2}月)[底末初春秋度]?",
    rf"(?P<m12>{_MONTH})(?:月份?)?{_DASH}(?P<m13>{_MONTH}){_SP}月份?[底末]?",
    rf"(?P<m14>{_MONTH}){_SP}月(?:{_SP}(?P<d14>{_DAY}){_SP}[日号]"
    rf"(?:{_DASH}(?:{_MONTH}{_SP}月)?{_DAY}{_SP}[日号])?"
    rf"|份|[底末初]|[上中下]旬)?",
    r"[一二三四五六七八九十]{1,2}月(?:份|[底末初]|[上中下]旬)?",
    r"(?:第?[一二三四1-4]|前[二两三])季度",
    r"每[月年](?:\d{1,2}|[一二三]?十[一二三四五六七八九]?)[日号]",
    r"\d{1,2}[日号](?=前|起|至|上午|下午|晚|召开|,)(?!内)",
    r"(?:上午|下午|晚上?|凌晨)?\d{1,2}(?::|时|点)\d{1,2}分?",
    r"(?:上午|下午|晚上?|凌晨)[一二三四五六七八九十\d]{1,2}[时点](?:半|整|\d{1,2}分)?",
    r"(?P<rel>今年以来|今年|去年同期|去年底|去年|上年末|上年度|上年|本年度|本年|当年|前年|明年|截至目前|目前|年初|年底)",
)
_DATE = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
_LISTED = re.compile(r"(?:^|[\n。;:])[ \u3000]*\d{1,2}\.$")
_GROUPS = tuple(_DATE.groupindex)


@dataclass(frozen=True)
class Time:
    """A time that stands in the text; `said` is "" for one that needs the text's own date."""

    start: int
    end: int
    said: str
    word: str = ""


def times_in(text: str) -> list[Time]:
    """All times from left to right; a year 今年 or 去年 takes its number from the text's own date (dated)."""
    return [time for match in _DATE.finditer(text) if (time := _time(text, match)) is not None]


def dated(times: list[Time], year: int | None) -> Iterator[Time]:
    """The same with 今年, 去年 and bare months resolved by the year of the text."""
    last = year
    for time in times:
        if time.said[:1].isdigit():
            last = int(time.said[:4])
            yield time
        elif time.said.startswith("-"):
            yield Time(time.start, time.end, f"{last}{time.said}" if last else "", time.word)
        else:
            yield Time(time.start, time.end, _relative(time.word, year), time.word)


def year_of_text(text: str) -> int | None:
    """The year in which a text was written: its last full date, else the largest year in its first lines."""
    full = re.findall(r"((?:19|20)\d{2})[-年./]\d{1,2}[-月./]\d{1,2}", text)
    if full:
        return max(int(year) for year in full)
    years = [int(year) for year in re.findall(r"((?:19|20)\d{2})年", text[:600])]
    return max(years) if years else None


def _relative(word: str, year: int | None) -> str:
    if year is None:
        return ""
    if word.startswith(("去年", "上年")):
        return str(year - 1)
    if word.startswith("前年"):
        return str(year - 2)
    if word.startswith("明年"):
        return str(year + 1)
    return str(year) if word.startswith(("今年", "本年")) else ""


def _time(text: str, match: re.Match[str]) -> Time | None:
    before = text[max(0, match.start() - 1) : match.start()]
    if (
        before
        and not (
            before == "."
            and _LISTED.search(text, max(0, match.start() - 4), match.start())
            and match[0][:2] in ("19", "20")
        )
        and (before in f"{CN}两几数第" or before.isdigit() or before == ".")
        and match[0][0] in CN + "0123456789"
    ):
        return None
    if text[match.end() : match.end() + 1] == "个" and not match[0].startswith(("19", "20")):
        return None
    got = {name: match[name] for name in _GROUPS if match[name] is not None}
    return Time(match.start(), match.end(), _said(got), got.get("rel", ""))


def _said(got: dict[str, str]) -> str:
    years = [_year(got[name]) for name in _GROUPS if name.startswith("y") and name in got]
    months = [_number(got[name]) for name in _GROUPS if name.startswith("m") and name in got]
    days = [_number(got[name]) for name in _GROUPS if name.startswith("d") and name in got]
    if len(years) == 2:
        return f"{years[0]}..{years[1]}"
    said = str(years[0]) if years else ""
    if len(months) == 2:
        return f"{said}-{months[0]:02d}..{months[1]:02d}"
    if months:
        said += f"-{months[0]:02d}" + (f"-{days[0]:02d}" if days else "")
    return said


def _year(word: str) -> int:
    if word.isdigit() and word.isascii():
        year = int(word)
        return year if year > 99 else 1900 + year if year >= 50 else 2000 + year
    year = int("".join(str(DIGITS[char]) for char in word if char in DIGITS))
    return year if year > 99 else 2000 + year


def _number(word: str) -> int:
    return int(word) if word.isascii() else int(chinese_value(word) or 0)
