"""A numeral at a place of the text -> its value, as stated: Arabic, Chinese, mixed, with 余/多/几 inside or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
TENS = {"廿": 20, "卅": 30}
CHINESE = "".join(DIGITS) + "".join(SCALES) + "".join(TENS)

_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?")
_SCALE = re.compile(
    r"[ \u3000]?(?:([余多几])?(百万|千万|十万|百亿|千亿|十亿|万亿|万|亿|千(?![克米瓦伏])|百))"
)
_REST = re.compile(r"(\d{1,4}(?:\.\d+)?)([千百十]万|万|千(?![克米瓦伏])|百)?")
_CHINESE = re.compile(f"[{CHINESE}]+")
_VAGUE_START = re.compile(r"(几|数|上|好几)(十|百|千|万|亿)([万亿]?)")
_BARE_SCALE = re.compile(r"([十百千万])([余多来]|把(?=[人户块亩斤元里个来]))([万亿千百]?)")
_NEIGHBOURS = re.compile(r"([一二两三四五六七八])([二两三四五六七八九])(十|百|千|万)?(万|亿)?")
_TEENS = re.compile(
    f"([二三四五六七八九])?十([一二三四五六七八])([二三四五六七八九])(?![{CHINESE}点])([万亿]?)"
)
_POINT = re.compile(f"([{CHINESE}]+)点([零〇一二三四五六七八九]+)([万亿]?)")
_VAGUE_AFTER = re.compile(r"(?!多[一二两三四五六七八九\d])([余多来几])([万亿]?)")
_BARE = frozenset({"百", "千", "万", "亿", "百万", "千万", "百亿", "千亿"})
_BOUND_BEFORE = re.compile(r"(?:近|约|超过?|逾|过|不足|不到|突破|达)$")


@dataclass(frozen=True)
class Numeral:
    """`value` is as stated before a factor 万/亿 that belongs to the unit; `scale` is that factor."""

    start: int
    end: int
    value: Decimal
    scale: int = 1
    scale_text: str = ""
    approx: str = ""
    step: Decimal = Decimal(1)
    chinese: bool = False

    @property
    def amount(self) -> Decimal:
        return self.value * self.scale


def numeral_at(text: str, at: int) -> Numeral | None:
    """The longest numeral that starts here, or None."""
    if text[at].isdigit() and text[at].isascii():
        return _arabic(text, at)
    return _vague(text, at) or _pointed(text, at) or _neighbours(text, at) or _chinese(text, at)


def chinese_value(word: str) -> Decimal | None:
    """一千二百三十 -> 1230; two digits without a scale between them (二〇二〇) are no value."""
    total = section = digit = 0
    last, zero = 0, False
    pending = False
    for char in word:
        if char in TENS:
            section, last, digit, pending = section + TENS[char], 10, 0, False
            continue
        if char in DIGITS:
            if pending and digit:
                return None
            zero = zero or DIGITS[char] == 0
            digit, pending = DIGITS[char], True
            continue
        if char not in SCALES:
            return None
        scale = SCALES[char]
        if scale >= 10_000:
            if not (section or digit or total):
                return None
            total = (
                (total + section + digit) * scale
                if scale > 10_000 or not total
                else total + (section + digit) * scale
            )
            section = 0
        else:
            if not digit and scale != 10:
                return None
            section += (digit or 1) * scale
        last, zero, digit, pending = scale, False, 0, False
    tail = digit * last // 10 if digit and last > 10 and not zero else digit
    return Decimal(total + section + tail)


def _arabic(text: str, at: int) -> Numeral | None:
    match = _ARABIC.match(text, at)
    if match is None:
        return None
    value = Decimal(match[0].replace(",", ""))
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    scale = _SCALE.match(text, match.end())
    if scale is None:
        return Numeral(at, match.end(), value, step=step)
    factor = 1
    for char in scale[2]:
        factor *= SCALES[char]
    rest = _REST.match(text, scale.end())
    if rest is not None and not scale[1] and text[scale.end() :].startswith(rest[0]):
        return _joined(text, at, value * factor, factor, rest)
    return Numeral(at, scale.end(), value, factor, scale[2], scale[1] or "", step)


def _worth(scale: str) -> int:
    worth = 1
    for char in scale:
        worth *= SCALES[char]
    return worth


def _joined(text: str, at: int, head: Decimal, factor: int, rest: re.Match[str]) -> Numeral:
    """3万5千, 1亿2000万, 3万5: the parts added; as stated in ones."""
    unit = _worth(rest[2]) if rest[2] else (factor // 10 if len(rest[1]) == 1 else 1)
    low = Decimal(rest[1])
    step = Decimal(1).scaleb(int(low.as_tuple().exponent)) * unit
    return Numeral(at, rest.end(), head + low * unit, step=step)


def _vague(text: str, at: int) -> Numeral | None:
    """几十, 数百, 上千; 百余, 十多万."""
    match = _VAGUE_START.match(text, at)
    if match is not None:
        word = {"上": "以上"}.get(match[1], "几")
        return _scaled(at, match.end(), Decimal(SCALES[match[2]]), match[3], word)
    match = _BARE_SCALE.match(text, at)
    if match is not None:
        return _scaled(at, match.end(), Decimal(SCALES[match[1]]), match[3], match[2])
    return None


def _scaled(at: int, end: int, value: Decimal, scale: str, approx: str) -> Numeral:
    return Numeral(
        at,
        end,
        value,
        SCALES.get(scale, 1),
        scale,
        {"来": "余", "把": "左右"}.get(approx, approx),
        value,
        True,
    )


def _pointed(text: str, at: int) -> Numeral | None:
    match = _POINT.match(text, at)
    whole = chinese_value(match[1]) if match else None
    if match is None or whole is None:
        return None
    digits = "".join(str(DIGITS[char]) for char in match[2])
    value = Decimal(f"{whole}.{digits}")
    return Numeral(
        at,
        match.end(),
        value,
        SCALES.get(match[3], 1),
        match[3],
        step=Decimal(1).scaleb(-len(digits)),
        chinese=True,
    )


def _neighbours(text: str, at: int) -> Numeral | None:
    """三五户, 七八个, 三四十人: a few, at least the first."""
    match = _NEIGHBOURS.match(text, at)
    if match is None:
        return _teens(text, at)
    low, high = DIGITS[match[1]], DIGITS[match[2]]
    follows = text[match.end() : match.end() + 1]
    if (high - low != 1 and (low, high) != (3, 5)) or (follows and follows in CHINESE):
        return None
    return _scaled(at, match.end(), Decimal(low * SCALES.get(match[3] or "", 1)), match[4] or "", "几")


def _teens(text: str, at: int) -> Numeral | None:
    """十二三元, 二十五六人: some ten and a few, at least the first."""
    match = _TEENS.match(text, at)
    if match is None or DIGITS[match[3]] - DIGITS[match[2]] != 1:
        return None
    low = (DIGITS[match[1]] if match[1] else 1) * 10 + DIGITS[match[2]]
    return _scaled(at, match.end(), Decimal(low), match[4] or "", "几")


def _chinese(text: str, at: int) -> Numeral | None:
    match = _CHINESE.match(text, at)
    if match is None:
        return None
    word, end = match[0], match.end()
    if word in _BARE:
        return _bare(text, at, word)
    vague = _VAGUE_AFTER.match(text, end)
    if vague is not None and (vague[1] != "几" or word[-1] in "十百千万廿卅"):
        value = chinese_value(word)
        if value is not None and (word[-1] in SCALES or word[-1] in TENS):
            return _split_scale(at, vague.end(), word, vague)
    value = chinese_value(word)
    if value is None:
        return None
    if word[-1] == "万" and "亿" in word:
        return Numeral(at, end, value, step=Decimal(SCALES["万"]), chinese=True)
    if len(word) > 1 and word[-1] in "万亿":
        inner = chinese_value(word[:-1])
        if inner is not None:
            return Numeral(at, end, inner, SCALES[word[-1]], word[-1], chinese=True)
    return Numeral(at, end, value, chinese=True)


def _bare(text: str, at: int, word: str) -> Numeral | None:
    """近百户, 不足万亩: a round number where the word before bounds it; 百 alone is a name's."""
    if _BOUND_BEFORE.search(text, max(0, at - 2), at) is None:
        return None
    value = Decimal(1)
    for char in word:
        value *= SCALES[char]
    return Numeral(at, at + len(word), value, step=value, chinese=True)


def _split_scale(at: int, end: int, word: str, vague: re.Match[str]) -> Numeral:
    """二十余万 has its factor after the word, 三万多 before it."""
    value = chinese_value(word) or Decimal(0)
    approx = {"来": "余"}.get(vague[1], vague[1])
    if vague[2]:
        return Numeral(
            at, end, value, SCALES[vague[2]], vague[2], approx, Decimal(SCALES.get(word[-1], 10)), True
        )
    if word[-1] in "万亿" and len(word) > 1:
        inner = chinese_value(word[:-1]) or Decimal(0)
        return Numeral(at, end, inner, SCALES[word[-1]], word[-1], approx, Decimal(1), True)
    return Numeral(at, end, value, approx=approx, step=Decimal(SCALES.get(word[-1], 10)), chinese=True)
