"""Standards that stand under a 每 said before (一级每人90元、二级75元), or that were raised (由每人70元提高到80元)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.each import Each, each_of_words
from bangfu.documents.reading.structure import Mention

_CONTINUED = re.compile(r"[、,;和及与]+(?:[一-龥]|[A-Da-d]级|级){1,10}")
_APART = re.compile(r"[共总计合其余中人户均至到付支需出缴收领高低提涨增减幅差多少上下含]")
_RAISE = re.compile(
    r"(?:提高|提标|提升|提|调整|上调|下调|调|涨|增加|增|上浮|升|降低|降|改|变更|变)(?:高)?(?:到|至|为|成)"
    r"(?P<per>每[一-龥]{1,3}(?:每[月年天])?)?"
)
_FROM = re.compile(r"(?:由|从|自|原来|原|原先)+(?:的)?(?=[^由从自原]*$)")
_NOUN = re.compile(r"[一-龥]{1,5}[员户房厕棚工队班站点厂社生村岗田地林]")
_CLAUSE = re.compile(r"[,;。:()]")
_BEHIND = re.compile(r".*(?:按照|按|标准为|规定|明确|其中|标准是|标准)")
_TAIL = re.compile(
    r"(?:执行|实行|补助|补贴|奖补|奖励|代缴|资助|发放|一律|均|各|一次性|由|从|起|月|\d|年|标准|的|为|是|按|享受|统一|则|分别|应|可)+$"
)
_LEAD = re.compile(
    r"^(?:对于|对|给予|给|为|是|照料|凡|另发|另|新增|新建|种植|养殖|饲养|发展|种|养|栽|建|购买|购)+"
)


@dataclass(frozen=True)
class Rate:
    """`name`: the words before 每 in its clause, of what or whom it is; `old`: what it was before it was raised."""

    each: Each
    name: str
    old: Decimal | None = None


def rates_of(scene: Scene, eaches: Mapping[int, Each]) -> list[Rate]:
    """In the order of the text; no means, no limits."""
    found: list[Rate] = []
    last: Mention | None = None
    for one in scene.mentions:
        rate = _raised(one, last, eaches) or _rate(one, last, eaches) or _continued(one, last, found)
        if rate is not None:
            found.append(rate)
        last = one
    return found


def _rate(one: Mention, last: Mention | None, eaches: Mapping[int, Each]) -> Rate | None:
    each = eaches.get(one.index)
    plain = one.quantity.is_exact and not one.quantity.is_label
    if each is None or each.is_mean or not each.unit or not plain:
        return None
    return Rate(each, name_in(one.left, _words_after(one)) or _name_before(each, last) or _noun_of(each))


def _noun_of(each: Each) -> str:
    """每名护林员每年8000元."""
    return each.noun if _NOUN.fullmatch(each.noun) else ""


def _name_before(each: Each, last: Mention | None) -> str:
    """生态护林58人,每人每月700元; 省内县外务工3个月以上,每人200元."""
    one = each.mention
    if last is None or (last.sentence, last.segment) != (one.sentence, one.segment):
        return ""
    of_it = last.quantity.base_unit in each.units or last.quantity.kind == "time"
    return name_in(last.left, "") if of_it else ""


def _words_after(one: Mention) -> str:
    """每人每月为全护理1560元: the name may stand behind 每人每月为."""
    match = re.search(r"每[^每]*?[为是]([一-龥]{2,6})$", one.left)
    return match[1] if match is not None else ""


def _raised(one: Mention, last: Mention | None, eaches: Mapping[int, Each]) -> Rate | None:
    if (
        last is None
        or not one.is_like(last)
        or last.sentence != one.sentence
        or not _RAISE.fullmatch(one.gap)
    ):
        return None
    each = each_of_words(one, _FROM.sub("", last.left)) or eaches.get(one.index)
    if each is None or each.is_mean or not each.unit:
        return None
    return Rate(each, name_in(last.left, ""), last.quantity.base_value)


def _continued(one: Mention, last: Mention | None, found: Sequence[Rate]) -> Rate | None:
    """全护理1560元、半护理780元 right behind it."""
    if last is None or not found or found[-1].each.mention.index != last.index:
        return None
    if not one.is_like(last) or one.sentence != last.sentence or not _CONTINUED.fullmatch(one.gap):
        return None
    if _APART.search(one.gap) or one.quantity.kind != "money" or not one.quantity.is_exact:
        return None
    return Rate(replace(found[-1].each, mention=one), name_in(one.left, ""))


def name_in(words: str, behind: str) -> str:
    """标准为C级维修每户: C级维修; 生活补贴标准4月起由每人每月: 生活."""
    if behind:
        return behind
    clause = _CLAUSE.split(words.strip(" \t"))[-1].split("每")[0]
    rest = _TAIL.sub("", clause)
    return _LEAD.sub("", (_BEHIND.sub("", rest) or rest).strip("、和及与 "))
