"""Numbers in Chinese characters, as official texts write small counts: 四个贫困村, 第十二次."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_LARGE = ((100_000_000, "亿"), (10_000, "万"))


def chinese_number(number: int) -> str:
    """`12` is 十二, `1005` is 一千零五, `10**12` is 一万亿."""
    if number < 0:
        return "负" + chinese_number(-number)
    text = _spelled(number) or _DIGITS[0]
    return text[1:] if text.startswith("一十") else text


def _spelled(number: int) -> str:
    for size, sign in _LARGE:
        if number >= size:
            high, low = divmod(number, size)
            gap = "零" if 0 < low < size // 10 else ""
            return _spelled(high) + sign + gap + _spelled(low)
    return _four(number)


def _four(group: int) -> str:
    text, skipped = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            text += ("零" if skipped and text else "") + _DIGITS[digit] + _PLACES[place]
            skipped = False
        else:
            skipped = True
    return text
