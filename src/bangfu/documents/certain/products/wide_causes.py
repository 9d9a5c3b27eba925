"""What makes sure that rate, count and amount belong together though they do not agree: a slip, a twin, a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import digits
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.causes import is_exactly, says_much
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.judge import Triple, is_close
from bangfu.documents.certain.products.slips import Slip, slip_of_total
from bangfu.documents.certain.products.wide_owners import names_said
from bangfu.documents.reading.quantity import Quantity, plain

_ASKED = re.compile(
    r"[^。!?]{0,16}(?:怎么|如何|咋|怎样|从哪|哪来|何来|哪里|怎)[^。?]{0,10}\?"
    r"|,?(?:即|也就是|正好是?|恰好是?|刚好是?|等于|系)(?![将使便])"
    r"|[^。!?]{0,8}(?:是这[样么]|这[样么])(?:得|算|来)"
)
_LONG = 4
_FAR = Decimal("2.5")
_MONTHS = tuple(Decimal(one) for one in range(1, 13))


def cause_of(triple: Triple, period: Decimal, rivals: Sequence[Each], *, alone: bool) -> Slip | None:
    total, count = triple.total.quantity, triple.count
    true = triple.product(period)
    cause = slip_of_total(total, true) or _dropped(total, true)
    if cause is not None:
        return cause if _is_telling(triple, true, cause, alone=alone) else None
    named = bool(names_said(triple, rivals)[0]) and digits(total) > 1
    if not (named or (says_much(total) and is_together(triple))) or count is None:
        return None
    for other in rivals:
        rate = other.mention.quantity.base_value
        if other.term == triple.each.term and is_exactly(
            total, true / triple.each.mention.quantity.base_value * rate
        ):
            return Slip(f"误按“{other.mention.quantity.text}”的标准计算", True)
    if triple.each.term == "月" and len(set(triple.periods.all)) == 1:
        for months in _MONTHS:
            if months != period and is_exactly(total, triple.product(months)):
                return Slip(f"按{plain(months)}个月计算的", True)
    return None


def _dropped(total: Quantity, true: Decimal) -> Slip | None:
    """39.84 for 39.984, 13.08 for 13.8."""
    wrote, right = (plain(one).strip("0").replace(".", "") for one in (total.base_value, true))
    short, long = sorted((wrote, right), key=len)
    if (
        len(long) != len(short) + 1
        or len(long) < _LONG
        or total.base_value >= 10 * true
        or true >= 10 * total.base_value
    ):
        return None
    if any(long[:at] + long[at + 1 :] == short for at in range(len(long))):
        return Slip("漏写或多写了一个数字", True)
    return None


def without_doubt(scene: Scene, triple: Triple, out: Sequence[Triple]) -> Slip | None:
    """Words or a twin that comes out leave no doubt what belongs together."""
    period = triple.periods.first or Decimal(1)
    total, end = triple.total, triple.total.quantity.end
    if is_together(triple) and _ASKED.match(scene.reading.flat[end : end + 32]):
        return Slip("", True)
    if not is_close(triple, period, _FAR) or triple.count is None:
        return None
    twins = [
        one
        for one in out
        if one.count is not None
        and one.each.unit == triple.each.unit
        and one.each.term == triple.each.term
        and one.each.mention.quantity.base_value != triple.each.mention.quantity.base_value
        and {triple.each.mention.index - one.each.mention.index, triple.count.index - one.count.index}
        <= {1, 2, 3}
        and 1 <= total.index - one.total.index <= 3
        and total.sentence == one.total.sentence
    ]
    return Slip("", True) if twins and digits(total.quantity) > 1 else None


def _is_telling(triple: Triple, true: Decimal, cause: Slip, *, alone: bool) -> bool:
    """The more digits agree the less it is chance; where nothing else can be meant three are enough."""
    total = triple.total.quantity
    said = len(plain(total.value).replace(".", "").strip("0"))
    if total.kind != "money" and "颠倒" not in cause.words:
        return said > _LONG and alone
    if "错位" in cause.words:
        return is_exactly(total, total.base_value) and (said > 2 or (alone and digits(total) > 1))
    return said > 3 or (said > 2 and (alone or is_together(triple)))


def is_together(triple: Triple) -> bool:
    """The three in one row, with nothing but a term between."""
    places = sorted(one.index for one in triple.mentions)
    return places[-1] - places[0] <= len(places)
