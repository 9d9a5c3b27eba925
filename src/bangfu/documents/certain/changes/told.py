"""A change that does not come out, in words."""

from __future__ import annotations

from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import retyped
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.certain.changes.pairs import Pair
from bangfu.documents.reading.quantity import Quantity, rounded
from bangfu.documents.reading.structure import Mention


def wrong_percent(percent: Mention, pair: Pair, true: Decimal) -> Relation:
    old, new, change = (
        shown(one, pair.old.quantity) for one in (pair.old_value, pair.new_value, abs(pair.change))
    )
    said = f"{change}÷{old}={shown(true, percent.quantity)},文中写的是{percent.quantity.text}"
    if percent.quantity.cuts_off(true):
        return relation_of(percent, pair, true, said, "没有四舍五入,截去了尾数")
    of_new = pair.new_value > 0 and percent.quantity.states(abs(pair.change) / pair.new_value)
    cause = f"误以{new}作了基数" if of_new else slip_in_words(percent.quantity, true)
    return relation_of(percent, pair, true, said, cause)


def wrong_amount(change: Mention, pair: Pair) -> Relation:
    gap, stated = abs(pair.change), change.quantity
    said = (
        f"{pair.new.quantity.text}与{pair.old.quantity.text}相差{shown(gap, stated)},文中写的是{stated.text}"
    )
    return relation_of(change, pair, gap, said, slip_in_words(stated, rounded(gap, stated.step)))


def slip_in_words(stated: Quantity, true: Decimal) -> str:
    how = retyped(stated, true)
    words = {"swapped": "相邻两个数字写颠倒了", "digit": "有一个数字写错", "dropped": "多写或漏写了一个数字"}
    return words.get(how, "两数改过而它没有改")


def relation_of(stated: Mention, pair: Pair, true: Decimal, said: str, cause: str) -> Relation:
    members = (pair.old.index, pair.new.index)
    return Relation("growth", members, stated.index, true, False, "error", said, cause)


def is_rate_in_units(stated: Quantity, rate: Decimal) -> bool:
    """上年为1.2亿元,今年1.56亿元,增长30万元: thirty per cent."""
    hundredths = stated.value / 100
    return (
        stated.kind == "money"
        and rate >= _LEAST
        and abs(rate - hundredths) <= _HALF * stated.step / _unit(stated)
    )


_LEAST, _HALF = Decimal("0.02"), Decimal("0.005")


def _unit(stated: Quantity) -> Decimal:
    return stated.base_value / stated.value if stated.value else Decimal(1)


def rate_in_units(change: Mention, pair: Pair) -> Relation:
    gap, stated = abs(pair.change), change.quantity
    said = (
        f"{pair.new.quantity.text}与{pair.old.quantity.text}相差{shown(gap, stated)},文中写的是{stated.text}"
    )
    return relation_of(change, pair, gap, said, f"“{stated.text}”可能应为{stated.value.normalize():f}%")
