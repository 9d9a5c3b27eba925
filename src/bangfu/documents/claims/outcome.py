"""Whether a claim comes out, and if not, which slip of the pen explains it."""

from __future__ import annotations

import math
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import digits, retyped
from bangfu.documents.claims.claim import Claim
from bangfu.documents.reading.quantity import Quantity, rounded

_COUNTED = frozenset({"sum", "difference", "growth"})
_ADDED = frozenset({"sum", "difference"})
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
_FAR = 0.5


def outcome(claim: Claim) -> str:
    """holds, or the slip that explains the difference, or how near it comes; far where it does not."""
    if holds(claim):
        return "holds"
    stated = claim.stated.quantity
    ratio = float(claim.computed) / stated.size if stated.base_value else 99.0
    slip = _slip(claim, ratio) if stated.is_exact else ""
    return slip or _nearness(abs(ratio - 1))


def holds(claim: Claim) -> bool:
    """Half-up at the digits stated; where members or result are rounded themselves, within what they leave open."""
    stated = claim.stated.quantity
    if stated.kind == "share" and _is_spoken(stated.text):
        return _comes_near(claim)
    if not stated.is_exact:
        low, high = stated.bounds()
        return claim.low <= high and low <= claim.high
    value, step = stated.base_value, stated.step
    if abs(claim.computed - value) <= step and rounded(claim.computed, step) == value:
        return True
    if claim.low == claim.high:
        return claim.low == value
    half = step / 2
    return claim.low < value + half and value - half <= claim.high


def _is_spoken(text: str) -> bool:
    """七成, 三分之一: said of what is near it."""
    return ("成" in text or "分之" in text) and not text.startswith("百分之")


def _comes_near(claim: Claim) -> bool:
    stated = claim.stated.quantity
    slack = abs(stated.base_value) * Decimal("0.12")
    return claim.low <= stated.base_value + slack and stated.base_value - slack <= claim.high


def _nearness(gap: float) -> str:
    return next((name for limit, name in _NEAR if gap <= limit), "far") if gap <= _FAR else "far"


def _slip(claim: Claim, ratio: float) -> str:
    """The first that explains the difference; empty where none does."""
    if claim.kind == "growth" and _is_of_new_base(claim):
        return "base"
    if ratio <= 0:
        return ""
    slip = _slip_of_stated(claim, ratio)
    if not slip and claim.kind in _ADDED and 0.2 < ratio < 5:
        return _slip_of_members(claim)
    return slip


def _slip_of_stated(claim: Claim, ratio: float) -> str:
    stated, computed = claim.stated.quantity, claim.computed
    if stated.cuts_off(computed):
        return "cut"
    if (
        stated.step == 1
        and claim.kind in _COUNTED
        and abs(computed - stated.base_value) == 1
        and stated.base_value > 9
    ):
        return "off1"
    how = retyped(stated, computed) if 0.05 < ratio < 20 else ""
    if how:
        return how if how != "digit" else "digit" if digits(stated) > 2 else "digit2"
    return "" if 0.11 < ratio < 9.7 else _power(stated, computed, ratio)


def _power(stated: Quantity, computed: Decimal, ratio: float) -> str:
    """A point moved, or 万 left out."""
    power = round(math.log10(ratio))
    moved = power in _POWERS and abs(ratio / 10.0**power - 1) < 0.02
    return _POWERS[power] if moved and stated.states(computed.scaleb(-power)) else ""


def _slip_of_members(claim: Claim) -> str:
    difference = claim.stated.quantity.base_value - claim.computed
    if len(claim.members) > 2 and (slip := _miscounted(claim, difference)):
        return slip
    turned = claim.kind == "difference"
    likely: dict[Decimal, bool] = {}
    for at, mention in enumerate(claim.members):
        one = mention.quantity
        if one.step not in likely:
            likely[one.step] = _may_be_digit(difference / one.step)
        if not likely[one.step]:
            continue
        how = retyped(one, one.base_value - difference if turned and at else one.base_value + difference)
        if how in ("digit", "swapped"):
            return f"member.{how}"
    return ""


def _miscounted(claim: Claim, difference: Decimal) -> str:
    """A member left out or counted twice explains the difference."""
    step = claim.stated.quantity.step
    amount = abs(float(difference))
    slack = float(step) * 1.01 + amount * 1e-9
    for at, mention in enumerate(claim.members):
        one = mention.quantity
        if abs(abs(one.size) - amount) > slack:
            continue
        value = -one.base_value if claim.kind == "difference" and at else one.base_value
        if abs(difference + value) < step:
            return "omitted"
        if abs(difference - value) < step:
            return "doubled"
    return ""


def _may_be_digit(steps: Decimal) -> bool:
    """One wrong digit changes a figure by 1 to 9 in its place, two swapped ones by nine times that."""
    number = abs(int(steps.to_integral_value()))
    while number and number % 10 == 0:
        number //= 10
    return 0 < number < 10 or (number % 9 == 0 and 0 < number <= 72)


def _is_of_new_base(claim: Claim) -> bool:
    """The rise as a share of the new figure instead of the old one."""
    old, new = (one.quantity.base_value for one in claim.members)
    stated = claim.stated.quantity
    if stated.kind != "share" or not new or claim.members[0].quantity.kind == "share":
        return False
    return stated.states((abs(new - old) if claim.way.startswith("(") else old) / new)
