"""Products of figures that are said loosely: of several counts, of lamps in a row, of counts with a rare counting word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.counts import may_count
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.slips import slip_of_total
from bangfu.documents.certain.products.totals import may_total
from bangfu.documents.reading.structure import Mention

_APART = re.compile(r"(?:间距|间隔|相距|每隔|株距|隔)(?:约|为|是|达)*$")
_IN_ROW = frozenset(["盏", "株", "棵", "根", "杆", "个", "座", "块"])
_LENGTH = re.compile(r"里程|全长|总长|长度|长|公路|沿线|道路")
_SUM = re.compile(r"(?:[共总合]计?|一共|总共|累计|全[年部])[一-龥]{0,6}$")
_NUMBER = r"(?<![\d.])(\d+(?:\.\d+)?)(万|亿)?个?"
_ZEROS = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_POWERS = tuple(Decimal(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))
_ONCE_PAID = frozenset({"", "次", "期", "趟", "年", "学期"})
_NEAR = 40
_WORK_DAYS = frozenset({"工日", "人天", "人日"})
_WORK = re.compile(r"(?:用|投|出|务|误)工(?:共|计|约)?$")


def loose_faults(scene: Scene, eaches: Mapping[int, Each]) -> Iterator[Relation]:
    yield from _in_row(scene)
    yield from _of_work(scene)
    for each in eaches.values():
        if each.unit and not each.is_mean and each.mention.quantity.is_exact and each.term in _ONCE_PAID:
            yield from _of_unread(scene, each, eaches)
            yield from _of_several(scene, each, eaches)


def _in_row(scene: Scene) -> Iterator[Relation]:
    """路灯相邻间距30米,160盏照明里程约4.8米: a unit off, be it said only nearly."""
    for one in scene.mentions:
        if one.quantity.base_unit != "米" or not _APART.search(one.left):
            continue
        after = scene.after(one)[:3]
        count = next(
            (other for other in (*after, *scene.before(one)[-2:]) if other.quantity.unit in _IN_ROW), None
        )
        total = next((other for other in after if other.is_like(one) and _LENGTH.search(other.left)), None)
        if count is None or total is None or not one.quantity.is_exact:
            continue
        many = count.quantity.base_value
        for true in (one.quantity.base_value * many, one.quantity.base_value * (many - 1)):
            if any(true * power == total.quantity.base_value for power in _POWERS):
                yield _told((count, one), total, true, "小数点或单位错位")
                break


def _of_work(scene: Scene) -> Iterator[Relation]:
    """施工队42人,施工65天,累计用工3720个: persons times days."""
    for total in scene.mentions:
        is_work = total.quantity.base_unit in _WORK_DAYS or (
            total.quantity.base_unit == "个" and (total.right.startswith("工") or _WORK.search(total.left))
        )
        before = scene.before(total)[-2:]
        if not is_work or len(before) < 2 or any(one.segment != total.segment for one in before):
            continue
        units = {one.quantity.base_unit: one for one in before}
        if set(units) != {"人", "天"} or not all(one.quantity.is_exact for one in (*before, total)):
            continue
        true = before[0].quantity.base_value * before[1].quantity.base_value
        cause = None if total.quantity.states(true) else slip_of_total(total.quantity, true)
        if cause is not None:
            yield _told(before, total, true, cause.words)


def _of_unread(scene: Scene, each: Each, eaches: Mapping[int, Each]) -> Iterator[Relation]:
    """购菌棒96万棒,每棒2.8元,支出286.8万元: the count has a counting word that is no unit elsewhere."""
    mention = each.mention
    if any(may_count(each, one) for one in scene.sentence_of(mention).mentions) or len(each.unit) > 1:
        return
    after = [
        one for one in scene.after(mention)[:1] if may_total(each, one, eaches) and one.quantity.is_exact
    ]
    flat, start = scene.reading.flat, scene.sentence_of(mention).start
    counts = re.findall(
        _NUMBER + each.unit + r"(?![一-龥])",
        flat[
            max(start, mention.quantity.start - _NEAR) : after[0].quantity.start
            if after
            else mention.quantity.start
        ],
    )
    if len(counts) != 1 or not after or after[0].segment != mention.segment:
        return
    many = Decimal(counts[0][0]) * _ZEROS[counts[0][1]]
    true = many * mention.quantity.base_value
    cause = None if after[0].quantity.states(true) else slip_of_total(after[0].quantity, true)
    if cause is not None:
        yield _told((mention,), after[0], true, cause.words)


def _of_several(scene: Scene, each: Each, eaches: Mapping[int, Each]) -> Iterator[Relation]:
    """春季126人、秋季134人,每人1500元,全年共发放93万元: of all that stand in a row before the rate."""
    mention = each.mention
    row = _row_before(scene, each)
    after = [
        one for one in scene.after(mention)[:1] if may_total(each, one, eaches) and _SUM.search(one.left)
    ]
    if len(row) < 2 or not after or not after[0].quantity.is_exact or after[0].segment != mention.segment:
        return
    rate = mention.quantity.base_value / each.scale
    known = [*(one.quantity.base_value for one in row), sum(one.quantity.base_value for one in row)]
    total = after[0].quantity
    if any(total.states(rate * many) for many in known):
        return
    true = rate * Decimal(known[-1])
    cause = slip_of_total(total, true)
    if cause is not None:
        yield _told((*row, mention), after[0], true, cause.words)


def _row_before(scene: Scene, each: Each) -> Sequence[Mention]:
    row: list[Mention] = []
    for one in reversed(scene.before(each.mention)):
        beside = one.index == each.mention.index - 1 - len(row) and one.segment == each.mention.segment
        if not beside or not may_count(each, one) or not one.quantity.is_exact:
            break
        row.insert(0, one)
    return row


def _told(members: Sequence[Mention], total: Mention, true: Decimal, cause: str) -> Relation:
    said = "×".join(one.quantity.text for one in members) if len(members) == 2 else members[-1].quantity.text
    words = f"按{said}计算是{shown(true, total.quantity)},文中写的是{total.quantity.text}"
    indexes = tuple(one.index for one in members)
    return Relation("standard_multiple", indexes, total.index, true, False, "error", words, cause)
