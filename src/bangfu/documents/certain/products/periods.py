"""How often a rate is paid: 12个月, 全年, 半年, 一季度, 1至10月, 当月, 90天."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.reading.structure import Mention

_SPAN = re.compile(r"(?<!\d)(\d{1,2})月?(?:份)?[-—~～至到]+(\d{1,2})月")
_DIGIT = {"一": 1, "二": 2, "三": 3, "四": 4, "前两": 6, "前三": 9, "前二": 6}
_SEASONS = re.compile(r"(前[两二三])?(?:个)?(?:[一二三四1234]|第[一二三四]|首|本|当|上|每)?季度")
_YEAR = re.compile(
    r"全年|(?<![上半去今明近前])一年|(?<!半)年(?:度)?(?:共|合计|总计|累计|发放|支付|支出|补助|补贴|需|应|实|兑现|拨付|领|增收|收入|减免|节约|工资|租金|租费|承包费|薪|费用)"
    r"|一整年|年终|通年|每年(?:需|共|支|发)|年下来"
)
_HALF = re.compile(r"半年")
_ONE = re.compile(
    r"[当本该上]月|(?<![\d几两半多每])一个月(?:要|需|共|应|发|支|补)|每月(?:共|应|实|需|支出|发放|要|合计)|(?<![\d至到—–~～-])\d{1,2}月(?:份)?(?:已|共|应|实|发放|支出|发|支付|兑现|补助|合计|需)|(?<![\d个])月(?:发放|发(?:工资|补|报酬|津贴)|支出|支付|需|共|应发|实发|合计)|补发|[推测折估]算[^,;。]{0,6}月[一-龥]{0,4}(?:收入|支出|费|工资|报酬|总额)"
)
_DAYS = re.compile(r"(?<![\d.])(\d{1,3})[天日](?!均)")
_MONTHS = re.compile(r"(?<![\d.])(\d{1,2})个月")
_LONG_TERM = 70
_TERM_UNITS = {"月": "月", "天": "天", "学期": "学期", "季度": "季度", "年": "年"}


@dataclass(frozen=True)
class Periods:
    """`all` may be meant; `first` is what the words say, None where they say nothing."""

    all: tuple[Decimal, ...]
    first: Decimal | None
    member: Mention | None = None


def periods_of(
    term: str, words: str, times: Sequence[Mention], between: tuple[int, int], *, by_times: bool = False
) -> Periods:
    """`words` are those about the rate and the amount, `times` the time mentions among them, `by_times` where 人次 are counted.

    Of several the one `between` the rate and the amount is meant.
    """
    if term in ("", "次", "期", "趟") or (by_times and term in ("学期", "季度", "年", "天")):
        return Periods((Decimal(1),), Decimal(1))
    if by_times:
        return Periods((Decimal(1), *_hinted(term, words)), None)
    said = [one for one in times if one.quantity.base_unit == _TERM_UNITS.get(term, term)]
    values = tuple(dict.fromkeys(one.quantity.base_value for one in said if one.quantity.base_value > 0))
    if term == "年":
        inside = [one for one in said if between[0] < one.index < between[1]]
        sole = (
            inside[0] if len(values) == 1 and inside and inside[0].quantity.base_value <= _LONG_TERM else None
        )
        first = Decimal(1) if not values else values[0] if sole is not None else None
        return Periods((Decimal(1), *values), first, sole)
    hinted = _hinted(term, words)
    if values:
        inside = [one for one in said if between[0] < one.index < between[1]]
        chosen = said[0] if len(values) == 1 else inside[0] if len(inside) == 1 else None
        first = chosen.quantity.base_value if chosen is not None else None
        return Periods((*values, *hinted), first, chosen)
    sure = len(hinted) == 1 or (term == "学期" and bool(hinted))
    return Periods(hinted, hinted[0] if sure else None)


def _hinted(term: str, words: str) -> tuple[Decimal, ...]:
    found: list[int] = []
    if term in ("天", "月"):
        found += [int(one) for one in (_DAYS if term == "天" else _MONTHS).findall(words) if int(one)]
    if term == "学期":
        if re.search(r"春季|秋季|本学期|[上下]学期|该学期|这学期|学期末", words):
            found.append(1)
        if re.search(r"全年|学年|两学期|春秋|两季|一年", words):
            found.append(2)
        if not found:
            return (Decimal(1), Decimal(2))
    if term == "季度":
        found += [4] if _YEAR.search(words) else []
    if term == "月":
        for first, last in _SPAN.findall(words):
            if 1 <= int(first) <= int(last) <= 12:
                found.append(int(last) - int(first) + 1)
        if match := _SEASONS.search(words):
            found.append(_DIGIT.get(match[1] or "", 3))
        if _HALF.search(words):
            found.append(6)
        if _YEAR.search(words):
            found.append(12)
        if _ONE.search(words):
            found.append(1)
    return tuple(Decimal(one) for one in dict.fromkeys(found))
