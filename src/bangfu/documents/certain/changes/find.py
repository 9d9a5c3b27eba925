"""Growth and decline against a figure that the words name: 由30户增加到36户,增长25%; 比上年的52笔增加8笔."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.mistyped import retyped
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.changes.around import ahead, behind, by_times, direction
from bangfu.documents.certain.changes.far import extent, far_amount, far_percent, of_new_total
from bangfu.documents.certain.changes.handed import handed_changes
from bangfu.documents.certain.changes.net import flows_before, net_changes
from bangfu.documents.certain.changes.pairs import (
    Pair,
    amount_of_change,
    changed_by,
    compared,
    is_base,
    near_before,
)
from bangfu.documents.certain.changes.periods import changes_of_periods
from bangfu.documents.certain.changes.points import far_points, times_as_growth
from bangfu.documents.certain.changes.told import (
    is_rate_in_units,
    rate_in_units,
    relation_of,
    slip_in_words,
    wrong_percent,
)
from bangfu.documents.certain.changes.words import sign_against_period, sign_of
from bangfu.documents.reading.quantity import rounded
from bangfu.documents.reading.structure import Mention


def changes(scene: Scene) -> Iterator[Relation]:
    """Percentages after the change that they are of, and changes between two figures that the words compare."""
    handed = {one.stated: one for one in handed_changes(scene)}
    yield from handed.values()
    for mention in scene.mentions:
        quantity = mention.quantity
        if mention.index in handed:
            continue
        if not quantity.is_exact or quantity.is_label or scene.row_of(mention):
            continue
        if quantity.kind == "share" and sign_of(mention):
            yield from _first_of(
                _of_percent(scene, mention),
                far_percent(scene, mention),
                times_as_growth(scene, mention),
                behind(scene, mention),
                of_new_total(scene, mention),
                changes_of_periods(scene, mention),
                changes_of_periods(scene, mention),
            )
        elif quantity.kind == "share" and sign_against_period(mention):
            yield from changes_of_periods(scene, mention)
        elif quantity.kind == "share":
            yield from extent(scene, mention)
        elif quantity.kind == "point" and sign_of(mention):
            yield from _first_of(_of_amount(scene, mention), far_points(scene, mention))
        elif quantity.kind == "times":
            yield from by_times(scene, mention)
        elif quantity.kind == "time" and sign_of(mention):
            yield from _first_of(_of_amount(scene, mention), changes_of_periods(scene, mention))
        elif quantity.kind not in ("share", "age") and sign_of(mention):
            yield from _first_of(
                _of_amount(scene, mention),
                far_amount(scene, mention),
                ahead(scene, mention),
                behind(scene, mention),
                changes_of_periods(scene, mention),
            )
        elif quantity.kind in ("count", "household", "person", "money", "area") and direction(mention):
            yield from ahead(scene, mention)


def _first_of(*ways: Iterator[Relation]) -> Iterator[Relation]:
    for way in ways:
        if found := list(way):
            yield from found
            return


def _of_percent(scene: Scene, percent: Mention) -> Iterator[Relation]:
    before = near_before(scene, percent)
    by = amount_of_change(percent, before)
    pair = (
        compared(scene, percent, before)
        if by is None
        else changed_by([one for one in before if one is not by], by)
    )
    if pair is not None and _is_in_points(percent, pair):
        return
    if pair is not None and pair.is_exact and pair.change and not _comes_out(percent, before, pair, by):
        true = abs(pair.change) / pair.old_value
        if (pair.change > 0) == (sign_of(percent) > 0) and not percent.quantity.states(true):
            yield wrong_percent(percent, pair, true)


def _is_in_points(percent: Mention, pair: Pair) -> bool:
    """收缴率由71%提高到86%,提高15%: loosely said of the points."""
    return pair.old.quantity.kind == "share" and percent.quantity.states(abs(pair.change))


def _comes_out(percent: Mention, before: list[Mention], pair: Pair, by: Mention | None) -> bool:
    """Whether two other figures before it come out with the percentage."""
    own = {pair.old.index, pair.new.index, by.index if by else -1}
    same_segment = percent.segment == pair.old.segment == pair.new.segment
    if by is None and same_segment and percent.sentence == pair.new.sentence:
        before = [
            one for one in before if one.segment == percent.segment and one.sentence == percent.sentence
        ]
    for one in before:
        for other in before:
            if one is other or not one.is_like(other) or one.quantity.base_value <= 0:
                continue
            if {one.index, other.index} <= own:
                continue
            ratio = other.quantity.base_value / one.quantity.base_value
            if percent.quantity.states(abs(ratio - 1)) or percent.quantity.states(ratio):
                return True
    return False


def _of_amount(scene: Scene, change: Mention) -> Iterator[Relation]:
    """31户,比上年的26户增加7户; 新增9户,退出4户,净增6户."""
    before = near_before(scene, change)
    flows = flows_before(change, before)
    if flows:
        yield from net_changes(change, flows)
        return
    base = before[-1] if before else None
    percent = next(iter(scene.after(change)), None)
    follows = percent is not None and percent.quantity.kind == "share" and bool(sign_of(percent))
    if base is None or (follows and percent and _agrees(change, base, percent)):
        return
    pair = compared(scene, change, before)
    if pair is None and follows and percent is not None:
        pair = _proven(scene, change, base, percent)
    if pair is None or not pair.is_exact or change.quantity.states(abs(pair.change)):
        return
    gap, stated = abs(pair.change), change.quantity
    if is_rate_in_units(stated, gap / pair.old_value) and (pair.change > 0) == (sign_of(change) > 0):
        yield rate_in_units(change, pair)
        return
    if not all(_is_alike(one, change) for one in (pair.old, pair.new)):
        return
    if (
        not gap
        or (pair.change > 0) != (sign_of(change) > 0)
        or not stated.base_value / 10 <= gap <= stated.base_value * 10
    ):
        return
    if pair.old.sentence != pair.new.sentence and (gap < 10 * stated.step or not retyped(stated, gap)):
        return
    said = (
        f"{pair.new.quantity.text}与{pair.old.quantity.text}相差{shown(gap, stated)},文中写的是{stated.text}"
    )
    yield relation_of(change, pair, gap, said, slip_in_words(stated, rounded(gap, stated.step)))


def _is_alike(one: Mention, change: Mention) -> bool:
    return one.is_like(change) or (change.quantity.kind == "point" and one.quantity.kind == "share")


def _agrees(change: Mention, base: Mention, percent: Mention) -> bool:
    """Whether the percentage after it was computed of this change, be it of the wrong base."""
    if not base.is_like(change):
        return False
    by, old = change.quantity.base_value, base.quantity.base_value
    wholes = [one for one in (old, old + by, old - by) if one > 0]
    return any(percent.quantity.states(by / one) or percent.quantity.cuts_off(by / one) for one in wholes)


def _proven(scene: Scene, change: Mention, base: Mention, percent: Mention) -> Pair | None:
    """A figure somewhere before, from or to which the change comes out with the percentage."""
    old = base.quantity.base_value
    if not is_base(base, change) or not base.is_like(change) or old <= 0:
        return None
    sign = sign_of(change)
    for one in reversed(scene.mentions[max(0, scene.place_of(base) - 40) : scene.place_of(base)]):
        ratio = sign * (one.quantity.base_value / old - 1)
        if one.is_like(base) and ratio > 0 and percent.quantity.states(ratio):
            return Pair(base, one)
    return None
