"""N户M人: persons are never fewer than their households, 人次 never fewer than 人."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.structure import Mention

_WORDS = (
    "的|共|计|共计|合计|涉及|惠及|受益|覆盖|带动|贫困|脱贫|农户|群众|人口|家庭|农村|贫困户|人数|"
    "[农村贫困脱搬迁受益]{2,4}人口|受益群众|脱贫户|监测户|困难户|农户|村民|居民"
)
_BETWEEN = re.compile(rf"[ ,、:/(]*(?:{_WORDS})?[ ]*")
_ACTUAL = re.compile(r"[ ,、(]*(?:实际|实|剔重后|去重后|不重复|合计实际)[一-龥]{0,4}")
"""…人次,实际参训…人: the same persons, each once."""
_ORDER = {("户", "人"): "户数", ("户", "人次"): "户数", ("户次", "人次"): "户次", ("人", "人次"): "人数"}


def pairs(scene: Scene) -> Iterator[Relation]:
    for sentence in scene.sentences:
        for first, second in zip(sentence.mentions, sentence.mentions[1:], strict=False):
            if (_BETWEEN.fullmatch(second.gap) or _ACTUAL.fullmatch(second.gap)) and not _is_other(
                first, second
            ):
                yield from _pair(first, second)


def _is_other(first: Mention, second: Mention) -> bool:
    """8名学生 after 12户 are other people; 名 and 位 count some kind of person, not members of households."""
    return any(one.quantity.unit in ("名", "位") for one in (first, second))


def _is_other_matter(second: Mention) -> bool:
    """改造危房12户,8人参加培训: after a comma and before a verb the persons are others."""
    return "," in second.gap and re.match("[一-龥]", second.right) is not None


def _pair(first: Mention, second: Mention) -> Iterator[Relation]:
    for few, many in ((first, second), (second, first)):
        name = _ORDER.get((few.quantity.base_unit, many.quantity.base_unit))
        if name is None or (many is first and name == "人数" and not _ACTUAL.fullmatch(second.gap)):
            continue
        if many is first and second.gap.strip() not in ("", "、", "/", "(") and name != "人数":
            continue
        holds = few.quantity.bounds()[0] <= many.quantity.bounds()[1]
        if not holds and many is second and (_is_other_matter(second) or second.quantity.approx == "至少"):
            continue
        yield Relation(
            "households_persons",
            (few.index,),
            many.index,
            few.quantity.base_value,
            holds,
            "" if holds else "error",
            ""
            if holds
            else f"{many.quantity.text}少于{few.quantity.text},{name}不应多于{many.quantity.base_unit}数",
            "" if holds else "两个数写颠倒了,或者少写了一位",
        )
