"""The corpus's own plain conversion of a quantity as written: so that annotations are checked, not believed.

It knows only quantities that stand alone, as they do inside a mark. It shares nothing with the reader that
is scored, on purpose.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

BEFORE = (
    "不足", "不到", "超过", "至少", "最多", "大约", "将近", "接近", "突破", "高达", "逾", "近", "约", "超", "上",
    "不低于", "不少于", "不超过", "不高于", "≥", "≤",
)  # fmt: skip
AFTER = ("左右", "以上", "以下", "上下", "以内", "余", "多", "来")
MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
# What a unit as written is counted in, and how many of that it is.
UNITS: dict[str, tuple[str, Fraction]] = {
    "名": ("人", Fraction(1)),
    "位": ("人", Fraction(1)),
    "口人": ("人", Fraction(1)),
    "公里": ("米", Fraction(1000)),
    "千米": ("米", Fraction(1000)),
    "厘米": ("米", Fraction(1, 100)),
    "毫米": ("米", Fraction(1, 1000)),
    "里": ("米", Fraction(500)),
    "公顷": ("亩", Fraction(15)),
    "吨": ("公斤", Fraction(1000)),
    "斤": ("公斤", Fraction(1, 2)),
    "千克": ("公斤", Fraction(1)),
    "克": ("公斤", Fraction(1, 1000)),
    "角": ("元", Fraction(1, 10)),
    "%": ("比例", Fraction(1, 100)),
    "‰": ("比例", Fraction(1, 1000)),
    "成": ("比例", Fraction(1, 10)),
    "百分点": ("百分点", Fraction(1, 100)),
    "个百分点": ("百分点", Fraction(1, 100)),
    "个月": ("月", Fraction(1)),
    "日": ("天", Fraction(1)),
    "兆瓦": ("千瓦", Fraction(1000)),
    "度": ("千瓦时", Fraction(1)),
    "㎡": ("平方米", Fraction(1)),
    "平米": ("平方米", Fraction(1)),
    "m2": ("平方米", Fraction(1)),
    "周岁": ("岁", Fraction(1)),
    "学时": ("课时", Fraction(1)),
    "°C": ("摄氏度", Fraction(1)),
    "方": ("立方米", Fraction(1)),
    "块": ("元", Fraction(1)),
    "块钱": ("元", Fraction(1)),
    "人口": ("人", Fraction(1)),
    "个工作日": ("天", Fraction(1)),
    "工作日": ("天", Fraction(1)),
    "个人": ("人", Fraction(1)),
}
ARABIC = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
# 三四万, 七八亩, 十二三元: a range by two neighbours, left to the annotator.
NEIGHBOURS = re.compile(
    r"[十百]?(?:一二|两三|二三|三四|四五|五六|六七|七八|八九)(?![零〇一二三四五六七八九])"
)
RANGE = re.compile(r"(?<=[\d一二三四五六七八九十百千万%元])(?:[-~—–至到]+)(?=[\d一二三四五六七八九十])")


@dataclass(frozen=True)
class Amount:
    """A number of a base unit; `ulp` is the worth of its last stated digit if that may be a rounded one."""

    value: Fraction
    unit: str
    approx: str
    ulp: Fraction
    high: Fraction | None = None


@cache
def parse_amount(text: str) -> Amount | None:
    """What a quantity as written says, or None if it is written in a way this does not know."""
    plain = unicodedata.normalize("NFKC", text.replace("㎡", "平方米")).replace(" ", "").replace("，", ",")
    approx, plain = split_before(plain)
    if fraction := re.fullmatch(r"(.+?)分之(.+)", plain):
        return parse_fraction(fraction[1], fraction[2], approx)
    if NEIGHBOURS.match(plain):
        return None
    ends = RANGE.split(plain)
    if len(ends) == 2:
        return parse_range(ends[0], ends[1], approx)
    return parse_simple(plain, approx)


def parse_range(low: str, high: str, approx: str) -> Amount | None:
    upper = parse_simple(high, approx)
    lower = parse_simple(low, approx) if upper else None
    if upper is None or lower is None:
        return None
    if lower.unit == "":
        factor = upper.value / (number_of(high) or Fraction(1))
        lower = Amount(lower.value * factor, upper.unit, approx, upper.ulp)
    return Amount(lower.value, upper.unit, approx or upper.approx, upper.ulp, upper.value)


def split_before(text: str) -> tuple[str, str]:
    for word in sorted(BEFORE, key=len, reverse=True):
        if text.startswith(word):
            return word, text[len(word) :]
    return "", text


def number_of(text: str) -> Fraction | None:
    """The number that a text opens with, before 万 and 亿 of an Arabic one."""
    if match := ARABIC.match(text):
        return Fraction(match[0].replace(",", ""))
    if match := CHINESE.match(text):
        return chinese_number(match[0])
    return None


def parse_fraction(below: str, above: str, approx: str) -> Amount | None:
    denominator = Fraction(100) if below == "百" else number_of(below)
    numerator = number_of(above)
    if denominator is None or numerator is None:
        return None
    decimals = len(above.partition("点")[2] or above.partition(".")[2])
    value = numerator
    if "点" in above:
        value += Fraction(chinese_digits(above.partition("点")[2]), 10**decimals)
    ulp = Fraction(1, 100 * 10**decimals) if below == "百" else Fraction(1, 100)
    return Amount(value / denominator, "比例", approx, ulp)


def chinese_digits(text: str) -> int:
    return int("".join(str(DIGITS[c]) for c in text))


def chinese_number(text: str) -> Fraction:
    """一千二百三十四 = 1234; 两万三 = 23000; 二〇三 = 203."""
    if len(text) > 1 and not set(text) & set(MAGNITUDES):
        return Fraction(chinese_digits(text))
    total = section = digit = last = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
            last = 0 if char in "零〇" else last
            continue
        size = MAGNITUDES[char]
        if size < 10_000:
            section += (digit or 1) * size
        elif size == 10_000:
            total, section = total + (section + digit or 1) * size, 0
        else:
            total, section = (total + section + digit or 1) * size, 0
        digit, last = 0, size
    return Fraction(total + section + (digit * last // 10 if last >= 100 else digit))


def parse_simple(text: str, approx: str) -> Amount | None:
    arabic, chinese = ARABIC.match(text), CHINESE.match(text)
    match = arabic or chinese
    if match is None:
        return None
    rest = text[match.end() :]
    factor = Fraction(1)
    decimals = len(match[0].partition(".")[2])
    value = number_of(text) or Fraction(0)
    for word in AFTER:
        if rest.startswith(word):
            approx, rest = approx or word, rest[len(word) :]
            break
    while (
        rest[:1] in ("十", "百", "千", "万", "亿")
        and rest[:1]
        and not rest.startswith(("千米", "千克", "千瓦", "千伏"))
    ):
        factor, rest = factor * MAGNITUDES[rest[0]], rest[1:]
    if factor > 1 and (more := re.match(r"(\d+)(千|百)?(?=\D|$)", rest)):
        size = Fraction(MAGNITUDES[more[2]]) if more[2] else Fraction(1)
        value += Fraction(more[1]) * size / factor
        rest = rest[more.end() :]
        decimals = 4
    for word in AFTER:
        if rest.startswith(word) or (rest.endswith(word) and len(rest) > len(word)):
            approx, rest = approx or word, rest.removeprefix(word).removesuffix(word)
            break
    unit, size = UNITS.get(rest, (rest, Fraction(1)))
    rounded = decimals > 0 or factor > 1 or unit in ("比例", "百分点")
    ulp = factor * size / 10**decimals if rounded else Fraction(0)
    return Amount(value * factor * size, unit, approx, ulp)
