"""Figures that point back and say a neighbour's number: 今年这31.6万元 where that was last year's, 这64户 for 64人."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bangfu.documents.arithmetic.scene import PER, Scene
from bangfu.documents.certain.repeats.likeness import Likeness
from bangfu.documents.certain.repeats.names import pairs_of
from bangfu.documents.certain.repeats.pointed import POINTER
from bangfu.documents.certain.repeats.slips import Pair, agree, slip_between
from bangfu.documents.certain.repeats.words import ASIDE, RISE
from bangfu.documents.reading.structure import Mention

_KNOWN = re.compile(rf"(?:(?P<pointer>{POINTER})|(?<=[一-龥])的(?:全部|所有|整整)?|(?P<all>全部|所有|全体))$")
_OWNER = re.compile(r"[一-龥]{2,6}$")
_FILLERS = re.compile(r"^(?:而|但|其中|所以|因此|目前|现在|对|对于|把|将|从|用|给|让|由|被|为|光|就|只|连)+")
_NOW = re.compile(r"今年|本年|本[月季周期]|当[年月]|现在|目前")
_THEN = re.compile(r"去年|上年|前年|上[月季周期]|原来|原先|往年|同期")
_EQUAL = re.compile(
    r"[一-龥]{0,4}[,、(—]*(?:也就是|也即|亦即|即|就是|折合|折成|折|相当于|等于|换算(?:成|为)?[一-龥]{0,3}?(?:就是|是|为)?|合(?=为|成|$))(?:为|成)?"
)
_EACH = re.compile("每|一|/|[1-9]")
_OPPOSED = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (
            r"计划|任务|目标|应[到有发缴交收付支修建改]|拟|预算|规划|预计|设计|原定",
            r"实际|实[到有发缴交收付支修建改际]|已(?!批|列)|完成|建成|改好|改成|修好|修成|栽[下好活]|到位|[改修建栽种铺装发打]了",
        ),
        (
            r"申请|申报|报名|上报|报送|推荐|提名",
            r"批准|核准|获批|审批|通过|审核|核定|录用|入选|实到|入围|评上",
        ),
        (r"签约|签订", r"开工|落地|投产"),
        (r"开工|动工|在建", r"竣工|完工|建成|交付"),
        (r"户籍|在册", r"常住|在家"),
        (r"发现|排查|查出|摸排", r"整改|销号|解决|办结|治理"),
        (r"外出", r"返乡|回流|在家"),
        (r"存栏", r"出栏"),
        (r"种植|播种|栽植", r"收获|采收|采摘|投产|挂果"),
        (r"下达|拨入", r"拨付|支出|支付|使用"),
        (r"上半年", r"下半年"),
        (r"春季|春播", r"秋季|秋播"),
    )
)
"""Two states of one thing, in words that stand before their figures."""
_REACH = 10
_FEW = 5
_COUNTED = frozenset(
    {"人", "户", "个", "处", "起", "件", "家", "头", "只", "栋", "套", "座", "亩", "笔", "株", "口"}
)


def mixed(scene: Scene, likeness: Likeness) -> Iterator[Pair]:
    """The figure it should repeat, where the words before it leave no doubt which."""
    for second in scene.mentions:
        quantity = second.quantity
        known = _KNOWN.search(second.left)
        if known is None or not quantity.is_exact or quantity.is_label or quantity.base_value < _FEW:
            continue
        if second.index in likeness.cells or RISE.search(second.left) or ASIDE.search(second.right):
            continue
        at = scene.place_of(second)
        before = [one for one in scene.mentions[max(0, at - _REACH) : at] if one.quantity.is_exact]
        twins = [one for one in before if one.is_like(second) and agree(one.quantity, quantity)]
        owner = second.left[: known.start()]
        if len(twins) == 1:
            yield from _of_owner(scene, likeness, second, twins[0], before, owner)
        elif not twins and quantity.base_unit in _COUNTED:
            yield from _of_unit(scene, likeness, second, before)


def _of_owner(
    scene: Scene, likeness: Likeness, second: Mention, twin: Mention, before: list[Mention], words: str
) -> Iterator[Pair]:
    """东线8.2公里,西线6.9公里 above and 东线那6.9公里 below."""
    rivals = [
        one
        for one in before
        if one.is_like(second) and one.sentence == twin.sentence and not agree(one.quantity, second.quantity)
    ]
    if twin.sentence == second.sentence or len(rivals) != 1 or RISE.search(rivals[0].left):
        return
    other, clause = rivals[0], scene.clause(second)
    if _NOW.search(words) and not _THEN.search(clause):
        told = bool(_THEN.search(twin.left)) and not _THEN.search(other.left)
        if told and bool(_NOW.search(other.left)):
            yield Pair(other, second, "old", 1.0)
        return
    if _is_of_state(likeness, second, twin, other):
        yield Pair(other, second, "old", 1.0)
        return
    owner = _OWNER.search(_FILLERS.sub("", words))
    if owner is None:
        return
    name = owner[0]
    for size in range(min(len(name), 4), 1, -1):
        head = name[:size]
        if head in other.left and head not in twin.left:
            if _label(twin) and _label(twin) not in clause:
                yield Pair(other, second, "other", 1.0)
            return


def _is_of_state(likeness: Likeness, second: Mention, twin: Mention, other: Mention) -> bool:
    """计划1200座,实际1078座 above and 已改好的1200座 below."""
    if any(one.index < second.index and one is not twin for one in likeness.same(second)):
        return False
    words = second.left[-10:]
    for wrong, right in (*_OPPOSED, *(pair[::-1] for pair in _OPPOSED)):
        told = right.search(other.left) and not wrong.search(other.left) and wrong.search(twin.left)
        if told and not right.search(twin.left) and right.search(words) and not wrong.search(words):
            return True
    return False


def equated(scene: Scene) -> Iterator[Pair]:
    """收购860吨,折合86万斤: the same in two units."""
    for first, second in pairwise(scene.mentions):
        one, two = first.quantity, second.quantity
        if first.sentence != second.sentence or not first.is_like(second) or one.unit == two.unit:
            continue
        if one.per or two.per or PER.search(first.left[-8:]) or _EACH.match(second.right):
            continue
        if one.is_exact and two.is_exact and _EQUAL.fullmatch(second.gap) and not agree(one, two):
            yield Pair(first, second, slip_between(first, second) or "other", 1.0)


def _label(mention: Mention) -> str:
    found = re.match(r"[一-龥]{2}", mention.left.strip(" ,、;:。"))
    return found[0] if found else ""


def _of_unit(scene: Scene, likeness: Likeness, second: Mention, before: list[Mention]) -> Iterator[Pair]:
    """38户、64人 above and 这64户 below: the number of the one, the unit of the other."""
    for one, other in pairwise(before):
        if one.sentence != other.sentence or one.is_like(other) or one.sentence == second.sentence:
            continue
        for right, wrong in ((one, other), (other, one)):
            if not right.is_like(second) or wrong.quantity.base_unit not in _COUNTED:
                continue
            if wrong.quantity.base_value != second.quantity.base_value:
                continue
            own = pairs_of(f"{second.left[-10:]} {second.right[:6]}")
            if not own.isdisjoint(likeness.names.of(one).near | pairs_of(one.left)):
                yield Pair(right, second, "other", 1.0)
