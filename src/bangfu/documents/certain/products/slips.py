"""Single slips of the pen that make a count, a figure for one and an amount agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from bangfu.documents.arithmetic.causes import is_mistyped, is_swapped
from bangfu.documents.arithmetic.relation import shown
from bangfu.documents.certain.products.judge import Triple, is_close
from bangfu.documents.reading.quantity import Quantity, plain, rounded

_LONG = 3
_ONE, _TEN = Decimal(1), Decimal(10)
POWERS = tuple(Decimal(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))
_AREAS = {"亩": Decimal(1), "公顷": Decimal(15)}
_SWAPPED, SHIFTED, _TYPED = "相邻两个数字写颠倒了", "小数点或单位错位", "有一个数字写错"


@dataclass(frozen=True)
class Slip:
    """`strong` where chance would hardly bring it about."""

    words: str
    strong: bool


def slip(triple: Triple, period: Decimal) -> Slip | None:
    """What single slip of the pen makes the three agree; None where none does."""
    found = (
        _lost_ten_thousand(triple, period)
        or _shifted(triple, period)
        or _halved(triple, period)
        or _other_unit(triple, period)
        or _lost_digit(triple, period)
        or _dropped_from_whole(triple, period)
    )
    if found is not None or not is_close(triple, period, _TEN):
        return found
    return _swapped(triple, period) or _mistyped(triple, period) or _miscounted(triple, period)


def _lost_ten_thousand(triple: Triple, period: Decimal) -> Slip | None:
    """An amount below the figure for one, 11户×2万元=22元."""
    each, total = triple.each.mention.quantity, triple.total.quantity
    if total.base_value >= each.base_value:
        return None
    mended = total.states(triple.product(period) / 10_000)
    if mended or (triple.is_mean and each.states(triple.mean(period) * 10_000)):
        return Slip("少写了“万”", True)
    return None


def _shifted(triple: Triple, period: Decimal) -> Slip | None:
    """A standard is not worked out and so not rounded: of it only the amount can be shifted."""
    product = triple.product(period)
    for stated, true in _sides(triple, period)[: 1 + triple.is_mean]:
        if any(_is_shifted(stated, true, factor) for factor in POWERS):
            digits = min(
                digits_of(triple.each.mention.quantity) if triple.is_mean else 9,
                digits_of(triple.total.quantity),
            )
            exact = any(product * factor == triple.total.quantity.base_value for factor in POWERS)
            return Slip(SHIFTED, digits + exact > 2 or (exact and _is_long(triple)))
    return None


def _is_long(triple: Triple) -> bool:
    """1284户, 256.8万元: so many digits hardly divide to a round figure by chance."""
    count = digits_of(triple.count.quantity) if triple.count is not None else 0
    return digits_of(triple.total.quantity) > 3 and count > 2


def _lost_digit(triple: Triple, period: Decimal) -> Slip | None:
    """8.14 for 80.14."""
    for stated, true in _sides(triple, period)[: 1 + triple.is_mean]:
        said = plain(stated.value)
        for step in (stated.step, stated.step / 10):
            right = plain(rounded(true, step) * stated.value / stated.base_value)
            longer = (
                len(right) == len(said) + 1 and digits_of(stated) > 1 + (step == stated.step) and "." in said
            )
            if longer and any(
                right[:at] + right[at + 1 :] == said and right[at] == "0" for at in range(len(right))
            ):
                return Slip("漏写了一个0", digits_of(stated) > 2)
    return None


def _halved(triple: Triple, period: Decimal) -> Slip | None:
    """320亩×150公斤=48000斤: 斤 for 公斤 or the other way."""
    weighed = triple.each.mention.quantity
    if (
        weighed.kind == "weight"
        and not triple.total.quantity.unit.endswith("斤")
        and weighed.unit.endswith("斤")
    ):
        half = Decimal("0.5") if weighed.unit.endswith("公斤") else Decimal(2)
        if digits_of(triple.total.quantity) > 1 and triple.total.quantity.states(
            triple.product(period) * half
        ):
            return Slip("“斤”与“公斤”写混了", True)
    for stated, true in _sides(triple, period):
        half = Decimal(2) if stated.unit.endswith("公斤") else Decimal("0.5")
        if stated.unit.endswith("斤") and digits_of(stated) > 1 and stated.states(true * half):
            return Slip("“斤”与“公斤”写混了", True)
    return None


def _other_unit(triple: Triple, period: Decimal) -> Slip | None:
    """386万亩÷3216人=1200公顷: the number is right by another unit of area."""
    for stated, true in _sides(triple, period)[: 1 + triple.is_mean]:
        if stated.kind != "area" or stated.unit.removeprefix("万") not in _AREAS:
            continue
        own = _AREAS[stated.unit.removeprefix("万")]
        for name, size in _AREAS.items():
            if size != own and digits_of(stated) > 1 and stated.states(true / size * own):
                return Slip(f"“{name}”写成了“{stated.unit}”", True)
    return None


def _dropped_from_whole(triple: Triple, period: Decimal) -> Slip | None:
    """336户、283人,户均3.8人: the first digit of 1283 is lost, where the mean is far from what stands there."""
    total, each = triple.total.quantity, triple.each.mention.quantity
    if not triple.is_mean or is_close(triple, period, Decimal(2)) or digits_of(each) < 2:
        return None
    places = [one.index for one in triple.mentions]
    if triple.count is None or triple.count.is_like(triple.total) or total.kind == "money":
        return None
    if max(places) - min(places) >= len(places):
        return None
    said, factor = plain(total.value), total.base_value / total.value
    whole = triple.number * period / triple.each.scale
    if len(said) < _LONG:
        return None
    if any(each.states(Decimal(digit + said) * factor / whole) for digit in "123456789"):
        return Slip(f"“{total.text}”前面漏写了一个数字", True)
    if any(each.states(Decimal(said[:at] + said[at + 1 :]) * factor / whole) for at in range(len(said))):
        return Slip(f"“{total.text}”多写了一个数字", True)
    return None


def _sides(triple: Triple, period: Decimal) -> tuple[tuple[Quantity, Decimal], ...]:
    """What is stated beside what it should be, if all else is right."""
    return (
        (triple.total.quantity, triple.product(period)),
        (triple.each.mention.quantity, triple.mean(period)),
    )


def _swapped(triple: Triple, period: Decimal) -> Slip | None:
    """In the amount, in the figure for one (rounded or cut off), or in the amount that a rounded figure was worked out from."""
    each, total = triple.each.mention.quantity, triple.total.quantity
    for stated, true in _sides(triple, period):
        floor = (true / stated.step).to_integral_value(ROUND_FLOOR) * stated.step
        if is_swapped(stated, rounded(true, stated.step)) or (stated is each and is_swapped(stated, floor)):
            return Slip(_SWAPPED, len(plain(stated.value).replace(".", "")) > 2)
    factor = triple.number * period / triple.each.scale
    if triple.is_mean and any(each.states(other / factor) for other in _swaps(total)):
        return Slip(f"“{total.text}”{_SWAPPED}", digits_of(each) > 2)
    return None


def _mistyped(triple: Triple, period: Decimal) -> Slip | None:
    for stated, true in _sides(triple, period):
        if is_mistyped(stated, true):
            return Slip(_TYPED, digits_of(stated) > 3)
    each = triple.each.mention.quantity
    return Slip(_TYPED, False) if triple.is_mean and _is_one_off(each, triple.mean(period)) else None


def _is_one_off(stated: Quantity, true: Decimal) -> bool:
    """2.3 for 2.1: one of two digits, where the true mean has no more."""
    said, right = plain(stated.value), plain(stated.value / stated.base_value * true)
    differ = sum(one != other for one, other in zip(said, right, strict=False))
    return len(said) == len(right) and digits_of(stated) > 1 and differ == 1


def _miscounted(triple: Triple, period: Decimal) -> Slip | None:
    """The amount is right for a count with two digits the other way round, or with one other digit."""
    if triple.count is None or triple.is_mean:
        return None
    each, total, count = triple.each.mention.quantity, triple.total.quantity, triple.count.quantity
    right = total.base_value / (each.base_value / triple.each.scale * period)
    if right != right.to_integral_value():
        return None
    swapped = is_swapped(count, right)
    if swapped or is_mistyped(count, right):
        return Slip(f"按{shown(right, count)}计算的", swapped and digits_of(count) > 2)
    return None


def _swaps(quantity: Quantity) -> Iterator[Decimal]:
    digits = plain(quantity.value)
    factor = quantity.base_value / quantity.value
    for at in range(len(digits) - 1):
        pair = digits[at : at + 2]
        if pair.isdigit() and pair[0] != pair[1]:
            yield Decimal(digits[:at] + pair[::-1] + digits[at + 2 :]) * factor


def slip_of_total(total: Quantity, true: Decimal) -> Slip | None:
    """What turns the true amount into the one stated."""
    if any(_is_shifted(total, true, factor) for factor in POWERS):
        return Slip(SHIFTED, True)
    if is_swapped(total, rounded(true, total.step)):
        return Slip(_SWAPPED, True)
    return Slip(_TYPED, True) if is_mistyped(total, true) else None


def _is_shifted(stated: Quantity, true: Decimal, factor: Decimal) -> bool:
    """Zeros at the end of what is stated (6160) may be rounding."""
    last = stated.step * 10 ** _zeros(stated)
    slack = last / 2 if last * 100 <= stated.base_value else stated.step / 2
    return abs(true * factor - stated.base_value) <= slack or (
        rounded(true, stated.step) * factor == stated.base_value != 0
    )


def _zeros(quantity: Quantity) -> int:
    digits = plain(quantity.value)
    return 0 if "." in digits else len(digits) - len(digits.rstrip("0"))


def digits_of(quantity: Quantity) -> int:
    """How many digits say something: zeros at the end are rounding."""
    return len(plain(quantity.value).replace(".", "").strip("0"))
