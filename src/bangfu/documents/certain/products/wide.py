"""Rate, count and amount of one paragraph, in any order and in any of its sentences, that one slip of the pen makes agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.counts import may_count
from bangfu.documents.certain.products.doubts import EARLIER
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.judge import Triple, comes_out
from bangfu.documents.certain.products.slips import Slip
from bangfu.documents.certain.products.spoken import spoken_rates
from bangfu.documents.certain.products.totals import may_total
from bangfu.documents.certain.products.wide_causes import cause_of, is_together, without_doubt
from bangfu.documents.certain.products.wide_owners import are_rivals, is_anothers, may_belong
from bangfu.documents.certain.products.wide_terms import TURNS, periods_around
from bangfu.documents.reading.quantity import plain
from bangfu.documents.reading.structure import Mention

_REACH, _SENTENCES, _LINE = 7, 2, 26
_AFTER = 12
_LET = frozenset(["间", "套", "亩", "个", "台", "辆", "处", "栋", "张", "座", "家", "户"])
_BY_IT = re.compile(
    r"推算|测算|据此|按此|照此|依此|以此|由此|折算|估算|计算|核算|按[^,;。]{0,6}(?:标准|口径)"
)
_INCOME = re.compile(r"收入|增收|产值|利润|门票|贴息|利息|贷款?")
_OTHER = re.compile(
    r"其余|其他|另|剩|余|欠|结(?!算|账|清)|还|罚|捐|自筹|首批|预|部分|扣|超|节|退(?!耕|休|役|捕)|追|差|缺|下降|减|增长|同比|定金|订金"
)
_LESS = re.compile(
    r"免[缴交费]|减免|除外|不含|扣|除去|停发|折扣|优惠|损耗|退出|中途|陆续|去世|死亡|病休|首批|先付|预拨|预付|部分|封顶|"
    r"分期|余款|尾款|抵|实际|另计|另算|不在|另有|其中有"
)
_PURPOSE = re.compile(r"(?:资金)?(?:用于|建设|修建|支持|购买|新建|实施|投向|用来|专项)")
_PART = re.compile(r"其中|其余|未|退|停|死亡|去世|离")


@dataclass(frozen=True)
class _Fault:
    triple: Triple
    period: Decimal
    cause: Slip


def wide_faults(
    scene: Scene, eaches: Mapping[int, Each], closed: Sequence[Triple], found: Sequence[Relation]
) -> Iterator[Relation]:
    """Only of rates that come out with nothing (`closed` does) and of which nothing is told (`found`)."""
    rates = {index: _by_turns(each) for index, each in {**eaches, **spoken_rates(scene, eaches)}.items()}
    told = {index for one in found for index in (*one.members, one.stated)}
    settled = {one.total.index for one in closed} | told
    done = {one.each.mention.index for one in closed} | told
    open_ = [each for index, each in rates.items() if index not in done and each.mention.quantity.is_exact]
    triples = {each.mention.index: list(_triples(scene, each, rates)) for each in open_}
    out = [one for several in triples.values() for one in several if comes_out(one)]
    out = [*closed, *(one for one in out if not is_anothers(one, rates))]
    settled |= {one.total.index for one in out}
    done |= {one.each.mention.index for one in out}
    for each in open_:
        if each.mention.index in done:
            continue
        free = [one for one in triples[each.mention.index] if one.total.index not in settled]
        fault = (
            _only(scene, each, [one for one in free if _is_plain(scene, one)], rates, out) if free else None
        )
        if fault is not None:
            yield _told(fault)


def _by_turns(each: Each) -> Each:
    """一顿6元,412名学生吃了95顿: so much for each person, so often."""
    turns = each.unit in TURNS and not each.term and not each.is_mean
    return replace(each, unit="人", noun="", term=each.unit) if turns else each


def _only(
    scene: Scene, each: Each, free: Sequence[Triple], rates: Mapping[int, Each], out: Sequence[Triple]
) -> _Fault | None:
    """The fault that all readings agree on."""
    rivals = [one for one in rates.values() if are_rivals(each, one)]
    faults = [
        _Fault(one, one.periods.first, cause)
        for one in free
        if one.periods.first is not None
        and may_belong(one, rivals)
        and (
            cause := cause_of(one, one.periods.first, rivals, alone=len(free) == 1)
            or without_doubt(scene, one, out)
        )
        is not None
    ]
    faults = [one for one in faults if is_together(one.triple)] or faults
    values = {(one.triple.number, one.triple.total.quantity.base_value) for one in faults}
    return faults[0] if len(values) == 1 else None


def _triples(scene: Scene, each: Each, rates: Mapping[int, Each]) -> Iterator[Triple]:
    mention = each.mention
    at = scene.place_of(mention)
    near = [
        one
        for one in scene.mentions[max(0, at - _REACH) : at + _REACH + 1]
        if one.index not in rates and one.quantity.is_exact and _is_near(scene, mention, one)
    ]
    totals = [one for one in near if one.is_like(mention) and may_total(each, one, rates)]
    if not totals:
        return
    for count in near:
        if count.is_like(mention) or not _may_count(each, count):
            continue
        for total in totals:
            first = min(count.sentence, mention.sentence, total.sentence)
            last = max(mention.sentence, total.sentence)
            behind = each.is_mean and total.index < mention.index
            near_by = last <= first + _SENTENCES or mention.paragraph != total.paragraph
            if count.sentence <= last and near_by and not behind:
                yield Triple(each, count, total, periods_around(scene, each, count, total))


def _may_count(each: Each, one: Mention) -> bool:
    """Also hours where paid by the hour, and what is let where no unit is said: 月租1200元,28间."""
    if each.unit == "小时" and one.quantity.base_unit == "小时":
        return True
    if not each.unit and each.term and "租" in each.mention.left:
        return one.quantity.base_unit in _LET
    return may_count(each, one)


def _is_near(scene: Scene, mention: Mention, one: Mention) -> bool:
    """In its paragraph, not far; or in the short lines right above and below: 面积12860亩⏎标准68元/亩⏎金额…."""
    if one.paragraph == mention.paragraph:
        return abs(one.sentence - mention.sentence) <= _SENTENCES
    apart = scene.reading.flat[
        min(one.quantity.end, mention.quantity.end) : max(one.quantity.start, mention.quantity.start)
    ]
    lines = apart.split("\n")
    alone = abs(one.index - mention.index) == abs(one.paragraph - mention.paragraph) <= 3
    return alone and all(len(line) <= _LINE and "。" not in line for line in lines)


def _is_plain(scene: Scene, triple: Triple) -> bool:
    """Nothing that tells of another purpose, of parts that were paid, or of some who were not."""
    count, total = triple.count, triple.total
    if count is None or _PART.search(count.left) or EARLIER.search(total.left + count.left):
        return False
    three = sorted((triple.each.mention, count, total), key=lambda one: one.index)
    start, end = three[0].quantity.start, three[2].quantity.end
    words = scene.reading.flat[start : end + _AFTER]
    if _LESS.search(words) or (scene.is_nested(total) and not scene.is_nested(count)):
        return False
    of_part = total.index < triple.each.mention.index and "其中" in words
    if of_part or _PURPOSE.match(total.right):
        return False
    by_it = _BY_IT.search(words[: end - start]) is not None
    if by_it:
        return True
    income = _INCOME.search(total.left)
    other = _OTHER.search(total.left) or (
        income and income[0][:2] not in triple.each.mention.left + count.left
    )
    return not (triple.each.is_mean or other)


def _told(fault: _Fault) -> Relation:
    triple, period = fault.triple, fault.period
    each, total = triple.each.mention, triple.total
    true = triple.product(period)
    times = (
        ""
        if period == 1
        else f"{plain(period)}{'个' if triple.each.term in ('月', '学期', '季度') else ''}{triple.each.term}"
    )
    names = [triple.count.quantity.text if triple.count is not None else "", each.quantity.text, times]
    said = "×".join(name for name in names if name)
    words = f"{said}={shown(true, total.quantity)},文中写的是{total.quantity.text}"
    members = [triple.count, each, triple.periods.member]
    indexes = tuple(one.index for one in members if one is not None)
    return Relation("standard_multiple", indexes, total.index, true, False, "error", words, fault.cause.words)
