"""N户M人: persons are never fewer than their households, 人次 never fewer than 人."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.structure import Mention

_WORDS = (
    "的|共|计|共计|合计|涉及|惠及|受益|覆盖|带动|贫困|脱贫|农户|群众|人口|家庭|农村|贫困户|人数|总人口|家庭人口|常住人口|人口数|"
    "[农村贫困脱搬迁受益]{2,4}人口|受益群众|脱贫户|监测户|困难户|农户|村民|居民|涉及群众|惠及群众|受益人口|共有|合|牵涉|牵扯|波及|影响|涉|惠泽|牵连|涉及人口|惠及人口|搬迁群众|人员"
)
_BETWEEN = re.compile(rf"[ \t|,、:/(]*(?:{_WORDS})?[ \t|]*")
_ACTUAL = re.compile(r"[ ,、(]*(?:实际|实|剔重后|去重后|不重复|合计实际|去掉重复)[一-龥]{0,4}")
"""…人次,实际参训…人: the same persons, each once."""
_INVOLVED = re.compile(r"[,、(]?(?:共|实际)?(?:涉及|惠及|覆盖)[一-龥]{0,6}")
_HELPED = re.compile(r"[、,](?:受助|受益|获助|救助|帮扶|获补|领补|受补)(?:对象|群众|人员|人口|人数)")
_INVOLVES = re.compile(r"涉及|惠及|覆盖|受益|包括")
_AT_LEAST_ONE = re.compile(r"[^。;]{0,12}每户(?:至少|不少于|最少)|[^。;]{0,8}一户(?:至少|最少)")
_NAMED_PERSONS = re.compile(r"[,、(][一-龥]{0,8}(?:人口|人员|人数|成员)?")
_COMING_FROM = re.compile(r",?(?:分别|都|均)?(?:来自|分属|分布在|出自)")
_TIMES = re.compile(r"[,、(](?:发生|累计|共计|计|合|达|共|合计|累计达|参训)")
_OF_TIMES = re.compile(r"(?:上述|以上)人次(?:共|实际)?(?:涉及|惠及)[一-龥]{0,6}$")
_DISABLED = re.compile(r"[,、]?(?:受益|惠及)残疾人(?:口)?")
_FROM = re.compile(r"(?:上述|以上|这些)(?P<who>[一-龥]{2,4})(?:分别)?(?:来自|分属|分布在)$")
_ORDER = {("户", "人"): "户数", ("户", "人次"): "户数", ("户次", "人次"): "户次", ("人", "人次"): "人数"}
_FOR_DISABLED = re.compile("残疾|无障碍")
_WORD = re.compile("[一-龥]")


def fewer_heads(scene: Scene) -> Iterator[Relation]:
    for sentence in scene.sentences:
        for first, second in zip(sentence.mentions, sentence.mentions[1:], strict=False):
            if (_is_pair(first, second) or _is_each_at_least_one(scene, first, second)) and not _is_other(
                first, second
            ):
                yield from _pair(first, second)
    yield from _of_times(scene)
    yield from _from_households(scene)


def _is_each_at_least_one(scene: Scene, first: Mention, second: Mention) -> bool:
    """院落148户,登记在外人口96人(每户至少登记一人)."""
    units = first.quantity.base_unit, second.quantity.base_unit
    said = _AT_LEAST_ONE.match(scene.reading.flat, second.quantity.end)
    return units == ("户", "人") and said is not None and _NAMED_PERSONS.fullmatch(second.gap) is not None


def _is_pair(first: Mention, second: Mention) -> bool:
    units = first.quantity.base_unit, second.quantity.base_unit
    if _BETWEEN.fullmatch(second.gap) or _ACTUAL.fullmatch(second.gap):
        return True
    if units == ("人", "户") and _COMING_FROM.fullmatch(second.gap):
        return True
    if units == ("人", "人次") and _TIMES.fullmatch(second.gap):
        return True
    if units == ("人次", "人"):
        return _INVOLVED.fullmatch(second.gap) is not None
    if units == ("户", "人") and _HELPED.fullmatch(second.gap) and _INVOLVES.search(first.left):
        return True
    disabled = units == ("户", "人") and _DISABLED.fullmatch(second.gap)
    return bool(disabled and _FOR_DISABLED.search(first.left))


def _is_other(first: Mention, second: Mention) -> bool:
    """8名学生 after 12户 are other people; 名 and 位 count some kind of person, not members of households."""
    return any(one.quantity.unit in ("名", "位") for one in (first, second)) or second.right.startswith("户")


def _is_other_matter(second: Mention) -> bool:
    """改造危房12户,8人参加培训: after a comma and before a verb the persons are others."""
    return "," in second.gap and _WORD.match(second.right) is not None


def _pair(first: Mention, second: Mention) -> Iterator[Relation]:
    once = _ACTUAL.fullmatch(second.gap) or _INVOLVED.fullmatch(second.gap)
    for few, many in ((first, second), (second, first)):
        name = _ORDER.get((few.quantity.base_unit, many.quantity.base_unit))
        if name is None or (many is first and name == "人数" and not once):
            continue
        if (
            many is first
            and second.gap.strip() not in ("", "、", "/", "(")
            and not _HELPED.fullmatch(second.gap)
            and not _COMING_FROM.fullmatch(second.gap)
            and name != "人数"
        ):
            continue
        holds = few.quantity.bounds()[0] <= many.quantity.bounds()[1]
        if many.quantity.approx == "至少":  # 3107户至少1人就业
            continue
        if not holds and not (many is second and _is_other_matter(second)):
            yield _fewer(few, many, name)


def _fewer(few: Mention, many: Mention, name: str) -> Relation:
    said = f"{many.quantity.text}少于{few.quantity.text},{name}不应多于{many.quantity.base_unit}数"
    return Relation(
        "households_persons",
        (few.index,),
        many.index,
        few.quantity.base_value,
        False,
        "error",
        said,
        "两个数写颠倒了,或者少写了一位",
    )


def _of_times(scene: Scene) -> Iterator[Relation]:
    """救助2640人次…;上述人次共涉及3120人."""
    for mention in scene.mentions:
        if mention.quantity.base_unit != "人" or not _OF_TIMES.search(mention.left):
            continue
        before = [one for one in scene.before(mention, paragraph=True) if one.quantity.base_unit == "人次"]
        whole = next((one for one in reversed(before) if not scene.is_nested(one)), None)
        if whole is not None and mention.quantity.bounds()[0] > whole.quantity.bounds()[1]:
            yield _fewer(mention, whole, "人数")


def _from_households(scene: Scene) -> Iterator[Relation]:
    """对58名学生给予补助…上述学生来自61户."""
    for mention in scene.mentions:
        found = _FROM.search(mention.left) if mention.quantity.base_unit == "户" else None
        if found is None:
            continue
        at = scene.place_of(mention)
        before = scene.mentions[max(0, at - 200) : at]
        named = (
            one
            for one in reversed(before)
            if one.quantity.base_unit == "人" and found["who"] in one.right[:6] + one.left[-6:]
        )
        whole = next(named, None)
        if whole is not None and mention.quantity.bounds()[0] > whole.quantity.bounds()[1]:
            yield _fewer(mention, whole, "户数")
