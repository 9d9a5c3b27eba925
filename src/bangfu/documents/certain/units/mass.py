"""Weights and volumes beyond measure: 菜地5.6亩产菜8400吨, 全县产茶油3820公斤."""

from __future__ import annotations

import re
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units.slip import is_each, slip
from bangfu.documents.reading.structure import Mention

_YIELD = re.compile(r"产|收|采摘|收获|打下|总产")
_MOST_A_MU = Decimal(30_000)
"""公斤: the best greenhouse gives less."""
_WIDE = re.compile(r"全[县市区州省旗]")
_HARVEST = re.compile(
    r"产茶油|总产|产量|产粮|年产|粮食|水稻|玉米|蔬菜|茶叶|水果|肉类|水产|收购|储备|油茶|茶油|产[一-龥]{1,3}$|收购"
)
_PARTIAL = re.compile(r"每|均|查获|销毁|没收|其中|增|减|样品|缴获|试验|比|人均|单产|亩产|高产|扣")
_EACH_GETS = re.compile(r"每(?:户|人|家|亩|头|只|棵|株|村)")
_HANDED_OUT = re.compile(r"采购|购买|购进|发放|调运|储备|共")


def mass_mistaken(scene: Scene, mention: Mention) -> Relation | None:
    quantity = mention.quantity
    if quantity.kind != "weight" or not quantity.is_exact or is_each(mention):
        return None
    return _beyond_yield(scene, mention) or _of_county(scene, mention) or _less_than_each(scene, mention)


def _beyond_yield(scene: Scene, mention: Mention) -> Relation | None:
    quantity = mention.quantity
    before = scene.before(mention)[-1:]
    if (
        quantity.unit != "吨"
        or not before
        or before[0].quantity.unit != "亩"
        or not _YIELD.search(mention.left)
    ):
        return None
    field = before[0]
    if field.segment != mention.segment or not field.quantity.base_value or is_each(field):
        return None
    if quantity.base_value / field.quantity.base_value > _MOST_A_MU:
        said = f"{field.quantity.text}产{quantity.text},平均每亩超过{_MOST_A_MU / 1000:f}吨"
        return slip((field,), mention, quantity.value, said, "单位应为“公斤”")
    return None


def _of_county(scene: Scene, mention: Mention) -> Relation | None:
    quantity, words = mention.quantity, scene.clause(mention)
    if quantity.unit not in ("公斤", "斤", "千克") or "万" in quantity.text or quantity.base_value >= 20_000:
        return None
    if not (_WIDE.search(words) and _HARVEST.search(words)) or _PARTIAL.search(words):
        return None
    return slip((), mention, quantity.value * 1000, f"全县范围的产量只有{quantity.text}", "单位应为“吨”")


def _less_than_each(scene: Scene, mention: Mention) -> Relation | None:
    """采购36公斤,每户发150公斤."""
    following = next(iter(scene.after(mention)), None)
    if following is None or following.quantity.kind != "weight" or following.segment != mention.segment:
        return None
    if not _EACH_GETS.search(following.gap) or following.quantity.base_value <= mention.quantity.base_value:
        return None
    if not _HANDED_OUT.search(mention.left):
        return None
    said = f"总数{mention.quantity.text}还不到每份{following.quantity.text}"
    return slip((following,), mention, mention.quantity.value * 1000, said, "单位应为“吨”")
