"""Single amounts above a limit that the text itself names: 每户最高5000元…郭某5600元; 每户不超过5万元…12户82万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.caps.amounts import (
    HEADS,
    counted_as,
    counts,
    each_of,
    is_firm_of_list,
    is_listed,
    is_named_firm,
    is_single,
    is_top,
    took_times,
)
from bangfu.documents.certain.caps.limits import Limit, lead_of, limits_of
from bangfu.documents.certain.caps.measured import measured
from bangfu.documents.certain.caps.standards import above_standard
from bangfu.documents.certain.caps.topics import claims_within, governs
from bangfu.documents.certain.caps.within import said_within
from bangfu.documents.reading.structure import Mention

_PLAN = re.compile(
    r"申请|捐|学费|修路|货款|花费|花去|医药|药费|计划|拟|需求|意向|总费用|自付|收入|增收|存款|产值|销售|贴息|利息|保费|自筹|投资|成本|纯|工资|价值|损失|费用"
)
_EXEMPT = re.compile(
    r"不受(?:此|该|上述)?限|另一(?:个)?(?:办法|产品|政策)|不在此列|执行另|另有规定|特批|经批准|报[^,。;]{0,6}批准|集体研究|符合(?:规定|政策|要求)|一事一议|经[^,。;]{0,6}(?:审批|批准|同意)|特殊情况|不适用|除外|叠加|两项合计|含"
)
_UNAPPROVED = re.compile(r"[未没无](?:有|经|履行)?[^,。;]{0,6}(?:一事一议|审批|批准|同意)")
_DUE = re.compile(r"应(?:发|补|贷|付)|标准|规定|按规定|按政策|可|限额|上限|封顶|不超|最高可|起付|门槛")
_REPORTED = re.compile(r"报[^,。;]{0,6}(?:审批|批准|核准|审定|同意)")
_PLACES = frozenset({"村", "镇", "乡", "社"})
_PLACE = re.compile(r"[一-龥]{2,4}(?:村|镇|乡|社)[^,。;]{0,6}$")
_REACH = {"money": Decimal(20), "floor": Decimal(4)}
_EXCESS = re.compile("(?:多|超|超出|超过|高出|超额)$")
"""比限额多1.6吨 is what is above it."""
_PIECE_END = re.compile("[。;\n]")


def caps_exceeded(scene: Scene) -> Iterator[Relation]:
    """Each figure once, against the limit that governs it."""
    limits = list(limits_of(scene))
    told: set[int] = set()
    for relation in (
        *_above_limits(scene, limits),
        *above_standard(scene),
    ):
        if relation.stated not in told:
            told |= {relation.stated, *relation.members}
            yield relation
    for relation in (*said_within(scene), *measured(scene)):
        if relation.stated not in told:
            told.add(relation.stated)
            yield relation


def _above_limits(scene: Scene, limits: Sequence[Limit]) -> Iterator[Relation]:
    named = {limit.mention.index for limit in limits}
    told: set[int] = set()
    for mention in scene.mentions if limits else ():
        if mention.index in named or mention.quantity.kind not in ("money", "floor", "area", "weight"):
            continue
        relation = _exceeds(scene, limits, mention)
        if relation is not None and not told & ({relation.stated, *relation.members} - named):
            told |= {relation.stated, *relation.members} - named
            yield relation


def _exceeds(scene: Scene, limits: Sequence[Limit], mention: Mention) -> Relation | None:
    alike = [limit for limit in limits if limit.mention.is_like(mention)]
    if not alike or _EXCESS.search(mention.left) or _is_other_amount(scene, mention, alike):
        return None
    units = each_of(scene, mention)
    if is_listed(scene, mention) or (units and "标准" not in mention.left):
        limit = governs(scene, alike, mention, () if is_listed(scene, mention) else units)
        return _told(scene, limit, mention, None) if limit else None
    counted = counts(scene, mention)
    heads = [one for one in counted if one.quantity.base_unit in (*HEADS, "个")]
    if (not heads or is_top(mention)) and is_single(scene, mention):
        limit = governs(scene, alike, mention, ())
        if limit is not None and not ("次" in limit.units and took_times(scene, mention)):
            return _told(scene, limit, mention, None)
    if (limit := _claimed(scene, alike, mention)) is not None:
        return _told(scene, limit, mention, None)
    if (not heads or _PLACE.search(mention.left)) and (limit := _of_named(scene, alike, mention)) is not None:
        return _told(scene, limit, mention, None)
    for count in counted if not is_top(mention) else ():
        limit = governs(scene, alike, mention, counted_as(count))
        if limit is not None and (relation := _average(scene, limit, mention, count)) is not None:
            return relation
    return None


def _claimed(scene: Scene, limits: Sequence[Limit], mention: Mention) -> Limit | None:
    """债务限额31.2亿元,年末余额32.64亿元,在限额之内: measured by the limit just said, which is one for all."""
    near = [one for one in limits if not one.units and one.mention.sentence == mention.sentence]
    before = [one for one in near if one.mention.index in (mention.index - 1, mention.index - 2)]
    return before[-1] if before and claims_within(scene, mention) else None


def _of_named(scene: Scene, limits: Sequence[Limit], mention: Mention) -> Limit | None:
    """A village where each village is limited, a firm of a list where each firm is."""
    placed = [one for one in limits if set(one.units) & _PLACES] if _PLACE.search(mention.left) else []
    placed = placed or [one for one in limits if any(_is_named(unit, mention) for unit in one.units)]
    if placed:
        return governs(scene, placed, mention, ())
    listed = [
        one
        for one in limits
        if is_firm_of_list(scene, mention, one.units) or ("家" in one.units and is_named_firm(mention))
    ]
    return governs(scene, listed, mention, ()) if listed else None


def _is_named(unit: str, mention: Mention) -> bool:
    """石桥塘补13.2万元 where 单塘 is limited."""
    if unit not in _THINGS:
        return False
    words = mention.gap.strip(",;。:、")
    at = words.find(unit, 1)
    return 0 < at <= _LONGEST_NAME and len(words) - at <= _LONGEST_NAME + 1


_THINGS = frozenset("塘库桥校厂场班店园院站点池棚")
_LONGEST_NAME = 4


def _is_other_amount(scene: Scene, mention: Mention, limits: Sequence[Limit]) -> bool:
    """Income, costs, plans; unless that is what the limit is of. And what the text itself exempts."""
    found = _PLAN.search(mention.left)
    if found and not any(found[0] in ",".join(limit.words.split(",")[-2:]) for limit in limits):
        return True
    flat, end = scene.reading.flat, mention.quantity.end
    rest = _PIECE_END.split(flat[end : end + 40], maxsplit=1)[0]
    return bool(
        _EXEMPT.search(_UNAPPROVED.sub("", rest))
        or _EXEMPT.search(mention.gap[-20:])
        or _REPORTED.search(lead_of(scene, mention)[-40:])
        or _DUE.search(mention.left[-6:])
    )


def _average(scene: Scene, limit: Limit, mention: Mention, count: Mention) -> Relation | None:
    if limit.units and not set(counted_as(count)) & set(limit.units):
        return None
    if count.quantity.base_unit not in (*HEADS, "个") and not limit.units:
        return None
    cap = limit.mention.quantity
    least = mention.quantity.bounds()[0] / count.quantity.bounds()[1]
    if not cap.base_value < least <= cap.base_value * 3:
        return None
    return _told(scene, limit, mention, count)


def _told(scene: Scene, limit: Limit, mention: Mention, count: Mention | None) -> Relation | None:
    cap, amount = limit.mention.quantity, mention.quantity
    named = f"文中规定的{cap.text}"
    if count is not None:
        mean = (amount.base_value / count.quantity.base_value).quantize(Decimal("0.01"))
        each = f"平均每{count.quantity.base_unit}{shown(mean, amount)}"
        said = f"{amount.text}÷{count.quantity.text},{each},超过{named}"
        stated = _mean_said(scene, mention, cap.base_value) or mention.index
        worst = cap.base_value * count.quantity.base_value
        members = tuple(one for one in (limit.mention.index, mention.index, count.index) if one != stated)
        return Relation("standard_cap", members, stated, worst, False, "error", said, _CAUSE)
    value = amount.base_value if amount.is_exact else amount.bounds()[0]
    if not cap.base_value < value <= cap.base_value * _REACH.get(cap.kind, Decimal(10)):
        return None
    parts = (limit.mention.index, *_parts_of_mean(scene, mention))
    said = f"{amount.text}超过{named}"
    return Relation("standard_cap", parts, mention.index, cap.base_value, False, "error", said, _CAUSE)


def _mean_said(scene: Scene, mention: Mention, limit: Decimal) -> int | None:
    """The 户均 that the text gives right after the amount, where it is above the limit too."""
    after = next(iter(scene.after(mention)), None)
    if after is None or not each_of(scene, after) or not after.is_like(mention):
        return None
    return after.index if after.quantity.base_value > limit else None


_CAUSE = "数字写错,或者超标准、混入了其他类别"


def _parts_of_mean(scene: Scene, mean: Mention) -> tuple[int, ...]:
    """81万元 and 15户 before 户均5.4万元, be it in a sentence before or in the row of a table."""
    units = each_of(scene, mean)
    if not units:
        return ()
    near = scene.before(mean, paragraph=True)[-24:]
    if "\t" in mean.gap:
        at = scene.place_of(mean)
        near = list(scene.mentions[max(0, at - 3) : at])
    counted = [one for one in near if one.quantity.base_unit in units and one.quantity.base_value > 1]
    for amount in reversed([one for one in near if one.is_like(mean)]):
        for count in reversed(counted):
            if mean.quantity.states(amount.quantity.base_value / count.quantity.base_value):
                return (amount.index, count.index)
    return ()
