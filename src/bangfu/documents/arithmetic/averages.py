"""Averages: 户均, 人均, 笔均, 平均每村 = sum / count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.causes import is_mistyped
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import CHANGE, Scene
from bangfu.documents.reading.quantity import plain, rounded
from bangfu.documents.reading.structure import Mention

_EACH = re.compile(
    r"(?:平均)?(?:(?P<crop>亩)产(?:量)?(?:达|约|为)*$)|"
    r"(?:平均)?(?:每|)(?:(?P<unit>户|人|笔|年|村|亩|个|家|场|次|项|公里|头|名|组|座|处|所|株|批|期|镇|乡|口|套|台|辆|条|间|栋|支|件)(?:均)|"
    r"(?:平均每|每)(?P<other>户|人|笔|个?村|亩|个|家|场|次|项|公里|头|名|组|座|处|所|株|批|期|个?项目|个?镇|个?乡|口|套|台|辆|条|间|栋|支|件)(?P<mean>平均)?)(?P<what>[^,;。\d]*)$"
)
_MONTHLY = re.compile(r"(?:每月|每人每月|月)(?:人|户)?均|[人户]均月|[人户]均每月|平均每[人户]每月")
_FAMILIES = (frozenset({"亩", "平方米"}), frozenset({"人", "户", "人次", "户次"}), frozenset({"米", "亩"}))
_FAR, _ODD = Decimal("2.5"), (Decimal(10), Decimal(100), Decimal(1000), Decimal(10_000))
_UNITS = {
    "人": ("人", "人次"),
    "户": ("户", "户次"),
    "名": ("人",),
    "公里": ("米",),
    "次": ("次", "人次", "场次", "户次"),
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
        and (one.quantity.base_unit in units or (word == "人" and _is_post(one)))
        and not re.search(r"均|每", one.left)
    ]
    sums, counts = _nearest(scene, average, sums, counts)
    for total in reversed(sums):
        for count in reversed(counts):
            if count is not total and count.quantity.base_value and _agrees(average, total, count):
                return Relation(
                    "average", (total.index, count.index), average.index, _mean(total, count), True
                )
    if slip := _slipped_unit(scene, average, sums, units):
        return slip
    if _MONTHLY.search(average.left):
        return _by_months(average, sums, counts)
    if match["crop"]:
        sums = [one for one in sums if re.search(r"总产|产量", one.left)]
    return _accused(scene, average, match["what"] or "", sums, counts)


def _slipped_unit(
    scene: Scene, average: Mention, sums: Sequence[Mention], units: Sequence[str]
) -> Relation | None:
    """建成2600平方米,亩均1500元,总投资390万元: the count that the average fits has another unit."""
    here = scene.in_segment(average)
    for total in sums:
        for other in here:
            family = any(other.quantity.base_unit in row and row.intersection(units) for row in _FAMILIES)
            if (
                not family
                or other.quantity.base_unit in units
                or total not in here
                or not other.quantity.value
            ):
                continue
            exact = all(one.quantity.is_exact for one in (average, total, other))
            if exact and average.quantity.states(total.quantity.base_value / other.quantity.value):
                wanted = f"{plain(other.quantity.value)}{units[0]}"
                said = f"{total.quantity.text}÷{wanted}={average.quantity.text},文中写的是{other.quantity.text},请核对单位"
                return Relation(
                    "unit_slip", (average.index, total.index), other.index, other.quantity.value, False,
                    "suspicion", said, f"单位应为“{units[0]}”",
                )  # fmt: skip
    return None


def _is_post(mention: Mention) -> bool:
    """设岗2174个,人均年工资3599元: a post is held by one."""
    return mention.quantity.base_unit == "个" and "岗" in mention.left + mention.right[:4]


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
    if not total or not any(one in counts for one in before):
        return _of_sentence_before(scene, average, what, sums, counts)
    counts = [one for one in counts if not CHANGE.search(one.left)]
    count = [one for one in before if one in counts and not scene.is_nested(one)] or [
        one for one in before if one in counts
    ]
    if not total or not count:
        return None
    what = re.sub(r"[达到约为了近超过的]+$", "", what)
    last = total[-1]
    called = [
        one for one in count if len(what) > 1 and one.right.startswith(("个" + what, what, "村" + what))
    ]
    if len(called) == 1 and last.index == average.index - 1:
        return _judged(average, last, called[0], settled=True)
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


def _of_sentence_before(
    scene: Scene, average: Mention, what: str, sums: Sequence[Mention], counts: Sequence[Mention]
) -> Relation | None:
    """次均自付670元 after a sentence with 住院11264人次,…个人自付684.3万元: the sum is called by the same name."""
    what = re.sub(r"[达到约为了近超过的]+$", "", what)
    before = [*scene.sentence_before(average), *scene.before(average)]
    named = [one for one in before if one in sums and len(what) > 1 and what in one.left]
    counted = [one for one in before if one in counts and not scene.is_nested(one)]
    if len(named) != 1 or len(counted) != 1:
        return None
    return _judged(average, named[0], counted[0], settled=True)


def _is_plausible(mean: Decimal, average: Mention) -> bool:
    """A wrong average is near the right one, or a digit or a unit off; another one is of something else."""
    stated = average.quantity.base_value
    if not stated or not mean:
        return False
    ratio = max(mean / stated, stated / mean)
    return (
        ratio <= _FAR
        or is_mistyped(average.quantity, mean)
        or any(abs(ratio / odd - 1) < Decimal("0.06") for odd in _ODD)
    )


def _is_apart(average: Mention, total: Mention, count: Mention, mean: Decimal) -> bool:
    """Approximate figures are accused only where no fair reading of them comes near."""
    ratio = max(mean / average.quantity.base_value, average.quantity.base_value / mean)
    return ratio >= 2 and not _agrees(average, total, count)


def _judged(
    average: Mention, total: Mention, count: Mention, *, settled: bool, months: int = 1
) -> Relation | None:
    mean = _mean(total, count) / months
    near = rounded(mean, max(average.quantity.step / 100, Decimal("0.01")))
    exact = all(one.quantity.is_exact for one in (average, total, count))
    cut = average.quantity.cuts_off(mean)
    if not _is_plausible(mean, average):
        return None
    holds = False if settled and (exact or _is_apart(average, total, count, mean)) else None
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
