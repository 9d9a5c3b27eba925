"""A figure that fits its neighbours only with another unit: 46人次,每人1500元,发放6.9元; 线上126.5万元、线下84.3万元,共210.8元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units_slip import around, digits_of, factor_of, is_each, slip
from bangfu.documents.reading.structure import Mention, base_class

_REACH = 5
_TERMS = ("月", "天", "年", "学期", "次", "季")
_TWICE = re.compile(r"[两二]个?(?:学期|季|批|次)")
_YEARLY = re.compile(r"全年|年|十二个月")
_UNIT_OF_EACH = re.compile(r"每个?(公里|千米|平方米|[一-龥])|(?:^|[^一-龥]|[一-龥])([人户笔次村亩家处座场所批件项镇乡株头只栋套间])均|/(公里|千米|[一-龥])")
_LEFT = re.compile(r"剩|余|未|还|差|尚|缺|净|节约|超")
_OF = re.compile(r"占|为|达|完成|比例|率")
_BIND = re.compile(r"[、和与及以;,:]?[^。;]*")


@dataclass(frozen=True)
class Meant:
    """The figure with the unit that its writer may have meant."""

    unit: str
    factor: Decimal
    base_unit: str


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
    "斤": (Meant("吨", Decimal(1000), "公斤"),),
    "亩": (Meant("平方米", Decimal(1), "平方米"), Meant("万亩", Decimal(10_000), "亩")),
    "平方米": (Meant("亩", Decimal(1), "亩"),),
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
    return digits_of(mention.quantity) > 1 or mention.quantity.unit != "元" or meant.factor > 1


def _ways(
    scene: Scene, mention: Mention, meant: Meant, near: Sequence[Mention]
) -> Iterator[tuple[tuple[Mention, ...], str]]:
    yield from _products(scene, mention, meant, near)
    yield from _sums(scene, mention, meant)
    yield from _shares(scene, mention, meant)


def _products(
    scene: Scene, mention: Mention, meant: Meant, near: Sequence[Mention]
) -> Iterator[tuple[tuple[Mention, ...], str]]:
    value, step = mention.quantity.value * meant.factor, _step(mention) * meant.factor
    each = is_each(mention)
    terms = _terms(scene, mention, near)
    for rate in near:
        if each or not is_each(rate) or rate.quantity.kind not in _RATED:
            continue
        if _class(meant, mention) == base_class(rate.quantity):
            yield from _as_total(value, step, rate, near, terms)
        elif _counts(rate, meant):
            yield from _as_count(mention, value, rate, near)
    if each:
        yield from _as_each(mention, meant, near)


_RATED = frozenset({"money", "weight", "length", "area", "floor", "volume"})


def _class(meant: Meant, mention: Mention) -> str:
    return meant.base_unit if mention.quantity.base_unit != meant.base_unit else base_class(mention.quantity)


def _as_total(
    value: Decimal, step: Decimal, rate: Mention, near: Sequence[Mention], terms: Sequence[int]
) -> Iterator[tuple[tuple[Mention, ...], str]]:
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


def _counts(rate: Mention, meant: Meant) -> bool:
    """Whether the rate is per this unit: 每亩800元 of 亩, 每米200元 of 米."""
    words = rate.left[-14:] + "/" + rate.quantity.per + "/" + rate.right[:3]
    unit = {"平方米": "平方米|平米|平方|㎡", "公里": "公里|千米", "公斤": "公斤|斤"}.get(meant.unit, meant.unit)
    return re.search(rf"(?:每|/)(?:{unit})|{unit}均", words) is not None


def _as_count(
    mention: Mention, value: Decimal, rate: Mention, near: Sequence[Mention]
) -> Iterator[tuple[tuple[Mention, ...], str]]:
    for total in near:
        if total is rate or is_each(total) or base_class(total.quantity) != base_class(rate.quantity):
            continue
        product = value * rate.quantity.base_value
        if total.quantity.base_value and abs(product - total.quantity.base_value) <= total.quantity.step / 2:
            yield (rate, total), f"{total.quantity.text}÷{rate.quantity.text}合得上这个数字"


def _as_each(
    mention: Mention, meant: Meant, near: Sequence[Mention]
) -> Iterator[tuple[tuple[Mention, ...], str]]:
    value, step = mention.quantity.value * meant.factor, _step(mention) * meant.factor
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
    return unit in count.quantity.unit or unit in "生名" and count.quantity.base_unit == "人"


def _scaled(count: Mention, rate: Mention) -> Decimal:
    """Counts of 公里 or 吨 in those units, where the rate is per such."""
    words = rate.left[-14:] + "/" + rate.quantity.per
    if count.quantity.kind in ("length", "weight") and re.search(r"[每/](?:公里|千米|吨)", words):
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


def _step(mention: Mention) -> Decimal:
    return mention.quantity.step / factor_of(mention.quantity)


def _sums(scene: Scene, mention: Mention, meant: Meant) -> Iterator[tuple[tuple[Mention, ...], str]]:
    """The total of the row before or after it, or what is left of the two before."""
    value, step = mention.quantity.value * meant.factor, _step(mention) * meant.factor
    for row in (list(reversed(scene.before(mention)))[:6], scene.after(mention)[:6]):
        items: list[Mention] = []
        for one in row:
            if base_class(one.quantity) != meant.base_unit or is_each(one):
                if items:
                    break
                continue
            items.append(one)
            total = sum((item.quantity.base_value for item in items), Decimal(0))
            if len(items) > 1 and abs(total - value) <= step / 2 and _same_unit(items, meant):
                yield tuple(items), f"{'、'.join(item.quantity.text for item in items)}合计合得上这个数字"
    before = [one for one in scene.before(mention) if base_class(one.quantity) == meant.base_unit][-2:]
    if len(before) == 2 and _LEFT.search(mention.left) and _same_unit(before, meant):
        first, second = before
        if abs(abs(first.quantity.base_value - second.quantity.base_value) - value) <= step / 2:
            yield tuple(before), f"{first.quantity.text}与{second.quantity.text}相差正是这个数字"


def _same_unit(items: Sequence[Mention], meant: Meant) -> bool:
    return all(item.quantity.unit == meant.unit for item in items)


def _shares(scene: Scene, mention: Mention, meant: Meant) -> Iterator[tuple[tuple[Mention, ...], str]]:
    """完成3180元,为年度任务6000万元的53%."""
    value = mention.quantity.value * meant.factor
    following = scene.after(mention)[:2]
    for share in following:
        said = scene.between(mention, share)
        if share.quantity.kind != "share" or not share.quantity.base_value or not _OF.search(said):
            continue
        for whole in (*scene.before(mention)[-3:], *following):
            if base_class(whole.quantity) != meant.base_unit or not whole.quantity.base_value:
                continue
            if whole.quantity.unit == meant.unit and share.quantity.states(value / whole.quantity.base_value):
                yield (whole,), f"占{whole.quantity.text}的{share.quantity.text}合得上这个数字"
