"""Whether a claim comes out, and if not, which slip of the pen explains it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import digits, retyped
from bangfu.documents.claims.claim import Claim
from bangfu.documents.reading.quantity import Quantity, rounded

_COUNTED = frozenset({"sum", "difference", "growth"})
VAGUE = frozenset({"far", "near50", "near20"})
"""Results that say nothing by themselves."""
_POWERS = {
    1: "decimal",
    2: "decimal",
    3: "decimal",
    -1: "decimal",
    -2: "decimal",
    -3: "decimal",
    4: "wan",
    -4: "wan",
}
_NEAR = ((0.01, "near1"), (0.05, "near5"), (0.2, "near20"), (0.5, "near50"))


def outcome(claim: Claim) -> str:
    """holds, or the slip that explains the difference, or how near it comes; far where it does not."""
    return "holds" if holds(claim) else next(_slips(claim), "far")


def holds(claim: Claim) -> bool:
    """Half-up at the digits stated; where members or result are rounded themselves, within what they leave open."""
    stated = claim.stated.quantity
    if (
        stated.kind == "share"
        and any(word in stated.text for word in _SPOKEN)
        and not stated.text.startswith("百分之")
    ):
        return _comes_near(claim)
    if stated.is_exact:
        if (
            abs(claim.computed - stated.base_value) <= stated.step
            and rounded(claim.computed, stated.step) == stated.base_value
        ):
            return True
        if claim.low == claim.high:
            return claim.low == stated.base_value
        return (
            claim.low < stated.base_value + stated.step / 2
            and stated.base_value - stated.step / 2 <= claim.high
        )
    low, high = stated.bounds()
    return claim.low <= high and low <= claim.high


_SPOKEN = ("成", "分之")
"""七成, 三分之一: said of what is near it."""


def _comes_near(claim: Claim) -> bool:
    stated = claim.stated.quantity
    slack = abs(stated.base_value) * Decimal("0.12")
    return claim.low <= stated.base_value + slack and stated.base_value - slack <= claim.high


def _slips(claim: Claim) -> Iterator[str]:
    stated, computed = claim.stated.quantity, claim.computed
    ratio = float(computed) / float(stated.base_value) if stated.base_value else 99.0
    if claim.kind == "growth" and stated.is_exact and _is_of_new_base(claim):
        yield "base"
    if stated.is_exact and ratio > 0:
        if stated.cuts_off(computed):
            yield "cut"
        how = retyped(stated, computed) if 0.05 < ratio < 20 else ""
        if (
            claim.kind in _COUNTED
            and stated.step == 1
            and abs(computed - stated.base_value) == 1
            and stated.base_value > 9
        ):
            yield "off1"
        if how:
            yield how if how != "digit" else "digit" if digits(stated) > 2 else "digit2"
        yield from _powers(stated, computed, ratio)
        if claim.kind in ("sum", "difference") and 0.2 < ratio < 5:
            yield from _slips_of_members(claim)
    gap = abs(ratio - 1)
    for limit, name in _NEAR:
        if gap <= limit:
            yield name
            return


def _powers(stated: Quantity, computed: Decimal, ratio: float) -> Iterator[str]:
    """A point moved, or 万 left out."""
    power = round(math.log10(ratio))
    if power in _POWERS and abs(ratio / 10.0**power - 1) < 0.02 and stated.states(computed.scaleb(-power)):
        yield _POWERS[power]


def _slips_of_members(claim: Claim) -> Iterator[str]:
    stated = claim.stated.quantity
    difference = stated.base_value - claim.computed
    for at, one in enumerate(claim.members):
        sign = -1 if claim.kind == "difference" and at else 1
        value = one.quantity.base_value
        if len(claim.members) > 2 and abs(difference + sign * value) < stated.step:
            yield "omitted"
            return
        if len(claim.members) > 2 and abs(difference - sign * value) < stated.step:
            yield "doubled"
            return
    for at, one in enumerate(claim.members):
        sign = -1 if claim.kind == "difference" and at else 1
        if not _may_be_digit(difference / one.quantity.step):
            continue
        how = retyped(one.quantity, one.quantity.base_value + sign * difference)
        if how in ("digit", "swapped"):
            yield f"member.{how}"
            return


def _may_be_digit(steps: Decimal) -> bool:
    """One wrong digit changes a figure by 1 to 9 in its place, two swapped ones by nine times that."""
    number = abs(int(steps.to_integral_value()))
    while number and number % 10 == 0:
        number //= 10
    return 0 < number < 10 or (number % 9 == 0 and 0 < number <= 72)


def cues_of(claim: Claim, result: str) -> Iterator[str]:
    """The outcome as names of weights: the fewer digits, the likelier a coincidence."""
    size = min(digits(claim.stated.quantity), 5)
    yield f"is:{result}"
    if result == "holds":
        yield f"holds:digits={size}"
        if not claim.stated.quantity.is_exact:
            yield "holds:rough"
        return
    yield "fails"
    if result != "far":
        yield f"slip:digits={size}"
    if claim.computed > claim.stated.quantity.base_value:
        yield "fails:over"


def _is_of_new_base(claim: Claim) -> bool:
    """The rise as a share of the new figure instead of the old one."""
    old, new = (one.quantity.base_value for one in claim.members)
    stated = claim.stated.quantity
    if stated.kind != "share" or not new or claim.members[0].quantity.kind == "share":
        return False
    return stated.states((abs(new - old) if claim.way.startswith("(") else old) / new)


def class_of(result: str) -> str:
    """holds, a slip of the pen, near, or far."""
    if result in ("holds", "far"):
        return result
    if result in ("near5", "near20", "near50"):
        return "near"
    return "slip"
