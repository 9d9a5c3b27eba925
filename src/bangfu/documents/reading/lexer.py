"""The text, from left to right -> its quantities, each with numeral, unit and the words that make it approximate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from bangfu.documents.reading.ellipses import unit_left_out, unsaid_in
from bangfu.documents.reading.enumeration import listing_after, listing_before
from bangfu.documents.reading.lexicon import Unit, lexicon
from bangfu.documents.reading.masks import Masks
from bangfu.documents.reading.numerals import CHINESE, Numeral, chinese_value, numeral_at
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.senses import meant
from bangfu.documents.reading.unit_rules import fits, is_label
from bangfu.documents.reading.worded import worded_in

_START = re.compile(f"[\\d{CHINESE}几数上好]")
_POINTS_BACK = re.compile(r"(?:以上|上述|前述|上列|[、“][^,。;:、“”]{1,10}[”’]|》等?|二是[^。\n]*[,;])\Z")
"""What stands before a count of items said already: 以上七项工作; 一是…,二是…,两个问题."""
_LEADS_ON = re.compile(
    r"[^,。;:!?\n(“‘”’—、\d]{0,10}(?:(?:(?<!如下)(?<!以下):|[,—(]|:\s*)(?=(?:一是|一要|一抓|\(一\)|\(1\)|①|1[.、]))"
    r"|[”’]?(?::|——?)(?=[^。\n、;,]{2,24}[、;,][^。\n])|,(?:即|分别[是为]|依次[是为])|。\s*(?:一是|一要|\(一\)|\(1\)|①|\n\s*一、))"
)
"""What stands after a count whose items follow: 五条措施:一是…; 从三个方面汇报。(一)…"""
_SPACES = re.compile(r"[ \u3000]{0,2}")
_DIGITS = frozenset("一二两三四五六七八九几0123456789")
_TRAIL = re.compile(r"[余多来几]")
_APART = frozenset({"到", "——"})
"""Where a unit stands before them two figures are told: 每亩300元——9.6万元."""
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
_HALF = re.compile(r"半(?![年月天数个边山])")
_MEASURES = frozenset({"time", "length", "area", "weight", "times"})
"""Of what there is a half more: 三年半, 四亩半, 两倍半."""
_TENTHS = re.compile(rf"成([一二三四五六七八九半])(?![{CHINESE}]|[个年月户人])")
_CHANGE = re.compile(
    r"(?P<jiao>[\d一二两三四五六七八九])[角毛](?:(?P<fen>[\d一二两三四五六七八九])分)?"
    r"|(?P<tenth>[\d一二两三四五六七八九])(?=[,。;、的)]|钱|左右|一[斤个亩头只天株袋]|$)(?:钱)?"
)
_MORE_OF = re.compile(
    r"多(?![了出于收拨付投用支领少次种个数元名级部样处头方层项家人位渠点\d一二三四五六七八九十两])"
)
_MORE_THAN_WHOLE = re.compile(r"个([多半])(?=月|小时|学期|星期|季度|工作日)")
_HIGHER = {"以上": "以上", "及以上": "以上"}


@dataclass(frozen=True)
class _Found:
    quantity: Quantity
    end: int


def scan(text: str, masks: Masks) -> list[Quantity]:
    """Every quantity of a text whose width-variants were made plain (see read.flatten)."""
    walked = list(_walk(text, masks))
    found = [*walked, *worded_in(text), *unsaid_in(text, walked, masks)]
    return sorted(found, key=lambda quantity: quantity.start)


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
        at and ((text[at - 1].isalnum() and text[at - 1].isascii()) or text[at - 1] in "./-(")
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
    if word == "百":
        return Decimal(100)
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
    if (more := _MORE_THAN_WHOLE.match(text, place)) is not None and not numeral.scale_text:
        if more[1] == "半":
            return replace(numeral, value=numeral.value + Decimal("0.5")), more.end()
        return replace(numeral, approx=numeral.approx or "多"), more.end()
    if (
        not numeral.approx
        and (vague := _TRAIL.match(text, place)) is not None
        and vague[0] != "几"
        and not _says_more(text, place)
    ):
        word = "余" if vague[0] == "来" else vague[0]
        return replace(numeral, approx=word), _after_space(text, place + 1)
    if numeral.approx and (vague := _TRAIL.match(text, place)) is not None:
        return numeral, place + 1
    return numeral, place


def _says_more(text: str, at: int) -> bool:
    """二十万多五万 is five more than twenty, no twenty and some."""
    return text[at] == "多" and text[at + 1 : at + 2] in _DIGITS


def _after_space(text: str, at: int) -> int:
    match = _SPACES.match(text, at)
    return match.end() if match else at


def _fitting(text: str, numeral: Numeral, at: int, word: str) -> Unit | None:
    """The longest unit that the grammar allows here."""
    units = lexicon().units
    for length in range(len(word), 0, -1):
        unit = units.get(word[:length])
        if unit is not None and fits(text, numeral, unit, at, at + length):
            return meant(text, numeral, unit, at + length)
    return None


def _has_members(text: str, numeral: Numeral, end: int) -> bool:
    if _LEADS_ON.match(text, end) or _POINTS_BACK.search(text, max(0, numeral.start - 120), numeral.start):
        return True
    count = int(numeral.amount)
    before = listing_before(text, numeral.start) if count > 2 else None
    listings = (before, listing_after(text, end))
    return any(listing is not None and abs(listing.most - count) <= 3 for listing in listings)


def _without_unit(text: str, numeral: Numeral) -> _Found | None:
    unit = unit_left_out(text, numeral)
    return _built(text, numeral, unit, numeral.end) if unit is not None else None


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
    more = _part_after(text, numeral, unit, end)
    end += more > 0
    small, end = _small_change(text, unit, end)
    end, approx = _following(text, numeral.approx or before, unit, end)
    value = numeral.value + small + more
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


def _small_change(text: str, unit: Unit, end: int) -> tuple[Decimal, int]:
    """3元5角, 六块五: the tenths that follow, and where they end."""
    match = _CHANGE.match(text, end) if unit.written in ("元", "块", "块钱") else None
    if match is None or (match["tenth"] and unit.written != "块"):
        return Decimal(0), end
    tenths = _number(match["jiao"] or match["tenth"]) or Decimal(0)
    cents = _number(match["fen"]) if match["fen"] else Decimal(0)
    return tenths / 10 + (cents or Decimal(0)) / 100, match.end()


def _part_after(text: str, numeral: Numeral, unit: Unit, end: int) -> Decimal:
    """三年半, 四亩半; 四成五, 四成半."""
    if unit.written == "成" and (tenth := _TENTHS.match(text, end - 1)) is not None:
        return Decimal("0.5") if tenth[1] == "半" else (chinese_value(tenth[1]) or Decimal(0)) / 10
    half = unit.kind in _MEASURES and numeral.step == 1 and _HALF.match(text, end) is not None
    return Decimal("0.5") if half else Decimal(0)


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
    if (
        unit.kind in ("time", "length", "money", "weight", "area", "share")
        and _MORE_OF.match(text, end)
        and (unit.kind != "money" or text[end + 1 : end + 2] in ("", *",。;、的"))
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
    if second is None or (opening is not None and place == opening.end() and match[0].strip() in _APART):
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
