"""Whether a word after a numeral is its unit here: 3台账 is no 3台, 一年之计 no year, 四个不减 no four of anything."""

from __future__ import annotations

import re
from decimal import Decimal

from bangfu.documents.reading.lexicon import Unit, lexicon
from bangfu.documents.reading.numerals import Numeral

_NEVER = frozenset({"级", "届", "月", "把", "样", "回", "步", "方面", "大"})
_ENUMERATED = frozenset({"个", "项", "条", "大", "种", "类", "步", "点", "方面", "级"})
_ONE_TIME = re.compile(r"(?:满|期|限|足|过|延长|至少|共|历时|用时|服务|持续|超|每|隔)$")
_ONE_TIME_AFTER = re.compile(r"(?:期|以上|以内|之内|内|左右|的|,|。|;)")
_ONE_VERB = re.compile(
    r"(?:新建|新增|建成|建设|修建|实施|完成|配备|设立|成立|购置|安装|打造|创建|引进|培育|发展|新修|改造|架设|举办|召开|开展|组织|设置|配套|共|仅|有|各|"
    r"每[村户人镇组校]|增加|减少|建|修|聘用|选派|安排|发放|确定|维修|扩建|整修|拆除|购|评为|立案|查处|联系|帮扶|结对|包保|改扩建|投入使用|办|配)了?$|"
    r"[个座处条家所名][一-龥]{0,6}[和及、]$"
)
_ONE_ABSTRACT = re.compile(
    r"(?:好|长效|良好|完整|坚强|共同|新的?(?!建|增)|更|重要|大|小|又|难得|长期|过程|台阶|机制|平台|问题|目标|方面|样板|品牌|都|也|不)"
)
_DAYS = re.compile(
    r"(?:公示|公告|为期|满|不少于|不得少于|提前|期限|期|共|历时|每|达|不足|超过|连续|累计|长达|用时)$"
)
_CLASSES = re.compile(
    r"(?:共|等|计|落实|涉及|涵盖|包括|整合|发放|开展|实施|发展|推广|引进|梳理|制定|汇总|办理)了?$"
)
_SCORE = re.compile(r"(?:得分|评分|积分|得|扣|加|计|满|评|均|积|奖|兑换|为|奖励|获)(?:了)?$")
_POWER = re.compile(r"(?:电|发电量|用电量|耗电)[^,。;]{0,8}$")
_OPEN_QUOTES = "“‘「『\"'"


def fits(text: str, numeral: Numeral, unit: Unit, start: int, end: int) -> bool:
    """`start` and `end` bound the unit word in the text."""
    after, left = text[end : end + 1], text[max(0, numeral.start - 12) : numeral.start]
    if after and after in lexicon().not_before.get(unit.written, ""):
        return False
    if (
        unit.kind in ("money", "area", "length", "weight")
        and numeral.chinese
        and after
        and after in "村镇乡路桥社"
        and text[end : end + 2] != "村民"
    ):
        return False
    if numeral.chinese and numeral.amount == 1 and not numeral.approx and text[numeral.start] == "一":
        return _one_counts(text, unit, left, end)
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
        and lexicon().labels.match(text, end) is not None
    )


def _one_counts(text: str, unit: Unit, left: str, end: int) -> bool:
    if unit.kind == "time":
        return bool(_ONE_TIME.search(left)) and not text.startswith(("来", "度", "之计"), end)
    if left.endswith(("没有", "无", "未有", "没", "每", "任何", "哪怕")):
        return False
    if unit.kind in ("share", "times", "point"):
        return unit.written != "成" or text[end : end + 1] in "以左的,。;、"
    if unit.written in (
        "种",
        "类",
        "面",
        "片",
        "步",
        "大",
        "道",
        "级",
        "把",
        "节",
        "起",
        "样",
        "回",
        "届",
        "段",
        "口",
        "份",
        "批",
    ):
        return False
    return bool(_ONE_VERB.search(left)) and _ONE_ABSTRACT.match(text, end) is None


def _careful(text: str, numeral: Numeral, unit: Unit, left: str, end: int) -> bool:
    word, after = unit.written, text[end : end + 1]
    if word in ("大", "步", "方面"):
        return numeral.chinese and numeral.amount > 1
    if word in _NEVER:
        return False
    if word == "日":
        return bool(_DAYS.search(left)) or text.startswith(("内", "以内", "之内", "期满", "以上"), end)
    if word == "类":
        named = re.match(r"(?:重点|困难|监测|特殊)?(?:人群|人员|对象|户|群体)", text[end : end + 6])
        return numeral.amount > 1 and named is None and bool(_CLASSES.search(left))
    if word == "分":
        return bool(_SCORE.search(left))
    if word == "度":
        return bool(_POWER.search(left)) or text.startswith("电", end) or numeral.scale >= 10_000
    if word == "角":
        return left.endswith("元")
    if word == "字":
        return numeral.amount >= 100
    if word == "面":
        return after in ("锦", "旗", "墙", "国", "文")
    if word == "成":
        return numeral.amount <= 10 and numeral.step == 1
    if word in ("村", "镇", "乡", "县"):
        return numeral.amount > 1 and (not numeral.chinese or left[-1:] in ("", *"的,。;、全辖等在对共"))
    if word == "m":
        return not after.isalnum()
    return numeral.amount > 0 or (Decimal(0) == numeral.amount and not numeral.chinese)
