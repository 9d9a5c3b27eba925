"""Amounts of a sentence without a rate of its own, by the rate that the sentences before it have set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.causes import is_exactly, reckoned_otherwise, says_much
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.judge import Triple, comes_out, told
from bangfu.documents.certain.products.periods import Periods, periods_of
from bangfu.documents.certain.products.rates import Rate
from bangfu.documents.certain.products.slips import Slip, slip
from bangfu.documents.reading.structure import Mention, Sentence

_BY_IT = re.compile(
    r"标准|足额|按此|照此|据此|依此|以此|由此|为此|测算|核算|核定|计算|计发|照|共需|应发|应补|应支|应付|兑现|发放|支出|支付|列支|投入"
)
_PARTLY = re.compile(
    r"其中|部分|首批|第一批|预拨|实际到位|到位|尚|欠|剩|结余|减|扣|另|除|预算|收入|上级|贷款|去年|上年|比上|同比|较"
)
_PART, _REACH = re.compile(r"其中|其余|未|退|停|死亡|离"), 2
_FREE = frozenset({"", "次", "期", "趟"})


def by_standing_rate(scene: Scene, eaches: Mapping[int, Each], rates: Sequence[Rate]) -> Iterator[Relation]:
    """补助由每生每天4元调为5元。全年供餐198天,按21850人和新标准执行,支出1730.52万元。"""
    of_rates = {*eaches, *(one.each.mention.index for one in rates)}
    for sentence in scene.sentences:
        if len(sentence.mentions) < 2 or any(one.index in of_rates for one in sentence.mentions):
            continue
        rate = _standing(sentence, rates)
        if rate is None or not _BY_IT.search(scene.sentence_words(sentence.mentions[0])):
            continue
        triple = _triple(scene, sentence, rate)
        if triple is None or triple.periods.first is None or comes_out(triple):
            continue
        cause = _cause(triple, triple.periods.first, rate, rates)
        if cause is not None:
            yield told(triple, triple.periods.first, cause.words)


def _standing(sentence: Sentence, rates: Sequence[Rate]) -> Rate | None:
    """The only rate of the sentences right before it in the paragraph."""
    first = sentence.mentions[0]
    near = [
        one
        for one in rates
        if one.each.mention.index < first.index
        and one.each.mention.paragraph == first.paragraph
        and one.each.mention.sentence >= first.sentence - _REACH
    ]
    return near[0] if len(near) == 1 and near[0].each.mention.quantity.kind == "money" else None


def _triple(scene: Scene, sentence: Sentence, rate: Rate) -> Triple | None:
    """One count and one amount; a term paid by the month or day needs its number."""
    counts = [one for one in sentence.mentions if one.quantity.base_unit in rate.each.units]
    totals = [one for one in sentence.mentions if one.is_like(rate.each.mention)]
    if len(counts) != 1 or not totals or _PART.search(counts[0].left):
        return None
    count, total = counts[0], totals[0]
    plain = all(one.quantity.is_exact and one.quantity.base_value > 0 for one in (count, total))
    if not plain or total.index < count.index or _PARTLY.search(total.gap + count.left):
        return None
    words = scene.sentence_words(total)
    times = [one for one in sentence.mentions if one.quantity.kind == "time"]
    periods = periods_of(rate.each.term, words, times, (count.index, total.index))
    if rate.each.term not in _FREE and rate.each.term != "年" and len(set(periods.all)) != 1:
        periods = Periods(periods.all, None)
    return Triple(rate.each, count, total, periods)


def _cause(triple: Triple, period: Decimal, rate: Rate, rates: Sequence[Rate]) -> Slip | None:
    if rate.old is not None and says_much(triple.total.quantity):
        each = triple.each
        old = rate.old * triple.number / each.scale * period
        if is_exactly(triple.total.quantity, old):
            return Slip("仍按调整前的标准计算", True)
    cause = slip(triple, period) or reckoned_otherwise(triple, period, [one.each for one in rates])
    return cause if cause is not None and cause.strong else None


def monthly_sums(scene: Scene, eaches: Mapping[int, Each]) -> dict[int, Each]:
    """每月发放44200元、12100元、2100元,共58400元: the sum is for a month, too."""
    found: dict[int, Each] = {}
    for sentence in scene.sentences:
        run: list[Mention] = []
        for one in sentence.mentions:
            each = eaches.get(one.index)
            if each is not None and each.term == "月" and not each.unit:
                run = [one]
            elif run and one.is_like(run[-1]) and one.index == run[-1].index + 1:
                if sum((part.quantity.base_value for part in run), Decimal(0)) == one.quantity.base_value:
                    if len(run) > 1:
                        found[one.index] = Each(one, "", "", "月", "", False)
                    run = []
                else:
                    run.append(one)
            else:
                run = []
    return found
