"""Products that come out with the unit meant: 46人次×1500元, 620米×200元, 16800平方米÷560块."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units.meant import Meant, Way, step_of
from bangfu.documents.certain.units.slip import is_each
from bangfu.documents.reading.structure import Mention, base_class

_TERMS = ("月", "天", "年", "学期", "次", "季")
_TWICE = re.compile(r"[两二]个?(?:学期|季|批|次)")
_YEARLY = re.compile(r"全年|年|十二个月")
_UNIT_OF_EACH = re.compile(
    r"每个?(公里|千米|平方米|[一-龥])|([人户笔次村亩家处座场所批件项镇乡株头只栋套间台辆企社店班期组吨条口宗单])均|/(公里|千米|[一-龥])"
)
_ALSO = {
    "生": ("人", "人次"),
    "名": ("人",),
    "企": ("家", "个", "户"),
    "社": ("家", "个"),
    "店": ("家", "个"),
    "单": ("笔",),
    "块": ("个",),
}
_PER_UNIT: dict[str, tuple[tuple[str, Decimal], ...]] = {
    "米": (("公里|千米", Decimal("0.001")), ("米", Decimal(1))),
    "公斤": (("公斤|千克", Decimal(1)), ("吨", Decimal("0.001")), ("斤", Decimal(2))),
    "亩": (("亩", Decimal(1)),),
    "平方米": (("平方米|平米|平方|㎡", Decimal(1)),),
}
_PER_THOUSAND = re.compile(r"[每/](?:公里|千米|吨)")


def products(scene: Scene, mention: Mention, meant: Meant, near: Sequence[Mention]) -> Iterator[Way]:
    value, step = mention.quantity.value * meant.factor, step_of(mention) * meant.factor
    if is_each(mention):
        yield from _as_each(mention, meant, near)
        return
    rates = [one for one in near if one.quantity.kind in _RATED and is_each(one)]
    terms = _terms(scene, mention, near) if rates else []
    for rate in rates:
        if _class(meant, mention) == base_class(rate.quantity):
            yield from _as_total(value, step, rate, near, terms)
        elif scale := _per(rate, meant.base_unit):
            yield from _as_count(value * scale, rate, near)


_RATED = frozenset({"money", "weight", "length", "area", "floor", "volume"})


def _class(meant: Meant, mention: Mention) -> str:
    return meant.base_unit if mention.quantity.base_unit != meant.base_unit else base_class(mention.quantity)


def _as_total(
    value: Decimal, step: Decimal, rate: Mention, near: Sequence[Mention], terms: Sequence[int]
) -> Iterator[Way]:
    for count in near:
        if count is rate or count.quantity.kind in _NO_COUNT or is_each(count):
            continue
        if base_class(count.quantity) == base_class(rate.quantity):
            continue
        for term in terms:
            product = rate.quantity.base_value * _scaled(count, rate) * term
            if abs(product - value) <= step / 2:
                times = f"×{term}" if term > 1 else ""
                yield (count, rate), f"{count.quantity.text}×{rate.quantity.text}{times}合得上这个数字"


_NO_COUNT = frozenset({"share", "point", "times", "age", "time"})


def _per(rate: Mention, base_unit: str) -> Decimal:
    """How many of what the rate is per one base unit is: 每亩800元 of 亩, 每公里8.5万元 of 米; else 0."""
    words = rate.left[-14:] + "/" + rate.quantity.per + "/" + rate.right[:3]
    for found, scale in _PER.get(base_unit, ()):
        if found.search(words):
            return scale
    return Decimal(0)


_PER = {
    base_unit: tuple(
        (re.compile(rf"(?:每|/|一)(?:{unit})(?!方)|(?:{unit})均"), scale) for unit, scale in several
    )
    for base_unit, several in _PER_UNIT.items()
}


def _as_count(value: Decimal, rate: Mention, near: Sequence[Mention]) -> Iterator[Way]:
    for total in near:
        if total is rate or is_each(total) or base_class(total.quantity) != base_class(rate.quantity):
            continue
        product = value * rate.quantity.base_value
        if total.quantity.base_value and abs(product - total.quantity.base_value) <= total.quantity.step / 2:
            yield (rate, total), f"{total.quantity.text}÷{rate.quantity.text}合得上这个数字"


def _as_each(mention: Mention, meant: Meant, near: Sequence[Mention]) -> Iterator[Way]:
    value, step = mention.quantity.value * meant.factor, step_of(mention) * meant.factor
    for total in near:
        if is_each(total) or base_class(total.quantity) != meant.base_unit:
            continue
        for count in near:
            if count is total or count.quantity.kind in _NO_COUNT or count.quantity.kind == "money":
                continue
            if not _is_each_of(mention, count):
                continue
            mean = total.quantity.base_value / _scaled(count, mention)
            if count.quantity.base_value > 1 and abs(mean - value) <= step / 2:
                yield (total, count), f"{total.quantity.text}÷{count.quantity.text}合得上这个数字"


def _is_each_of(mention: Mention, count: Mention) -> bool:
    """每块 of 560块, 次均 of 人次; where the words name no unit, any."""
    found = _UNIT_OF_EACH.search(mention.left + "/" + mention.quantity.per)
    if found is None:
        return True
    unit = found[1] or found[2] or found[3]
    return unit in count.quantity.unit or count.quantity.base_unit in _ALSO.get(unit, ())


def _scaled(count: Mention, rate: Mention) -> Decimal:
    """Counts of 公里 or 吨 in those units, where the rate is per such."""
    words = rate.left[-14:] + "/" + rate.quantity.per
    if count.quantity.kind in ("length", "weight") and _PER_THOUSAND.search(words):
        return count.quantity.base_value / 1000
    return count.quantity.base_value


def _terms(scene: Scene, mention: Mention, near: Sequence[Mention]) -> list[int]:
    words = scene.sentence_words(mention)
    found = [1]
    found += [
        int(one.quantity.base_value)
        for one in near
        if one.quantity.base_unit in _TERMS and one.quantity.base_value < 400
    ]
    if _TWICE.search(words):
        found.append(2)
    if _YEARLY.search(words) and "月" in words:
        found.append(12)
    return list(dict.fromkeys(found))
