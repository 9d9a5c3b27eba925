"""Whether a word after a numeral is its unit here: 3台账 is no 3台, 一年之计 no year, 四个不减 no four of anything."""

from __future__ import annotations

import re
from decimal import Decimal

from bangfu.documents.reading.lexicon import Unit, lexicon
from bangfu.documents.reading.numerals import Numeral
from bangfu.documents.reading.ones import one_counts
from bangfu.documents.reading.senses import is_group_name

_NEVER = frozenset({"级", "届", "月", "样", "回", "步", "方面", "大"})
_ENUMERATED = frozenset({"个", "项", "条", "大", "种", "类", "步", "点", "方面", "级"})
_DAYS = re.compile(
    r"(?:公示|公告|为期|满|不少于|不得少于|提前|期限|期|共|历时|每|达|不足|超过|连续|累计|长达|用时)$"
)
_CLASSES = re.compile(
    r"(?:共|等|计|分为|分成|分|归纳为|归为|梳理出|发现|存在|落实|涉及|涵盖|包括|整合|发放|开展|实施|发展|推广|引进|梳理|制定|汇总|办理)了?$"
)
_POINTS = re.compile(
    r"[一-龥]{0,3}(?:建议|意见|要求|问题|困难|难处|不足|体会|经验|原因|看法|想法|希望|做法|打算|感受|启示|理由|认识|措施|说明)|[:,]\s*(?:一是|一要|\(一\)|\(1\)|①|1[.、])"
)
"""三点建议; 三点:一是…: no time of the day."""
_SORTS_FOLLOW = re.compile(r"[一-龥]{0,6}(?:分别)?[为是有]?:(?!\s*\n)")
_SORTS_BEFORE = re.compile(r"、[^,。;:、]{1,8}等?$")
"""五类岗位:保洁员、…; 种养、加工、仓储、旅游四类."""
_SCORE = re.compile(
    r"(?:得分|评分|积分|得|扣|加|计|满|评|均|积|奖|兑换|为|奖励|获|笔试|面试|最高分|最低分)(?:了)?$"
)
_MARKS = re.compile("积分|兑分|加分|扣分|分值|满分|得分|评分|打分|总分|均分|考核|测评|考评")
_MARKED = re.compile(r"[^。;\n]{0,10}\d分(?![钟之别])")
_POWER = re.compile(r"(?:电|发电量|用电量|耗电)[^,。;]{0,8}$")
_POWERED = re.compile("电|灯|空调|千瓦|光伏")
_IN_NAME = re.compile(r"镇(?![村街])|乡(?![村镇])|县(?![域城级直乡])")
"""五通镇, 三台县: a name, not five of something."""
_OF_TOWNS = frozenset("个乡镇县村")
_OPEN_QUOTES = "“‘「『\"'"


def fits(text: str, numeral: Numeral, unit: Unit, start: int, end: int) -> bool:
    """`start` and `end` bound the unit word in the text."""
    after, left = text[end : end + 1], text[max(0, numeral.start - 12) : numeral.start]
    if after and after in lexicon().not_before.get(unit.written, "") and not _still(text, unit, end):
        return False
    if (
        unit.kind in ("money", "area", "length", "weight", "volume", "capacity", "share", "times")
        and numeral.chinese
        and after
        and after in "村镇乡路桥社"
        and text[end : end + 2] != "村民"
        and (unit.kind, after) != ("length", "路")
    ):
        return False
    if (
        unit.kind == "count"
        and unit.written not in _OF_TOWNS
        and numeral.chinese
        and _IN_NAME.match(text, end)
    ):
        return False
    if numeral.chinese and numeral.amount == 1 and not numeral.approx and text[numeral.start] == "一":
        return one_counts(text, numeral, unit, left, end)
    return unit.written not in lexicon().careful or _careful(text, numeral, unit, left, end)


def is_label(text: str, numeral: Numeral, unit: Unit, end: int) -> bool:
    """四个不减, “三项保障”, 五大产业: a name with a count in it; counts only where its members stand beside it."""
    if unit.written in ("大", "步", "方面"):
        return True
    if numeral.start and text[numeral.start - 1] in _OPEN_QUOTES and not numeral.approx:
        return numeral.chinese or unit.written in _ENUMERATED
    return (
        unit.written in _ENUMERATED
        and numeral.chinese
        and not numeral.approx
        and numeral.amount < 20
        and (label := lexicon().labels.match(text, end)) is not None
        and not text[label.end() : label.end() + 1].isdigit()
    )


def _is_score(text: str, numeral: Numeral, end: int) -> bool:
    """决策18分,过程19.2分: where marks are given, or several stand side by side."""
    if numeral.chinese:
        return False
    sentence = text.rfind("。", 0, numeral.start) + 1
    before, after = text[max(sentence, numeral.start - 60) : numeral.start], text[end : end + 16]
    return bool(
        _MARKS.search(before) or _MARKS.search(after) or _MARKED.search(before) or _MARKED.match(after)
    )


def _is_energy(text: str, numeral: Numeral, left: str, end: int) -> bool:
    """电 stands at hand, or the sentence is about it: 改灯前每盏520度."""
    if _POWER.search(left) or text.startswith("电", end) or numeral.scale >= 10_000:
        return True
    sentence = text.rfind("。", 0, numeral.start) + 1
    return not numeral.chinese and _POWERED.search(text, sentence, numeral.start) is not None


def _still(text: str, unit: Unit, end: int) -> bool:
    words = lexicon().still_before.get(unit.written)
    return words is not None and text.startswith(words, end)


def _careful(text: str, numeral: Numeral, unit: Unit, left: str, end: int) -> bool:
    word, after = unit.written, text[end : end + 1]
    if word in ("大", "步", "方面"):
        return numeral.chinese and numeral.amount > 1
    if word == "点":
        return numeral.chinese and 1 < numeral.amount <= 10 and _POINTS.match(text, end) is not None
    if word == "月":
        return text[end - 3 : end - 1] in ("个半", "个多")
    if word in _NEVER:
        return False
    if word == "日":
        return bool(_DAYS.search(left)) or text.startswith(("内", "以内", "之内", "期满", "以上"), end)
    if word == "类":
        named = re.match(r"(?:重点|困难|监测|特殊)?(?:人群|人员|对象|户|群体)", text[end : end + 6])
        counted = (
            _CLASSES.search(left) is not None
            or text.startswith((":", "问题"), end)
            or _SORTS_FOLLOW.match(text, end) is not None
            or _SORTS_BEFORE.search(left) is not None
        )
        return numeral.amount > 1 and named is None and counted
    if word == "分":
        return bool(_SCORE.search(left)) or _is_score(text, numeral, end)
    if word == "把":
        return not numeral.chinese and numeral.amount > 1
    if word == "度":
        return _is_energy(text, numeral, left, end)
    if word == "角":
        return left.endswith("元")
    if word == "字":
        return numeral.amount >= 100
    if word in ("组", "期"):
        return not is_group_name(text, numeral, end)
    if word == "里":
        return numeral.amount > 0 and (
            after in ("", *"多,。;、半长宽)") or left.endswith(("公", "距", "离", "长"))
        )
    if word == "块":
        return not text.startswith("钱", end)
    if word == "面":
        return after in ("锦", "旗", "墙", "国", "文")
    if word == "成":
        return numeral.amount <= 10 and (numeral.step == 1 or numeral.approx == "几")
    if word in ("村", "镇", "乡", "县"):
        return numeral.amount > 1 and (not numeral.chinese or left[-1:] in ("", *"的,。;、全辖等在对共"))
    if word == "m":
        return not after.isalnum()
    return numeral.amount > 0 or (Decimal(0) == numeral.amount and not numeral.chinese)
