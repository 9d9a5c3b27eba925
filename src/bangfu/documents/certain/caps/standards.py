"""A standard that the text names is a limit for the one who was found to have more: 每人补助500元…周某一人领到800元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.caps.limits import lead_of
from bangfu.documents.certain.caps.topics import classes_in, topics_in
from bangfu.documents.certain.units.slip import is_each
from bangfu.documents.reading.structure import Mention

_GOT = re.compile(
    r"某[^,。;]{0,20}(?:,[^,。;]{0,8})?(?:领取|领到|领走|领得|到账|实领|实发|实得|享受|获得|获补|得到|兑现|打卡|发放|收到|多领|冒领|代领|领|补)(?:了|到|的|到手|资金|补助|补贴|奖补|奖金|金额|款|金|共|计)*$"
)
_LOOKED_INTO = re.compile(
    r"抽查|核查|检查|发现|查明|查实|对账|审计|核对|比对|异常|问题|违规|复核|巡察|暗访|抽审|查出"
)
_STANDARD = re.compile(r"(?:每个?(?:人|名|生|户|位|学生|学期|对象)|一次性)(?!每[月天日])[^,。;月天日]{0,14}$")
_MEAN = re.compile(r"平均|[人户]均|不得|不超|最高|以内|上限|限额|原|上年|去年")
_PERIODIC = re.compile(r"每(?:个)?[月天日]|按月|月[补领发]|/月")
_ACTIONS = re.compile(r"收入|工资|贷|借|罚|捐|自付|医药|住院|费用|投资|损失|赔|保费")
_MOST = Decimal(30_000)


def above_standard(scene: Scene) -> Iterator[Relation]:
    """Where no multiple of the standard and no two standards together make it up."""
    found = [one for one in scene.mentions if _is_received(scene, one)]
    standards = [one for one in scene.mentions if _is_standard(one)] if found else []
    for mention in found:
        fitting = [one for one in standards if _is_for(scene, one, mention)]
        if fitting and (most := _exceeded(fitting, mention)) is not None:
            yield _told(most, mention)


def _is_received(scene: Scene, one: Mention) -> bool:
    if one.quantity.kind != "money" or not one.quantity.is_exact or is_each(one):
        return False
    if not _GOT.search(one.gap[-40:]) or _ACTIONS.search(one.left):
        return False
    line = scene.reading.flat.rfind("\n", 0, one.quantity.start) + 1
    words = scene.sentence_words(one) + scene.reading.flat[line : line + 16]
    return _LOOKED_INTO.search(words) is not None


def _is_standard(one: Mention) -> bool:
    quantity = one.quantity
    if quantity.kind != "money" or not quantity.is_exact or not 0 < quantity.base_value <= _MOST:
        return False
    return (
        bool(_STANDARD.search(one.left))
        and not _MEAN.search(one.left)
        and not _PERIODIC.search(one.left + one.right[:3])
    )


def _is_for(scene: Scene, standard: Mention, mention: Mention) -> bool:
    """Of one subject and, where both name a class of persons, of the same class."""
    own = topics_in(lead_of(scene, mention)) or topics_in(scene.sentence_words(mention))
    theirs = topics_in(lead_of(scene, standard)) or topics_in(scene.sentence_words(standard))
    if own and theirs and not own & theirs:
        return False
    classes = classes_in(lead_of(scene, mention))
    limited = classes_in(scene.clause(standard))
    return not classes or not limited or bool(classes & limited)


def _exceeded(standards: list[Mention], mention: Mention) -> Mention | None:
    value = mention.quantity.base_value
    most = max(standards, key=lambda one: one.quantity.base_value)
    values = {one.quantity.base_value for one in standards}
    if (
        not most.quantity.base_value < value < most.quantity.base_value * 5
        or not value % most.quantity.base_value
    ):
        return None
    if any(first + second == value for first, second in combinations(values, 2)):
        return None
    return most


def _told(standard: Mention, mention: Mention) -> Relation:
    said = f"一人(户)得到{mention.quantity.text},文中的标准是{standard.quantity.text}"
    cause = "数字写错,或者多发、重复发放"
    limit = standard.quantity.base_value
    return Relation("standard_cap", (standard.index,), mention.index, limit, False, "error", said, cause)
