"""Persons counted in times, households in persons, households in yuan: 总人口31256人次, 评出清洁户86元, 824户3299户."""

from __future__ import annotations

import re
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units.slip import slip
from bangfu.documents.reading.structure import Mention

_STOCK = re.compile(
    r"(?:总人口|户籍人口|常住人口|农业人口|人口总数|总户数|总人数|农村人口|劳动力(?:总数)?)(?:现有|共有|共计|共|有|为|达|约|总数)*$|"
    r"(?:现有|共有|在册|全[镇县村乡市区]共?有?|(?:本|我)[村镇乡县]有|村里有|社区有|支部有|辖区内?有?)(?:中共|正式|预备)?(?:党员|低保对象|五保对象|特困(?:供养)?(?:人员|对象)|残疾人|在校学生|教师|"
    r"专任教师|劳动力|监测对象|村干部|护林员|公益岗位人员|退役军人|老年人|留守儿童|(?:建档立卡)?(?:贫困|脱贫)(?:户|人口))共?$"
)
_NAMED_HOUSE = re.compile(
    r"(?:评出|评选出?|评定|选出|创建|命名|认定|识别|挂牌|表彰|现有|共有|纳入)[^,;。]{0,8}(?:户|人|员|村|家庭|对象|能手|标兵)[”’\"]?$"
)
_CLOSE = re.compile(r" ?\(? ?")
_RESIDENTS = re.compile(r"建档立卡|贫困户|脱贫户|低保|五保|特困|监测(?:户|对象)|总人口|人口|户籍")
_SERVICES = re.compile(r"享受|发放|补|培训|参加|救助|报销|带动|走访|服务")
_GIVEN = re.compile(r"奖|补|发|给|每|付|慰问|资助")
_WORD = re.compile("[一-龥]")


def heads_measured(scene: Scene, mention: Mention) -> Relation | None:
    return (
        _times_of_stock(mention)
        or _money_of_heads(scene, mention)
        or _twice(scene, mention)
        or _times_of_persons(scene, mention)
    )


def _twice(scene: Scene, mention: Mention) -> Relation | None:
    """824户3299户: the second are persons; 824人3299人: the first are households; 824户3299人次 of a stock."""
    heads = mention.quantity.base_unit in ("户", "人", "人次")
    if not heads or not _CLOSE.fullmatch(mention.gap) or mention.right[:1] in ("至", "到"):
        return None
    before = scene.before(mention)[-1:]
    if not before:
        return None
    first, second = before[0], mention
    if not (first.quantity.is_exact and second.quantity.is_exact):
        return None
    units = first.quantity.base_unit, second.quantity.base_unit
    ratio = second.quantity.base_value / max(first.quantity.base_value, Decimal(1))
    said = f"“{first.quantity.text}”之后又是“{second.quantity.text}”"
    if units == ("户", "户") and 1 < ratio < 8:
        return slip((first,), second, second.quantity.base_value, said, "单位应为“人”")
    if units == ("人", "人") and 2 < ratio < 8 and not _WORD.match(second.right):
        return slip((first,), second, second.quantity.base_value, said, "前一个单位应为“户”")
    stock = _RESIDENTS.search(first.left) and not _SERVICES.search(first.left)
    if units == ("户", "人次") and stock and not _WORD.match(second.right):
        return slip(
            (first,),
            second,
            second.quantity.base_value,
            f"人口数写成了“{second.quantity.text}”",
            "单位应为“人”",
        )
    return None


def _times_of_persons(scene: Scene, mention: Mention) -> Relation | None:
    """务工2046人次,其中省外1102人、省内944人: what is made up of persons is persons."""
    quantity = mention.quantity
    following = scene.after(mention) if quantity.base_unit == "人次" else []
    if (
        quantity.base_unit != "人次"
        or not following
        or "其中" not in following[0].gap
        or not quantity.is_exact
    ):
        return None
    persons = [one for one in following if one.quantity.base_unit == "人" and one.segment == mention.segment]
    for length in range(2, len(persons) + 1):
        if sum(one.quantity.base_value for one in persons[:length]) == quantity.base_value:
            said = f"各项都以“人”计,合计写成了“{quantity.text}”"
            return slip(persons[:length], mention, quantity.base_value, said, "单位应为“人”")
    return None


def _times_of_stock(mention: Mention) -> Relation | None:
    singular = {"人次": "人", "户次": "户"}.get(mention.quantity.base_unit)
    if singular is None or mention.right.strip() or not _STOCK.search(mention.left):
        return None
    said = f"“{mention.left.strip()[-8:]}”是现有的数,写成了“{mention.quantity.text}”"
    return slip((), mention, mention.quantity.base_value, said, f"单位应为“{singular}”")


def _money_of_heads(scene: Scene, mention: Mention) -> Relation | None:
    quantity = mention.quantity
    if quantity.unit != "元" or not _NAMED_HOUSE.search(mention.left) or _GIVEN.search(scene.clause(mention)):
        return None
    return slip(
        (),
        mention,
        quantity.base_value,
        f"“{mention.left.strip()[-8:]}”的个数写成了{quantity.text}",
        "单位应为“户”或“人”",
    )
