"""Rows of figures whose last is the product of all before it but for one slip: 台班费1300元,4天,6台机器,票面3.21万元."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from decimal import Decimal
from math import prod

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.slips import digits_of, slip_of_total
from bangfu.documents.certain.products.words import LIMIT
from bangfu.documents.reading.structure import Mention

_RATE = re.compile(
    r"(?:费|价|租金?|薪|工资|工钱|票|补[贴助]|津贴|标准|报酬|工价|造价|均|成本|奖金|保费|学费|伙食)"
    r"(?:标准)?(?:[按为是约各]|单价|仍按|按照)*$"
)
_FACTORS = frozenset(
    {"count", "person", "household", "time", "person_times", "household_times", "area", "length", "weight"}
)
_PART = re.compile(r"其中|其余|另|剩|余|欠|还|退|扣|首|预|未|减|罚|贷|去年|上年|同比|增")
_LESS = re.compile(r"优惠|折扣|扣除|减免|除去|另有|不含|封顶|部分|陆续|分期|定金|首付")
_LONG, _MOST = 3, 4


def bare_faults(scene: Scene, known: Container[int]) -> Iterator[Relation]:
    """`known` are figures that come out, or that something is told of."""
    for sentence in scene.sentences:
        row = sentence.mentions
        for at, rate in enumerate(row):
            if rate.index in known or rate.quantity.kind != "money" or not _is_rate(rate):
                continue
            end = next((to for to in range(at + 1, len(row)) if row[to].is_like(rate)), None)
            if end is not None and 2 <= end - at <= _MOST:
                yield from _fault(scene, rate, row[at + 1 : end], row[end], known)


def _is_rate(one: Mention) -> bool:
    return one.quantity.is_exact and _RATE.search(one.left) is not None and not LIMIT.search(one.left)


def _fault(
    scene: Scene, rate: Mention, factors: Sequence[Mention], total: Mention, known: Container[int]
) -> Sequence[Relation]:
    plain = all(
        one.quantity.is_exact and one.quantity.kind in _FACTORS and one.quantity.base_value > 1
        for one in factors
    )
    words = scene.between(rate, total) + total.right
    if not plain or total.index in known or not total.quantity.is_exact or _LESS.search(words):
        return []
    if any(_PART.search(one.left) for one in (*factors, total)) or scene.is_nested(total):
        return []
    if len({one.quantity.base_unit for one in factors}) < len(factors):
        return []
    true = rate.quantity.base_value * prod((one.quantity.base_value for one in factors), start=Decimal(1))
    cause = None if total.quantity.states(true) else slip_of_total(total.quantity, true)
    said = digits_of(total.quantity)
    if cause is None or said < _LONG or (said == _LONG and "颠倒" not in cause.words):
        return []
    members = (*(one.index for one in factors), rate.index)
    times = "×".join(one.quantity.text for one in (rate, *factors))
    words = f"{times}={shown(true, total.quantity)},文中写的是{total.quantity.text}"
    return [Relation("standard_multiple", members, total.index, true, False, "error", words, cause.words)]
