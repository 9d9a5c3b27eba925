"""Figures that stand far apart and agree to the last digit but for one slip of the pen: too much for chance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.counts import may_count
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.judge import Triple, comes_out, told
from bangfu.documents.certain.products.periods import Periods
from bangfu.documents.certain.products.slips import slip_of_total
from bangfu.documents.certain.products.totals import may_total
from bangfu.documents.reading.quantity import plain
from bangfu.documents.reading.structure import Mention

_ONCE = Periods((Decimal(1),), Decimal(1))
_SUMS = re.compile(r"[共总合]?计|金额|[价货]款|收入|支出|资金|总|应|销售额|费")
_POWERS = tuple(Decimal(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))
_WHAT = re.compile(r"^(?:个人|标准|应|需|各)+|(?:标准|约|为|是|达)+$")
_ENOUGH, _NEAR, _FAR = 8, 3, 90
_FOLD = re.compile(r"(?:放大|撬动|杠杆|扩大|授信)[^,;。\d]{0,6}$")


def far_faults(scene: Scene, eaches: Mapping[int, Each]) -> Iterator[Relation]:
    """收购16320吨 … 均价每公斤2.48元,累计金额404.736万元."""
    for each in eaches.values():
        quantity = each.mention.quantity
        if (each.is_mean and "价" not in each.mention.left) or not each.unit or not quantity.is_exact:
            continue
        if each.term in ("月", "天", "学期", "季度") or quantity.kind != "money":
            continue
        total = _total_of(scene, each, eaches)
        if total is not None:
            yield from _far(scene, each, total, eaches)


def _total_of(scene: Scene, each: Each, eaches: Mapping[int, Each]) -> Mention | None:
    after = [
        one
        for one in scene.after(each.mention)[: _NEAR + 2]
        if may_total(each, one, eaches) and one.quantity.is_exact and _SUMS.search(one.left)
    ]
    if after:
        return after[0]
    at = scene.place_of(each.mention)
    later = [one for one in scene.mentions[at + 1 : at + 7] if one.paragraph == each.mention.paragraph]
    words = _WHAT.sub("", each.what)
    named = [
        one
        for one in later
        if may_total(each, one, eaches)
        and one.quantity.is_exact
        and len(words) > 1
        and words[-2:] in one.left
    ]
    return named[0] if named else None


def _far(scene: Scene, each: Each, total: Mention, eaches: Mapping[int, Each]) -> Iterator[Relation]:
    at = scene.place_of(each.mention)
    around = scene.mentions[max(0, at - _FAR) : at + _NEAR]
    counts = [
        one
        for one in around
        if one.quantity.is_exact and one.index not in eaches and may_count(each, one) and one is not total
    ]
    triples = [Triple(each, one, total, _ONCE) for one in counts]
    if any(comes_out(one) for one in triples):
        return
    found = [one for one in triples if _is_power(one)]
    if len({one.number for one in found}) == 1:
        yield told(found[0], Decimal(1), "小数点或单位错位")


def _is_power(triple: Triple) -> bool:
    """Exactly, and with so many digits as chance does not bring about."""
    count = triple.count
    digits = _digits(triple.total) + (_digits(count) if count is not None else 0)
    product = triple.product(Decimal(1))
    return digits >= _ENOUGH and any(product * power == triple.total.quantity.base_value for power in _POWERS)


def _digits(one: Mention) -> int:
    return len(plain(one.quantity.value).replace(".", "").strip("0"))


def fold_faults(scene: Scene) -> Iterator[Relation]:
    """补偿金420万元,按放大10倍测算,可贷4200万元."""
    for one in scene.mentions:
        if one.quantity.kind != "times" or not _FOLD.search(one.left) or not one.quantity.is_exact:
            continue
        before = [other for other in scene.before(one) if other.quantity.kind == "money"]
        after = [other for other in scene.after(one) if other.quantity.kind == "money"]
        if before and after and before[-1].quantity.is_exact and after[0].quantity.is_exact:
            yield from _fold(before[-1], one, after[0])


def _fold(base: Mention, times: Mention, total: Mention) -> Sequence[Relation]:
    true = base.quantity.base_value * times.quantity.base_value
    cause = None if total.quantity.states(true) else slip_of_total(total.quantity, true)
    if cause is None:
        return []
    said = f"{base.quantity.text}的{times.quantity.text}是{shown(true, total.quantity)},文中写的是{total.quantity.text}"
    members = (base.index, times.index)
    return [Relation("standard_multiple", members, total.index, true, False, "error", said, cause.words)]
