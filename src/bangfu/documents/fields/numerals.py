"""Numbers in Chinese characters, as official texts write small counts: 四个贫困村, 第十二次."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")


def chinese_number(number: int) -> str:
    """`12` is 十二, `1005` is 一千零五. ValueError beyond 9999 万亿."""
    if number < 0:
        return "负" + chinese_number(-number)
    if number == 0:
        return _DIGITS[0]
    if number >= 10 ** (4 * len(_GROUPS)):
        raise ValueError(number)
    groups: list[tuple[int, int]] = []
    rest, place = number, 0
    while rest:
        rest, group = divmod(rest, 10_000)
        if group:
            groups.append((place, group))
        place += 1
    text, lower = "", -1
    for place, group in reversed(groups):
        gap = lower >= 0 and (group < 1000 or place < lower - 1)
        text += ("零" if gap else "") + _four(group) + _GROUPS[place]
        lower = place
    return text[1:] if text.startswith("一十") else text


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
