"""A claim of linked figures that does not come out, or a unit that cannot be right -> the relation that is told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.claims.telling import doubted
from bangfu.documents.linking.linked import Linked
from bangfu.documents.linking.listings import WAYS, Listings
from bangfu.documents.reading.quantity import Quantity

_HELD_AGAINST = {
    "restated": "前文写的是{one},这里写的是{other},两处不一致",
    "part": "其中的{one}大于整体{other}",
    "households_persons": "{one}大于{other}:户数不会多于人数",
    "order": "{one}大于{other}:后者不应少于前者",
    "standard_cap": "{other}超出文中“{one}”的限额",
}
_MISTAKEN = {
    "元": "漏写了“万”",
    "万元": "多写了“万”",
    "亩": "平方米误作亩",
    "平方米": "亩误作平方米",
    "公里": "米误作公里",
    "米": "公里误作米",
    "吨": "公斤误作吨",
    "公斤": "吨误作公斤",
}


def told_of(one: Linked) -> Relation:
    claim = one.claim
    form = _HELD_AGAINST.get(claim.kind)
    if form is None:
        return doubted(claim)
    first, stated = claim.members[0], claim.stated
    said = form.format(one=first.quantity.text, other=stated.quantity.text)
    for count in claim.members[1:]:
        said = f"平均到{count.quantity.text},{said}"
    return Relation(claim.kind, one.members, stated.index, claim.computed, False, "error", said)


def held_of(one: Linked) -> Relation:
    members = tuple(member.index for member in one.claim.members)
    return Relation(one.claim.kind, members, one.stated, one.claim.computed, True)


def listed_of(flat: str, quantities: Sequence[Quantity], at: int) -> Relation | None:
    """Against the list that comes nearest to the count; nothing where there is none, or all have as many."""
    one = quantities[at]
    count = int(one.base_value)
    found = Listings(flat).of(one)
    others = [
        (abs(number - count), WAYS.index(way), number) for way, number in found.items() if number != count
    ]
    if not others:
        return None
    _, way, number = min(others)
    side = "前面" if WAYS[way].startswith("before") else "后面"
    cause = "多列了一个,或者个数写少了" if number > count else "漏列了一个,或者个数写多了"
    said = f"“{one.text}”{side}列了{number}个"
    return Relation(
        "counted_list",
        (),
        at,
        Decimal(number),
        False,
        "error",
        said,
        cause if abs(number - count) == 1 else "",
    )


def slipped_of(quantities: Sequence[Quantity], at: int) -> Relation:
    """Shown beside the nearest figure of its kind, against which it can be judged."""
    one = quantities[at]
    alike = [other for other in quantities if other.kind == one.kind and other is not one]
    near = min(alike, key=lambda other: abs(other.start - one.start), default=None)
    beside = f"(最近的同类数字是{near.text})" if near else ""
    said = f"“{one.text}”的大小与这里所说的事不相称{beside},请核对单位"
    return Relation("unit_slip", (), at, None, False, "error", said, _MISTAKEN.get(one.unit, ""))
