"""When an amount beside a rate may be of something else: two rates for one amount, part of a payment, another purpose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.judge import Triple
from bangfu.documents.reading.structure import Mention

_PARTLY = re.compile(
    r"实际|实发|实付|实收|到位|尚|剩余|结余|缺口|首批|首期|首付|首次|第一批|第一期|先期|预拨|预付|预支|定金|部分|结清|抵扣|扣除|另|超出|多发|少发"
)
_EXCEPT = re.compile(
    r"免缴|免交|免费|减免|除外|不含|不包括|扣除|未|停发|其余|其他|另|折扣|优惠|损耗|病休|退出|中途|年中|陆续"
)
_WITH = re.compile(r"\((?:含|包括|包含|部分|其中|新增|加上|连同|下半年|上半年|按|有|因)|新增|中途|当年|含")
_PART_OF_YEAR = re.compile(r"季度|半年|截至|\d月|月底|月末|首批|先")
_PERIODS = tuple(Decimal(one) for one in (1, 12, 3, 6))
EARLIER = re.compile(r"去年|上年|前年|往年|上期|同期|上半年")
_RAISED = re.compile(r"提高|调整|上调|下调|增加|降低")
_STOCK = re.compile(r"年初|年末|年底|期初|期末|月初|月末|原有|原来|最多时|高峰")
_ALL = re.compile(
    r"[两二三四五六七八九十][项类笔者样处批种级档块头地年]|加起来|合在一起|一并|总共|合起来|合计|共计|总计|总投|总费"
)
_INCOME = re.compile(
    r"务工(?:收入|工资)|工资性?收入|劳务(?:收入|报酬)|经营(?:性)?收入|门票|旅游|分红|贷款|保费|电费|水费|运费|租金|承包费|材料|人工|农资|工钱|设备|线路"
)


def is_doubtful(scene: Scene, triple: Triple, eaches: Mapping[int, Each]) -> bool:
    """Whether the words leave open that the amount is that of count and rate."""
    if _PARTLY.search(triple.total.left) or (triple.count is not None and _STOCK.search(triple.count.left)):
        return True
    if _is_explained(scene, triple):
        return True
    if triple.each.is_mean:
        return False
    here = triple.each.mention.sentence
    beside = [one for one in eaches.values() if one.mention.sentence == here]
    return any(_shares_total(scene, triple, other) for other in beside)


def _is_explained(scene: Scene, triple: Triple) -> bool:
    """每户350元,特困户免缴,共9.6万元; 8.4万元(1间未租出); 标准提高到每月850元: less may have been paid, or longer ago."""
    each, total = triple.each.mention, triple.total
    low, high = sorted((each, total), key=lambda one: one.index)
    flat = scene.reading.flat
    after = flat[total.quantity.end : total.quantity.end + 16]
    between = flat[low.quantity.end : high.quantity.start]
    bracket = after.startswith("(") and (_EXCEPT.search(after) or _WITH.search(after))
    part = triple.each.term == "年" and _PART_OF_YEAR.search(total.gap)
    beside = triple.is_behind and total.index == each.index - 1 and total.segment == each.segment
    earlier = not beside and EARLIER.search(total.left) is not None and EARLIER.search(each.left) is None
    return bool(bracket or part or _EXCEPT.search(between) or earlier or _RAISED.search(each.left))


def is_of_last_year(triple: Triple) -> bool:
    """312万人次(上年260万人次): what the bracket compares with is not counted."""
    count = triple.count
    if count is None or EARLIER.search(triple.each.mention.left) or EARLIER.search(triple.total.left):
        return False
    return "(" in count.gap and ")" not in count.gap and bool(EARLIER.search(count.left))


def is_of_later_piece(best: Triple, other: Triple) -> bool:
    """9860万元,2465户,户均3.5万元;逾期49.3万元、14户: what follows in another piece does not explain the row."""
    at = max(best.mentions, key=lambda one: one.index)
    later = [one for one in (other.count, other.total) if one is not None and one.index > at.index]
    return bool(later) and all((one.sentence, one.segment) != (at.sentence, at.segment) for one in later)


def is_of_other_purpose(triple: Triple) -> bool:
    """每亩租金600元,务工收入56万元."""
    said = _INCOME.search(triple.total.left)
    count = triple.count.left + triple.count.right if triple.count is not None else ""
    around = triple.each.mention.left + count + triple.each.mention.right
    return said is not None and said[0][:2] not in around and bool(_INCOME.search(triple.each.mention.left))


def _shares_total(scene: Scene, triple: Triple, other: Each) -> bool:
    """城市每人610元,农村每人420元,共…: another rate of the same kind stands in the sentence with no amount of its own."""
    mine, total = triple.each.mention, triple.total
    one = other.mention
    if one.index == mine.index or one.sentence != mine.sentence or not one.is_like(mine) or other.is_mean:
        return False
    if one.index > total.index > mine.index:
        return False
    if _makes_up_the_rest(scene, triple, other):
        return True
    low, high = sorted((one.index, mine.index))
    between = [
        each for each in scene.mentions[scene.place_of(_by_index(scene, one, low)) + 1 :] if each.index < high
    ]
    if any(each.is_like(mine) for each in between):
        return False
    beside = high - low <= 2 and other.unit == triple.each.unit
    return beside or bool(_ALL.search(total.left))


def _makes_up_the_rest(scene: Scene, triple: Triple, other: Each) -> bool:
    """特困85人每人300元,低保210户每户200元,共6.75万元: the other count, paid at the other rate, is the rest."""
    rest = triple.total.quantity.base_value - triple.product(triple.periods.first or Decimal(1))
    at = scene.place_of(other.mention)
    beside = [one for one in scene.mentions[max(0, at - 1) : at + 2] if one is not other.mention]
    rate = other.mention.quantity.base_value / other.scale
    return any(rest == rate * one.quantity.base_value * period for one in beside for period in _PERIODS)


def _by_index(scene: Scene, near: Mention, index: int) -> Mention:
    return scene.mentions[scene.place_of(near) + index - near.index]
