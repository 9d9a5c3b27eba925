"""A figure that fits its neighbours only with another unit: 46人次,每人1500元,发放6.9元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units.meant import Meant, Way
from bangfu.documents.certain.units.products import products
from bangfu.documents.certain.units.siblings import siblings
from bangfu.documents.certain.units.slip import around, digits_of, factor_of, slip
from bangfu.documents.certain.units.totals import parts, shares, sums, surface
from bangfu.documents.reading.structure import Mention

_REACH = 5
_FEW = 10
_OTHERS: dict[str, tuple[Meant, ...]] = {
    "元": (Meant("万元", Decimal(10_000), "元"),),
    "万元": (Meant("元", Decimal(1), "元"), Meant("亿元", Decimal(10**8), "元")),
    "亿元": (Meant("万元", Decimal(10_000), "元"), Meant("元", Decimal(1), "元")),
    "公里": (Meant("米", Decimal(1), "米"),),
    "千米": (Meant("米", Decimal(1), "米"),),
    "米": (Meant("公里", Decimal(1000), "米"),),
    "吨": (Meant("公斤", Decimal(1), "公斤"),),
    "万吨": (Meant("吨", Decimal(1000), "公斤"),),
    "公斤": (Meant("吨", Decimal(1000), "公斤"),),
    "斤": (Meant("吨", Decimal(1000), "公斤"), Meant("公斤", Decimal(1), "公斤")),
    "万亩": (Meant("万平方米", Decimal(10_000), "平方米"), Meant("亩", Decimal(1), "亩")),
    "亩": (Meant("平方米", Decimal(1), "平方米"), Meant("万亩", Decimal(10_000), "亩")),
    "平方米": (Meant("亩", Decimal(1), "亩"), Meant("万平方米", Decimal(10_000), "平方米")),
}
_MEASURES = frozenset({"money", "length", "weight", "area", "floor"})


def comes_out_otherwise(scene: Scene, mention: Mention) -> Relation | None:
    """Only where as written nothing comes out, and with the other unit it does to the last digit."""
    quantity = mention.quantity
    if quantity.kind not in _MEASURES or not quantity.is_exact or not quantity.base_value:
        return None
    near = [one for one in around(scene, mention, _REACH) if one.quantity.base_value > 0]
    others = [meant for meant in _OTHERS.get(quantity.unit, ()) if _is_open(mention, meant)]
    if not near or not others:
        return None
    plain = Meant(quantity.unit, factor_of(quantity), quantity.base_unit)
    for meant in others:
        found = next(_ways(scene, mention, meant, near), None)
        if found is not None and next(_ways(scene, mention, plain, near), None) is None:
            members, way = found
            said = f"{way},文中写的是{quantity.text}"
            return slip(members, mention, quantity.value * meant.factor, said, f"单位应为“{meant.unit}”")
    return None


def _is_open(mention: Mention, meant: Meant) -> bool:
    """A figure of one digit, or a round one, fits by chance."""
    several = digits_of(mention.quantity) > 1
    if mention.quantity.unit == "元" and not several and mention.quantity.base_value < _FEW:
        return False
    if mention.quantity.unit == "米":
        return several
    return several or mention.quantity.unit != "元" or meant.factor > 1


def _ways(scene: Scene, mention: Mention, meant: Meant, near: Sequence[Mention]) -> Iterator[Way]:
    yield from products(scene, mention, meant, near)
    yield from sums(scene, mention, meant)
    yield from parts(scene, mention, meant)
    yield from shares(scene, mention, meant)
    yield from surface(scene, mention, meant)
    yield from siblings(scene, mention, meant)
