"""Whose amount it is: one person's, one firm's, each one's, or that of so many."""

from __future__ import annotations

import re

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.caps.limits import lead_of
from bangfu.documents.reading.structure import Mention

_FIRM = r"(?:合作社|公司|农场|企业|超市|村|店|车间|基地|厂|协会|学校|卫生院|工坊|作坊|主体|大户|园)"
_SINGLE = re.compile(
    r"某|(?:小|老|阿)[一-龥]{1,2}(?:得到|领到|拿到|借了|贷了|获|得了|领了|领取|报销)|(?:村民|农户|户主|学生|患儿|社员|贫困户|脱贫户|党员|干部|老人|青年|会员)[一-龥]{2,3}(?:得到|领到|拿到|借了?|贷了?|获得?|领取|报销)|未(?:上会|报批|审批|经审批|经集体|经批准|集体研究|经研究)|(?<![0-9一二三四五六七八九十第每])[一1](?:户|人|笔|家|例|个|名|次|宗|位|学生|处|台|辆|间|栋|场|批|餐|宿|套|座)(?![均一])|"
    r"(?<![统第进之另唯同单万每逐])[一1](?:个|名|户|位|家|台|笔)?[A-D一-龥]{1,7}(?:户|人|家庭|学生|对象|合作社|公司|企业|大户|农场|机)(?![均数次])|"
    r"单(?:户|笔|人|次|宗)|最[高多大](?!额度|限额|可)|个人|有人|本人|"
    rf"其中[一-龥]{{2,10}}{_FIRM}(?:的|达|为|领取|获|得|凭|因|以|一家|就|却|共|实|兑|领|拿|到|报|按)[^,。;]{{0,12}}$|其中[一-龥]{{2,8}}{_FIRM}$"
)
_EACH = re.compile(r"(?:每|各|户均|人均|笔均|次均|均)(?:户|人|笔|次|生|家|宗)?(?:平均)?[^,。;]{0,8}$")
_EACH_UNIT = re.compile(r"每(?:个)?(户次|人次|户|人|笔|次|生|家|宗|名|亩|头|台|间)|(户|人|笔|次|宗|亩)均")
_TOP = re.compile(r"最[高多大](?!额度|限额)")
_ROW = re.compile(r"分别|依次")
_TOGETHER = re.compile(r",?(?:两[笔次项家]|两贷|共|合计|累计|总计|加起来|合起来|总共)")
HEADS = ("户", "人", "笔", "户次", "人次", "宗", "家", "栋")
COUNTED = (*HEADS, "个", "亩", "头", "台", "间")
_MONTHLY = re.compile(r"每月|按月")
_EACH_HERE = re.compile("每|均")
_OTHER_FIGURE = re.compile(r"[;。]|其中|平均|户均|人均")
_RATE = re.compile(r"每[一-龥]{1,3}$")
_SUMMED = re.compile(
    r"^,?(?:[两三四]?[笔次项家]?(?:贷款)?)?(?:本?年度?|全年)?(?:累计|合计|共计|总计|一共|总共|共|加起来|合起来)[一-龥]{0,4}$"
)
_ITEM = re.compile(r"^(?:[,;:(]?其中[::]?|[、,和])(?P<name>[一-龥]{2,9})$")
_GENERAL = re.compile(
    r"资金|补|贷|奖|投|项目|工程|收入|支出|费|镇$|乡$|县$|合计|其他|其余|余|上级|中央|省级|市级|县级|类|项|产业|养|种|就业|设施|金额|款|户|均|增|减|完成|新建|购|用于"
)


def is_top(mention: Mention) -> bool:
    return _TOP.search(mention.left) is not None


def is_single(scene: Scene, mention: Mention) -> bool:
    """陈某…, 其中1户…, 最高一户…, 其中丰禾农场…: of one alone."""
    return _SINGLE.search(own_lead(scene, mention)) is not None or _is_sum_of_one(scene, mention)


def _is_sum_of_one(scene: Scene, mention: Mention) -> bool:
    """谢某在两家银行分别贷款5万元和3万元,合计8万元."""
    if not _SUMMED.search(mention.gap):
        return False
    items: list[Mention] = []
    for one in reversed(scene.before(mention)):
        if one.segment != mention.segment:
            break
        if one.is_like(mention):
            items.append(one)
            total = sum(item.quantity.base_value for item in items)
            if len(items) > 1 and total == mention.quantity.base_value:
                named = lead_of(scene, one).rpartition("。")[2]
                return _ONE_OWNER.search(named) is not None
    return False


_ONE_OWNER = re.compile(rf"某|[一1](?:户|人|家)(?!均)|本人|[一-龥]{{2,6}}{_FIRM}(?![^,。;]*、)")


def own_lead(scene: Scene, mention: Mention) -> str:
    """What is said since the figure before; a count of one before it belongs to it."""
    words = mention.gap
    for one in reversed(scene.before(mention)[-3:]):
        heads = one.quantity.base_unit in HEADS and one.quantity.base_value != 1
        added = one.quantity.kind == "money" and _TOGETHER.match(mention.gap)
        if (
            one.segment != mention.segment
            or heads
            or (one.quantity.kind == "money" and not added and not _RATE.search(one.left))
            or "。" in words
        ):
            break
        words = one.gap + one.quantity.text + words
    return words


def each_of(scene: Scene, mention: Mention) -> tuple[str, ...]:
    """户均, 每户: what the amount is for each of; in a table what the head of its column says."""
    words = mention.left if "\t" not in mention.gap else mention.quantity.subject
    if _MONTHLY.search(words) or _A_MONTH.match(mention.right):
        return ("人", "户")
    if (each := _ONE_EACH.match(mention.right)) is not None:
        return (each[1],)
    if not _EACH.search(words):
        return ()
    found = list(_EACH_UNIT.finditer(words))
    unit = next((unit for match in reversed(found) for unit in match.groups() if unit), "")
    return ({"生": "人", "名": "人", "户次": "户"}.get(unit, unit),) if unit else ()


def is_listed(scene: Scene, mention: Mention) -> bool:
    """3户超限,分别为5600元、6000元、8200元."""
    row = scene.row_of(mention)
    before = scene.before(row[0])[-1:] if row else []
    return bool(before) and before[0].quantity.base_value == len(row) and before[0].quantity.kind != "money"


def counts(scene: Scene, mention: Mention) -> list[Mention]:
    """How many it is for: the count beside it, in its piece of the sentence."""
    before = [one for one in scene.before(mention)[-2:] if one.segment == mention.segment]
    found: list[Mention] = []
    if _ROW.search(mention.gap) or scene.row_of(mention):
        return found
    for one in reversed(before):
        if one.quantity.kind == "money" or _OTHER_FIGURE.search(scene.between(one, mention)):
            break
        if one.quantity.base_unit in COUNTED and one.quantity.base_value > 1:
            if one.right.startswith("户"):
                continue
            if scene.between(one, mention).count(",") <= 1 and not _EACH_HERE.search(one.left[-3:]):
                found.append(one)
    return found


def counted_as(count: Mention) -> tuple[str, ...]:
    """7个村 are villages too."""
    unit = count.quantity.base_unit
    found = _OF_WHAT.match(count.right) if unit in ("个", "家", "所") else None
    return (unit, found[1]) if found is not None else (unit,)


_OF_WHAT = re.compile(
    r"(?:行政|脱贫|贫困|扶持|示范|试点|重点|出列|受灾|先进)?(村|镇|乡|社|项目)(?![民委组干])"
)
_A_MONTH = re.compile(r"(?:[一每/]个?月)")
_ONE_EACH = re.compile(r"[一每/](人|户|次|亩|笔|头|台|间)(?!次)")
_NAMED_FIRM = re.compile(
    r"(?:^|[,;。:])[一-龥]{2,10}(?:合作社|农场|公司|车间|企业|超市|厂|牧场|养殖场|猪场|羊场|牛场|鸡场|加工点|作坊|宾馆|农家乐|民宿|种植园)(?!等|共|们|户均)(?:今年|本年|全年|当年|本次|实际|共|一家|领取|获得?|得到?|享受|兑现|补|奖|贴|批|占|用|建|贷|借|拿|领|分|了|到|的|款|资金)*$"
)
_EVERY_FIRM = re.compile(r"[各每家几多些]|全[镇县乡村]")


def is_named_firm(mention: Mention) -> bool:
    """丰收农机合作社全年享受18.6万元."""
    return _NAMED_FIRM.search(mention.gap) is not None and not _EVERY_FIRM.search(mention.gap[-20:])


def took_times(scene: Scene, mention: Mention) -> bool:
    """救助蒋某3次,共7800元: of several times."""
    before = scene.before(mention)[-1:]
    if not before or before[0].segment != mention.segment:
        return False
    return before[0].quantity.base_unit in ("次", "人次", "笔") and before[0].quantity.base_value > 1


def is_firm_of_list(scene: Scene, mention: Mention, units: tuple[str, ...]) -> bool:
    """奖补18.7万元,涉及9家,其中恒远服装3.8万元、诚达电子2.9万元: each named is one of those counted."""
    found = _ITEM.search(mention.gap)
    if found is None or _GENERAL.search(found["name"]) or not scene.is_nested(mention):
        return False
    before = [one for one in scene.before(mention)[-8:] if not scene.is_nested(one)]
    counted = [one for one in before[-2:] if one.quantity.base_unit in units and one.quantity.base_value > 1]
    return bool(counted)
