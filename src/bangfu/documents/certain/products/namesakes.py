"""A rate, a count and an amount in different sentences that bear one name: 不合格3人 … 不合格的每人扣500元,共扣1000元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.causes import is_exactly, says_much
from bangfu.documents.certain.products.counts import may_count
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.judge import Triple, comes_out, told
from bangfu.documents.certain.products.named import label_of
from bangfu.documents.certain.products.periods import Periods, periods_of
from bangfu.documents.certain.products.rates import Rate
from bangfu.documents.certain.products.slips import Slip, slip, slip_of_total
from bangfu.documents.reading.structure import Mention

_REACH, _NEXT = 60, 2
_ONCE = Periods((Decimal(1),), Decimal(1))
_TERMS = frozenset({"", "学期", "年", "次", "期"})
_SUM = re.compile(r"[共总合]计|共|总|支出|应[发付补拨]|需|兑现|兑付|发放|列支|支付|计|扣|奖|收")
_PARTLY = re.compile(r"首批|预拨|实发|实际|到位|尚|欠|剩|减|余|另")
_NOT = re.compile(r"[不非未无]$")
_OWNER = re.compile(r"^([一-龥]{2,6})的[一-龥]*")
_NAME = re.compile(r"[一-龥A-Z]{2,8}")
_JOINT = re.compile(r"[、,;和及与]+([一-龥A-Za-z]{2,8})")
_BARE = frozenset({"share", "point", "times", "age", "time", "money"})


@dataclass(frozen=True)
class _Kin:
    """What bears the name of the rate; `follows`: the amount stands right behind the rate."""

    triple: Triple
    follows: bool


def by_namesakes(scene: Scene, eaches: Mapping[int, Each], rates: Sequence[Rate]) -> Iterator[Relation]:
    for rate in rates:
        for name in _names(rate):
            kin = list(_kin(scene, rate, name, eaches))
            if not kin or any(comes_out(one.triple) for one in kin):
                continue
            if (
                len({one.triple.number for one in kin}) != 1
                or len({one.triple.total.index for one in kin}) != 1
            ):
                continue
            cause = _cause(kin[0], rate)
            if cause is not None:
                yield told(kin[0].triple, kin[0].triple.periods.all[0], cause.words)
                break
    yield from _by_price_list(scene, eaches)


def _names(rate: Rate) -> Iterator[str]:
    """不合格 and 优秀 of 不合格的每人扣, 优秀的另由村集体每人奖."""
    owner = _OWNER.match(rate.each.mention.left.strip(" \t、"))
    names = [owner[1]] if owner is not None else []
    names.append(rate.name.removesuffix("的"))
    yield from dict.fromkeys(one for one in names if _NAME.fullmatch(one))


def bears(one: Mention, name: str) -> bool:
    """蓄水池 of 水池, 国有部分 of 国有; 不合格 is not 合格."""
    label = label_of(one)
    at = label.find(name)
    return at >= 0 and len(label) <= len(name) + 4 and not _NOT.search(label[:at])


def _kin(scene: Scene, rate: Rate, name: str, eaches: Mapping[int, Each]) -> Iterator[_Kin]:
    each = rate.each
    at = scene.place_of(each.mention)
    around = scene.mentions[max(0, at - _REACH) : at + _REACH]
    plain = [
        one for one in around if one.quantity.is_exact and one.index not in eaches and not one.quantity.per
    ]
    here = each.mention.sentence, each.mention.segment
    counts = [
        one
        for one in plain
        if (one.sentence, one.segment) != here and may_count(each, one) and bears(one, name)
    ]
    if not counts:
        return
    totals = [
        one
        for one in plain
        if one.is_like(each.mention)
        and one.quantity.base_value not in (0, rate.old)
        and (bears(one, name) or _follows(each, one))
        and not _PARTLY.search(one.left)
    ]
    for count in counts:
        for total in totals:
            periods = _periods(scene, each, count, total)
            if periods is not None:
                yield _Kin(Triple(each, count, total, periods), _follows(each, total))


def _follows(each: Each, one: Mention) -> bool:
    behind = 0 < one.index - each.mention.index <= _NEXT and one.sentence == each.mention.sentence
    return behind and one.segment == each.mention.segment and _SUM.search(one.left) is not None


def _periods(scene: Scene, each: Each, count: Mention, total: Mention) -> Periods | None:
    if each.term in _TERMS:
        return _ONCE
    times = [one for one in scene.before(total) if one.quantity.kind == "time"]
    found = periods_of(each.term, scene.sentence_words(total), times, (count.index, total.index))
    return None if found.first is None else Periods((found.first,), found.first, found.member)


def _cause(one: _Kin, rate: Rate) -> Slip | None:
    triple = one.triple
    period = triple.periods.all[0]
    total = triple.total.quantity
    old = None if rate.old is None else rate.old * triple.number / triple.each.scale * period
    if old is not None and says_much(total) and is_exactly(total, old):
        return Slip("仍按调整前的标准计算", True)
    cause = slip(triple, period)
    if cause is None:
        return None
    exact = slip_of_total(total, triple.product(period))
    return cause if cause.strong or one.follows or exact is not None else None


def _by_price_list(scene: Scene, eaches: Mapping[int, Each]) -> Iterator[Relation]:
    """基础包50元,慢病包120元,康复包260元 … 签基础包15800人 … 基础包收入7.9万元, where the others come out."""
    for prices in _price_lists(scene, eaches):
        found = []
        for price, name in prices:
            each = Each(price, "", name, "", "", False)
            found.append([*_of_price(scene, each, name, {one.index for one, _ in prices})])
        sound = [several for several in found if any(comes_out(one) for one in several)]
        if not sound:
            continue
        for several in found:
            if several in sound or len({one.total.index for one in several}) != 1:
                continue
            causes = [
                (one, cause)
                for one in several
                if (cause := slip_of_total(one.total.quantity, one.product(Decimal(1))))
            ]
            if causes:
                yield told(causes[0][0], Decimal(1), causes[0][1].words)


def _price_lists(scene: Scene, eaches: Mapping[int, Each]) -> Iterator[list[tuple[Mention, str]]]:
    """Runs of small amounts, each right behind its name."""
    run: list[tuple[Mention, str]] = []
    for last, one in pairwise(scene.mentions):
        joint = _JOINT.fullmatch(one.gap) if one.sentence == last.sentence and one.is_like(last) else None
        if joint is None or one.quantity.kind != "money" or not one.quantity.is_exact:
            if len(run) > 1:
                yield run
            run = []
            continue
        if not run:
            name = re.search(r"[一-龥A-Za-z]{2,8}$", last.left)
            run = [(last, name[0])] if name is not None else []
        if run:
            run.append((one, joint[1]))
    if len(run) > 1:
        yield run


def _of_price(scene: Scene, each: Each, name: str, prices: set[int]) -> Iterator[Triple]:
    at = scene.place_of(each.mention)
    behind_all = [
        one
        for one in scene.mentions[at : at + _REACH // 2]
        if one.quantity.is_exact and one.index not in prices
    ]
    behind = [
        one
        for one in behind_all
        if one.index not in prices
        and one.quantity.is_exact
        and name in one.left
        and one.quantity.base_value > 0
    ]
    counts = [one for one in behind if one.quantity.kind not in _BARE]
    totals = [one for one in behind if one.is_like(each.mention)]
    for count in counts[:3]:
        paid = [one for one in behind_all if one.index == count.index + 1 and one.segment == count.segment]
        for total in dict.fromkeys([*totals[:3], *(one for one in paid if one.is_like(each.mention))]):
            if count is not total:
                yield Triple(replace(each, unit=count.quantity.base_unit), count, total, _ONCE)
