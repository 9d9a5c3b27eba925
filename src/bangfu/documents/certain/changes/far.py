"""Growth told beside what it was, where what it is stands further off, or where the rate proves which two are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.changes.near import (
    alike_before,
    bases_before,
    is_past,
    is_plain,
    is_same_thing,
    names_of,
    neighbours,
    shares_words,
)
from bangfu.documents.certain.changes.pairs import Pair, names_other
from bangfu.documents.certain.changes.proofs import of_new_base, proven_by_rate
from bangfu.documents.certain.changes.told import relation_of, slip_in_words, wrong_percent
from bangfu.documents.certain.changes.words import has_stop, sign_of
from bangfu.documents.certain.remainders.slips import slip, swapped
from bangfu.documents.reading.structure import Mention

_MANY = Decimal(10_000)
_FINE = Decimal("0.001")
_NEAR = 12
_SHIFTS = (Decimal(10), Decimal("0.1"))
_EXTENT = re.compile(r"^,?(?:调整|变动|变化|增减|浮动|升降)?(?:的)?(?:幅度|幅)(?:为|达|达到|约|是)?$")


def far_percent(scene: Scene, percent: Mention) -> Iterator[Relation]:
    by = next((one for one in neighbours(scene, percent) if is_plain(one)), None)
    pair = _by_amount(scene, percent, by) if by else _by_rate(scene, percent)
    if pair is not None:
        yield wrong_percent(percent, pair, abs(pair.change) / pair.old_value)


def _by_amount(scene: Scene, percent: Mention, by: Mention) -> Pair | None:
    """B…上年A,增加C,增长p: C comes out of A and B; or p was computed of C with A+C as the base."""
    sign, stated = sign_of(by), percent.quantity
    amount = by.quantity.base_value
    first = min(by, percent, key=lambda one: one.index)
    pool = alike_before(scene, first, by)
    bases = [one for one in bases_before(scene, first) if one.is_like(by)]
    for old in bases:
        for new in pool:
            if by.quantity.states(sign * (_value(new) - _value(old))):
                ratio = amount / _value(old)
                return None if _comes_near(percent, ratio) else Pair(old, new)
    grown = [_value(one) + sign * amount for one in bases or pool]
    if any(
        _comes_near(percent, amount / _value(one))
        for one in pool[:_NEAR]
        if not any(one.quantity.states(value) for value in grown)
    ):
        return None
    for old in bases or pool[:4]:
        base = old.quantity.base_value
        if base + sign * amount <= 0:
            continue
        pair = next((Pair(old, new) for new in pool if by.quantity.states(sign * (_value(new) - base))), None)
        of_new = stated.states(amount / (base + sign * amount))
        if pair is not None and (bases or _is_sure(scene, percent, pair, of_new)):
            return pair
        if bases and of_new:
            return Pair(old, by, sign=sign)
    return of_new_base(scene, percent, by, pool)


def _is_sure(scene: Scene, percent: Mention, pair: Pair, of_new: bool) -> bool:
    """Where no word says which figure it was before, both stand near and the rate is wrong in a way that is known."""
    if any(one.paragraph != percent.paragraph for one in (pair.old, pair.new)):
        return False
    true = abs(pair.change) / pair.old_value
    shifted = any(percent.quantity.states(true * far) for far in _SHIFTS)
    return of_new or shifted or slip(percent.quantity, true) == "clear"


def extent(scene: Scene, percent: Mention) -> Iterator[Relation]:
    """由4元调为5元,调高1元,幅度为20%: the direction is said of the figure before."""
    at = scene.place_of(percent)
    by = scene.mentions[at - 1] if at else percent
    if _EXTENT.search(percent.left) and by.sentence == percent.sentence and sign_of(by) and is_plain(by):
        pair = _by_amount(scene, percent, by)
        if pair is not None:
            yield wrong_percent(percent, pair, abs(pair.change) / pair.old_value)


def _comes_near(percent: Mention, ratio: Decimal) -> bool:
    return percent.quantity.states(ratio) or percent.quantity.cuts_off(ratio)


def _by_rate(scene: Scene, percent: Mention) -> Pair | None:
    """B…上年A,增长p: p was computed with B as the base, or is B in hundredths of A."""
    sign, stated = sign_of(percent), percent.quantity
    pairs: list[Pair] = []
    for old in bases_before(scene, percent):
        base = _value(old)
        near = [one for one in scene.after(old)[:2] if one.index < percent.index and one.is_like(old)]
        for new in [*(one for one in near if is_plain(one)), *alike_before(scene, old, old)]:
            change = sign * (_value(new) - base)
            if _comes_near(percent, change / base):
                return None
            if _is_of_other(scene, percent, new):
                continue
            if change > 0 and not sign_of(new) and is_same_thing(scene, new, percent, old):
                pairs += [Pair(old, new)]
    return next((pair for pair in pairs if _is_slip_of(scene, percent, pair)), None) if stated.step else None


def of_new_total(scene: Scene, percent: Mention) -> Iterator[Relation]:
    """净增150户,总量达到1650户,较年初增长9.1%: the increase was divided by what it has led to."""
    before = scene.before(percent)[-_TWO:]
    if (
        len(before) < _TWO
        or before[1].index + 1 != percent.index
        or has_stop(percent.gap)
        or names_other(percent)
    ):
        return
    by, new = before
    plain = is_plain(by) and is_plain(new) and by.is_like(new) and bool(sign_of(by)) and not sign_of(new)
    against = _AGAINST.search(percent.left) is not None and _REACHED.search(new.left) is not None
    if not plain or sign_of(by) != sign_of(percent) or not against:
        return
    pair, stated = Pair(by, new, sign=sign_of(by)), percent.quantity
    if pair.old_value > 0 and stated.states(_value(by) / _value(new)):
        true = abs(pair.change) / pair.old_value
        if not stated.states(true):
            yield wrong_percent(percent, pair, true)


_AGAINST = re.compile(r"[比较]")
_REACHED, _TWO = re.compile(r"达到?|总|累计|至|到|现有|共|为"), 2


def _is_of_other(scene: Scene, percent: Mention, new: Mention) -> bool:
    """旅客4.6万人次,上年同期4万人次,旅游收入增长18%."""
    own = names_of(percent.left)
    return names_other(percent) and bool(own) and not own & names_of(new.left + scene.label(new))


def _is_slip_of(scene: Scene, percent: Mention, pair: Pair) -> bool:
    stated, change = percent.quantity, abs(pair.change)
    near = pair.new.sentence >= pair.old.sentence - 1
    if stated.states(change / pair.new_value):
        return near or stated.step <= _FINE or shares_words(scene, pair.new, percent)
    if (
        pair.change > 0
        and stated.states(pair.new_value / pair.old_value)
        and pair.old_value != pair.new_value
    ):
        return stated.base_value > 1
    if swapped(stated, change / pair.old_value):
        return shares_words(scene, pair.new, percent)
    return _is_head(scene, pair, percent) and bool(slip(stated, change / pair.old_value))


def _is_head(scene: Scene, pair: Pair, percent: Mention) -> bool:
    """搬迁群众13640元,比全县平均的14120元低480元,去年为12400元,增长11%: the sentence begins with what it is."""
    first = next((one for one in scene.before(percent) if one.is_like(pair.old)), None)
    return first is pair.new and scene.place_of(percent) == scene.place_of(pair.old) + 1


def far_amount(scene: Scene, change: Mention) -> Iterator[Relation]:
    """今年增加112人,增长4.4%, where 2412 and 2310 give 4.4% and 102; 今年多15.74万元, where they give 15.47."""
    rate = next((one for one in neighbours(scene, change) if one.quantity.kind == "share"), None)
    sign, stated = sign_of(change), change.quantity
    first = min(change, rate, key=lambda one: one.index) if rate else change
    pool = alike_before(scene, first, change)
    near = {
        one.index for one in scene.mentions[max(0, scene.place_of(first) - _NEAR) : scene.place_of(first)]
    }
    olds = [one for one in pool if one.index in near]
    if any(stated.states(sign * (_value(new) - _value(old))) for old in olds for new in pool):
        return
    pair = _of_rate(change, rate, olds, pool) if rate else None
    if pair is None and rate:
        pair = proven_by_rate(scene, change, rate, [one for one in olds if is_past(scene, one)], pool)
    if pair is None:
        bases = [one for one in bases_before(scene, first) if one.is_like(change)]
        pair = _swapped_of(scene, change, bases, pool)
        if pair is None and rate:
            yield from _wrong_new(scene, change, rate, bases)
    if pair is not None:
        yield _wrong_amount(change, pair)


def _of_rate(change: Mention, rate: Mention, olds: Sequence[Mention], pool: Sequence[Mention]) -> Pair | None:
    sign = sign_of(change)
    found: dict[Decimal, Pair] = {}
    for old in olds:
        for new in pool:
            gap = sign * (_value(new) - _value(old))
            if gap > 0 and rate.quantity.states(gap / _value(old)) and slip(change.quantity, gap):
                found.setdefault(gap, Pair(old, new))
    return next(iter(found.values())) if len(found) == 1 else None


def _swapped_of(
    scene: Scene, change: Mention, bases: Sequence[Mention], pool: Sequence[Mention]
) -> Pair | None:
    for old in bases:
        for new in pool:
            gap = sign_of(change) * (_value(new) - _value(old))
            if gap > 0 and swapped(change.quantity, gap) and is_same_thing(scene, new, change, old):
                return Pair(old, new)
    return None


def _wrong_new(scene: Scene, change: Mention, rate: Mention, bases: Sequence[Mention]) -> Iterator[Relation]:
    """Base, change and rate agree, and what it is now is one slip away from what they give."""
    sign, amount = sign_of(change), change.quantity.base_value
    for old in bases:
        true = _value(old) + sign * amount
        if true <= 0 or not rate.quantity.states(amount / _value(old)):
            continue
        new = _slipped(scene, old, true)
        if new is None:
            return
        pair = Pair(old, new)
        if pair.change:
            cause = f"“{new.quantity.text}”与增减数对不上,应为{shown(true, new.quantity)}"
            gap = shown(abs(pair.change), change.quantity)
            said = f"{new.quantity.text}与{old.quantity.text}相差{gap},文中写的是{change.quantity.text}"
            yield relation_of(change, pair, abs(pair.change), said, cause)
            yield wrong_percent(rate, pair, abs(pair.change) / pair.old_value)
        return


def _slipped(scene: Scene, old: Mention, true: Decimal) -> Mention | None:
    """What it is now, one slip away from what it should be: right before, if that is told nowhere else."""
    alike = [one for one in scene.mentions if one.is_like(old) and is_plain(one)]
    if any(one.quantity.states(true) for one in alike):
        return None
    new = next(iter(alike_before(scene, old, old, 6)), None)
    if new is None or slip(new.quantity, true) != "clear":
        return None
    return new if new.sentence == old.sentence or not has_stop(old.gap) else None


def _wrong_amount(change: Mention, pair: Pair) -> Relation:
    gap, stated = abs(pair.change), change.quantity
    said = (
        f"{pair.new.quantity.text}与{pair.old.quantity.text}相差{shown(gap, stated)},文中写的是{stated.text}"
    )
    cause = (
        "单位写错"
        if gap in (stated.base_value * _MANY, stated.base_value / _MANY)
        else slip_in_words(stated, gap)
    )
    return relation_of(change, pair, gap, said, cause)


def _value(one: Mention) -> Decimal:
    return one.quantity.base_value
