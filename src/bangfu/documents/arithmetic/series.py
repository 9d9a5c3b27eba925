"""Two series side by side: where the households of a row come to a whole said before, its persons or money must too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bangfu.documents.arithmetic.causes import is_mistyped
from bangfu.documents.arithmetic.closing_sums import sum_relation
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import CHANGE, Scene, can_add, fits_total, total_of
from bangfu.documents.reading.structure import Group, Mention

_SHARES = frozenset({"比例", "百分点"})
_LEAST = 10
_BACK = 30
_BESIDE = 3
_BEFORE = 2
_SLACK = 5
_LONGEST = 20


def series(scene: Scene) -> Iterator[Relation]:
    for sentence in scene.sentences:
        groups = [group for group in sentence.groups if not _SHARES.issuperset(group.signature)]
        for signature, several in groupby(groups, key=lambda group: group.signature):
            run = list(several)
            if len(signature) > 1 and len(run) > 1 and _is_countable(run):
                yield from _closed(scene, run)


def _is_countable(run: Sequence[Group]) -> bool:
    return all(
        can_add(one) and one.quantity.is_exact and not CHANGE.search(one.left)
        for group in run
        for one in group.mentions
    )


def _closed(scene: Scene, run: Sequence[Group]) -> Iterator[Relation]:
    columns = list(zip(*(group.mentions for group in run), strict=True))
    taken: set[int] = set()
    for length in range(min(len(run), _LONGEST), 1, -1):
        for start in range(len(run) - length + 1):
            span = range(start, start + length)
            if taken.intersection(span):
                continue
            place = scene.place_of(run[start].mentions[0])
            for whole in reversed(scene.mentions[max(0, place - _BACK) : place]):
                found = _told(scene, whole, [column[start : start + length] for column in columns])
                if found:
                    taken.update(span)
                    yield from found
                    break


def _told(scene: Scene, whole: Mention, columns: Sequence[Sequence[Mention]]) -> list[Relation]:
    """The sums of a whole and of what stands beside it, where one of them closes; empty where none does."""
    if not can_add(whole) or not whole.quantity.is_exact or whole.quantity.base_value < _LEAST:
        return []
    closing = next(
        (column for column in columns if column[0].is_like(whole) and fits_total(column, whole.quantity)),
        None,
    )
    if closing is None:
        return []
    found = [sum_relation(closing, whole, holds=True)]
    for column in columns:
        beside = _beside(scene, whole, column[0]) if column is not closing else None
        if beside is not None and fits_total(column, beside.quantity):
            found.append(sum_relation(column, beside, holds=True))
        elif beside is not None and _is_near(column, beside):
            found.append(sum_relation(column, beside, holds=False))
    return found


def _beside(scene: Scene, whole: Mention, like: Mention) -> Mention | None:
    place = scene.place_of(whole)
    near = sorted(
        scene.mentions[max(0, place - _BEFORE) : place + _BESIDE],
        key=lambda one: abs(one.index - whole.index),
    )
    return next(
        (
            one
            for one in near
            if one.sentence == whole.sentence
            and one is not whole
            and one.is_like(like)
            and can_add(one)
            and one.quantity.is_exact
            and one.index < like.index
            and not CHANGE.search(one.left)
        ),
        None,
    )


def _is_near(column: Sequence[Mention], whole: Mention) -> bool:
    return abs(
        total_of(column) - whole.quantity.base_value
    ) * _SLACK <= whole.quantity.base_value or is_mistyped(whole.quantity, total_of(column))
