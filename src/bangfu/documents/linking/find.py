"""A scene -> every claim that its links make likely, whether it comes out or not."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.linking.limits import limits
from bangfu.documents.linking.linked import Linked
from bangfu.documents.linking.links import Links
from bangfu.documents.linking.ratios import ratios
from bangfu.documents.linking.sums import claim_of, mention_at, remainders, sums
from bangfu.documents.reading.structure import Mention

_BESIDE = {"restated": "restated", "part": "part", "households": "households_persons", "before": "order"}
_ALIKE = frozenset({"part", "before"})
_RANKS = 4


def linked(scene: Scene, links: Links) -> list[Linked]:
    return [one for stated in scene.mentions for one in _claims(scene, links, stated)]


def _claims(scene: Scene, links: Links, stated: Mention) -> Iterator[Linked]:
    yield from sums(scene, links, stated)
    yield from remainders(scene, links, stated)
    yield from ratios(scene, links, stated)
    yield from limits(scene, links, stated)
    for arc in _BESIDE:
        for at, chance in links.of(arc, stated.index)[:_RANKS]:
            yield from _beside(arc, mention_at(scene, at), stated, chance)


def _beside(arc: str, one: Mention, stated: Mention, chance: float) -> Iterator[Linked]:
    """One figure held against another: the same again, a part of it, what comes before it."""
    if arc in _ALIKE and not one.is_like(stated):
        return
    if arc == "restated" and one.quantity.kind != stated.quantity.kind:
        return
    claim = claim_of(
        _BESIDE[arc], (one,), stated, one.quantity.base_value, one.quantity.bounds(), one.quantity.text
    )
    yield Linked(claim, chance)
