"""Rows of a table that begin with a size: 75平方米, 86套, 6540平方米, where all other rows are size times count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.slips import slip_of_total
from bangfu.documents.reading.structure import Mention

_SIZE = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)(平方米|立方米|公斤|千克|亩|米|元|万元|吨)"
    r"(?:/[一-龥]+|户?型|以下|档)?[\t|、,,:]+$"
)
_SIZES = {"千克": "公斤"}
_LEAST = 3


@dataclass(frozen=True)
class _Row:
    size: Decimal
    count: Mention
    total: Mention

    @property
    def product(self) -> Decimal:
        return self.size * self.count.quantity.base_value

    @property
    def comes_out(self) -> bool:
        return self.total.quantity.states(self.product)


def size_faults(scene: Scene) -> Iterator[Relation]:
    block: list[_Row] = []
    for count, total in zip(scene.mentions, scene.mentions[1:], strict=False):
        row = _row(count, total)
        if row is None:
            continue
        if block and row.count.paragraph != block[-1].count.paragraph + 1:
            yield from _odd(block)
            block = []
        block.append(row)
    yield from _odd(block)


def _row(count: Mention, total: Mention) -> _Row | None:
    match = _SIZE.search(count.left) if count.paragraph == total.paragraph else None
    if match is None or not (count.quantity.is_exact and total.quantity.is_exact):
        return None
    unit = _SIZES.get(match[2], match[2])
    scale = Decimal(10_000) if unit == "万元" else Decimal(1)
    if total.quantity.base_unit != unit.removeprefix("万") or count.is_like(total):
        return None
    return _Row(Decimal(match[1]) * scale, count, total)


def _odd(block: Sequence[_Row]) -> Iterator[Relation]:
    """The one row that does not come out, where the others do."""
    wrong = [one for one in block if not one.comes_out]
    if len(block) < _LEAST or len(wrong) != 1:
        return
    one = wrong[0]
    cause = slip_of_total(one.total.quantity, one.product)
    size = shown(one.size, one.total.quantity)
    said = f"{one.count.quantity.text}×{size}={shown(one.product, one.total.quantity)},文中写的是{one.total.quantity.text}"
    members = (one.count.index,)
    words = cause.words if cause is not None else ""
    yield Relation("standard_multiple", members, one.total.index, one.product, False, "error", said, words)
