"""Counts with the amount right behind them, and the rates that they may be paid by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.periods import Periods
from bangfu.documents.reading.structure import Mention, base_class

_APART = frozenset({"share", "point", "times", "age", "time", "money"})
_TOTAL = re.compile(
    r"合计|总计|小计|共计|总共|累计|加起来|两头|全[年县镇乡村部](?!补|需|发)|[两三四五六七八九十]项"
)
_SHORT, _REACH = 14, 60
_ONCE = Periods((Decimal(1),), Decimal(1))
_MONTHS = tuple(Periods((Decimal(one),), Decimal(one)) for one in (12, 1, 6, 3, 9, 10, 2, 4, 5, 7, 8, 11))
_TERMS = frozenset({"", "学期", "年", "次", "期"})


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


def pairs_of(scene: Scene, eaches: Mapping[int, Each]) -> Iterator[Pair]:
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
    """12人,7200元,每人600元: a rate of its own follows at once; in 74人 375元 27750元 it is the rate."""
    at = scene.place_of(total) + 1
    last = scene.mentions[at] if at < len(scene.mentions) else total
    if "\t" in last.gap and last.is_like(total) and last.quantity.base_value > total.quantity.base_value:
        return last.sentence == total.sentence
    return last.index in eaches and (last.sentence, last.segment) == (total.sentence, total.segment)


def _neighbours(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    for at, total in enumerate(mentions):
        for back in (1, 2):
            first = mentions[at - back] if at >= back else total
            beside = (first.sentence, first.segment) == (total.sentence, total.segment)
            if first is not total and beside and (back == 1 or "\t" in total.gap):
                yield first, total


def may_be_of(rate: Each, pair: Pair) -> bool:
    return (
        (rate.term in _TERMS or rate.term == "月")
        and pair.count.quantity.base_unit in rate.units
        and pair.total.quantity.base_unit == rate.mention.quantity.base_unit
    )


def periods_for(rate: Each) -> tuple[Periods, ...]:
    return _MONTHS if rate.term == "月" else (_ONCE,)
