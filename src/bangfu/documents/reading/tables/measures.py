"""Words of a head -> what its column measures: the unit that it names, or that its noun goes with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bangfu.documents.reading.lexicon import Unit, lexicon

SCALES = {
    "百万": 1_000_000,
    "千万": 10_000_000,
    "十万": 100_000,
    "万": 10_000,
    "亿": 100_000_000,
    "千": 1000,
    "百": 100,
}
_BRACKET = re.compile(r"\((?:[一-龥]{0,4}单位)?[::]?([^()]{1,9})\)$")
_MARKED = re.compile(r"[/::,、]([^/::,、()]{1,5}(?:/[^/()]{1,5})?)$")
_UNITS_OF = re.compile(
    r"单位[::为]{0,2}\s*\(?([^\s()。;,、/注]{1,4}(?:[、,/及和](?![一-龥]{0,4}单位)[^\s()。;,、/注]{1,4})*)"
)
_TITLE_UNIT = re.compile(r"\(([^()\d]{1,6})\)[::]?$", re.MULTILINE)
_CUT = re.compile(r"[、,/及和]")
_SHARE = re.compile(r"[率%‰]$|比例|比重|占比|百分比|增幅|降幅|涨幅|进度$|同比$|环比$|^[±+]")
_QUALIFIED = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True)
class Measure:
    """One in the column is `scale` of `unit`; `per` as in 元/亩."""

    unit: Unit
    scale: int = 1
    per: str = ""

    @property
    def written(self) -> str:
        return next((word for word, size in SCALES.items() if size == self.scale), "") + self.unit.written


SHARE = "share"
MONEY = "money"
AREA = "area"
NEVER = "never"


@cache
def measure_called(word: str) -> Measure | None:
    """万元, 元/亩, 公里, %; None for a word that is no unit."""
    word, _, per = word.strip().partition("/")
    units = lexicon().units
    if word in units:
        return Measure(units[word], per=per)
    scale = next((one for one in SCALES if word.startswith(one) and word[len(one) :] in units), "")
    return Measure(units[word[len(scale) :]], SCALES[scale], per) if scale else None


@cache
def measure_in_head(head: str) -> Measure | None:
    """The unit that a head states itself: 面积(亩), 金额/万元, 万元, 占预算%."""
    for pattern in (_BRACKET, _MARKED):
        match = pattern.search(head)
        if match is not None and (found := measure_called(match[1])) is not None:
            return found
    whole = measure_called(head) if len(head) > 1 or head in "%元户人亩" else None
    if whole is not None and head not in _nouns():
        return whole
    tail = next(
        (
            word
            for word in ("亿元", "万元", "百元", "千元", "公里", "公顷", "平方米", "公斤", "%", "‰")
            if head.endswith(word)
        ),
        "",
    )
    return measure_called(tail) if tail else None


def named(head: str) -> str:
    """A head without the unit it states."""
    match = _BRACKET.search(head)
    return head[: match.start()] if match and measure_called(match[1]) else head


@cache
def noun_of(head: str) -> str:
    """What the head's last word goes with: a unit, or money, share, area, never, or "" where nobody can tell."""
    words = _QUALIFIED.sub("", head)
    if _SHARE.search(words):
        return SHARE
    nouns = _nouns()
    for length in range(min(len(words), 6), 0, -1):
        found = nouns.get(words[-length:])
        if found is not None:
            return found
    if words.endswith("数") and len(words) > 1:
        return _counted(words[:-1])
    return ""


def _counted(words: str) -> str:
    """人数, 工程处数; 项目数 and what else is counted without its classifier."""
    for length in (3, 2, 1):
        if len(words) >= length and words[-length:] in lexicon().units:
            return words[-length:]
    return _nouns().get(words[-2:]) or _nouns().get(words[-1:]) or ("个" if len(words) > 1 else "")


@cache
def _nouns() -> dict[str, str]:
    return {noun: kind for kind, nouns in lexicon().heads.items() for noun in nouns.split()}


def units_said(words: str) -> list[Measure]:
    """单位:户、万元; the units of a title or a note."""
    found: list[Measure] = []
    for match in _UNITS_OF.finditer(words):
        measures = [measure_called(word) for word in _CUT.split(match[1])]
        found += [one for one in measures if one is not None]
    if found:
        return found
    title = _TITLE_UNIT.search(words)
    one = measure_called(title[1]) if title else None
    return [one] if one is not None else []
