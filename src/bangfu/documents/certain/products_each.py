"""Figures that are said of one: 户均, 每人每月300元, 15元/亩, 均价; of one what, how often, and which counts may be meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.reading.structure import Mention

_UNIT = (
    "千瓦时|立方米|平方米|人次|户次|车次|班次|公里|公斤|千克|千瓦|学期|课时|个工|工日|台班|"
    "户|人|名|位|口|生|村|镇|乡|县|组|队|社|家|店|校|班|所|站|点|处|座|栋|幢|间|套|台|辆|部|架|"
    "条|件|笔|单|次|场|期|批|项|趟|车|亩|株|棵|头|只|羽|尾|箱|袋|桶|盒|份|支|盏|根|块|片|眼|吨|斤|米|方|度|张|床|岗|篇|册|本|棒|日|天|周|例|起|宗|枚|艘|个"
)
_TERM = "学期|学年|季度|年度|个月|月|天|日|年|季|次|期|趟"
_PER = re.compile(
    rf"(?:平均)?(?:(?P<one>(?<![第之唯])一)(?!个)|每一?)(?:个(?P<thing>(?!月|学期|季度)[一-龥]{{0,7}}?)|(?P<unit>{_UNIT}|[^\W\d年月每均])(?P<noun>[^\W\d每均]{{0,8}}?)(?:平均|均)?)"
    rf"(?:[,、]?(?:每|按|一)个?(?P<term>{_TERM}))?(?P<what>[^,;。:\d每均]{{0,14}})$"
)
_ONLY_TERM = re.compile(rf"每(?:个)?(?P<term>{_TERM})(?P<what>[^,;。:\d每]{{0,14}})$")
_MEAN = re.compile(
    rf"(?P<before>年|月|日)?(?P<unit>{_UNIT}|(?!平)[一-龥])均(?![衡匀等已可由未无在按]|分(?!红))均?(?:每|一)?个?(?P<term>年|月|日|天)?(?P<what>[^,;。:\d]{{0,14}})$"
)
_PRICE = re.compile(r"(?:单价|均价|价格)(?:[为是约达按]|分别)*$")
_DOING = re.compile(r"每[一-龥]{1,4}一(?P<unit>名|人|户|个|家|亩|头|只|株|座|处|台|次|吨)(?P<what>[^,;。:\d每均]{0,14})$")
_TERM_FIRST = re.compile(rf"[每按]个?(?P<term>{_TERM})(?=每(?!{_TERM}))")
_CROP = re.compile(r"(?P<unit>亩|株|棵|头|只|公顷)(?:产|单产)(?:量)?(?P<what>[一-龥]{0,6})$")
_TAKEN = re.compile(r"[拿得领花用总共合收交了]")
_LAST_EACH = re.compile(r"(?:每|均|一)(?=[^每均一]*$)")
_OF_ONE = re.compile(r"(?:每[一-龥]{0,2}|[^平]均[为达约有是]?)$")
_SIZE = re.compile(r"(?:宽|高|深|厚|直径|管径|间距|口径)(?:度|约|为|达|是)*$")
_SUFFIX = re.compile(rf"^[/·每]*(?P<unit>{_UNIT})?(?:[/·每.]*(?P<term>年|月|天|日|学期|次|期))?$")
_DAILY = re.compile(r"(?P<term>(?<![0-9今本当次节假])日|月)(?:工资|薪|报酬)[^,;。:\d]{0,4}$")
_AVERAGE = re.compile(r"平均|[^平]均")
UNITS = {
    "人": ("人", "人次"),
    "名": ("人",),
    "位": ("人",),
    "口": ("人", "口"),
    "生": ("人", "人次"),
    "人次": ("人次", "人", "次"),
    "户": ("户", "户次", "家"),
    "户次": ("户次", "户"),
    "岗": ("个", "人"),
    "次": ("次", "人次", "场次", "户次", "场", "期"),
    "期": ("期", "班", "次", "场"),
    "班": ("班", "个", "期"),
    "场": ("场", "场次", "次"),
    "村": ("村", "个"),
    "镇": ("镇", "个"),
    "乡": ("乡", "个"),
    "县": ("县", "个"),
    "组": ("组", "个"),
    "队": ("队", "支", "个"),
    "社": ("社", "个", "家"),
    "家": ("家", "个", "户"),
    "店": ("店", "家", "个"),
    "校": ("所", "校", "个"),
    "站": ("座", "站", "个"),
    "点": ("点", "个", "处"),
    "处": ("处", "个"),
    "公里": ("米",),
    "米": ("米",),
    "吨": ("公斤",),
    "公斤": ("公斤",),
    "千克": ("公斤",),
    "斤": ("公斤",),
    "方": ("立方米",),
    "立方米": ("立方米",),
    "度": ("千瓦时",),
    "千瓦时": ("千瓦时",),
    "车": ("车", "车次", "辆", "趟"),
    "趟": ("趟", "车次", "车"),
    "单": ("单", "件", "笔"),
    "件": ("件",),
    "项": ("项", "个"),
    "个工": ("工日", "个"),
    "工日": ("工日", "个"),
    "份": ("份", "件"),
    "栋": ("栋", "幢", "座"),
    "幢": ("栋", "幢", "座"),
    "株": ("株", "棵"),
    "棵": ("株", "棵"),
    "床": ("床", "张"),
    "个": ("个",),
}
_SCALE = {"公里": Decimal(1000), "吨": Decimal(1000), "斤": Decimal("0.5")}
_TERMS = {"个月": "月", "日": "天", "年度": "年", "学年": "年", "季": "季度"}
_THINGS = frozenset({"个", "家", "所", "座", "处", "支", "条", "项", "台", "套", "间", "栋"})
_PRICED = "单价"
_SOLD = frozenset(
    "亩 斤 公斤 千克 吨 天 日 户 人 头 只 羽 株 棵 车 趟 袋 箱 桶 公里 平方米 度 方 米 张 床 份 单 件 套 台 间 股 棵".split()
)
"""一亩480元, 一天260元: of one; 一次性, 一期, 一等 are none."""
_WHOLE = frozenset({"person", "household", "person_times", "household_times", "count"})
_TIMES = frozenset({"月", "天", "年", "学期", "季度", "日"})
_BARE = frozenset({"share", "point", "times", "age"})
_LIMIT = re.compile(
    r"[多少高低好差]的|最高|最低|最大|最多|最少|最小|最长|单笔|单户|上限|封顶|不超过|不低于|不少于|不得|以上|以下|起付|超过|达不到|高于|低于|多于|少于|限额|提高到|提高至|增至|降至|涨到|目标|力争|预计可|"
    r"(?:增长|增加|减少|下降|提高|降低|上涨|多|少|高出|高)了?$"
)
_OTHER_TIME = re.compile(r"(?:同期|原来|原先|由|从|比|较|上年同期)[^,;。]{0,10}$")


@dataclass(frozen=True)
class Each:
    """`unit` as written, `noun` what follows it (每个车间) or stands for it (车均), `term` 月, 天 … or empty."""

    mention: Mention
    unit: str
    noun: str
    term: str
    what: str
    is_mean: bool

    @property
    def units(self) -> tuple[str, ...]:
        return UNITS.get(self.unit, (self.unit,)) if self.unit else ()

    @property
    def scale(self) -> Decimal:
        return _SCALE.get(self.unit, Decimal(1))


def each_of(mention: Mention) -> Each | None:
    """What the figure is said of; None where it is said of no one thing, of a limit or of a change."""
    quantity = mention.quantity
    if quantity.kind in _BARE or not quantity.base_value or (quantity.base_value == 1 and quantity.kind != "money"):
        return None
    if quantity.per and (match := _SUFFIX.match(quantity.per)):
        return _made(mention, match["unit"] or "", "", match["term"] or "", mention.left, False)
    words = mention.left
    if _LIMIT.search(words) or _OTHER_TIME.search(words):
        return None
    return _worded(mention, words)


def _worded(mention: Mention, words: str) -> Each | None:
    before = ""
    if match := _TERM_FIRST.search(words):
        before, words = match["term"], words[match.end() :]
    if match := _CROP.search(words):
        return _made(mention, match["unit"], "", "", match["what"], True)
    if not (_LAST_EACH.search(words) or _DAILY.search(words) or _PRICE.search(words)):
        return None
    is_mean = bool(_AVERAGE.search(words)) or words.startswith("均")
    if match := _MEAN.search(words):
        term = match["term"] or match["before"] or ""
        unit = match["unit"]
        if match["what"].startswith("次"):
            unit = {"人": "人次", "户": "户次"}.get(unit, unit)
        if unit in ("年", "月", "日", "天"):
            return _made(mention, "", "", unit, match["what"], True)
        if unit not in UNITS and not re.fullmatch(_UNIT, unit):
            return _made(mention, unit, "", term, match["what"], True)
        return _made(mention, unit, "", term, match["what"], True)
    if match := _DOING.search(words):
        return _made(mention, match["unit"], "", "", match["what"], False)
    if match := _PER.search(words):
        unit, noun = match["unit"] or "", match["what"].strip() or match["noun"] or ""
        if match["one"] and (mention.quantity.kind != "money" or match["unit"] not in _SOLD or _TAKEN.search(words[match.end("one") :])):
            return None
        if unit == "年":
            return None
        if unit in _TIMES:
            return _made(mention, "", "", unit, match["what"], is_mean)
        if match["thing"] is not None:
            noun = match["thing"] + match["what"].strip()
            unit = next((known for known in ("工", "村", "镇", "乡", "县") if noun.startswith(known)), "个")
            unit = {"工": "个工"}.get(unit, unit)
        return _made(mention, unit, noun, match["term"] or before, match["what"], is_mean)
    if (match := _ONLY_TERM.search(words)) and match["term"] not in ("年", "年度"):
        return _made(mention, "", "", match["term"], match["what"], is_mean)
    if _PRICE.search(words) and mention.quantity.kind == "money":
        return _made(mention, "", "", "", _PRICED, False)
    if match := _DAILY.search(words):
        return _made(mention, "", "", match["term"], "", is_mean)
    return None


def _made(mention: Mention, unit: str, noun: str, term: str, what: str, is_mean: bool) -> Each:
    return Each(mention, unit, noun, _TERMS.get(term, term), what.strip(), is_mean)


def may_count(each: Each, one: Mention) -> bool:
    """Whether the count is one of the things that the figure is said of."""
    quantity = one.quantity
    if quantity.kind in (*_BARE, "money", "time") or quantity.base_value <= 0 or one is each.mention:
        return False
    if quantity.base_value % 1 and quantity.kind in _WHOLE:
        return False
    if _OF_ONE.search(one.left) or _is_size(one) or quantity.per:
        return False
    if each.unit == "个":
        return quantity.base_unit in _THINGS and (
            not each.noun or any(each.noun[:size] and _is_named(each.noun[:size], one) for size in (2, 1))
        )
    if each.unit in ("户", "村", "镇", "乡", "县", "人", "名", "岗") and quantity.base_unit in ("个", "家"):
        names = {"户": "户", "人": "岗", "名": "岗", "岗": "岗"}
        return _is_named(names.get(each.unit, each.unit), one) or (quantity.base_unit == "家" and each.is_mean)
    if quantity.base_unit in each.units:
        return quantity.base_unit != "个" or _is_named(each.unit, one)
    if each.unit:
        return each.is_mean and quantity.base_unit in _THINGS and _is_named(each.unit, one)
    if each.what == _PRICED:
        return quantity.kind in ("count", "area", "length", "weight", "floor", "volume", "energy", "power")
    return bool(each.term) and quantity.base_unit in ("人", "户", "人次", "个")


def _is_size(one: Mention) -> bool:
    """路面宽3.5米: the size of one thing."""
    return one.quantity.base_unit == "米" and bool(
        _SIZE.search(one.left) or one.right.startswith(("宽", "高", "深", "厚", "口径"))
    )


def is_limit(one: Mention) -> bool:
    return bool(_LIMIT.search(one.left))


def _is_named(noun: str, one: Mention) -> bool:
    return noun in one.right[:4] or noun in one.left[-8:]
