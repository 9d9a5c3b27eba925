"""A share that does not come out, in words."""

from __future__ import annotations

from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.certain.shares.pairs import Pair
from bangfu.documents.certain.shares.slips import slip_of
from bangfu.documents.reading.structure import Mention


def told(share: Mention, pair: Pair) -> Relation:
    part, whole = pair.part.quantity, pair.whole.quantity
    said = f"{part.text}÷{whole.text}={_percent(pair.ratio, share)},文中写的是{share.quantity.text}"
    slip = slip_of(share.quantity, pair)
    return Relation(
        "share",
        (pair.part.index, pair.whole.index),
        share.index,
        pair.ratio,
        False,
        "reminder" if slip.is_cut else "error",
        said,
        slip.cause,
    )


def _percent(ratio: Decimal, share: Mention) -> str:
    if share.quantity.kind == "times":
        return f"{ratio.quantize(Decimal('0.01'))}倍"
    if share.quantity.unit != "%":
        return f"{(ratio * 100).quantize(Decimal('0.01'))}%"
    return shown(ratio.quantize(max(share.quantity.step / 10, Decimal("0.00001"))), share.quantity)
