"""Rows of counts and amounts under one rate: 甲9840亩93.48万元、乙5420亩51.94万元, each 亩 95元; also rows that name their rate."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products_each import Each
from bangfu.documents.certain.products_judge import Slip, Triple, comes_out, slip, slip_of_total, told
from bangfu.documents.certain.products_periods import Periods
from bangfu.documents.reading.structure import Mention, base_class

_APART = frozenset({"share", "point", "times", "age", "time", "money"})
_TOTAL = re.compile(r"合计|总计|小计|共计|总共|累计|全[年县镇乡村部]|[两三四五六七八九十]项")
_SHORT = 12
_REACH = 60
_NAME = re.compile(r"([一-龥]{2,8}?)(?:按|补助|补贴|奖补|奖励|标准|为|是)*每")
_ONCE = Periods((Decimal(1),), Decimal(1))
_TERMS = frozenset({"", "学期", "年", "次", "期"})
_FEW, _ENOUGH = 2, 3


@dataclass(frozen=True)
class Pair:
    """A count and the amount right behind it."""

    count: Mention
    total: Mention

    @property
    def signature(self) -> tuple[str, str]:
        return base_class(self.count.quantity), base_class(self.total.quantity)

    @property
    def ratio(self) -> Fraction:
        return Fraction(self.total.quantity.base_value) / Fraction(self.count.quantity.base_value)


def row_faults(scene: Scene, eaches: Mapping[int, Each]) -> Iterator[Relation]:
    pairs = [one for one in _pairs(scene, eaches) if not _TOTAL.search(one.count.left + one.total.left)]
    rates = [one for one in eaches.values() if not one.is_mean and one.unit and one.mention.quantity.is_exact]
    for row in _rows(pairs):
        yield from _by_rate(row, rates)
        yield from _by_ratio(row)
    yield from _by_name(pairs, rates)


def _pairs(scene: Scene, eaches: Mapping[int, Each]) -> Iterator[Pair]:
    for count, total in _neighbours(scene.mentions):
        apart = count.quantity.kind in _APART or total.quantity.kind in _APART - {"money"}
        own = count.index in eaches or total.index in eaches or _is_explained(total, scene, eaches)
        if apart or own or count.is_like(total) or not count.quantity.base_value:
            continue
        if len(total.gap) <= _SHORT and count.quantity.is_exact and total.quantity.is_exact:
            yield Pair(count, total)


def _is_explained(total: Mention, scene: Scene, eaches: Mapping[int, Each]) -> bool:
    """12人,7200元,每人600元: a rate of its own follows at once."""
    at = scene.place_of(total) + 1
    last = scene.mentions[at] if at < len(scene.mentions) else total
    return last.index in eaches and (last.sentence, last.segment) == (total.sentence, total.segment)


def _neighbours(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    for first, second in zip(mentions, mentions[1:], strict=False):
        if first.sentence == second.sentence and first.segment == second.segment:
            yield first, second


def _rows(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Pairs of one kind in lines or pieces that follow one another."""
    rows: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        row = rows.setdefault(pair.signature, [])
        if row and pair.count.paragraph > row[-1].count.paragraph + 1:
            yield row
            row = rows[pair.signature] = []
        row.append(pair)
    yield from rows.values()


def _by_rate(row: Sequence[Pair], rates: Sequence[Each]) -> Iterator[Relation]:
    """At least two come out by a rate that the text names, or one beside it in the same sentence."""
    if len(row) < _FEW:
        return
    for rate in rates:
        triples = [_triple(rate, pair) for pair in row if _may_be_of(rate, pair)]
        fitting = [one for one in triples if comes_out(one)]
        beside = any(one.total.sentence == rate.mention.sentence for one in fitting)
        if len(fitting) < _FEW and not (beside and len(fitting) == 1):
            continue
        for one in triples:
            if one in fitting or any(comes_out(_triple(other, Pair(_count(one), one.total))) for other in rates if _may_be_of(other, Pair(_count(one), one.total))):
                continue
            cause = slip(one, Decimal(1))
            if cause is not None and (cause.strong or len(fitting) >= _FEW):
                yield told(one, Decimal(1), cause.words)


def _count(triple: Triple) -> Mention:
    assert triple.count is not None
    return triple.count


def _by_ratio(row: Sequence[Pair]) -> Iterator[Relation]:
    """Three or more have exactly the same amount for one, and one has not."""
    if len(row) <= _ENOUGH:
        return
    ratio, often = Counter(one.ratio for one in row).most_common(1)[0]
    others = [one for one in row if one.ratio != ratio]
    if often < _ENOUGH or len(others) != 1:
        return
    odd = others[0]
    true = Decimal(ratio.numerator) * odd.count.quantity.base_value / Decimal(ratio.denominator)
    if odd.total.quantity.states(true):
        return
    like = next(one for one in row if one.ratio == ratio)
    cause = slip_of_total(odd.total.quantity, true)
    if cause is not None:
        yield _told_by_ratio(odd, like, true, cause)


def _told_by_ratio(odd: Pair, like: Pair, true: Decimal, cause: Slip) -> Relation:
    said = f"按“{like.count.quantity.text}、{like.total.quantity.text}”的标准,{odd.count.quantity.text}应为{true},文中写的是{odd.total.quantity.text}"
    members = (odd.count.index, like.count.index, like.total.index)
    return Relation("standard_multiple", members, odd.total.index, true, False, "error", said, cause.words)


def _by_name(pairs: Sequence[Pair], rates: Sequence[Each]) -> Iterator[Relation]:
    """生猪每头200元 … 生猪 835头 16.07万元."""
    named: dict[str, list[Each]] = {}
    for rate in rates:
        match = _NAME.search(rate.mention.left)
        if match is not None and not rate.term:
            named.setdefault(match[1], []).append(rate)
    for name, several in named.items():
        if len(several) > 1:
            continue
        rate = several[0]
        for pair in pairs:
            far = pair.total.index - rate.mention.index
            if 0 < far <= _REACH and _may_be_of(rate, pair) and pair.count.left.strip(" \t、,|").endswith(name):
                triple = _triple(rate, pair)
                cause = None if comes_out(triple) else slip(triple, Decimal(1))
                if cause is not None:
                    yield told(triple, Decimal(1), cause.words)


def _may_be_of(rate: Each, pair: Pair) -> bool:
    return rate.term in _TERMS and pair.count.quantity.base_unit in rate.units and pair.total.is_like(rate.mention)


def _triple(rate: Each, pair: Pair) -> Triple:
    return Triple(rate, pair.count, pair.total, _ONCE)
