"""Whether a change comes out with two figures about, whatever they are told of."""

from __future__ import annotations

from collections.abc import Sequence

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.changes.near import alike_before
from bangfu.documents.certain.changes.pairs import value_of
from bangfu.documents.certain.changes.words import sign_of
from bangfu.documents.reading.structure import Mention

_SKIP = frozenset({"share", "point", "times", "age"})


def _has_same_rate(scene: Scene, one: Mention, change: Mention) -> bool:
    """2.53亿元,增长15%;336家,增长15%: the first figure is that of the first rate."""
    at = scene.place_of(one) + 1
    rate = scene.mentions[at] if at < len(scene.mentions) else change
    same = rate.is_like(change) and value_of(rate) == value_of(change)
    return same and rate is not change and bool(sign_of(rate)) and rate.sentence == one.sentence


def is_explained(scene: Scene, change: Mention, near: Sequence[Mention]) -> bool:
    """Two other figures about, told of whatever, come out with it."""
    stated = change.quantity
    amounts = [
        one
        for one in scene.mentions[max(0, scene.place_of(change) - 3) : scene.place_of(change) + 3]
        if one is not change and sign_of(one) and one.quantity.kind not in _SKIP
    ]
    pool = [one for one in (*near, *amounts) if not _has_same_rate(scene, one, change)]
    for one in pool:
        for other in pool:
            if one is other or not one.is_like(other):
                continue
            gap = abs(value_of(one) - value_of(other))
            if stated.kind != "share":
                if one.is_like(change) and stated.states(gap):
                    return True
            elif stated.states(gap / value_of(other)) or stated.states(value_of(one) / value_of(other)):
                return True
    if stated.kind == "share":
        return False
    return any(
        stated.states(abs(value_of(one) - value_of(other)))
        for one in near
        for other in alike_before(scene, change, change)[:8]
        if one.is_like(change)
    )
