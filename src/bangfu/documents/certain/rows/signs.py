"""What speaks for figures being the items of one row, whatever side of the total they stand on."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.parts import _OVERLAP as GROUPS
from bangfu.documents.certain.rows.candidate import Rows, class_of, steps
from bangfu.documents.certain.rows.fields import are_kinds, are_properties
from bangfu.documents.certain.rows.numbers import comes_out, fine, is_power, likeness
from bangfu.documents.certain.rows.words import (
    DONE,
    EXCLUSIVE,
    OPEN_END,
    OVERLAP,
    PROGRESS,
    REST,
    REST_UNSAID,
    STAGES,
    UNLISTED,
    are_halves,
    are_places,
    makes_whole,
)
from bangfu.documents.reading.structure import Mention

_ALMOST_ALL = Decimal("0.985"), Decimal("1.015")
_SHORT_NAME, _AFTER = 7, 30
_OF_SHARE = re.compile(r"[、,(]?(?:即|为|计|合|共|约|也就是)?")
_CAUSE = re.compile(r"[原主成起诱]因|缘由|因为")
_RANGE = re.compile(
    r"\d[\d.]*[一-龥]{0,3}(?:至|—|-|~|到)\d|\d[\d.]*[一-龥]{1,3}(?:及|\(含\))?(?:以[上下内]|之?内)|(?:超过?|不足|低于|高于|满|逾)\d"
)
_PIECE = re.compile(r"[。;\n]")


def signs_of(rows: Rows, members: Sequence[Mention], total: Mention, opening: str) -> set[str]:
    return set(_signs(rows, members, total, opening))


def _signs(rows: Rows, members: Sequence[Mention], total: Mention, opening: str) -> Iterator[str]:
    scene = rows.scene
    found = steps(rows, members)
    if len(set(found)) > 1:
        yield "marks=mixed"
    yield f"mark={max(found, key=lambda one: ' 、,;。'.find(one))!r}"
    labels = [rows.called(one) for one in members]
    whole = makes_whole(labels) or any(f"含{label}" in opening + total.right for label in labels if label)
    whole = whole or _are_ranges(rows, members)
    if whole:
        yield "names=whole"
        if opening and not any(PROGRESS.search(one) for one in labels) and opener_is_bare(opening):
            yield "names=sure"
    elif are_places(labels):
        yield "names=places"
    if are_halves(labels):
        yield "names=halves"
        if max(len(one) for one in labels) < _SHORT_NAME:
            yield "names=opposites"
    elif not whole and are_kinds(labels):
        yield "names=kinds"
    elif not whole and are_properties(labels):
        yield "names=properties"
    if any(not label for label in labels):
        yield "names=lacking"
    kinds = [frozenset(GROUPS.findall(one)) for one in labels]
    full = _shares_are_full(rows, members)
    if full:
        yield "shares-full"
    if any(kinds) and len(set(kinds)) > 1 and not whole and not full and not _CAUSE.search(opening):
        yield "groups-overlap"
    if REST.search(members[-1].gap[-12:]):
        yield "rest"
    shapes = {scene.group_of[one.index].signature for one in members}
    yield "shape=same" if len(shapes) == 1 else "shape=other"
    if len(shapes) == 1 and len(next(iter(shapes))) > 1:
        yield "shape=rich"
    if len({one.quantity.unit for one in members} | {total.quantity.unit}) > 1:
        yield "units=other"
        if is_power(fine(total), sum(fine(one) for one in members)):
            yield "unit-lost"
    if len({one.quantity.unit.endswith("次") for one in (*members, total)}) > 1:
        yield "times"
    long = max(len(rows.between(one, other)) for one, other in itertools.pairwise(members))
    yield "long" if long > 40 else "middle" if long > 18 else "short"
    if STAGES.search(labels[0]) and any(DONE.search(one) for one in labels[1:]):
        yield "stages"
    end = scene.sentence_of(members[-1]).end
    low = min(members[0].quantity.start, total.quantity.start)
    if total.sentence != members[0].sentence and total.quantity.start < members[0].quantity.start:
        low = max(low, scene.sentence_of(members[0]).start)
    words = rows.flat[low:end]
    if EXCLUSIVE.search(words):
        yield "exclusive"
    elif OVERLAP.search(words):
        yield "overlap-said"
    last = members[-1].quantity.end
    if (
        OPEN_END.search(_PIECE.split(rows.flat[last : last + 8])[0])
        or OPEN_END.search(opening[-12:])
        or REST_UNSAID.match(rows.flat, last)
    ):
        yield "open"
    low, high = min(members[0].quantity.start, total.quantity.end), max(last, total.quantity.start)
    if UNLISTED.search(rows.flat, low, high + _AFTER):
        yield "unlisted"
    if len({one.quantity.time[:4] for one in members}) > 1:
        yield "years"
    if len(members) > 2:
        yield "three"
    if len(members) > 3:
        yield "four"
    if any(one.quantity.base_value > total.quantity.base_value for one in members):
        yield "item-above"
        yield "slipped" if likeness(members, total) > 1 else "item-far-above"
    if makes_other(rows, members, total):
        yield "other-column"
    if _another_total(rows, members, total):
        yield "another-total"


def _shares_are_full(rows: Rows, members: Sequence[Mention]) -> bool:
    """甲286万元,占70%;乙82万元,占20%;丙41万元,占10%: the shares say that this is all."""
    mentions, found = rows.scene.mentions, Decimal(0)
    for one in members:
        at = rows.scene.place_of(one) + 1
        beside = itertools.takewhile(
            lambda each: class_of(each) != class_of(members[0]), mentions[at : at + 2]
        )
        share = next((each for each in beside if each.quantity.kind == "share"), None)
        if share is None or share.sentence != one.sentence or "占" not in share.gap:
            share = mentions[at - 2] if at > 1 else None
            if share is None or share.quantity.kind != "share" or not _OF_SHARE.fullmatch(one.gap):
                return False
        found += share.quantity.base_value
    return _ALMOST_ALL[0] <= found <= _ALMOST_ALL[1]


def _are_ranges(rows: Rows, members: Sequence[Mention]) -> bool:
    """5分钟内22处,5至10分钟6处,超10分钟的4处: ranges of one measure do not overlap."""
    first = rows.scene.clause(members[0])
    words = [first, *(rows.between(one, other) for one, other in itertools.pairwise(members))]
    return all(_RANGE.search(one) for one in words) and len(set(words)) == len(words)


def opener_is_bare(opening: str) -> bool:
    """学生1043人,小学694人: nothing but a mark before the first item, so that its name must say all."""
    return len(opening) < 12 and ":" not in opening


def makes_other(rows: Rows, members: Sequence[Mention], total: Mention) -> bool:
    """Whether the same items make up another total beside this one: the households come out, the persons do not."""
    beside = [one for one in _beside(rows, total) if class_of(one) != class_of(total)]
    for other in beside:
        kind = class_of(other)
        column = []
        for one in members:
            near = [other for other in _beside(rows, one) if class_of(other) == kind]
            if len(near) != 1:
                break
            column.append(near[0])
        places = {one.index for one in column}
        if len(column) == len(members) == len(places - {other.index}) and comes_out(column, other):
            return True
    return False


def _beside(rows: Rows, one: Mention) -> list[Mention]:
    """The other figures of its group, or of its place in the sentence."""
    group = [other for other in rows.scene.group_of[one.index].mentions if other is not one]
    if group:
        return group
    at = rows.scene.place_of(one)
    near = rows.scene.mentions[max(0, at - 1) : at + 2]
    return [
        other for other in near if other is not one and other.paragraph == one.paragraph and rows.able(other)
    ]


def _another_total(rows: Rows, members: Sequence[Mention], total: Mention) -> bool:
    """Whether the items make up another figure near, so that this one may be no total of theirs."""
    at = rows.scene.place_of(members[0])
    kind, known = class_of(total), {one.index for one in (*members, total)}
    near = rows.scene.mentions[max(0, at - 12) : at + len(members) + 12]
    return any(
        class_of(one) == kind and one.index not in known and comes_out(members, one) and one.quantity.is_exact
        for one in near
    )
