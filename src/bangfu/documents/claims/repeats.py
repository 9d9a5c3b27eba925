"""Two quantities that may be one figure said again: in a title and below, in a summary, in another unit beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from bangfu.documents.arithmetic.scene import CHANGE, PER
from bangfu.documents.claims.claim import Claim
from bangfu.documents.claims.cues import Sight, bucket, overlap
from bangfu.documents.claims.outcome import retyped
from bangfu.documents.claims.sums import base_of
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.structure import Mention

_AGAIN = re.compile(r"即|折合|约合|合(?!计)|相当于|也就是|折算|换算|\(")
_BACK_WORD = re.compile(r"上述|以上|前述|这|该|其|综上|总之|共|全年|累计")


def repeat_claims(sight: Sight) -> Iterator[Claim]:
    by_class: dict[str, list[Mention]] = {}
    for one in sight.scene.mentions:
        if one.quantity.kind in ("times", "age", "time") or one.quantity.is_label:
            continue
        by_class.setdefault(base_of(one), []).append(one)
    for several in by_class.values():
        for at, second in enumerate(several):
            for first in several[:at]:
                if first.sentence != second.sentence or second.index == first.index + 1:
                    yield from _of(sight, first, second, several)


def _of(sight: Sight, first: Mention, second: Mention, several: list[Mention]) -> Iterator[Claim]:
    one, two = first.quantity, second.quantity
    beside = first.sentence == second.sentence
    if beside and not _AGAIN.search(second.gap[:4]):
        return
    agrees = _agree(one, two)
    if not agrees and not beside and not _is_of_size(one, two):
        return
    same = overlap(sight.names(first), sight.names(second))
    if not beside and same in ("none", "empty") and not agrees and not retyped(two, one.base_value):
        return
    low, high = one.bounds()
    if one.is_exact and one.unit == two.unit:
        low = high = one.base_value
    elif one.is_exact and one.step > two.step:
        low, high = one.base_value - one.step / 2, one.base_value + one.step / 2
    tight = same == "most" or beside
    yield Claim(
        "restated",
        (first,),
        second,
        one.base_value,
        low,
        high,
        one.text,
        tight,
        partial(_cues, sight, first, second, same, several, beside=beside),
    )


@dataclass(frozen=True)
class _CalledAlike:
    """How many earlier quantities of its unit are called much as this one."""

    several: list[Mention]

    def __call__(self, sight: Sight, second: Mention) -> int:
        wanted = sight.names(second)
        return sum(
            other.index < second.index and overlap(sight.names(other), wanted) == "most"
            for other in self.several
        )


def _agree(one: Quantity, two: Quantity) -> bool:
    if one.base_value == two.base_value:
        return True
    if one.step == two.step and one.is_exact and two.is_exact:
        return False
    return two.states(one.base_value) or one.states(two.base_value)


def _is_of_size(one: Quantity, two: Quantity) -> bool:
    small, big = sorted((one.base_value, two.base_value))
    return big <= small * 3


def _cues(
    sight: Sight, first: Mention, second: Mention, same: str, several: list[Mention], *, beside: bool
) -> Iterator[str]:
    value = second.quantity
    others = [other for other in several if other is not second and other is not first]
    twins = sum(other.quantity.base_value == value.base_value for other in others)
    rivals = sight.remember("called alike", second, _CalledAlike(several)) - (same == "most")
    where = sight.apart(first, second)
    yield f"names={same}"
    one, two = sight.names(first), sight.names(second)
    if one and two:
        share = len(one & two) / len(one | two)
        yield f"jaccard={bucket(int(share * 10), (0, 1, 2, 3, 5, 7, 9))}"
        yield f"shared={bucket(len(one & two), (0, 1, 2, 3, 5))}"
    yield f"beside={beside}"
    yield f"where={where}"
    yield f"twins={bucket(twins, (0, 1, 2))}"
    yield f"rivals={bucket(rivals, (0, 1, 2, 4))}"
    if first.paragraph == sight.scene.mentions[0].paragraph:
        yield "first.head"
    if second.paragraph == sight.scene.mentions[-1].paragraph:
        yield "second.end"
    if beside:
        yield f"beside.{sight.marks(first, second)}"
        yield "beside.again" if _AGAIN.search(second.gap) else "beside.bare"
    if first.quantity.time == second.quantity.time:
        yield "time=same"
    elif first.quantity.time and second.quantity.time:
        yield "time=other"
    if first.quantity.place and second.quantity.place and first.quantity.place != second.quantity.place:
        yield "place=other"
    for role, mention in (("first", first), ("second", second)):
        yield from sight.state(mention, role)
    changed = bool(CHANGE.search(first.left)), bool(CHANGE.search(second.left))
    if changed[0] != changed[1]:
        yield "change=one"
    if bool(PER.search(first.left)) != bool(PER.search(second.left)):
        yield "per=one"
    if sight.scene.is_nested(first) != sight.scene.is_nested(second):
        yield "nested=one"
    if _BACK_WORD.search(second.left):
        yield "second.back"
    if first.quantity.unit != second.quantity.unit:
        yield "unit=other"
    if first.quantity.base_unit != second.quantity.base_unit:
        yield "base=other"
    groups = sight.scene.group_of[first.index], sight.scene.group_of[second.index]
    if len(groups[0].mentions) > 1 and groups[0].signature == groups[1].signature:
        yield "groups=same"
        if any(
            left is not first
            and left.is_like(right)
            and left.quantity.base_value == right.quantity.base_value
            for left in groups[0].mentions
            for right in groups[1].mentions
        ):
            yield "sibling=same"
