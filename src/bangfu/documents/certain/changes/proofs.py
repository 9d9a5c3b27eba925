"""Changes where another figure of the text proves which two are meant, and how the third went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import digits
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.changes.near import is_plain
from bangfu.documents.certain.changes.pairs import Pair, value_of
from bangfu.documents.certain.changes.words import has_stop, sign_of
from bangfu.documents.reading.structure import Mention

_FINE = Decimal("0.001")
_DIGITS, _TIMES = 3, 3


def of_new_base(scene: Scene, percent: Mention, by: Mention, pool: Sequence[Mention]) -> Pair | None:
    """四人报酬14.4万元,今年增加1.2万元,增长7.7%: the change was divided by what it is now."""
    if percent.quantity.step > _FINE:
        return None
    return _of_two(percent, by, pool) or _of_nearest(scene, percent, by, pool)


def _of_two(percent: Mention, by: Mention, pool: Sequence[Mention]) -> Pair | None:
    """The change comes out of two figures to the digit, and the rate with the greater of them as base."""
    if digits(by.quantity) < _DIGITS:
        return None
    sign, amount = sign_of(by), value_of(by)
    found: dict[tuple[Decimal, Decimal], Pair] = {}
    for old in pool:
        for new in pool:
            exact = value_of(new) - value_of(old) == sign * amount
            if exact and percent.quantity.states(amount / value_of(new)):
                found.setdefault((value_of(old), value_of(new)), Pair(old, new))
    return next(iter(found.values())) if len(found) == 1 else None


def _of_nearest(scene: Scene, percent: Mention, by: Mention, pool: Sequence[Mention]) -> Pair | None:
    at = scene.place_of(min(by, percent, key=lambda one: one.index))
    old = scene.mentions[at - 1] if at else by
    sign, amount, stated = sign_of(by), value_of(by), percent.quantity
    near = old.sentence == percent.sentence and old.is_like(by) and is_plain(old) and not sign_of(old)
    if not near or by.index > percent.index or has_stop(by.gap) or value_of(old) + sign * amount <= 0:
        return None
    others = {value_of(one) for one in pool} | {value_of(old) - sign * amount}
    others.discard(value_of(old) + sign * amount)
    if any(base > 0 and stated.states(amount / base) for base in others):
        return None
    return Pair(old, by, sign=sign) if stated.states(amount / (value_of(old) + sign * amount)) else None


def proven_by_rate(
    scene: Scene, change: Mention, rate: Mention, olds: Sequence[Mention], pool: Sequence[Mention]
) -> Pair | None:
    """总产41.904万吨。…总产上年40.471万吨,今年多1.344万吨,增长3.5%: the rate is that of the two, the amount is not."""
    sign, stated = sign_of(change), value_of(change)
    if rate.quantity.step > _FINE:
        return None
    for old in olds:
        if rate.quantity.states(stated / value_of(old)):
            return None
        for new in pool:
            gap = sign * (value_of(new) - value_of(old))
            alike = _name(new)[:2] and _name(new)[:2] in _name(old) and new.paragraph == old.paragraph
            if gap > 0 and alike and rate.quantity.states(gap / value_of(old)):
                return Pair(old, new) if gap / _TIMES < stated < gap * _TIMES else None
    return None


def _name(one: Mention) -> str:
    return one.left.strip(" ,、;")
