"""Which of its senses a word after a numeral has: 六块 of money or of signs, 三组 as a number of groups or as the third."""

from __future__ import annotations

import re
from decimal import Decimal

from bangfu.documents.reading.lexicon import Unit
from bangfu.documents.reading.numerals import Numeral

_PRICED = re.compile(r"[卖价钱赚挣花资费租补收交付奖罚均斤挣元利润]|每[斤亩个天月只头袋盒件]|工钱|块钱")
_THINGS = re.compile(
    r"(?:[牌板表碑匾砖石屏田地图镜瓦布皮]|玻璃|标识|标志|电池|组件|菜园|基地|样板)(?:约|近|共|了|各)?$"
)
_THINGS_AFTER = re.compile(
    r"(?:展|宣传|警示|标|公示|指示|水|电|光伏|林|荒|菜|田|地|水田|旱地|广告|玻璃|钢)[一-龥]?"
)
_GROUP_NAME = re.compile(
    r"[\d一二三四五六七八九十]|[村民一]|(?:修|新|至|的)?[一-龥]{0,6}[\d一二三四五六七八九十]+(?:\.\d+)?(?:户|人|亩|米|公里|处|盏)"
)
_TENTHS = frozenset("一二三四五六七八九")
_NEAR = 40


def meant(text: str, numeral: Numeral, unit: Unit, end: int) -> Unit:
    """六块 is money where it is about a price, and a classifier after 警示牌."""
    if unit.written == "块" and _is_money(text, numeral, end):
        return Unit("块", "元", Decimal(1), "money")
    return unit


def _is_money(text: str, numeral: Numeral, end: int) -> bool:
    clause = re.split(r"[。;!?\n]", text[max(0, numeral.start - 16) : numeral.start])[-1]
    near = clause.rsplit(",", 1)[-1]
    if near.endswith(("分", "分成", "分为")) or _THINGS.search(near) or _THINGS_AFTER.match(text, end):
        return False
    if numeral.chinese and numeral.amount >= 10 and text[end : end + 1] in ("", *",。;、)"):
        return True
    if text[end : end + 1] in _TENTHS:
        return True
    return _PRICED.search(near) is not None or text.startswith(("一", "每", "/", "左右", "多"), end)


def is_group_name(text: str, numeral: Numeral, end: int) -> bool:
    """一组62户,二组58户: the third group by its number; 分成三组 counts them."""
    if numeral.amount > 30 or numeral.approx:
        return False
    word = text[end - 1]
    left = text[max(0, numeral.start - 3) : numeral.start]
    if re.search(r"(?:分成?|编成?|组成|共|有|设|划为|派出|抽调|建)了?$", left):
        return False
    if not numeral.chinese:
        return word == "组" and _has_next(text, numeral, end)
    if word == "组" and _GROUP_NAME.match(text, end):
        return True
    around = text[max(0, numeral.start - _NEAR) : numeral.start] + "|" + text[end : end + _NEAR]
    return len(re.findall(rf"(?<![\d])[一二三四五六七八九十]{{1,3}}{word}", around)) > 0


def _has_next(text: str, numeral: Numeral, end: int) -> bool:
    """1组62户,2组58户: the group before or after it is named beside it."""
    around = text[max(0, numeral.start - _NEAR) : numeral.start] + "|" + text[end : end + _NEAR]
    beside = {str(int(numeral.amount) - 1), str(int(numeral.amount) + 1)}
    return any(number in beside for number in re.findall(rf"(?<![\d.])(\d{{1,2}}){text[end - 1]}", around))
