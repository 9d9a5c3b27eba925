"""A change that does not come out, in words."""

from __future__ import annotations

from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import retyped
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.certain.changes.pairs import Pair
from bangfu.documents.reading.quantity import Quantity
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


def slip_in_words(stated: Quantity, true: Decimal) -> str:
    how = retyped(stated, true)
    words = {"swapped": "相邻两个数字写颠倒了", "digit": "有一个数字写错", "dropped": "多写或漏写了一个数字"}
    return words.get(how, "两数改过而它没有改")


def relation_of(stated: Mention, pair: Pair, true: Decimal, said: str, cause: str) -> Relation:
    members = (pair.old.index, pair.new.index)
    return Relation("growth", members, stated.index, true, False, "error", said, cause)
