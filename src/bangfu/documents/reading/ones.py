"""Whether 一 counts here: 新建卫生室一所, 两户因病,一户失联; and not 一户一策, 每一户, 最高的一户."""

from __future__ import annotations

import re

from bangfu.documents.reading.lexicon import Unit
from bangfu.documents.reading.numerals import Numeral

_ONE_TIME = re.compile(r"(?:满|期|限|足|过|延长|至少|共|历时|用时|服务|持续|超|每|隔)$")
_ONE_VERB = re.compile(
    r"(?:新建|新增|建成|建设|修建|实施|完成|配备|设立|成立|购置|安装|打造|创建|引进|培育|发展|新修|改造|架设|举办|召开|开展|组织|设置|配套|共|仅|有|各|"
    r"每[村户人镇组校]|至少|不少于|最少|还有|另有|剩下?|增加|减少|建|修|聘用|选派|安排|发放|确定|维修|扩建|整修|拆除|购|评为|立案|查处|联系|帮扶|结对|包保|改扩建|投入使用|办|配)了?$|"
    r"[个座处条家所名][一-龥]{0,6}[和及、]$"
)
_ONE_ABSTRACT = re.compile(
    r"(?:好|长效|良好|完整|坚强|共同|新的?(?!建|增)|更|重要|大|小|又|难得|长期|过程|台阶|机制|平台|问题|目标|方面|样板|品牌|都|也|不)"
)
_NO_ONE = frozenset("种类面片步大道级把节样回届段口份批次场村镇乡县组里期层分字门遍堂部班队代块")
_SET_PHRASE = re.compile(
    r"(?:最[多少大高小低好早远]的|平均|均|[每这那哪同任某另各逐不第前后进唯统专万逢]|没有|其中|按|按照|[户村人项个]|凡是)$"
)
_ONE_EACH = re.compile(
    r"多|[一-龥]{0,2}(?:约|合)?[\d两二三四五六七八九十]|[户村人个项家][^,。;、]{0,2}[策档案卡法宅图品岗表]|[一-龥]{0,3}一[一-龥]|[也都不合]|[策档案卡法宅图品岗表]"
)
_LISTED_ONE = re.compile(r"[,;、。:][一-龥]{2,6}$")
_BUILT_ONE = re.compile(
    r"(?:新建|新增|建成|建设|修建|配备|设立|购置|购买|安装|打造|新修|改造|架设|整修|打|修|建|栽|评|捐赠|配套|办|设|添置)了?[^,。;、的就是]{1,8}$"
)
_NEVER_ONE = frozenset("种类面片步大道级把节起样回届段口份批")
_TENTHS = frozenset("一二三四五六七八九")
_NEAR = 40
"""How far another count of the same kind may stand."""


def one_counts(text: str, numeral: Numeral, unit: Unit, left: str, end: int) -> bool:
    """`left` is what stands before the numeral, `end` where its unit ends."""
    if unit.kind in ("length", "area", "weight", "times") and text.startswith("半", end):
        return True
    if unit.written in ("块", "元") and text[end : end + 1] in _TENTHS:
        return True
    if unit.kind == "time":
        return bool(_ONE_TIME.search(left)) and not text.startswith(("来", "度", "之计"), end)
    if left.endswith(("没有", "无", "未有", "没", "每", "任何", "哪怕")):
        return False
    if _is_counted_one(text, numeral, unit, left, end):
        return True
    if unit.kind in ("share", "times", "point"):
        return unit.written != "成" or text[end : end + 1] in "以左的,。;、"
    if unit.written in _NEVER_ONE:
        return False
    return bool(_ONE_VERB.search(left)) and _ONE_ABSTRACT.match(text, end) is None


def _is_counted_one(text: str, numeral: Numeral, unit: Unit, left: str, end: int) -> bool:
    """两户因病,一户失联: one of the same kind that is counted beside it; and 广场一个, in a list of what was built."""
    if unit.kind not in ("count", "person", "household") or unit.written in _NO_ONE:
        return False
    if _SET_PHRASE.search(left) or _ONE_EACH.match(text, end) or _is_quoted(left):
        return False
    if _BUILT_ONE.search(left) and (not text[end : end + 1] or text[end] in ",;、。)\n"):
        return True
    if unit.written == "个":
        return _LISTED_ONE.search(left) is not None and text[end : end + 1] in (*",;、。)",)
    before = re.split(r"[。\n!?]", text[max(0, numeral.start - _NEAR) : numeral.start])[-1]
    near = before + "|" + re.split(r"[。\n!?]", text[end : end + _NEAR])[0]
    return (
        re.search(
            rf"(?:[\d两二三四五六七八九十]|[,、;的]一){re.escape(unit.written)}(?![一-龥]{{0,4}}一{re.escape(unit.written)}一)",
            near,
        )
        is not None
    )


def _is_quoted(left: str) -> bool:
    return max(map(left.rfind, "“‘")) > max(map(left.rfind, "”’"))
