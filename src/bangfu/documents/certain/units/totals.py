"""Sums, remainders and shares that come out with the unit meant: 126.5万元加84.3万元, 6000万元的53%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units.meant import Meant, Way, step_of
from bangfu.documents.certain.units.slip import around, factor_of, is_each
from bangfu.documents.reading.structure import Mention, base_class

_LEFT = re.compile(r"剩|闲|空置|余|未|还|差|尚|缺|净|节约|超|增|减|多|少|降|提高|缩|扩")
_OF = re.compile(r"占|为|达|完成|比例|率")
_AREA = re.compile(r"面积")
_BREAK = re.compile(r"[,;]")


def sums(scene: Scene, mention: Mention, meant: Meant) -> Iterator[Way]:
    """The total of the row before or after it, or what is left of the two before."""
    if is_each(mention):
        return
    value, step = mention.quantity.value * meant.factor, step_of(mention) * meant.factor
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


def parts(scene: Scene, mention: Mention, meant: Meant) -> Iterator[Way]:
    """共156.8公里,其中新建92.4米、改造64.4公里: it makes up the whole together with the others."""
    value, step = mention.quantity.value * meant.factor, step_of(mention) * meant.factor
    row = [
        one
        for one in scene.in_segment(mention)
        if base_class(one.quantity) == meant.base_unit or one is mention
    ]
    if len(row) < 3:
        return
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


def surface(scene: Scene, mention: Mention, meant: Meant) -> Iterator[Way]:
    """硬化道路4.8公里,宽4米,路面面积1.92万亩: length times width."""
    if meant.base_unit != "平方米" or not _AREA.search(mention.left):
        return
    sides = [one for one in scene.before(mention)[-2:] if one.quantity.kind == "length"]
    if len(sides) == 2:
        area = sides[0].quantity.base_value * sides[1].quantity.base_value
        if abs(area - mention.quantity.value * meant.factor) <= step_of(mention) * meant.factor / 2:
            yield tuple(sides), f"{sides[0].quantity.text}×{sides[1].quantity.text}合得上这个数字"


def shares(scene: Scene, mention: Mention, meant: Meant) -> Iterator[Way]:
    """完成3180元,为年度任务6000万元的53%; 盈余100万元…30%按交售量返利30元."""
    if is_each(mention):
        return
    value, step = mention.quantity.value * meant.factor, step_of(mention) * meant.factor
    after = [
        one for one in scene.after(mention)[:2] if _is_share(one) and _OF.search(scene.between(mention, one))
    ]
    before = [one for one in scene.before(mention)[-1:] if _is_share(one) and not _BREAK.search(mention.gap)]
    wholes = _wholes(scene, mention, meant) if after or before else []
    for whole in wholes:
        for share in after:
            if share.quantity.states(value / whole.quantity.base_value):
                yield (whole,), f"占{whole.quantity.text}的{share.quantity.text}合得上这个数字"
        for share in before:
            if abs(share.quantity.base_value * whole.quantity.base_value - value) <= step / 2:
                yield (whole, share), f"{whole.quantity.text}的{share.quantity.text}合得上这个数字"


def _is_share(one: Mention) -> bool:
    """七成 is too rough to come out with."""
    return one.quantity.kind == "share" and one.quantity.base_value > 0 and "成" not in one.quantity.text


def _wholes(scene: Scene, mention: Mention, meant: Meant) -> list[Mention]:
    near = (*around(scene, mention, 8), *scene.sentence_before(mention)[-4:])
    return [one for one in near if one.quantity.unit == meant.unit and one.quantity.base_value > 0]
