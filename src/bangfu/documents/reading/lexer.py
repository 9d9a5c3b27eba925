"""The text, from left to right -> its quantities, each with numeral, unit and the words that make it approximate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from bangfu.documents.reading.enumeration import listing_after, listing_before
from bangfu.documents.reading.lexicon import Unit, lexicon
from bangfu.documents.reading.masks import Masks
from bangfu.documents.reading.numerals import CHINESE, Numeral, chinese_value, numeral_at
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.unit_rules import fits, is_label

_START = re.compile(f"[\\d{CHINESE}几数上好]")
_SPACES = re.compile(r"[ \u3000]{0,2}")
_TRAIL = re.compile(r"[余多来几]")
_RANGE = re.compile(r"[ \u3000]?(?:[-—–~]{1,2}|至|到)[ \u3000]?")
_FROM = re.compile(r"(?:从|由|自)[^,。;]{0,12}$")
_PER_AFTER = re.compile(
    r"/(?:每)?(人|户|月|年|亩|天|次|学期|期|平方米|公里|吨|斤|公斤|头|只|株|个|项|村|生|人[·/]?(?:月|年))(?:[·/](?:人|户|月|年|天))?"
)
_FRACTION = re.compile(
    f"([{CHINESE}]{{1,3}})分之([{CHINESE}]+(?:点[零〇一二三四五六七八九]+)?|\\d+(?:\\.\\d+)?)"
)
_SLASH = re.compile(r"(\d{1,2})/(\d{1,2})(?=的|以上|以下|左右|[,。;、)]|$)")
_HUNDRED = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}
_SIGNED = re.compile("(?:签|履|节|预|违|合|制|公|条|集|特|相|契|简|失|附|最|就|邻|临|靠|亲|赶|反|贴|远|新)$")
_SPAN = frozenset({"年", "个月", "月", "天", "周", "日", "期", "次", "届"})
_MONEY = re.compile(
    r"(?:资金|支出|金|投资|投入|金额|补助|补贴|收入|产值|奖补|贷款|报销|经费|余额|额|款|费|拨付|发放|筹集|达|到位)[^,。;\d]{0,6}$"
)
_NOUNS = (
    (
        re.compile(
            r"[一-龥]{0,8}?(?:人口|群众|师生|劳动力|学生|居民|村民|干部|党员|农民|职工|移民|学子|名|人)(?!均)"
        ),
        Unit("", "人", Decimal(1), "person"),
    ),
    (re.compile(r"[一-龥]{0,6}?(?:户|农户|家庭)"), Unit("", "户", Decimal(1), "household")),
)
"""What a numeral in 万 counts without a classifier: 1.95万贫困人口."""
_OVERDUE = re.compile(r"零(?=逾期|不良)")
_TO_ZERO = re.compile(r"(?:降|减|归|下降|减少|清)(?:至|到|为)(0)(?![.\d%‰万亿个])")
_HALF = re.compile(r"半(?![年月天数个边])")
_HIGHER = {"以上": "以上", "及以上": "以上"}


@dataclass(frozen=True)
class _Found:
    quantity: Quantity
    end: int


def scan(text: str, masks: Masks) -> list[Quantity]:
    """Every quantity of a text whose width-variants were made plain (see read.flatten)."""
    found = sorted([*_walk(text, masks), *_zeros(text)], key=lambda quantity: quantity.start)
    return found


def _walk(text: str, masks: Masks) -> Iterator[Quantity]:
    at = 0
    while (match := _START.search(text, at)) is not None:
        at = match.start()
        if masks.holds(at):
            at += 1
            continue
        got = _quantity(text, at, masks)
        if got is not None:
            yield got.quantity
            at = got.end
            continue
        numeral = numeral_at(text, at)
        at = numeral.end if numeral is not None and numeral.end > at else at + 1


def _quantity(text: str, at: int, masks: Masks) -> _Found | None:
    fraction = _fraction(text, at)
    if fraction is not None:
        return fraction
    numeral = numeral_at(text, at)
    if numeral is None or (at and text[at - 1] in "+#№"):
        return None
    if any(masks.holds(place) for place in range(numeral.start, numeral.end)):
        return None
    return _ranged(text, numeral, masks) or _single(text, numeral)


def _fraction(text: str, at: int) -> _Found | None:
    match = _FRACTION.match(text, at)
    if match is None:
        return _slashed(text, at)
    below = _HUNDRED.get(match[1]) or chinese_value(match[1])
    above = _number(match[2])
    if not below or above is None:
        return None
    share = above / below
    step = Decimal(1).scaleb(int(above.as_tuple().exponent)) / below
    written = f"{match[1]}分之"
    unit = Unit(written, "比例", 1 / below, "share")
    return _built(
        text, Numeral(at, match.end(), above, approx="", step=step), unit, match.end(), base=share, step=step
    )


def _slashed(text: str, at: int) -> _Found | None:
    """占1/3, 2/3以上: a small fraction that is no date and no part of a code."""
    match = _SLASH.match(text, at)
    if match is None or (
        at and ((text[at - 1].isalnum() and text[at - 1].isascii()) or text[at - 1] in "./-")
    ):
        return None
    above, below = Decimal(match[1]), Decimal(match[2])
    if not 0 < above < below:
        return None
    unit = Unit(f"/{match[2]}", "比例", 1 / below, "share")
    step = Decimal(1) / below
    return _built(
        text, Numeral(at, match.end(), above, step=step), unit, match.end(), base=above / below, step=step
    )


def _number(word: str) -> Decimal | None:
    if word[0].isascii():
        return Decimal(word)
    numeral = numeral_at(word, 0)
    return numeral.amount if numeral is not None and numeral.end == len(word) else chinese_value(word)


def _single(text: str, numeral: Numeral) -> _Found | None:
    numeral, after = _trailing(text, numeral)
    match = lexicon().unit_at.match(text, after)
    if match is None:
        return _without_unit(text, numeral)
    unit = _fitting(text, numeral, match.start(), match[0])
    if unit is None:
        return _without_unit(text, numeral)
    end = after + len(unit.written)
    if is_label(text, numeral, unit, end) and not _has_members(text, numeral, end):
        return None
    found = _built(text, numeral, unit, end)
    if is_label(text, numeral, unit, end):
        return _Found(replace(found.quantity, is_label=True), found.end)
    return found


def _trailing(text: str, numeral: Numeral) -> tuple[Numeral, int]:
    """The numeral with a 余/多 that stands after it, and where its unit should begin."""
    after = _SPACES.match(text, numeral.end)
    place = after.end() if after else numeral.end
    if not numeral.approx and (vague := _TRAIL.match(text, place)) is not None and vague[0] != "几":
        word = "余" if vague[0] == "来" else vague[0]
        return replace(numeral, approx=word), _after_space(text, place + 1)
    if numeral.approx and (vague := _TRAIL.match(text, place)) is not None:
        return numeral, place + 1
    return numeral, place


def _after_space(text: str, at: int) -> int:
    match = _SPACES.match(text, at)
    return match.end() if match else at


def _fitting(text: str, numeral: Numeral, at: int, word: str) -> Unit | None:
    """The longest unit that the grammar allows here."""
    units = lexicon().units
    for length in range(len(word), 0, -1):
        unit = units.get(word[:length])
        if unit is not None and fits(text, numeral, unit, at, at + length):
            return unit
    return None


def _has_members(text: str, numeral: Numeral, end: int) -> bool:
    count = int(numeral.amount)
    before = listing_before(text, numeral.start) if count > 2 else None
    listings = (before, listing_after(text, end))
    return any(listing is not None and abs(listing.most - count) <= 3 for listing in listings)


def _without_unit(text: str, numeral: Numeral) -> _Found | None:
    """1.95万贫困人口 counts persons; 投入资金120万 counts as money where the words before say so."""
    if not numeral.scale_text or numeral.scale_text[-1] not in "万亿":
        return None
    for noun, unit in _NOUNS:
        if not numeral.chinese and noun.match(text, numeral.end):
            return _built(text, numeral, unit, numeral.end)
    if not _MONEY.search(text, max(0, numeral.start - 16), numeral.start):
        return None
    if text[numeral.end : numeral.end + 1] not in ("", *",。;、:!?)\n "):
        return None
    return _built(text, numeral, Unit("", "元", Decimal(1), "money"), numeral.end)


def _built(
    text: str,
    numeral: Numeral,
    unit: Unit,
    end: int,
    *,
    base: Decimal | None = None,
    step: Decimal | None = None,
) -> _Found:
    start, before = _leading(text, numeral, unit)
    end, approx = _following(text, numeral.approx or before, unit, end)
    half = unit.kind == "time" and numeral.step == 1 and _HALF.match(text, end) is not None
    value = numeral.value + Decimal("0.5") if half else numeral.value
    end += half
    factor = numeral.scale * unit.factor
    written = numeral.scale_text + unit.written if numeral.scale_text else unit.written
    quantity = Quantity(
        text=text[start:end],
        start=start,
        end=end,
        value=value,
        unit=written,
        base_value=base if base is not None else value * factor,
        base_unit=unit.base,
        kind=unit.kind,
        step=step if step is not None else numeral.step * factor,
        approx=approx,
        per=_per(text, end),
    )
    return _Found(quantity, end)


def _leading(text: str, numeral: Numeral, unit: Unit) -> tuple[int, str]:
    """近百户, 约3万元: the word before, unless it ends another word (签约) or says since when (近三年)."""
    window = text[max(0, numeral.start - 5) : numeral.start].rstrip(" ")
    match = lexicon().before_at.search(window)
    if match is None:
        return numeral.start, ""
    if _SIGNED.search(window[: match.start()]):
        return numeral.start, ""
    if match[0] in ("不足", "不够") and window[: match.start()].endswith(("量", "力", "金", "配套")):
        return numeral.start, ""
    if match[0] == "近" and unit.written in _SPAN:
        return numeral.start, ""
    return numeral.start - len(match[0]), lexicon().before[match[0]]


def _following(text: str, approx: str, unit: Unit, end: int) -> tuple[int, str]:
    """以上, 左右 after the unit; and 多 after a measure (3公里多)."""
    match = lexicon().after_at.match(text, end)
    if match is not None:
        return match.end(), approx or lexicon().after[match[0]]
    if unit.kind in ("time", "length", "money", "weight", "area") and re.match(
        r"多(?=[,。;、的]|$)", text[end : end + 2]
    ):
        return end + 1, approx or "多"
    if unit.kind == "time" and re.match(r"[多余](?=[,。;、的时])", text[end : end + 2]):
        return end + 1, approx or text[end]
    return end, approx


def _per(text: str, end: int) -> str:
    match = _PER_AFTER.match(text, end)
    return match[0][1:] if match is not None else ""


def _ranged(text: str, first: Numeral, masks: Masks) -> _Found | None:
    """3至5万元, 3000—5000元, 5%-8%, 1-2人: one quantity; 由3万元到5万元 is two."""
    opening = lexicon().unit_at.match(text, _after_space(text, first.end))
    place = first.end
    match = _RANGE.match(text, place)
    if match is None and opening is not None:
        place = opening.end()
        match = _RANGE.match(text, place)
    if (
        match is None
        or match.end() >= len(text)
        or not _START.match(text, match.end())
        or masks.holds(match.end())
    ):
        return None
    if _FROM.search(text, max(0, first.start - 16), first.start):
        return None
    second = numeral_at(text, match.end())
    if second is None or (opening is not None and place == opening.end() and match[0].strip() == "到"):
        return None
    last = _single(text, second)
    if last is None or last.quantity.start != second.start:
        return None
    return _joined(text, first, second, last, opening if place != first.end else None)


def _joined(
    text: str, first: Numeral, second: Numeral, last: _Found, opening: re.Match[str] | None
) -> _Found | None:
    high = last.quantity
    unit = lexicon().units.get(opening[0]) if opening is not None else None
    if unit is not None and unit.base != high.base_unit:
        return None
    factor = high.base_value / high.value if high.value else Decimal(1)
    low_value = first.value
    low = (
        first.amount * unit.factor
        if unit is not None
        else first.value * factor
        if first.scale == 1
        else first.amount * (factor / second.scale)
    )
    if low >= high.base_value:
        return None
    window = text[max(0, first.start - 4) : first.start]
    match = lexicon().before_at.search(window)
    start, approx = first.start, high.approx
    if match is not None and not _SIGNED.search(window[: match.start()]):
        start, approx = first.start - len(match[0]), lexicon().before[match[0]]
    quantity = replace(
        high,
        text=text[start : high.end],
        start=start,
        value=low_value,
        base_value=low,
        high=high.value,
        base_high=high.base_value,
        approx=approx,
    )
    return _Found(quantity, last.end)


def _zeros(text: str) -> Iterator[Quantity]:
    """零逾期 states a count of loans; 降至0 a share."""
    for match in _OVERDUE.finditer(text):
        yield _zero(text, match.start(), match.end(), "笔", "count")
    for match in _TO_ZERO.finditer(text):
        yield _zero(text, match.start(1), match.end(1), "比例", "share")


def _zero(text: str, start: int, end: int, base: str, kind: str) -> Quantity:
    return Quantity(text[start:end], start, end, Decimal(0), "", Decimal(0), base, kind, Decimal(1))
