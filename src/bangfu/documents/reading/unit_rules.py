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
    r"每[村户人镇组校]|至少|不少于|最少|还有|另有|剩下?|增加|减少|建|修|聘用|选派|安排|发放|确定|维修|扩建|整修|拆除|购|评为|立案|查处|联系|帮扶|结对|包保|改扩建|投入使用|办|配)了?$|"
    r"[个座处条家所名][一-龥]{0,6}[和及、]$"
)
_ONE_ABSTRACT = re.compile(
    r"(?:好|长效|良好|完整|坚强|共同|新的?(?!建|增)|更|重要|大|小|又|难得|长期|过程|台阶|机制|平台|问题|目标|方面|样板|品牌|都|也|不)"
)
_DAYS = re.compile(
    r"(?:公示|公告|为期|满|不少于|不得少于|提前|期限|期|共|历时|每|达|不足|超过|连续|累计|长达|用时)$"
)
_CLASSES = re.compile(
    r"(?:共|等|计|分为|分成|分|归纳为|归为|梳理出|发现|存在|落实|涉及|涵盖|包括|整合|发放|开展|实施|发展|推广|引进|梳理|制定|汇总|办理)了?$"
)
_SCORE = re.compile(r"(?:得分|评分|积分|得|扣|加|计|满|评|均|积|奖|兑换|为|奖励|获)(?:了)?$")
_POWER = re.compile(r"(?:电|发电量|用电量|耗电)[^,。;]{0,8}$")
_NO_ONE = frozenset(
    {
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
        "样",
        "回",
        "届",
        "段",
        "口",
        "份",
        "批",
        "次",
        "场",
        "村",
        "镇",
        "乡",
        "县",
        "组",
        "里",
        "期",
        "层",
        "分",
        "字",
        "门",
        "遍",
        "堂",
        "部",
        "班",
        "队",
        "代",
        "块",
    }
)
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
_TENTHS = frozenset("一二三四五六七八九")
_NEAR = 40
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
    ):
        return False
    if numeral.chinese and numeral.amount == 1 and not numeral.approx and text[numeral.start] == "一":
        return _one_counts(text, numeral, unit, left, end)
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


def _still(text: str, unit: Unit, end: int) -> bool:
    words = lexicon().still_before.get(unit.written)
    return words is not None and text.startswith(words, end)


def _is_group_name(text: str, numeral: Numeral, end: int) -> bool:
    """一组62户,二组58户: the third group by its number; 分成三组 counts them."""
    if not numeral.chinese or numeral.amount > 30 or numeral.approx:
        return False
    word = text[end - 1]
    left = text[max(0, numeral.start - 3) : numeral.start]
    if re.search(r"(?:分成?|编成?|组成|共|有|设|划为|派出|抽调)了?$", left):
        return False
    if word == "组" and _GROUP_NAME.match(text, end):
        return True
    around = text[max(0, numeral.start - _NEAR) : numeral.start] + "|" + text[end : end + _NEAR]
    return len(re.findall(rf"(?<![\d])[一二三四五六七八九十]{{1,3}}{word}", around)) > 0


def _one_counts(text: str, numeral: Numeral, unit: Unit, left: str, end: int) -> bool:
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


def _careful(text: str, numeral: Numeral, unit: Unit, left: str, end: int) -> bool:
    word, after = unit.written, text[end : end + 1]
    if word in ("大", "步", "方面"):
        return numeral.chinese and numeral.amount > 1
    if word == "月":
        return text[end - 3 : end - 1] in ("个半", "个多")
    if word in _NEVER:
        return False
    if word == "日":
        return bool(_DAYS.search(left)) or text.startswith(("内", "以内", "之内", "期满", "以上"), end)
    if word == "类":
        named = re.match(r"(?:重点|困难|监测|特殊)?(?:人群|人员|对象|户|群体)", text[end : end + 6])
        counted = bool(_CLASSES.search(left)) or text[end : end + 1] == ":" or text.startswith("问题", end)
        return numeral.amount > 1 and named is None and counted
    if word == "分":
        return bool(_SCORE.search(left))
    if word == "度":
        return bool(_POWER.search(left)) or text.startswith("电", end) or numeral.scale >= 10_000
    if word == "角":
        return left.endswith("元")
    if word == "字":
        return numeral.amount >= 100
    if word in ("组", "期") and numeral.chinese and not numeral.approx:
        return not _is_group_name(text, numeral, end)
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
