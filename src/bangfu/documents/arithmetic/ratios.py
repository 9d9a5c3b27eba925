"""One quantity as a share of another: which pair holds, and what is said where none does."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.reading.structure import Mention

_APART = Decimal("1.6")
"""So many times apart no word of approximation brings two shares together."""


def judged(share: Mention, tried: Sequence[tuple[Mention, Mention]], *, settled: bool) -> Relation | None:
    held = holding(share, tried)
    if held is not None:
        return held
    part, whole = tried[0]
    if not whole.quantity.base_value or not share.quantity.base_value:
        return None
    ratio = _ratio(part, whole)
    said = (
        f"{part.quantity.text}÷{whole.quantity.text}={_percent(ratio, share)},文中写的是{share.quantity.text}"
    )
    exact = all(one.quantity.is_exact for one in (share, part, whole))
    cut = share.quantity.cuts_off(ratio)
    apart = (
        not exact
        and ratio
        and max(ratio / share.quantity.base_value, share.quantity.base_value / ratio) > _APART
    )
    holds = False if settled and (exact or apart) else None
    return Relation(
        "share",
        (part.index, whole.index),
        share.index,
        ratio,
        holds,
        "reminder" if cut else "error" if holds is False else "suspicion",
        said if holds is False else f"{said}。请核对这个比例是对哪个数算的",
        "小数直接舍去了,没有四舍五入" if cut else "",
    )


def holding(share: Mention, tried: Sequence[tuple[Mention, Mention]]) -> Relation | None:
    for part, whole in tried:
        if whole.quantity.base_value and _agrees(share, part, whole):
            return Relation("share", (part.index, whole.index), share.index, _ratio(part, whole), True)
    return None


def _ratio(part: Mention, whole: Mention) -> Decimal:
    return part.quantity.base_value / whole.quantity.base_value


def _agrees(share: Mention, part: Mention, whole: Mention) -> bool:
    """Half-up at the stated digits; where the members are rounded themselves, within what they leave open."""
    if share.quantity.states(_ratio(part, whole)):
        return True
    if not all(one.quantity.is_exact for one in (share, part, whole)):
        low, high = share.quantity.bounds()
        part_low, part_high = part.quantity.bounds()
        whole_low, whole_high = whole.quantity.bounds()
        return bool(whole_low > 0 and part_low / whole_high <= high and low <= part_high / whole_low)
    return False


def _percent(ratio: Decimal, share: Mention) -> str:
    if share.quantity.unit != "%":
        return f"{(ratio * 100).quantize(Decimal('0.01'))}%"
    return shown(ratio.quantize(max(share.quantity.step / 10, Decimal("0.00001"))), share.quantity)
