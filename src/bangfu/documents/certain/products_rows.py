"""Rows of counts and amounts under one rate: 甲9840亩93.48万元、乙5420亩51.94万元, each 亩 95元; also rows that name their rate."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products_each import Each
from bangfu.documents.certain.products_judge import Slip, Triple, comes_out, slip, slip_of_total, told
from bangfu.documents.certain.products_periods import Periods
from bangfu.documents.reading.structure import Mention, base_class

_APART = frozenset({"share", "point", "times", "age", "time", "money"})
_TOTAL = re.compile(r"合计|总计|小计|共计|总共|累计|加起来|两头|全[年县镇乡村部](?!补|需|发)|[两三四五六七八九十]项")
_SAME = re.compile(r"标准(?:相同|不变|一样|一致|同上|同前)|(?:同一|相同|同样|同等|上述|该|这一|此)的?标准")
_SHORT, _REACH = 14, 60
_NAME = re.compile(r"([A-Da-d]级|[一-龥]{2,8}?)(?:按|补助|补贴|奖补|奖励|标准|为|是)*每")
_ONCE = Periods((Decimal(1),), Decimal(1))
_MONTHS = tuple(Periods((Decimal(one),), Decimal(one)) for one in (12, 1, 6, 3, 9, 10, 2, 4, 5, 7, 8, 11))
_TERMS = frozenset({"", "学期", "年", "次", "期"})
_FEW, _ENOUGH = 2, 3


@dataclass(frozen=True)
class Pair:
    """A count and the amount behind it."""

    count: Mention
    total: Mention

    @property
    def signature(self) -> tuple[str, str]:
        return base_class(self.count.quantity), base_class(self.total.quantity)

    @property
    def ratio(self) -> Fraction:
        return Fraction(self.total.quantity.base_value) / Fraction(self.count.quantity.base_value)


def row_faults(scene: Scene, eaches: Mapping[int, Each]) -> Iterator[Relation]:
    pairs = list(_pairs(scene, eaches))
    rates = [
        one
        for one in eaches.values()
        if not one.is_mean and one.unit and one.mention.quantity.is_exact and not one.mention.quantity.is_label
    ]
    for row in _rows(pairs):
        for rate in rates:
            yield from _by_rate(row, rate, rates)
        yield from _by_ratio(row)
    yield from _by_name(scene, pairs, rates)
    yield from _by_same_rate(scene, pairs, rates)


def _by_same_rate(scene: Scene, pairs: Sequence[Pair], rates: Sequence[Each]) -> Iterator[Relation]:
    """生活补贴268人,标准相同,全年27.528万元: by the last rate of such things before."""
    for pair in pairs:
        if not _SAME.search(pair.total.gap + pair.total.left):
            continue
        known = [
            one
            for one in rates
            if _may_be_of(one, pair) and 0 < pair.count.index - one.mention.index <= _REACH // 2
        ]
        if not known:
            continue
        triples = [Triple(known[-1], pair.count, pair.total, one) for one in _periods(known[-1])]
        if any(comes_out(one) for one in triples):
            continue
        for one in triples:
            cause = slip(one, one.periods.all[0])
            if cause is not None and (cause.strong or known[-1].term != "月"):
                yield told(one, one.periods.all[0], cause.words)
                break


def _periods(rate: Each) -> tuple[Periods, ...]:
    return _MONTHS if rate.term == "月" else (_ONCE,)


def _pairs(scene: Scene, eaches: Mapping[int, Each]) -> Iterator[Pair]:
    """Of a row with another count between (5420亩 982户 51.94万元) both counts."""
    for count, total in _neighbours(scene.mentions):
        if count.quantity.kind in _APART or total.quantity.kind in _APART - {"money"}:
            continue
        if count.index in eaches or total.index in eaches or _is_explained(total, scene, eaches):
            continue
        if _TOTAL.search(count.left + total.left) or count.is_like(total) or count.quantity.base_value <= 0:
            continue
        if len(total.gap) <= _SHORT and count.quantity.is_exact and total.quantity.is_exact:
            yield Pair(count, total)


def _is_explained(total: Mention, scene: Scene, eaches: Mapping[int, Each]) -> bool:
    """12人,7200元,每人600元: a rate of its own follows at once."""
    at = scene.place_of(total) + 1
    last = scene.mentions[at] if at < len(scene.mentions) else total
    return last.index in eaches and (last.sentence, last.segment) == (total.sentence, total.segment)


def _neighbours(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    for at, total in enumerate(mentions):
        for back in (1, 2):
            first = mentions[at - back] if at >= back else total
            if first is not total and (first.sentence, first.segment) == (total.sentence, total.segment):
                if back == 1 or "\t" in total.gap:
                    yield first, total


def _rows(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Pairs of one kind in lines or pieces that follow one another."""
    rows: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        row = rows.setdefault(pair.signature, [])
        if row and pair.count.paragraph > row[-1].count.paragraph + 2:
            yield row
            row = rows[pair.signature] = []
        row.append(pair)
    yield from rows.values()


def _by_rate(row: Sequence[Pair], rate: Each, rates: Sequence[Each]) -> Iterator[Relation]:
    """Some come out by a rate that the text names, and one has a slip of the pen."""
    own = [one for one in row if _may_be_of(rate, one)]
    if len(own) < _FEW:
        return
    for periods in _periods(rate):
        triples = [Triple(rate, one.count, one.total, periods) for one in own]
        fitting = [one for one in triples if comes_out(one)]
        if not fitting:
            continue
        for one in triples:
            if one in fitting or _fits_other(one, rates):
                continue
            cause = slip(one, periods.all[0])
            if cause is not None and _is_enough(cause, one, fitting):
                yield told(one, periods.all[0], cause.words)
        return


def _is_enough(cause: Slip, one: Triple, fitting: Sequence[Triple]) -> bool:
    if len(fitting) >= _FEW:
        return True
    near = abs(one.total.index - fitting[0].total.index) <= 3 * _FEW
    return near and (cause.strong or "颠倒" in cause.words)


def _fits_other(triple: Triple, rates: Sequence[Each]) -> bool:
    count = triple.count
    return count is not None and any(
        comes_out(Triple(other, count, triple.total, periods))
        for other in rates
        if _may_be_of(other, Pair(count, triple.total))
        for periods in _periods(other)
    )


def _by_ratio(row: Sequence[Pair]) -> Iterator[Relation]:
    """Three or more have exactly the same amount for one, and one has not."""
    if len(row) <= _ENOUGH:
        return
    ratio, often = Counter(one.ratio for one in row).most_common(1)[0]
    others = [one for one in row if one.ratio != ratio]
    if often < _ENOUGH or len(others) != 1:
        return
    odd, like = others[0], next(one for one in row if one.ratio == ratio)
    true = Decimal(ratio.numerator) * odd.count.quantity.base_value / Decimal(ratio.denominator)
    cause = None if odd.total.quantity.states(true) else slip_of_total(odd.total.quantity, true)
    if cause is not None:
        yield _told_by_ratio(odd, like, true, cause)


def _told_by_ratio(odd: Pair, like: Pair, true: Decimal, cause: Slip) -> Relation:
    stated = odd.total.quantity
    said = (
        f"各行都按“{like.count.quantity.text}、{like.total.quantity.text}”的标准,"
        f"{odd.count.quantity.text}应为{shown(true, stated)},文中写的是{stated.text}"
    )
    members = (odd.count.index, like.count.index, like.total.index)
    return Relation("standard_multiple", members, odd.total.index, true, False, "error", said, cause.words)


def _by_name(scene: Scene, pairs: Sequence[Pair], rates: Sequence[Each]) -> Iterator[Relation]:
    """生猪每头200元 … 生猪 835头 16.07万元; D级每户3万元 … D级需462万元."""
    named: dict[str, list[Each]] = {}
    for rate in rates:
        match = _NAME.search(rate.mention.left)
        if match is not None and rate.term in _TERMS:
            named.setdefault(match[1], []).append(rate)
    for name, several in named.items():
        if len(several) > 1:
            continue
        rate = several[0]
        own = [one for one in pairs if _may_be_of(rate, one) and _bears(name, one.count) and _is_near(rate, one)]
        for pair in own or _apart(scene, name, rate):
            triple = Triple(rate, pair.count, pair.total, _ONCE)
            cause = None if comes_out(triple) else slip(triple, Decimal(1))
            if cause is not None:
                yield told(triple, Decimal(1), cause.words)


def _is_near(rate: Each, pair: Pair) -> bool:
    return 0 < pair.total.index - rate.mention.index <= _REACH


def _bears(name: str, one: Mention) -> bool:
    words = one.left.strip(" \t、,|")
    return words.endswith(name) or (name in words and len(words) <= len(name) + 4)


def _apart(scene: Scene, name: str, rate: Each) -> Iterator[Pair]:
    """The one count and the one amount that the name stands before."""
    at = scene.place_of(rate.mention)
    around = scene.mentions[max(0, at - _REACH) : at + _REACH]
    counts = [one for one in around if one.quantity.base_unit in rate.units and _bears(name, one)]
    totals = [
        one
        for one in scene.mentions[at + 1 : at + _REACH // 4]
        if one.is_like(rate.mention) and one.left.startswith(name) and len(one.left) <= len(name) + 4 and "每" not in one.left
    ]
    if len(counts) == len(totals) == 1:
        yield Pair(counts[0], totals[0])


def _may_be_of(rate: Each, pair: Pair) -> bool:
    return (
        (rate.term in _TERMS or rate.term == "月")
        and pair.count.quantity.base_unit in rate.units
        and pair.total.quantity.base_unit == rate.mention.quantity.base_unit
    )
