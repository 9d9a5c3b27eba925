"""What else in the text explains a figure that seems wrong: the right count, another amount, a cap, a loosely rounded mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import digits, retyped
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.doubts import EARLIER
from bangfu.documents.certain.products.words import LIMIT
from bangfu.documents.reading.quantity import plain
from bangfu.documents.reading.structure import Mention

_AROUND, _TELLING = 45, 3
_NOT_ENOUGH = frozenset({"share", "point", "times", "age", "time"})
_CAPPED = re.compile(r"封顶|上限|限额|最高|不超过|不高于|不得超|以内|之内")
_CHANGE = re.compile(
    r"(?:年|月|季度|季|天|日|[户人村镇乡亩])均?(?:每[年月])?(?:净)?(?:增(?!收)|减(?!免)|提高|下降|压减|上升|递增)"
)
_CHANGED = re.compile(r"增|减|提高|下降|上升|多|少|升|降|累计")
_NOW = re.compile(r"今年|本年|本期|目前|现有|截至|眼下|如今")
_WHOSE = re.compile(r"(?P<whose>(?![全我本每各])[一-龥]{2,3}[户村员人家])(?:平均|[户村人家]均)")
_VISITS = frozenset({"户次", "人次"})


def is_explained(scene: Scene, relation: Relation) -> bool:
    """Whether the reading of the relation is refuted by what else the text says."""
    at = {one.index: one for one in scene.mentions}
    members = [at[one] for one in relation.members if one in at]
    stated = at[relation.stated]
    if not stated.quantity.base_value or stated.quantity.per:
        return relation.kind == "standard_multiple"
    around = _around(scene, stated)
    if relation.kind == "average":
        return (
            _is_mean_of_others(scene, relation, members, stated, around)
            or _is_loose(relation, stated)
            or _is_far_off(relation, stated)
        )
    if relation.kind == "standard_multiple":
        return (
            _is_of_other_year(members, stated)
            or _is_sum(scene, stated)
            or _is_capped(stated, relation, around)
            or _is_met_beside(members, stated, relation, around)
            or _has_right_count(members, stated, relation, scene.mentions)
        )
    return False


_FARTHEST = 5


def _is_far_off(relation: Relation, mean: Mention) -> bool:
    """补偿资金1398万元,4127户,户均补偿412元: no slip makes it so; the mean is of something else."""
    true, said = relation.computed, mean.quantity
    if said.kind != "money" or not true or not said.is_exact or retyped(said, true):
        return False
    ratio = true / said.base_value
    if 1 / Decimal(_FARTHEST) < ratio < _FARTHEST:
        return False
    power = ratio.scaleb(-ratio.adjusted())
    return not (power < Decimal("1.02") or power > Decimal("9.8"))


def _is_sum(scene: Scene, total: Mention) -> bool:
    """分别120万元、150万元、180万元,三年共450万元: it is made up by those before it."""
    rest = total.quantity.base_value
    like = [
        one for one in reversed(scene.before(total)[-_ITEMS:]) if one.quantity.kind == total.quantity.kind
    ]
    for taken, one in enumerate(like):
        rest -= one.quantity.base_value
        if rest <= 0:
            return rest == 0 and taken > 0
    return False


_ITEMS = 8


def _around(scene: Scene, one: Mention) -> Sequence[Mention]:
    place = scene.place_of(one)
    return scene.mentions[max(0, place - _AROUND) : place + _AROUND]


def _is_mean_of_others(
    scene: Scene, relation: Relation, members: Sequence[Mention], each: Mention, around: Sequence[Mention]
) -> bool:
    """应存64个,已存58个,金额3248万元,平均每个项目56万元: of the 58; 脱贫户213人人均分红2924元: of 分红62.28万元."""
    if len(members) != 2:
        return False
    total, count = members
    if (
        _is_of_other_group(scene, total, count, each)
        or _is_of_other_persons(scene, total, count, each)
        or _is_of_change(total, each)
    ):
        return True
    if count.quantity.base_unit in _VISITS and each.quantity.kind == "money" and _is_visited(scene, each):
        return True
    factor = (relation.computed or Decimal(0)) * count.quantity.base_value / total.quantity.base_value
    if not factor or not each.quantity.is_exact:
        return False
    return any(
        (
            _is_other_total(one, total, count, each)
            and each.quantity.states(_value(one) / _value(count) * factor)
        )
        or (
            _is_nearer_count(one, total, count, each)
            and each.quantity.states(_value(total) / _value(one) * factor)
        )
        for one in around
        if one not in (total, count, each) and _value(one) > 0 and one.quantity.is_exact
    )


def _is_of_other_group(scene: Scene, total: Mention, count: Mention, each: Mention) -> bool:
    """全乡14个村,总投入504万元,其中示范村3个,示范村村均60万元: of those that the word before 村均 stands with."""
    whose = _WHOSE.search(each.left)
    if whose is None:
        return False
    said = count.left + count.right + total.left
    return whose["whose"] not in said and any(
        whose["whose"] in one.left + one.right[:4] and one.quantity.kind == count.quantity.kind
        for one in scene.before(each)
    )


def _is_of_other_persons(scene: Scene, total: Mention, count: Mention, each: Mention) -> bool:
    """管家96名,其中男性28名,平均每名结对老人8名: of persons that are not said, where the count is a part of the total."""
    return (
        count.is_like(total)
        and (scene.is_nested(count) or (count.gap.startswith("、") and scene.is_nested(count)))
        and not _has_word_of(total, each)
    )


def _has_word_of(total: Mention, each: Mention) -> bool:
    words = re.sub(r"平均|[每人均户名个]|[达到约为是]", ",", each.left)
    around = total.left + total.right
    return any(words[at : at + 2] in around for at in range(len(words) - 1) if "," not in words[at : at + 2])


def _is_of_change(total: Mention, each: Mention) -> bool:
    """2019年仅512万元,三年增长150%,年均增256万元: of what was added, not of the figure it started from."""
    return _CHANGE.search(each.left) is not None and _CHANGED.search(total.left + total.right) is None


def _value(one: Mention) -> Decimal:
    return one.quantity.base_value


def _is_other_total(one: Mention, total: Mention, count: Mention, each: Mention) -> bool:
    """Not where the amount stands in one piece with the mean, nor where the other is only the same amount mistyped."""
    beside = (total.sentence, total.segment) == (each.sentence, each.segment) and total.index < each.index
    if beside or not one.is_like(total) or one.is_like(count):
        return False
    mistyped = one.quantity.step == total.quantity.step and retyped(total.quantity, _value(one))
    return not mistyped and (digits(each.quantity) >= _TELLING or one.sentence == count.sentence)


def _is_nearer_count(one: Mention, total: Mention, count: Mention, each: Mention) -> bool:
    same = one.quantity.base_unit == count.quantity.base_unit and not one.is_like(total)
    return same and count.index < one.index < each.index and not EARLIER.search(one.left)


def _is_of_other_year(members: Sequence[Mention], total: Mention) -> bool:
    """上年户均3.1万元,今年余额1862万元、490户: what was a year ago is not reckoned with what is now."""
    now = _NOW.search(total.left) is not None and not EARLIER.search(total.left)
    return now and any(one.is_like(total) and EARLIER.search(one.left) for one in members)


def _is_visited(scene: Scene, each: Mention) -> bool:
    """走访1860户次,户均10次;慰问金9.3万元,户均500元: by households, not by visits."""
    return any(
        one.quantity.base_unit == "次" and re.search(r"[户人]均|平均每[户人]", one.left)
        for one in scene.before(each)
    )


def _is_loose(relation: Relation, each: Mention) -> bool:
    """年人均4800元: a round mean is not cut off."""
    return relation.severity == "reminder" and plain(each.quantity.value).endswith("00")


def _is_capped(total: Mention, relation: Relation, around: Sequence[Mention]) -> bool:
    """每户不超过5000元 … 肉牛6头5000元: paid up to the limit."""
    if relation.computed is None or relation.computed <= total.quantity.base_value:
        return False
    return any(
        one.is_like(total)
        and one.quantity.base_value == total.quantity.base_value
        and one is not total
        and bool(LIMIT.search(one.left) or _CAPPED.search(one.left + one.quantity.text + one.right))
        for one in around
    )


def _is_met_beside(
    members: Sequence[Mention], total: Mention, relation: Relation, around: Sequence[Mention]
) -> bool:
    """每人30元,个人缴费549.03万元,财政补助54.9万元: the other amount of the sentence is that of the rate."""
    true = relation.computed or Decimal(0)
    return any(
        one.is_like(total)
        and one is not total
        and one not in members
        and one.sentence == total.sentence
        and digits(one.quantity) >= _TELLING
        and one.quantity.is_exact
        and one.quantity.states(true)
        for one in around
    )


def _has_right_count(
    members: Sequence[Mention], total: Mention, relation: Relation, around: Sequence[Mention]
) -> bool:
    """驻村干部214名 … 每名每月1500元,四季度96.3万元 … 投保241人: another count, that the amount comes out with."""
    if len(members) < 2 or relation.computed is None or not relation.computed:
        return False
    count, each = members[0], members[1]
    beside = (count.sentence, count.segment) == (each.sentence, each.segment) and abs(
        count.index - each.index
    ) < 3
    right = count.quantity.base_value * total.quantity.base_value / relation.computed
    return any(
        one.quantity.base_unit == count.quantity.base_unit
        and one.quantity.base_value == right
        and (not beside or (one.sentence == total.sentence and one.left.endswith("按")))
        for one in _others(around, count)
    )


def _others(around: Sequence[Mention], count: Mention) -> Iterator[Mention]:
    return (one for one in around if one is not count and one.quantity.kind not in _NOT_ENOUGH)
