"""Averages: 户均, 人均, 笔均, 平均每村 = sum / count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import CHANGE, Scene
from bangfu.documents.reading.quantity import rounded
from bangfu.documents.reading.structure import Mention

_EACH = re.compile(
    r"(?:平均)?(?:(?P<crop>亩)产(?:量)?(?:达|约|为)*$)|"
    r"(?:平均)?(?:每|)(?:(?P<unit>户|人|笔|年|村|亩|个|家|场|次|项|公里|头|名|组|座|处|所|株|批|期|镇|乡|口|套|台|辆|条|间|栋|支|件)(?:均)|"
    r"(?:平均每|每)(?P<other>户|人|笔|个?村|亩|个|家|场|次|项|公里|头|名|组|座|处|所|株|批|期|个?项目|个?镇|个?乡|口|套|台|辆|条|间|栋|支|件)(?P<mean>平均)?)(?P<what>[^,;。\d]*)$"
)
_MONTHLY = re.compile(r"(?:每月|每人每月|月)(?:人|户)?均")
_UNITS = {
    "人": ("人", "人次"),
    "户": ("户", "户次"),
    "名": ("人",),
    "公里": ("米",),
    "村": ("个", "村"),
    "项目": ("个", "项"),
    "镇": ("个", "镇"),
    "乡": ("个", "乡"),
}
_INDEPENDENT = re.compile(r"月|纯收入|可支配收入|收入|耕地|日均|年人均|工资|产量|亩产|单产|增收|务工")
_SPENT = re.compile(r"补|奖|发放|拨|救助|报销|慰问|贷|投资|投入|资金|消费|支出|旅游收入|贴息")


def averages(scene: Scene) -> Iterator[Relation]:
    for mention in scene.mentions:
        match = _EACH.search(mention.left)
        if match is None or mention.quantity.kind in ("share", "point") or CHANGE.search(match["what"] or ""):
            continue
        if match["other"] and "平均" not in match[0]:
            continue
        relation = _average(scene, mention, match)
        if relation is not None:
            yield relation


def _average(scene: Scene, average: Mention, match: re.Match[str]) -> Relation | None:
    word = (match["unit"] or match["other"] or match["crop"]).removeprefix("个") or "个"
    units = _UNITS.get(word, (word,))
    around = [*scene.before(average, paragraph=True)[-12:], *scene.after(average)]
    sums = [one for one in around if one.is_like(average) and _is_sum(one)]
    counts = [
        one
        for one in around
        if one.quantity.base_value > 0
        and one.quantity.base_unit in units
        and not re.search(r"均|每", one.left)
    ]
    sums, counts = _nearest(scene, average, sums, counts)
    for total in reversed(sums):
        for count in reversed(counts):
            if count is not total and count.quantity.base_value and _agrees(average, total, count):
                return Relation(
                    "average", (total.index, count.index), average.index, _mean(total, count), True
                )
    if _MONTHLY.search(average.left):
        return _by_months(average, sums, counts)
    if match["crop"]:
        sums = [one for one in sums if re.search(r"总产|产量", one.left)]
    return _accused(scene, average, match["what"] or "", sums, counts)


def _by_months(average: Mention, sums: Sequence[Mention], counts: Sequence[Mention]) -> Relation | None:
    """月人均: holds for some number of months, or nobody knows for how many."""
    for total in reversed(sums):
        for count in reversed(counts):
            for months in range(12, 0, -1):
                if count.quantity.base_value and average.quantity.states(_mean(total, count) / months):
                    members = (total.index, count.index)
                    return Relation("average", members, average.index, _mean(total, count) / months, True)
    yearly = [one for one in sums if "全年" in one.left]
    if len(yearly) == 1 and counts and yearly[0].sentence == average.sentence:
        return _judged(average, yearly[0], counts[-1], settled=False, months=12)
    return None


def _nearest(
    scene: Scene, average: Mention, sums: list[Mention], counts: list[Mention]
) -> tuple[list[Mention], list[Mention]]:
    """Those of its own piece between semicolons, where it has both; else all."""
    here = {one.index for one in scene.in_segment(average)}
    near_sums = [one for one in sums if one.index in here]
    near_counts = [one for one in counts if one.index in here]
    return (near_sums, near_counts) if near_sums and near_counts else (sums, counts)


def _is_sum(mention: Mention) -> bool:
    return not re.search(r"均|每|标准|低于|高于", mention.left)


def _mean(total: Mention, count: Mention) -> Decimal:
    per = Decimal(1000) if count.quantity.base_unit == "米" else Decimal(1)
    return total.quantity.base_value / count.quantity.base_value * per


def _agrees(average: Mention, total: Mention, count: Mention) -> bool:
    mean = _mean(total, count)
    if average.quantity.is_exact and total.quantity.is_exact and count.quantity.is_exact:
        half = total.quantity.step / 2 / count.quantity.base_value
        return average.quantity.states(mean) or abs(mean - average.quantity.base_value) <= half
    low, high = average.quantity.bounds()
    per = Decimal(1000) if count.quantity.base_unit == "米" else Decimal(1)
    total_low, total_high = total.quantity.bounds()
    count_low, count_high = count.quantity.bounds()
    return count_low > 0 and total_low / count_high * per <= high and low <= total_high / count_low * per


def _accused(
    scene: Scene, average: Mention, what: str, sums: Sequence[Mention], counts: Sequence[Mention]
) -> Relation | None:
    """Settled where one sum and one count of the same segment stand before, and speak of the same thing."""
    before = [one for one in scene.before(average) if one.segment == average.segment]
    total = [one for one in before if one in sums]
    counts = [one for one in counts if not CHANGE.search(one.left)]
    count = [one for one in before if one in counts and not scene.is_nested(one)] or [
        one for one in before if one in counts
    ]
    if not total or not count:
        return None
    what = re.sub(r"[达到约为了近超过的]+$", "", what)
    last = total[-1]
    alike = bool(what) and any(what[at : at + 2] in scene.clause(last) for at in range(max(1, len(what) - 1)))
    if _INDEPENDENT.search(what) and not alike:
        return None
    if what and not alike and not (_SPENT.search(what) and _SPENT.search(scene.clause(last))):
        return None
    nearest = (
        count[-1]
        if len(count) == 1 or scene.group_of[count[-1].index] is scene.group_of[last.index]
        else None
    )
    beside = next((one for one in scene.group_of[last.index].mentions if one in count), nearest)
    if beside is None or (len(total) > 1 and not (alike or beside is not nearest or len(before) <= 4)):
        return None
    return _judged(
        average,
        last,
        beside,
        settled=len(total) == 1 or alike or beside in scene.group_of[last.index].mentions,
    )


def _judged(average: Mention, total: Mention, count: Mention, *, settled: bool, months: int = 1) -> Relation:
    mean = _mean(total, count) / months
    near = rounded(mean, max(average.quantity.step / 100, Decimal("0.01")))
    exact = all(one.quantity.is_exact for one in (average, total, count))
    cut = average.quantity.cuts_off(mean)
    holds = False if settled and exact else None
    over = f"÷{months}个月" if months > 1 else ""
    said = f"{total.quantity.text}÷{count.quantity.text}{over}={shown(near, average.quantity)},文中写的是{average.quantity.text}"
    return Relation(
        "average",
        (total.index, count.index),
        average.index,
        mean,
        holds,
        "reminder" if cut else "error" if holds is False else "suspicion",
        said if holds is False else f"{said}。请核对这个平均数是怎样算的",
        "小数直接舍去了,没有四舍五入" if cut else "",
    )
