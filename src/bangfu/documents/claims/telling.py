"""Claims and equations -> relations: what is computed, what the text says instead, and what may have happened."""

from __future__ import annotations

from decimal import Decimal

from bangfu.documents.arithmetic.causes import cause_of_sum
from bangfu.documents.arithmetic.relation import Relation, Severity, shown
from bangfu.documents.claims.claim import Claim
from bangfu.documents.claims.weighing import Weighed
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


def held(one: Weighed) -> Relation:
    claim = one.claim
    return Relation(claim.kind, _places(claim), claim.stated.index, claim.computed, True)


def doubted(one: Weighed, *, sure: bool) -> Relation:
    """An accusation where it is sure, else a question."""
    claim = one.claim
    said = _said(claim)
    if not sure:
        said = f"{said}。请核对"
    severity: Severity = "error" if sure else "suspicion"
    if one.result == "cut":
        severity = "reminder"
    holds = False if sure else None
    return Relation(
        claim.kind, _places(claim), claim.stated.index, claim.computed, holds, severity, said, _cause(one)
    )


def _places(claim: Claim) -> tuple[int, ...]:
    return tuple(one.index for one in claim.members)


def _said(claim: Claim) -> str:
    stated = claim.stated.quantity
    way = claim.way or "+".join(one.quantity.text for one in claim.members)
    return f"{way}={shown(_short(claim), stated)},文中写的是{stated.text}"


def _short(claim: Claim) -> Decimal:
    """As many digits as tell it from what is stated."""
    step = claim.stated.quantity.step
    return rounded(claim.computed, max(step / 100, _SHORT)) if claim.computed % step else claim.computed


def _cause(one: Weighed) -> str:
    claim = one.claim
    if claim.kind == "sum":
        return cause_of_sum([mention.quantity for mention in claim.members], claim.stated.quantity)
    return _CAUSES.get(one.result, "")
