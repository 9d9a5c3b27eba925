"""What another computation of the text makes of an item: its count times its standard, its share of the total."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import digits, retyped
from bangfu.documents.arithmetic.scene import total_of
from bangfu.documents.certain.rows.candidate import Rows, class_of
from bangfu.documents.reading.quantity import Quantity, plain
from bangfu.documents.reading.structure import Mention

_PIECE, _STANDARDS, _MOST_FACTORS = 6, 14, 5
_MONTHS = Decimal(12)
_MASS = Decimal(1000)
_POWERS = tuple(Decimal(10) ** power for power in (4, 3, 2, 1))
_LOST = Decimal(10_000)
_SHARE_PLAY = Decimal("0.0006")
_FEW_DIGITS, _MOST_OVER, _CLOSE = 2, 3, 6
_JOINS = re.compile(r"[,、( ]{0,2}(?:即|计|为|合|约)?")


def needed(members: Sequence[Mention], total: Mention, item: Mention) -> Decimal:
    """What the item should be for the total to come out."""
    return item.quantity.base_value + lacking(members, total)


def lacking(members: Sequence[Mention], total: Mention) -> Decimal:
    """By how much the members fall short of the total."""
    return total.quantity.base_value - total_of(members)


def mended(rows: Rows, members: Sequence[Mention], total: Mention, *, sure: bool) -> Mention | None:
    """The one item that the text computes otherwise, with which the total comes out exactly."""
    kind = class_of(total)
    found, lack = [], lacking(members, total)
    for place, item in enumerate(members):
        right = item.quantity.base_value + lack
        if right <= 0 or right == item.quantity.base_value or _is_round(right, item.quantity, sure):
            continue
        if item.quantity.base_value > total.quantity.base_value * _MOST_OVER and not _is_power(item, right):
            continue
        before = members[place - 1] if place else None
        if is_computed(rows, item, before, right, total) and not is_computed(
            rows, item, before, item.quantity.base_value, total
        ):
            found.append(item)
    return found[0] if len(found) == 1 and class_of(found[0]) == kind else None


def _is_round(right: Decimal, like: Quantity, sure: bool) -> bool:
    """Whether so few digits fit by chance, where no word says that this is a sum."""
    significant = len(plain(right / like.step).replace(".", "").strip("0"))
    return significant < (_FEW_DIGITS if sure else _FEW_DIGITS + 1)


def are_all_computed(rows: Rows, members: Sequence[Mention], total: Mention) -> bool:
    """Whether each item is its count times its standard, so that only the total can be wrong."""
    most = total.quantity.base_value * _MOST_OVER
    return all(
        item.quantity.base_value <= most
        and is_computed(rows, item, members[place - 1] if place else None, item.quantity.base_value, total)
        for place, item in enumerate(members)
    )


def is_computed(rows: Rows, item: Mention, before: Mention | None, value: Decimal, total: Mention) -> bool:
    play = item.quantity.step / 2
    if any(abs(one - value) <= play for one in _products(rows, item, before)):
        return True
    share = _share_beside(rows, item)
    if share is None or digits(item.quantity) < _FEW_DIGITS:
        return False
    exact = share.quantity.base_value * total.quantity.base_value
    return abs(exact - value) <= max(play, total.quantity.base_value * _SHARE_PLAY / 100)


def _share_beside(rows: Rows, item: Mention) -> Mention | None:
    mentions, place = rows.scene.mentions, rows.scene.place_of(item)
    for one in mentions[place + 1 : place + 2]:
        if one.quantity.kind == "share" and one.sentence == item.sentence and len(one.gap) < _CLOSE:
            return one
    for one in mentions[max(0, place - 1) : place]:
        if one.quantity.kind == "share" and _JOINS.fullmatch(item.gap):
            return one
    return None


def _products(rows: Rows, item: Mention, before: Mention | None) -> Iterator[Decimal]:
    """Of the figures of its piece, and of standards said a little earlier."""
    mentions, place = rows.scene.mentions, rows.scene.place_of(item)
    piece = [
        one
        for one in mentions[max(0, place - _PIECE) : place]
        if (before is None or one.index > before.index) and one.paragraph == item.paragraph
    ]
    counts = [one for one in piece if _may_multiply(one)][-_MOST_FACTORS:]
    taken = {one.index for one in counts}
    standards = [
        one
        for one in mentions[max(0, place - _STANDARDS) : place]
        if one.index not in taken and (one.quantity.per or "每" in one.left) and one.quantity.kind == "money"
    ]
    for length in (2, 3):
        for several in itertools.combinations(counts, length):
            yield from _scaled(several)
    for one, standard in itertools.product(counts, standards[-3:]):
        yield from _scaled((one, standard))


def _may_multiply(one: Mention) -> bool:
    return one.quantity.kind not in ("share", "point", "times") and one.quantity.base_value > 0


def _scaled(several: Sequence[Mention]) -> Iterator[Decimal]:
    value = Decimal(1)
    for one in several:
        value *= one.quantity.base_value
    yield value
    if any("月" in one.left[-6:] for one in several):
        yield value * _MONTHS
    if any(one.quantity.kind == "weight" for one in several):
        yield value * _MASS
        yield value / _MASS


def unit_mended(members: Sequence[Mention], total: Mention) -> Mention | None:
    """The one item with which the total comes out exactly when its unit or point is put right."""
    found, lack = [], lacking(members, total)
    for item in members:
        right = item.quantity.base_value + lack
        if right <= 0:
            continue
        if digits(item.quantity) < _FEW_DIGITS and right != item.quantity.base_value * _LOST:
            continue
        if _is_power(item, right):
            found.append(item)
    return found[0] if len(found) == 1 else None


def _is_power(item: Mention, right: Decimal) -> bool:
    value = item.quantity.base_value
    return any(value == right * power or value * power == right for power in _POWERS)


def slip_of(members: Sequence[Mention], total: Mention) -> str:
    """swapped where the digits of one figure are swapped, digit where one is mistyped, and the total comes out then."""
    lack = lacking(members, total)
    found = {retyped(total.quantity, total.quantity.base_value - lack)}
    for item in members:
        found.add(retyped(item.quantity, item.quantity.base_value + lack))
    for how in ("swapped", "digit", "dropped"):
        if how in found:
            return how
    return ""
