"""Single amounts above a limit that the text itself names: 每户最高5000元…郭某5600元; 每户不超过5万元…12户82万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.caps_limits import Limit, lead_of, limits_of
from bangfu.documents.certain.caps_topics import governs
from bangfu.documents.reading.structure import Mention

_SINGLE = re.compile(
    r"某|(?<![0-9一二三四五六七八九十第每])[一1](?:户|人|笔|家|例|个|名|次|宗|位|学生|处|台|辆|间|栋|场|批|餐|宿|套|座)(?![均一])|单(?:户|笔|人|次|宗)|最[高多大](?!额度|限额|可)|个人|有人|本人|其中[一-龥]{2,8}(?:合作社|公司|农场|企业|超市|村|店)(?:的|达|为|领取|获|得)*$"
)
_EACH = re.compile(r"(?:每|各|户均|人均|笔均|次均|均)(?:户|人|笔|次|生|家|宗)?(?:平均)?[^,。;]{0,8}$")
_EACH_UNIT = re.compile(r"每(?:个)?(户次|人次|户|人|笔|次|生|家|宗|名)|(户|人|笔|次|宗)均")
_PLAN = re.compile(
    r"申请|计划|拟|需求|意向|总费用|自付|收入|增收|存款|产值|销售|贴息|利息|保费|自筹|投资|成本|纯|工资|价值|损失|费用"
)
_EXEMPT = re.compile(
    r"不受(?:此|该|上述)?限|另一(?:个)?(?:办法|产品|政策)|不在此列|执行另|另有规定|特批|经批准|报[^,。;]{0,6}批准|集体研究|符合(?:规定|政策|要求)|一事一议|经[^,。;]{0,6}(?:审批|批准|同意)|特殊情况|不适用|除外|叠加|两项合计|含"
)
_UNAPPROVED = re.compile(r"[未没无](?:有|经|履行)?[^,。;]{0,6}(?:一事一议|审批|批准|同意)")
_DUE = re.compile(r"应(?:发|补|贷|付)|标准|规定|按规定|按政策|可|限额|上限|封顶|不超|最高可|起付|门槛")
_TOP = re.compile(r"最[高多大](?!额度|限额)")
_REPORTED = re.compile(r"报[^,。;]{0,6}(?:审批|批准|核准|审定|同意)")
_PLACES = frozenset({"村", "镇", "乡", "社"})
_PLACE = re.compile(r"[一-龥]{2,4}(?:村|镇|乡|社)[^,。;]{0,6}$")
_ROW = re.compile(r"分别|依次")
_TOGETHER = re.compile(r",?(?:两[笔次项家]|两贷|共|合计|累计|总计|加起来|合起来|总共)")
_HEADS = ("户", "人", "笔", "户次", "人次", "宗", "家", "栋")
_REACH = {"money": Decimal(20), "floor": Decimal(4)}
_CHANGED = re.compile(r"提高到|提高至|调整为|调整到|上调|由|从|增至|提标")
_PIECE_END = re.compile("[。;\n]")
_MONTHLY = re.compile(r"每月|按月")
_EACH_HERE = re.compile("每|均")
_OTHER_FIGURE = re.compile(r"[;。]|其中|平均|户均|人均")


def caps_exceeded(scene: Scene) -> Iterator[Relation]:
    """Each figure once, against the limit that governs it."""
    limits = list(limits_of(scene))
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
    if not alike or _is_other_amount(scene, mention, alike):
        return None
    lead = _own_lead(scene, mention)
    if _is_listed(scene, mention) and (limit := governs(scene, alike, mention, ())) is not None:
        return _told(scene, limit, mention, None)
    units = _each_of(mention)
    if units and "标准" not in mention.left:
        limit = governs(scene, alike, mention, units)
        return _told(scene, limit, mention, None) if limit else None
    counts = _counts(scene, mention)
    if (not counts or _TOP.search(mention.left)) and _SINGLE.search(lead):
        limit = governs(scene, alike, mention, ())
        if limit is not None:
            return _told(scene, limit, mention, None)
    if not counts and _PLACE.search(mention.left):
        limit = governs(scene, [one for one in alike if set(one.units) & _PLACES], mention, ())
        return _told(scene, limit, mention, None) if limit else None
    for count in counts if not _TOP.search(mention.left) else ():
        limit = governs(scene, alike, mention, (count.quantity.base_unit,))
        if limit is not None and (relation := _average(scene, limit, mention, count)) is not None:
            return relation
    return None


def _is_other_amount(scene: Scene, mention: Mention, limits: Sequence[Limit]) -> bool:
    """Income, costs, plans; unless that is what the limit is of. And what the text itself exempts."""
    found = _PLAN.search(mention.left)
    if found and not any(found[0] in limit.words.rpartition(",")[2] for limit in limits):
        return True
    flat, end = scene.reading.flat, mention.quantity.end
    rest = _PIECE_END.split(flat[end : end + 40], maxsplit=1)[0]
    return bool(
        _EXEMPT.search(_UNAPPROVED.sub("", rest))
        or _EXEMPT.search(mention.gap[-20:])
        or _REPORTED.search(lead_of(scene, mention)[-40:])
        or _DUE.search(mention.left[-6:])
    )


def _own_lead(scene: Scene, mention: Mention) -> str:
    """What is said since the figure before; a count of one before it belongs to it."""
    words = mention.gap
    for one in reversed(scene.before(mention)[-3:]):
        heads = one.quantity.base_unit in _HEADS and one.quantity.base_value != 1
        added = one.quantity.kind == "money" and _TOGETHER.match(mention.gap)
        if (
            one.segment != mention.segment
            or heads
            or (one.quantity.kind == "money" and not added)
            or "。" in words
        ):
            break
        words = one.gap + one.quantity.text + words
    return words


def _each_of(mention: Mention) -> tuple[str, ...]:
    """户均, 每户: what the amount is for each of."""
    if _MONTHLY.search(mention.left):
        return ("人", "户")
    if not _EACH.search(mention.left):
        return ()
    found = list(_EACH_UNIT.finditer(mention.left))
    unit = next((unit for match in reversed(found) for unit in match.groups() if unit), "")
    return ({"生": "人", "名": "人", "户次": "户"}.get(unit, unit),) if unit else ()


def _is_listed(scene: Scene, mention: Mention) -> bool:
    """3户超限,分别为5600元、6000元、8200元."""
    row = scene.row_of(mention)
    before = scene.before(row[0])[-1:] if row else []
    return bool(before) and before[0].quantity.base_value == len(row) and before[0].quantity.kind != "money"


def _counts(scene: Scene, mention: Mention) -> list[Mention]:
    """How many it is for: the count beside it, in its piece of the sentence."""
    before = [one for one in scene.before(mention)[-2:] if one.segment == mention.segment]
    found: list[Mention] = []
    if _ROW.search(mention.gap) or scene.row_of(mention):
        return found
    for one in reversed(before):
        if one.quantity.kind == "money" or _OTHER_FIGURE.search(scene.between(one, mention)):
            break
        if one.quantity.base_unit in (*_HEADS, "个") and one.quantity.base_value > 1:
            if one.right.startswith("户"):
                continue
            if scene.between(one, mention).count(",") <= 1 and not _EACH_HERE.search(one.left[-3:]):
                found.append(one)
    return found


def _average(scene: Scene, limit: Limit, mention: Mention, count: Mention) -> Relation | None:
    if limit.units and count.quantity.base_unit not in limit.units:
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
    if after is None or not _each_of(after) or not after.is_like(mention):
        return None
    return after.index if after.quantity.base_value > limit else None


_CAUSE = "数字写错,或者超标准、混入了其他类别"


def _parts_of_mean(scene: Scene, mean: Mention) -> tuple[int, ...]:
    """81万元 and 15户 before 户均5.4万元."""
    if not _each_of(mean):
        return ()
    before = [one for one in scene.before(mean)[-2:] if one.segment == mean.segment]
    amount = [one for one in before if one.is_like(mean)]
    count = [one for one in before if one.quantity.base_unit in ("户", "人", "笔")]
    if (
        amount
        and count
        and mean.quantity.states(
            amount[0].quantity.base_value / max(count[0].quantity.base_value, Decimal(1))
        )
    ):
        return (amount[0].index, count[0].index)
    return ()
