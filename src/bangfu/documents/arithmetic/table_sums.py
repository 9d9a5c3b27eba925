"""Columns of a table and the row 合计 under them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.causes import cause_of_sum
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.quantity import Quantity


def _play(items: Sequence[Quantity], total: Quantity) -> Decimal:
    """Amounts in 万 or with decimals were rounded one by one, each by half a step at most; counts are exact."""
    rounded = [one for one in (*items, total) if one.step != 1 or one.unit[:1] in ("万", "亿", "千")]
    return sum((one.step / 2 for one in rounded), Decimal(0))


def table_sums(scene: Scene) -> Iterator[Relation]:
    quantities = scene.reading.quantities
    for column in scene.reading.columns:
        items, total = [quantities[index] for index in column.items], quantities[column.total]
        if total.kind in ("share", "point", "times"):
            continue
        amount = sum((one.base_value for one in items), Decimal(0))
        if total.states(amount) or abs(amount - total.base_value) <= _play(items, total):
            yield Relation("sum", column.items, column.total, amount, True)
            continue
        said = f"表中“{column.head}”一栏各行相加是{shown(amount, total)},合计写的是{total.text}"
        yield Relation(
            "sum", column.items, column.total, amount, False, "error", said, cause_of_sum(items, total)
        )
