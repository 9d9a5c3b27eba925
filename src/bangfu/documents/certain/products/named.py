"""Counts and amounts whose rate stands elsewhere under their name: 生猪每头200元 … 生猪835头16.07万元; 标准相同."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.causes import is_exactly, says_much
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.judge import Triple, comes_out, is_close, told
from bangfu.documents.certain.products.pairs import Pair, may_be_of, periods_for
from bangfu.documents.certain.products.periods import Periods, periods_of
from bangfu.documents.certain.products.rates import Rate
from bangfu.documents.certain.products.slips import Slip, slip
from bangfu.documents.reading.structure import Mention

_SAME = re.compile(r"标准(?:相同|不变|一样|一致|同上|同前)|(?:同一|相同|同样|同等|上述|该|这一|此)的?标准")
_REACH, _FAR = 60, Decimal(2)
_MARKS = re.compile(
    r"[\s\d、,.|:(){}*·—\-]+|其中|享受|领取|保障|兑现|发放|补助|完成|实施|应补|应发|应付|需要|应需|需|应|计|共计|合计"
)
_KINDS = re.compile(r"[牛羊猪鸡鸭鹅兔蜂驴马鱼蚕茶果菜药稻麦豆薯]$")
_PART = re.compile(r"部分|首批|预拨|实发|实际|到位|尚|欠|剩|减|扣|余")
_ONCE = Periods((Decimal(1),), Decimal(1))
_TERMS = frozenset({"", "学期", "年", "次", "期"})


@dataclass(frozen=True)
class Named:
    """A count and an amount under one name, with the one rate of that name."""

    triple: Triple
    rate: Rate

    @property
    def period(self) -> Decimal:
        return self.triple.periods.all[0]


def by_name(scene: Scene, pairs: Sequence[Pair], rates: Sequence[Rate]) -> Iterator[Relation]:
    """生猪每头200元 … 生猪 835头 16.07万元; D级每户3万元 … D级需462万元."""
    found = [named for pair in pairs if (named := _named(scene, pair, rates)) is not None]
    totals = {one.triple.total.index for one in found}
    found += [one for one in _apart(scene, rates) if one.triple.total.index not in totals]
    sound = [one for one in found if comes_out(one.triple)]
    causes = [
        (one, cause)
        for one in found
        if one not in sound and not _comes_out_otherwise(one, found) and (cause := _cause(one, rates, sound))
    ]
    for one, cause in sorted(causes, key=lambda pair: not pair[1].words):
        yield told(one.triple, one.period, cause.words)


def _cause(one: Named, rates: Sequence[Rate], sound: Sequence[Named]) -> Slip | None:
    near = any(abs(other.triple.total.index - one.triple.total.index) <= 6 for other in sound)
    cause = slip(one.triple, one.period)
    if cause is not None:
        return cause if near or cause.strong or one.triple.each.term in _TERMS else None
    if not says_much(one.triple.total.quantity) or not near:
        return None
    if one.rate.each.term in _TERMS and is_close(one.triple, one.period, _FAR):
        return Slip("", False)
    like = [other for other in rates if other.each.term == one.rate.each.term]
    for other in like:
        wrong = (
            other.each.mention.quantity.base_value * one.triple.number / one.triple.each.scale * one.period
        )
        if is_exactly(one.triple.total.quantity, wrong):
            return Slip(f"误按“{other.each.mention.quantity.text}”的标准计算", True)
    return None


def _comes_out_otherwise(one: Named, found: Sequence[Named]) -> bool:
    return any(
        other.triple.total.index == one.triple.total.index and comes_out(other.triple) for other in found
    )


def label_of(one: Mention) -> str:
    return _MARKS.sub("", one.left)


def _is_called(label: str, name: str) -> bool:
    """监测对象 of 有返贫风险的监测对象; 羊 of 养羊; C级维修 of C级."""
    if not label or not name:
        return False
    if len(label) == 1:
        return bool(_KINDS.fullmatch(label)) and name.endswith(label)
    return (label in name or name in label) if len(name) > 1 else bool(_KINDS.match(name)) and name in label


def _rate_for(label: str, pair: Pair, rates: Sequence[Rate]) -> Rate | None:
    """The one rate before it that bears the name; of several the one that bears just that."""
    own = [
        one
        for one in rates
        if may_be_of(one.each, pair)
        and 0 < pair.total.index - one.each.mention.index <= _REACH
        and (_is_called(label, one.name) or (len(one.name) > 1 and pair.count.right.startswith(one.name)))
    ]
    exact = [one for one in own if one.name == label]
    own = exact or own
    return own[0] if len({one.each.mention.quantity.base_value for one in own}) == 1 else None


def _named(scene: Scene, pair: Pair, rates: Sequence[Rate]) -> Named | None:
    rate = _rate_for(label_of(pair.count), pair, rates)
    if rate is None or _PART.search(pair.total.gap):
        return None
    return _made(scene, rate, pair)


def _made(scene: Scene, rate: Rate, pair: Pair) -> Named | None:
    """By the month only where the sentence of the amount says for how many."""
    periods = _ONCE
    if rate.each.term not in _TERMS:
        words = scene.sentence_words(pair.total)
        times = [one for one in scene.before(pair.total) if one.quantity.kind == "time"]
        periods = periods_of(rate.each.term, words, times, (pair.count.index, pair.total.index))
        if periods.first is None:
            return None
        periods = Periods((periods.first,), periods.first, periods.member)
    return Named(Triple(rate.each, pair.count, pair.total, periods), rate)


def _apart(scene: Scene, rates: Sequence[Rate]) -> Iterator[Named]:
    """An amount right behind the name, and the counts before it that the name stands before."""
    if not rates:
        return
    units = {one.each.mention.quantity.base_unit for one in rates}
    of_rates = {one.each.mention.index for one in rates}
    for at, total in enumerate(scene.mentions):
        short = len(total.left) <= 12 and "每" not in total.left and not _PART.search(total.left)
        label = label_of(total) if short and total.quantity.base_unit in units else ""
        called = len(label) > 1 and any(_is_called(label, one.name) for one in rates)
        if not called or total.index in of_rates or not total.quantity.is_exact:
            continue
        around = [
            one
            for one in scene.mentions[max(0, at - _REACH) : at]
            if label in one.left and _stands_before(label, label_of(one)) and not one.is_like(total)
        ]
        for count in around[-4:]:
            pair = Pair(count, total)
            sound = count.quantity.is_exact and count.quantity.base_value > 0
            rate = _rate_for(label, pair, rates) if sound else None
            if rate is not None and (named := _made(scene, rate, pair)) is not None:
                yield named


def _stands_before(name: str, words: str) -> bool:
    return words.endswith(name) or (words.startswith(name) and len(words) <= len(name) + 2)


def by_same_rate(scene: Scene, pairs: Sequence[Pair], rates: Sequence[Each]) -> Iterator[Relation]:
    """生活补贴268人,标准相同,全年27.528万元: by the last rate of such things before."""
    for pair in pairs:
        if not _SAME.search(pair.total.gap + pair.total.left):
            continue
        known = [
            one
            for one in rates
            if may_be_of(one, pair) and 0 < pair.count.index - one.mention.index <= _REACH // 2
        ]
        if not known:
            continue
        triples = [Triple(known[-1], pair.count, pair.total, one) for one in periods_for(known[-1])]
        if any(comes_out(one) for one in triples):
            continue
        for one in triples:
            cause = slip(one, one.periods.all[0])
            if cause is not None and (cause.strong or known[-1].term != "月"):
                yield told(one, one.periods.all[0], cause.words)
                break
