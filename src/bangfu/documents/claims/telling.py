"""A claim that does not come out -> a relation: what is computed, what the text says instead, and what may have happened."""

from __future__ import annotations

from decimal import Decimal

from bangfu.documents.arithmetic.causes import cause_of_sum
from bangfu.documents.arithmetic.relation import Relation, Severity, shown
from bangfu.documents.claims.claim import Claim
from bangfu.documents.claims.outcome import outcome
from bangfu.documents.reading.quantity import rounded

_CAUSES = {
    "swapped": "相邻两个数字写颠倒了",
    "digit": "有一个数字写错",
    "digit2": "有一个数字写错",
    "dropped": "多写或漏写了一个数字",
    "decimal": "小数点或位数错了",
    "wan": "单位误写(“元”与“万元”)",
    "cut": "小数直接舍去了,没有四舍五入",
    "base": "误以现在的数作了基数",
    "off1": "漏计或多计了一个",
}
_SHORT = Decimal("0.0001")


def doubted(claim: Claim) -> Relation:
    result = outcome(claim)
    members = tuple(one.index for one in claim.members)
    severity: Severity = "reminder" if result == "cut" else "error"
    cause = _cause(claim, result)
    return Relation(
        claim.kind, members, claim.stated.index, claim.computed, False, severity, _said(claim), cause
    )


def _said(claim: Claim) -> str:
    stated = claim.stated.quantity
    way = claim.way or "+".join(one.quantity.text for one in claim.members)
    return f"{way}={shown(_short(claim), stated)},文中写的是{stated.text}"


def _short(claim: Claim) -> Decimal:
    """As many digits as tell it from what is stated."""
    step = claim.stated.quantity.step
    return rounded(claim.computed, max(step / 100, _SHORT)) if claim.computed % step else claim.computed


def _cause(claim: Claim, result: str) -> str:
    if claim.kind == "sum":
        return cause_of_sum([mention.quantity for mention in claim.members], claim.stated.quantity)
    return _CAUSES.get(result, "")
