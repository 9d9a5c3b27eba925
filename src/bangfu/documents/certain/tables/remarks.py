"""Remarks that compute the amount of their line: 4320元  修渠投工27个,每个工60元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.tables.grid import Grid, Row
from bangfu.documents.certain.tables.names import is_exception
from bangfu.documents.certain.tables.numbers import slipped
from bangfu.documents.reading.structure import Mention

_EACH = re.compile(r"每|单价|均|一[个户人亩头只座天]")
_TWO, _THREE = 2, 3


def remark_faults(scene: Scene, grid: Grid) -> Iterator[Relation]:
    """At least one other line comes out by its remark, or the figure has a slip of the pen."""
    lines = [(row, factors) for row in grid.items if (factors := _factors(scene, row))]
    sound = [row for row, factors in lines if _fits(row, factors) is not None]
    for row, factors in lines:
        amount = _amount(row)
        if amount is None or row in sound or len(factors) < _TWO or len(factors) > _THREE:
            continue
        true = _product(factors)
        cause = _cause(amount, factors, true)
        if cause and sound and not is_exception("".join(piece.text for piece in row.words.values())):
            members = tuple(one.index for one in factors)
            said = (
                f"{'×'.join(one.quantity.text for one in factors)}={shown(true, amount.quantity)},"
                f"表中写的是{amount.quantity.text}"
            )
            yield Relation("standard_multiple", members, amount.index, true, False, "error", said, cause)


def _amount(row: Row) -> Mention | None:
    """The one amount of money of the line."""
    amounts = [one for one in row.cells.values() if one.quantity.kind == "money" and not one.quantity.per]
    return amounts[0] if len(amounts) == 1 else None


def _factors(scene: Scene, row: Row) -> list[Mention]:
    """The figures of the remark, one of them a price."""
    found = [
        one
        for piece in row.words.values()
        for one in scene.mentions
        if piece.start <= one.quantity.start < piece.end and one.quantity.is_exact
    ]
    prices = [
        one for one in found if one.quantity.kind == "money" and (_EACH.search(one.left) or one.quantity.per)
    ]
    money = [one for one in found if one.quantity.kind == "money"]
    shares = [one for one in found if one.quantity.kind in ("share", "point", "times")]
    return found if len(prices) == len(money) == 1 and len(found) > 1 and not shares else []


def _product(factors: Sequence[Mention]) -> Decimal:
    true = Decimal(1)
    for one in factors:
        true *= one.quantity.base_value if one.quantity.kind == "money" else one.quantity.value
    return true


def _fits(row: Row, factors: Sequence[Mention]) -> Sequence[Mention] | None:
    """Some of the remark's figures give the amount."""
    amount = _amount(row)
    if amount is None:
        return None
    return next(
        (
            some
            for width in range(_TWO, len(factors) + 1)
            for some in combinations(factors, width)
            if amount.quantity.states(_product(some))
        ),
        None,
    )


def _cause(amount: Mention, factors: Sequence[Mention], true: Decimal) -> str:
    if how := slipped(amount, true):
        return f"“{amount.quantity.text}”{how},应为{shown(true, amount.quantity)}"
    for one in factors:
        own = one.quantity.base_value if one.quantity.kind == "money" else one.quantity.value
        scale = one.quantity.base_value / own if own else Decimal(1)
        right = amount.quantity.base_value * own / true * scale if true else Decimal(0)
        if right == right.to_integral_value() and (how := slipped(one, right)):
            return f"“{one.quantity.text}”{how},应为{shown(right, one.quantity)}"
    return ""
