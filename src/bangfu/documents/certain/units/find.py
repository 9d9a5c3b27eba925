"""Units that can not be right by plain measure: 路宽3.5公里, 次均报销6160万元, 卫生室860亩."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units.agreeing import Again, number_agrees
from bangfu.documents.certain.units.compared import compared
from bangfu.documents.certain.units.counted import counted_mistaken
from bangfu.documents.certain.units.evidence import comes_out_otherwise
from bangfu.documents.certain.units.heads import heads_measured
from bangfu.documents.certain.units.land import land_mistaken
from bangfu.documents.certain.units.length import length_mistaken
from bangfu.documents.certain.units.mass import mass_mistaken
from bangfu.documents.certain.units.money import too_little
from bangfu.documents.certain.units.money_each import too_little_each, too_much
from bangfu.documents.certain.units.nouns import broken_counts, noun_against_unit, quantities_of_scale
from bangfu.documents.certain.units.scale import out_of_span
from bangfu.documents.certain.units.slip import is_each
from bangfu.documents.certain.units.small import small_mistaken
from bangfu.documents.reading.structure import Mention

_FINDERS: tuple[Callable[[Scene, Mention], Relation | None], ...] = (
    too_little,
    too_little_each,
    too_much,
    noun_against_unit,
    broken_counts,
    quantities_of_scale,
    land_mistaken,
    length_mistaken,
    mass_mistaken,
    heads_measured,
    small_mistaken,
    out_of_span,
    counted_mistaken,
    compared,
    number_agrees,
)


def units(scene: Scene) -> Iterator[Relation]:
    """At most one relation a figure: the first finder that knows what is wrong with it."""
    again = Again(scene)
    absurd = {
        relation.stated: relation for mention in scene.mentions for relation in _absurd(scene, mention, again)
    }
    for mention in scene.mentions:
        relation = comes_out_otherwise(scene, mention)
        if relation is None or any(member in absurd for member in relation.members):
            relation = absurd.get(mention.index)
        if relation is not None:
            yield relation


def _absurd(scene: Scene, mention: Mention, again: Again) -> Iterator[Relation]:
    """What plain measure forbids: whatever comes out with such a figure is no evidence against another."""
    if mention.quantity.kind == "money" and _comes_out(scene, mention):
        return
    found = (relation for find in _FINDERS if (relation := find(scene, mention)) is not None)
    if (relation := next(found, None) or again.doubt(mention)) is not None:
        yield relation


def _comes_out(scene: Scene, mention: Mention) -> bool:
    """相差36人次,每人次30元、计1080元: a product of two right before it is written rightly."""
    if is_each(mention) or not mention.quantity.is_exact:
        return False
    before = scene.before(mention)[-_NEAR:]
    rates = [one for one in before if one.quantity.kind == "money" and is_each(one)]
    counts = [one for one in before if one.quantity.kind in _COUNTED and one.quantity.base_value > 1]
    return any(
        rate.quantity.base_value * count.quantity.base_value == mention.quantity.base_value
        for rate in rates
        for count in counts
    )


_COUNTED = frozenset({"count", "person", "household"})
_NEAR = 4
