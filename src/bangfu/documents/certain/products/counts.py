"""Which counts may be meant by 每户, 车均, 每个车间."""

from __future__ import annotations

from collections.abc import Sequence

from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.words import (
    ALLOT,
    BARE,
    DAYS_OF_WORK,
    LIMIT,
    OF_ONE,
    ONLY_VERB,
    PLACES,
    PRICED,
    RIGHT_NOUN,
    SIZE,
    THINGS,
    WHOLE,
)
from bangfu.documents.reading.structure import Mention

_SOON = 4
_NO_COUNT = BARE | {"money", "time"}
_PERSONS = frozenset({"人", "名"})
_NOUNS = {"人": "岗", "名": "岗", "岗": "岗"} | {one: one for one in "户村镇乡县"}
_SOLD_KINDS = frozenset({"count", "area", "length", "weight", "floor", "volume", "energy", "power"})


def may_count(each: Each, one: Mention) -> bool:
    """Whether the count is one of the things that the figure is said of."""
    quantity = one.quantity
    if quantity.kind in _NO_COUNT or one is each.mention or quantity.base_value <= 0:
        return False
    by_unit = each.unit and (_is_of_unit(each, one) or (each.unit in _PERSONS and is_day_of_work(each, one)))
    if each.unit and not by_unit:
        return False
    if quantity.base_value % 1 and quantity.kind in WHOLE:
        return False
    if OF_ONE.search(one.left) or _is_size(one) or quantity.per:
        return False
    if each.unit:
        return True
    if each.what == PRICED:
        return quantity.kind in _SOLD_KINDS
    if each.what == ALLOT:
        return one.index == each.mention.index - 1
    if is_day_of_work(each, one):
        return True
    return bool(each.term) and quantity.base_unit in ("人", "户", "人次", "个")


def is_day_of_work(each: Each, one: Mention) -> bool:
    """4000个工日 of 日工资80元: paid once each."""
    unit = one.quantity.base_unit
    return each.term == "天" and (unit in DAYS_OF_WORK or (unit == "个" and one.right.startswith("工")))


def _is_of_unit(each: Each, one: Mention) -> bool:
    """Counts of 个 and 家 only where the noun stands beside them: 车均 of 车间132个."""
    unit = one.quantity.base_unit
    if each.unit == "个":
        starts = [each.noun[:size] for size in (2, 1) if each.noun]
        return unit in THINGS and (not starts or any(_is_named(start, one) for start in starts))
    if each.unit in _NOUNS and unit in ("个", "家"):
        return _is_named(_NOUNS[each.unit], one) or (unit == "家" and each.is_mean)
    if each.unit == "个工" and unit == "个":
        return one.right.startswith("工") or "工" in one.left[-4:]
    if unit in each.units:
        return unit != "个" or _is_named(each.unit, one)
    return (each.is_mean or each.unit in PLACES) and unit in THINGS and _is_named(each.unit, one)


def is_elided(each: Each, one: Mention, named: Sequence[Mention]) -> bool:
    """大棚312个 … 出租265个, 项目64个,已存58个: the noun was said just before, and only a verb stands here."""
    if not each.unit or one.quantity.base_unit not in THINGS or one.quantity.per or one in named:
        return False
    if ONLY_VERB.fullmatch(one.left) is None or one.quantity.base_value % 1 or one.quantity.base_value <= 1:
        return False
    return any(
        0 < one.index - other.index <= _SOON
        and other.quantity.base_unit == one.quantity.base_unit
        and other.paragraph == one.paragraph
        for other in named
    ) and (not one.right or not RIGHT_NOUN.match(one.right))


def _is_size(one: Mention) -> bool:
    """路面宽3.5米: the size of one thing."""
    return one.quantity.base_unit == "米" and bool(
        SIZE.search(one.left) or one.right.startswith(("宽", "高", "深", "厚", "口径"))
    )


def is_limit(one: Mention) -> bool:
    return bool(LIMIT.search(one.left))


def _is_named(noun: str, one: Mention) -> bool:
    return noun in one.right[:4] or noun in one.left[-8:]
