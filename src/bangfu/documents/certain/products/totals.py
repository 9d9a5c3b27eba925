"""Which amounts may be the whole of a figure said of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from bangfu.documents.arithmetic.scene import AMONG, Scene
from bangfu.documents.certain.products.counts import is_limit
from bangfu.documents.certain.products.each import Each
from bangfu.documents.reading.structure import Mention

_NEXT_TO = re.compile(r"[、和与及][一-龥]{0,8}")
_EARNED = re.compile(r"收入|增收|工资|薪|报酬|收益|利润|产值|务工费|劳务|挣|赚|销售|分红|工钱")
_INCOME = re.compile(r"收入|增收|收益|利润")
_PAID = re.compile(
    r"补助|补贴|奖补|奖励|救助|资助|贴息|投入|投资|贷款|慰问|保费|报销|赔付|兑付|兑现|造价|成本|费用"
)
_TURNOVER = re.compile(
    r"营收|营业|产值|销售|经营|门票|旅游|门诊|利润|毛收|主营|业务收入|电费|流水|[住餐]宿?收入"
)
_WAGES = re.compile(r"工资|薪|报酬|津贴|工钱|劳务费|奖金|绩效")
_SOLD = re.compile(r"收购|卖|售|货款|收入")
_EXTREME = re.compile(r"最[多少高低大小]的?")
_SAID_OF_ONE = re.compile(r"平均|[每按一]个?|均|[户人次亩年月天吨]|标准|[达约为了是]")
_SUM = re.compile(r"[共总计]|累计")
_YIELD = re.compile(r"(?:单产|产量?|产出|收获|采收)[^,;。]{0,3}$|[亩株棵头]产|单产")
_FILLER = re.compile(r"[达到约为了近超过的共计]+$")


def nearest_totals(
    scene: Scene, each: Each, count: Mention | None, totals: Sequence[Mention]
) -> Iterator[Mention]:
    """The nearest before and after in the sentence, with those joined to it by 、; else the last before."""
    at, here = each.mention.index, each.mention.sentence
    before = [one for one in reversed(totals) if one.index < at]
    after = [
        one
        for one in totals
        if one.index > at and one.sentence == here and not _is_part(each, one) and _is_same_thing(each, one)
    ]
    if after and _EXTREME.search(scene.between(each.mention, after[0])):
        after = []
    if AMONG.search(each.mention.gap):
        before = []
    if each.is_mean and (whole := _whole_of_parts(before)) is not None:
        yield whole
    beside = [one for one in before if one.sentence == here]
    if beside and _is_bracketed(scene, beside[0], each):
        after = []
    for row in (beside, after):
        for number, one in enumerate(row):
            if number:
                last = row[number - 1]
                joined = abs(one.index - last.index) == 1 and _NEXT_TO.fullmatch(
                    max(one, last, key=_place).gap
                )
                if not joined and not (row is beside and scene.is_nested(last)):
                    break
            yield one
    if beside and beside[0].quantity.base_unit != each.mention.quantity.base_unit:
        yield from [one for one in beside if one.quantity.base_unit == each.mention.quantity.base_unit][:1]
    if not beside and before and (each.is_mean or not after) and _may_share_name(each, before[0]):
        yield before[0]
    what = _FILLER.sub("", each.what)
    if each.is_mean:
        paragraph = each.mention.paragraph
        adjacent = count is not None and count.index == at - 1 and count.sentence == here
        for one in before:
            if one.paragraph == paragraph and (adjacent or (len(what) > 1 and what[-4:] in one.left)):
                yield one


def _whole_of_parts(before: Sequence[Mention]) -> Mention | None:
    """收入4494万元,分别为流转费612万元、工资1186万元、分红2696万元,户均: the parts just before make up the whole."""
    many = before[0].quantity.base_value if before else Decimal(0)
    for last, one in pairwise(before):
        if one.sentence != last.sentence:
            return None
        if one is not before[1] and many == one.quantity.base_value:
            return one
        many += one.quantity.base_value
    return None


def _may_share_name(each: Each, total: Mention) -> bool:
    """处置费按每吨150元 in a sentence of its own: of an amount of 处置费; a bare 户均 of any."""
    words = _SAID_OF_ONE.sub("", each.mention.left)
    if len(words) < 2:
        return True
    return any(words[at : at + 2] in total.left for at in range(len(words) - 1))


def is_taken(
    scene: Scene, each: Each, count: Mention | None, total: Mention, eaches: Mapping[int, Each]
) -> bool:
    """前一年每户1.8万元,金额16.2万元;后一年每户2万元,金额…: the amount before belongs to the rate before it."""
    if total.index > each.mention.index or (count is not None and count.index > total.index):
        return False
    other = eaches.get(total.index - 1)
    if other is None or other.is_mean or other.mention.sentence != total.sentence:
        return False
    follower = [
        one for one in scene.after(each.mention)[:2] if one.is_like(total) and one.index not in eaches
    ]
    return other.mention.is_like(total) and bool(follower)


def _is_part(each: Each, one: Mention) -> bool:
    """每人75元,其中医保30元: of the rate."""
    return bool(AMONG.search(one.gap)) and one.quantity.base_value < each.mention.quantity.base_value


def _is_same_thing(each: Each, total: Mention) -> bool:
    """户均存栏35头,出栏1360头: what follows a mean is its whole where it says so or speaks of the same."""
    if not each.is_mean or each.mention.quantity.kind == "money" or not total.left or _SUM.search(total.left):
        return True
    if _YIELD.search(each.mention.left) and _YIELD.search(total.left):
        return True
    return any(total.left[at : at + 2] in each.mention.left for at in range(len(total.left) - 1))


def _place(mention: Mention) -> int:
    return mention.index


def _is_bracketed(scene: Scene, total: Mention, each: Each) -> bool:
    """报酬49.6万元(每人2000元): the bracket explains what stands right before it."""
    between = scene.between(total, each.mention)
    return between.startswith("(") and ")" not in between


def may_total(each: Each, one: Mention, eaches: Mapping[int, Each]) -> bool:
    other = eaches.get(one.index)
    return bool(
        one.is_like(each.mention)
        and one.quantity.base_unit.removesuffix("次") == each.mention.quantity.base_unit.removesuffix("次")
        and (one.quantity.base_unit != "户次" or each.mention.quantity.base_unit == "户次")
        and (
            other is None or (not other.unit and other.term and other.term == each.term and other is not each)
        )
        and one.quantity.base_value > 0
        and not one.quantity.per
        and not is_limit(one)
        and _is_of_kind(each, one)
    )


def _is_of_kind(each: Each, total: Mention) -> bool:
    """What is earned is no share of what is paid out: 奖补290万元,户均增收3500元."""
    if _TURNOVER.search(total.left) and _WAGES.search(each.mention.left) and not _WAGES.search(total.left):
        return False
    said = _EARNED.search(each.mention.left)
    if said is None:
        return not _EARNED.search(total.left) or not _PAID.search(each.mention.left)
    if _EARNED.search(total.left) or _SOLD.search(total.left) or not total.left.strip():
        return True
    return bool(_SUM.search(total.left)) if _INCOME.search(said[0]) else not _PAID.search(total.left)


def may_stand(each: Each, count: Mention | None, total: Mention) -> bool:
    """Where both count the same kind of thing (400人由31名干部包保) the whole is the greater."""
    if count is total:
        return False
    return count is None or not count.is_like(total) or count.quantity.base_value < total.quantity.base_value
