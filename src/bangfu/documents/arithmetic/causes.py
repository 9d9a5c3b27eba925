"""Why a sum may not come out: an item left out or counted twice, digits swapped or mistyped, a unit slipped, an item mistaken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from bangfu.documents.arithmetic.relation import shown
from bangfu.documents.reading.quantity import Quantity, plain, rounded


def cause_of_sum(members: Sequence[Quantity], total: Quantity) -> str:
    """The first explanation that makes the sum come out exactly, in words; "" where none does."""
    return next(_explanations(members, total), "")


def slip_of_digits(members: Sequence[Quantity], total: Quantity) -> bool:
    """Whether one mistyped or swapped digit, in a member or the total, explains the difference."""
    amount = _sum(members)
    if any(
        total.states(amount - one.base_value + other)
        for one in members
        for other, how in _retyped(one)
        if how
    ):
        return True
    return any(rounded(amount, total.step) == other for other, how in _retyped(total) if how)


def is_swapped(stated: Quantity, true: Decimal) -> bool:
    """Whether two neighbouring digits swapped turn what is true into what is stated."""
    return any(value == true for value, _ in _swapped(stated.value, stated.base_value))


def is_mistyped(stated: Quantity, true: Decimal) -> bool:
    """Whether a swap of digits, or one wrong among three or more, turns what is true into what is stated."""
    if not stated.is_exact:
        return False
    right, digits = rounded(true, stated.step), sum(char.isdigit() for char in plain(stated.value))
    may_be = _retyped(stated) if digits > 2 else _swapped(stated.value, stated.base_value)
    return any(value == right for value, _ in may_be)


def _explanations(members: Sequence[Quantity], total: Quantity) -> Iterator[str]:
    amount = _sum(members)
    difference = amount - total.base_value
    for one in members:
        if total.states(amount - one.base_value):
            yield f"“{one.text}”没有计入“{total.text}”"
        if total.states(amount + one.base_value):
            yield f"“{one.text}”重复计入了“{total.text}”"
    for one in members:
        for factor, words in _SLIPS:
            if total.states(amount - one.base_value + one.base_value * factor):
                yield f"“{one.text}”的{words},应为{shown(one.base_value * factor, one)}"
    for other, how in _retyped(total):
        if how and rounded(amount, total.step) == other:
            yield f"“{total.text}”{how},应为{shown(other, total)}"
    for one in members:
        for other, how in _retyped(one):
            if how and total.states(amount - one.base_value + other):
                yield f"“{one.text}”{how},应为{shown(other, one)}"
    if total.kind == "money" and abs(difference) <= total.step * len(members) / 2:
        yield "各项四舍五入的尾差"


_SLIPS = (
    (Decimal(10_000), "单位误写(少写了“万”)"),
    (Decimal("0.0001"), "单位误写(多写了“万”)"),
    (Decimal(10), "小数点或位数错了一位"),
    (Decimal("0.1"), "小数点或位数错了一位"),
)


def common_item(
    counts: Sequence[Quantity], amounts: Sequence[Quantity], count_total: Quantity, amount_total: Quantity
) -> str:
    """Where both series fail: the one item whose count and amount, lowered or raised together, mend both."""
    count_gap = _sum(counts) - count_total.base_value
    amount_gap = rounded(_sum(amounts), amount_total.step) - amount_total.base_value
    if not count_gap or not amount_gap or (count_gap > 0) != (amount_gap > 0):
        return ""
    found = []
    for count, amount in zip(counts, amounts, strict=True):
        right = count.base_value - count_gap
        if not count.base_value or right <= 0:
            continue
        each = amount.base_value / count.base_value
        if abs(each * count_gap - amount_gap) <= amount_total.step / 2:
            found.append((_changed(count.base_value, right), count, amount, right, each))
    if not found:
        return ""
    _, count, amount, right, each = min(found, key=lambda one: one[0])
    right_amount = shown(amount.base_value - each * count_gap, amount)
    gaps = f"{plain(abs(count_gap))}{count_total.base_unit}、{shown(abs(amount_gap), amount_total)}"
    return f"两处差额({gaps})指向同一项:“{count.text}{amount.text}”合计时按{shown(right, count)}、{right_amount}计算"


def _changed(first: Decimal, second: Decimal) -> int:
    """How many digits differ: one mistyped digit is likelier than two."""
    one, two = plain(first), plain(second)
    return sum(left != right for left, right in zip(one, two, strict=False)) + abs(len(one) - len(two)) * 2


def _sum(members: Sequence[Quantity]) -> Decimal:
    return sum((one.base_value for one in members), Decimal(0))


Retyped = tuple[tuple[Decimal, str], ...]


def _retyped(quantity: Quantity) -> Retyped:
    """The values that a swap of neighbouring digits or one wrong digit would turn into what is written."""
    value, base = quantity.value, quantity.base_value
    return _swapped(value, base) + _mistyped(value, base)


@lru_cache(maxsize=10_000)
def _swapped(value: Decimal, base: Decimal) -> Retyped:
    digits, factor, found = plain(value), _factor(value, base), []
    for at in range(len(digits) - 1):
        pair = digits[at : at + 2]
        if pair.isdigit() and pair[0] != pair[1]:
            true = Decimal(digits[:at] + pair[::-1] + digits[at + 2 :])
            found.append((true * factor, "相邻两个数字写颠倒了"))
        around = digits[at : at + 3]
        if len(around) == 3 and around[1] == "." and around[0] != around[2]:
            true = Decimal(digits[:at] + around[::-1] + digits[at + 3 :])
            found.append((true * factor, "小数点两边的数字写颠倒了"))
    return tuple(found)


@lru_cache(maxsize=10_000)
def _mistyped(value: Decimal, base: Decimal) -> Retyped:
    digits, factor = plain(value), _factor(value, base)
    return tuple(
        (Decimal(digits[:at] + other + digits[at + 1 :]) * factor, "有一个数字写错")
        for at, char in enumerate(digits)
        if char.isdigit()
        for other in "0123456789"
        if other != char and not (at == 0 and other == "0")
    )


def _factor(value: Decimal, base: Decimal) -> Decimal:
    return base / value if value else Decimal(1)
