"""Quantities that are words rather than a numeral and a unit: 一半, 过半数, 翻了一番, 零逾期, 降至0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.reading.lexicon import lexicon
from bangfu.documents.reading.quantity import Quantity

_OVERDUE = re.compile(r"零(?=逾期|不良)")
_TO_ZERO = re.compile(r"(?:降|减|归|下降|减少|清)(?:至|到|为)(0)(?![.\d%‰万亿个])")
_HALF = re.compile(
    r"(?P<before>大约|将近|接近|超过|不足|不到|至少|[约近超过逾])?(?P<half>一半|半数)(?P<after>以上|以下|左右|多)?"
)
_SAYS_SHARE = re.compile(r"(?:[占达到至为了的足仅有少降剩减是逾成完用给掉出]|比例|将?近)$")
_HALF_OF = re.compile(r"(?:的)?[一-龥]{0,4}(?:人|户|村|农户|群众|劳动力|资金|任务|项目|收入|面积)")
_OTHER_HALF = re.compile(r"[另这那前后]$")
_DOUBLED = re.compile(r"翻(?:了)?(?P<times>[一两二三四1234])番(?P<more>多)?(?!还|[,。;]?还[多不有])")
_COMPARED = re.compile(r"[比较是由从](?:[^,。;:]|(?<=\d),(?=\d))*$")
_TIMES = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def worded_in(text: str) -> Iterator[Quantity]:
    for match in _OVERDUE.finditer(text):
        yield _zero(text, match.start(), match.end(), "笔", "count")
    for match in _TO_ZERO.finditer(text):
        yield _zero(text, match.start(1), match.end(1), "比例", "share")
    yield from _halves(text)
    yield from _doublings(text)


def _zero(text: str, start: int, end: int, base: str, kind: str) -> Quantity:
    return Quantity(text[start:end], start, end, Decimal(0), "", Decimal(0), base, kind, Decimal(1))


def _halves(text: str) -> Iterator[Quantity]:
    """占一半, 半数以上: a share where the words make it one; 另一半 and 事半功倍 are none."""
    for match in _HALF.finditer(text):
        left = text[max(0, match.start() - 4) : match.start()]
        bound = match["before"] or match["after"]
        if _OTHER_HALF.search(left) or (
            match["half"] == "半数" and not bound and not _SAYS_SHARE.search(left)
        ):
            continue
        if not (bound or _SAYS_SHARE.search(left) or _HALF_OF.match(text, match.end())):
            continue
        approx = lexicon().before.get(match["before"] or "", "") or {"过": "超过"}.get(
            match["before"] or "", ""
        )
        approx = approx or (match["after"] or "")
        share = Decimal("0.5")
        yield Quantity(
            match[0], match.start(), match.end(), share, match["half"], share, "比例", "share", Decimal("0.1"), approx
        )  # fmt: skip


def _doublings(text: str) -> Iterator[Quantity]:
    """比上年的3135份翻了一番 is a growth by all that there was, 翻两番 by three times that.

    Without a base it is a figure of speech.
    """
    for match in _DOUBLED.finditer(text):
        if not _COMPARED.search(text, max(0, match.start() - 30), match.start()):
            continue
        times = _TIMES[match["times"]]
        growth = Decimal(2**times - 1)
        yield Quantity(
            match[0], match.start(), match.end(), Decimal(times), "番", growth, "比例", "share", Decimal(1), match["more"] or ""
        )  # fmt: skip
