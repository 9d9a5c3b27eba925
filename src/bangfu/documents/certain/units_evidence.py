"""A figure that fits its neighbours only with another unit: 46人次,每人1500元,发放6.9元; 线上126.5万元、线下84.3万元,共210.8元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units_slip import around, digits_of, factor_of, is_each, slip
from bangfu.documents.reading.structure import Mention, base_class

_REACH = 5
_TERMS = ("月", "天", "年", "学期", "次", "季")
_TWICE = re.compile(r"[两二]个?(?:学期|季|批|次)")
_YEARLY = re.compile(r"全年|年|十二个月")
_UNIT_OF_EACH = re.compile(r"每个?(公里|千米|平方米|[一-龥])|([人户笔次村亩家处座场所批件项镇乡株头只栋套间台辆企社店班期组吨条口宗单])均|/(公里|千米|[一-龥])")
_ALSO = {"生": ("人", "人次"), "名": ("人",), "企": ("家", "个", "户"), "社": ("家", "个"), "店": ("家", "个"), "单": ("笔",), "块": ("个",)}
_PER_UNIT: dict[str, tuple[tuple[str, Decimal], ...]] = {
    "米": (("公里|千米", Decimal("0.001")), ("米", Decimal(1))),
    "公斤": (("公斤|千克", Decimal(1)), ("吨", Decimal("0.001")), ("斤", Decimal(2))),
    "亩": (("亩", Decimal(1)),),
    "平方米": (("平方米|平米|平方|㎡", Decimal(1)),),
}
_LEFT = re.compile(r"剩|余|未|还|差|尚|缺|净|节约|超|增|减|多|少|降|提高|缩|扩")
_OF = re.compile(r"占|为|达|完成|比例|率")


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
    "万亩": (Meant("万平方米", Decimal(10_000), "平方米"), Meant("亩", Decimal(1), "亩")),
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
    yield from _parts(scene, mention, meant)
    yield from _shares(scene, mention, meant)
    yield from _surface(scene, mention, meant)


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
        elif scale := _per(rate, meant.base_unit):
            yield from _as_count(value * scale, rate, near)
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


def _as_count(
    value: Decimal, rate: Mention, near: Sequence[Mention]
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
    return unit in count.quantity.unit or count.quantity.base_unit in _ALSO.get(unit, ())


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
    if not _LEFT.search(mention.left):
        return
    ahead = [*scene.sentence_before(mention)[-2:], *scene.before(mention)[-4:]]
    before = [one for one in ahead if base_class(one.quantity) == meant.base_unit and not is_each(one)][-3:]
    for first, second in combinations(before, 2):
        if not _is_large((first, second)):
            continue
        if abs(abs(first.quantity.base_value - second.quantity.base_value) - value) <= step / 2:
            yield (first, second), f"{first.quantity.text}与{second.quantity.text}相差正是这个数字"


def _is_large(items: Sequence[Mention]) -> bool:
    """In 万 or 亿, 公里 or 吨: the difference of such is no small change."""
    return all(factor_of(item.quantity) >= 1000 for item in items)


def _same_unit(items: Sequence[Mention], meant: Meant) -> bool:
    return all(item.quantity.unit == meant.unit for item in items)


def _parts(scene: Scene, mention: Mention, meant: Meant) -> Iterator[tuple[tuple[Mention, ...], str]]:
    """共156.8公里,其中新建92.4米、改造64.4公里: it makes up the whole together with the others."""
    value, step = mention.quantity.value * meant.factor, _step(mention) * meant.factor
    row = [one for one in scene.in_segment(mention) if base_class(one.quantity) == meant.base_unit or one is mention]
    row = [one for one in row if not is_each(one)]
    at = row.index(mention) if mention in row else -1
    for whole in row[max(0, at - 6) : max(0, at)]:
        items = row[row.index(whole) + 1 :]
        for end in range(max(2, items.index(mention) + 1), min(len(items), 7) + 1):
            others = [one for one in items[:end] if one is not mention]
            if whole.quantity.unit != meant.unit or not _same_unit(others, meant):
                break
            rest = whole.quantity.base_value - sum((one.quantity.base_value for one in others), Decimal(0))
            if abs(rest - value) <= step / 2:
                yield (whole, *others), f"{whole.quantity.text}减去其他各项正是这个数字"


def _surface(scene: Scene, mention: Mention, meant: Meant) -> Iterator[tuple[tuple[Mention, ...], str]]:
    """硬化道路4.8公里,宽4米,路面面积1.92万亩: length times width."""
    if meant.base_unit != "平方米" or not re.search(r"面积", mention.left):
        return
    sides = [one for one in scene.before(mention)[-2:] if one.quantity.kind == "length"]
    if len(sides) == 2:
        area = sides[0].quantity.base_value * sides[1].quantity.base_value
        if abs(area - mention.quantity.value * meant.factor) <= _step(mention) * meant.factor / 2:
            yield tuple(sides), f"{sides[0].quantity.text}×{sides[1].quantity.text}合得上这个数字"


def _shares(scene: Scene, mention: Mention, meant: Meant) -> Iterator[tuple[tuple[Mention, ...], str]]:
    """完成3180元,为年度任务6000万元的53%; 盈余100万元…30%按交售量返利30元."""
    value, step = mention.quantity.value * meant.factor, _step(mention) * meant.factor
    following = scene.after(mention)[:2]
    wholes = [
        one
        for one in (*around(scene, mention, 8), *scene.sentence_before(mention)[-4:])
        if base_class(one.quantity) == meant.base_unit and one.quantity.unit == meant.unit and one.quantity.base_value
    ]
    for share in following:
        if share.quantity.kind != "share" or not share.quantity.base_value or not _OF.search(scene.between(mention, share)):
            continue
        for whole in wholes:
            if share.quantity.states(value / whole.quantity.base_value):
                yield (whole,), f"占{whole.quantity.text}的{share.quantity.text}合得上这个数字"
    shares = [one for one in scene.before(mention)[-1:] if one.quantity.kind == "share"]
    for share in shares:
        for whole in wholes:
            part = share.quantity.base_value * whole.quantity.base_value
            if not re.search(r"[,;]", mention.gap) and abs(part - value) <= step / 2:
                yield (whole, share), f"{whole.quantity.text}的{share.quantity.text}合得上这个数字"
