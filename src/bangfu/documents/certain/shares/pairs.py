"""Which two quantities a percentage may speak of, part and whole, and how the figures of such a pair stand to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.shares.words import Asked, pairs_of
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.structure import Mention

NO_PARTS = frozenset({"share", "point", "times", "age"})
_PARTS_BACK, _ROW_BACK = 6, 5
_NAMED_BACK = 40
_NEAR = 24
_FAR = 60
_SEATS = frozenset({"张", "个", "户", "人", "家", "份", "套", "名", "间", "块", "枚", "票", "本", "处"})
_CASES = frozenset({"件", "条", "起", "宗", "例", "个", "项", "笔", "人", "人次", "次"})
"""A clue becomes a case, a warning a visit: counts of what answers to each other."""
_CASE_ONLY = frozenset({"件", "条", "起", "宗", "例"})
_TWINS = frozenset({("户", "户次"), ("户次", "户"), ("人", "人次"), ("人次", "人")})
_VOTING = re.compile(r"参评|参会|到会|实到|出席|投票|参加|代表|测评|评议")
_UNITS_WITH = {
    "户": ("户", "户次"),
    "户次": ("户次", "户"),
    "人": ("人", "人次"),
    "人次": ("人次", "人"),
    "票": ("票", "人", "名"),
}
FINE = Decimal("0.001")


@dataclass(frozen=True)
class Pair:
    part: Mention
    whole: Mention

    @cached_property
    def ratio(self) -> Decimal:
        return self.part.quantity.base_value / self.whole.quantity.base_value


def same_unit(one: Mention, other: Mention) -> bool:
    """As `Mention.is_like`, which is asked too often here to work the classes out."""
    unit, with_unit = one.quantity.base_unit, other.quantity.base_unit
    return unit == with_unit or (unit, with_unit) in _TWINS


def parts_of(scene: Scene, one: Asked) -> list[Mention]:
    """The quantities that may be the part, nearest first: before the row of shares, or told right after the share."""
    before = [other for other in scene.before(one.head) if _may_be_part(other)]
    found = [*reversed(before[-max(_PARTS_BACK, one.length + 3) :])]
    if len(found) < 3:
        earlier = [
            other for other in scene.before(one.head, paragraph=True) if other.sentence != one.head.sentence
        ]
        found += [*reversed([other for other in earlier if _may_be_part(other)][-_PARTS_BACK:])]
    if not found:
        found += [
            *reversed(
                [other for other in scene.sentence_before(one.head) if _may_be_part(other)][-_ROW_BACK:]
            )
        ]
    if subject := pairs_of(one.subject):
        at = scene.place_of(one.head)
        near = scene.mentions[max(0, at - _NAMED_BACK) : at]
        found += [other for other in _of_subject(near, subject) if other not in found and _may_be_part(other)]
    after = scene.after(one.share)
    reach = one.length + (one.form == "rate")
    return [*found, *(other for other in after[:reach] if _may_be_part(other))]


def _of_subject(near: Sequence[Mention], subject: frozenset[str]) -> Iterator[Mention]:
    """Those whose words share a pair of signs with the subject, and what follows in the same cell or row."""
    last = False
    for other in near:
        words = other.left + other.quantity.subject
        last = bool(subject & pairs_of(words)) or (last and not other.gap.strip(" \t、,"))
        if last:
            yield other


def _may_be_part(mention: Mention) -> bool:
    return mention.quantity.kind not in NO_PARTS and mention.quantity.base_value > 0


def pairs_near(scene: Scene, one: Asked, parts: Sequence[Mention]) -> Iterator[Pair]:
    """Wholes of the part's paragraph before the share, and those after it in its sentence."""
    around = [*scene.before(one.share, paragraph=True)[-_NEAR:], *scene.after(one.share)[:4]]
    if one.is_ahead:
        at = scene.place_of(one.share)
        behind = scene.mentions[at + 1 : at + 5]
        around += [other for other in behind if other.sentence == one.share.sentence + 1]
    for part in parts:
        for whole in reversed(around):
            if whole is not part and whole.quantity.base_value > 0 and may_be_whole(whole, part):
                yield Pair(part, whole)


def pairs_far(scene: Scene, one: Asked, parts: Sequence[Mention]) -> Iterator[Pair]:
    """Wholes of other paragraphs, nearest first: those before, and a few after (a total under its table)."""
    at = scene.place_of(one.share)
    paragraph = one.share.paragraph
    before = [
        other for other in reversed(scene.mentions[max(0, at - _FAR) : at]) if other.paragraph != paragraph
    ]
    after = [other for other in scene.mentions[at + 1 : at + 24] if other.paragraph != paragraph]
    for whole in parts[:1]:
        if one.form == "rate" and whole.index < one.share.index:
            yield from (Pair(part, whole) for part in before if same_unit(part, whole) and _may_be_part(part))
    by_unit: dict[str, list[Mention]] = {}
    for whole in (*before, *after):
        by_unit.setdefault(whole.quantity.base_unit, []).append(whole)
    for part in parts:
        unit, value = part.quantity.base_unit, part.quantity.base_value
        for other in _UNITS_WITH.get(unit, (unit,)):
            for whole in by_unit.get(other, ()):
                if whole.quantity.base_value < value or whole is part:
                    continue
                if unit != "票" or _is_voter(whole):
                    yield Pair(part, whole)


def may_be_whole(whole: Mention, part: Mention) -> bool:
    """Of the same unit; or persons in beds, sheets from households: two counts of things that answer to each other."""
    if whole.quantity.kind in NO_PARTS:
        return False
    if same_unit(whole, part):
        return True
    units = {whole.quantity.base_unit, part.quantity.base_unit}
    return units <= _SEATS or (units <= _CASES and bool(units & _CASE_ONLY))


def _is_voter(whole: Mention) -> bool:
    """满意188票 of 参评236名."""
    return whole.quantity.base_unit == "票" or _VOTING.search(whole.left) is not None


_FRACTION, _TENTH, _HALF = Decimal("0.045"), Decimal("0.0051"), Decimal("0.026")
_TENTHS = re.compile(r"成[一二两三四五六七八九]$")


def reach_of_rough(stated: Quantity) -> Decimal | None:
    """How far a fraction may be from what it says: nobody says 三分之二 of three quarters, nor 一成二 of 一成五."""
    if not stated.is_exact:
        return None
    if "分之" in stated.unit:
        return _FRACTION
    if stated.unit == "成" and _TENTHS.search(stated.text):
        return _TENTH
    return _HALF if stated.unit == "成" and stated.text.endswith("成半") else None


def agrees(share: Mention, pair: Pair) -> bool:
    """Half up at the digits stated; where a member is rounded or rough, within what it leaves open."""
    stated = share.quantity
    if stated.unit != "%" and (reach := reach_of_rough(stated)) is not None:
        return abs(pair.ratio - stated.base_value) <= reach
    if stated.states(pair.ratio):
        return True
    part, whole = pair.part.quantity, pair.whole.quantity
    low, high = stated.bounds()
    part_low, part_high = part.bounds()
    whole_low, whole_high = whole.bounds()
    return bool(whole_low > 0 and part_low / whole_high < high and low <= part_high / whole_low)
