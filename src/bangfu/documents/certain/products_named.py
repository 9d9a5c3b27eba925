"""Counts and amounts whose rate stands elsewhere under their name: 生猪每头200元 … 生猪835头16.07万元; 标准相同."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products_each import Each
from bangfu.documents.certain.products_judge import Triple, comes_out, told
from bangfu.documents.certain.products_pairs import Pair, may_be_of, periods_for
from bangfu.documents.certain.products_periods import Periods
from bangfu.documents.certain.products_slips import slip
from bangfu.documents.reading.structure import Mention

_SAME = re.compile(r"标准(?:相同|不变|一样|一致|同上|同前)|(?:同一|相同|同样|同等|上述|该|这一|此)的?标准")
_SHORT, _REACH = 14, 60
_NAME = re.compile(r"([A-Da-d]级|[一-龥]{2,8}?)(?:按|补助|补贴|奖补|奖励|标准|为|是)*每")
_ONCE = Periods((Decimal(1),), Decimal(1))
_TERMS = frozenset({"", "学期", "年", "次", "期"})


def by_name(scene: Scene, pairs: Sequence[Pair], rates: Sequence[Each]) -> Iterator[Relation]:
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
        own = [
            one for one in pairs if may_be_of(rate, one) and _bears(name, one.count) and _is_near(rate, one)
        ]
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
        if one.is_like(rate.mention)
        and one.left.startswith(name)
        and len(one.left) <= len(name) + 4
        and "每" not in one.left
    ]
    if len(counts) == len(totals) == 1:
        yield Pair(counts[0], totals[0])


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
