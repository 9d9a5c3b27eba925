"""Reading -> all relations that it claims: what comes out, what does not, and what only its writer can settle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bangfu.documents.arithmetic.relation import Kind, Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.arithmetic.standards import Cap, caps
from bangfu.documents.arithmetic.witnesses import each_once, witnesses
from bangfu.documents.claims.side_by_side import side_by_side
from bangfu.documents.claims.telling import doubted, held
from bangfu.documents.claims.verdict import Equation, equations, fault
from bangfu.documents.claims.weighing import weigh
from bangfu.documents.claims.weights import weights
from bangfu.documents.reading.read import Reading

_MEANT = 0.5
ACCUSED, ASKED = 0.78, 0.45
"""From this chance on that the text is wrong it is said; from that on it is asked."""
_OWN: frozenset[Kind] = frozenset({"counted_list", "unit_slip"})


def infer(reading: Reading, limits: Sequence[Cap] = ()) -> tuple[Relation, ...]:
    """All relations in the order of the text."""
    scene = Scene(reading)
    seen = witnesses(scene)
    found = [
        *_claimed(scene, seen),
        *(one for one in seen if one.holds or _is_own(scene, one)),
        *caps(scene, limits),
    ]
    return each_once(side_by_side(scene, _without_contradiction(found)))


def _is_own(scene: Scene, one: Relation) -> bool:
    """What only the finders of whole sentences know: lists, units, and shares that should make up 100%."""
    quantities = scene.reading.quantities
    return one.kind in _OWN or all(quantities[index].kind == "share" for index in (*one.members, one.stated))


def _claimed(scene: Scene, seen: Sequence[Relation]) -> list[Relation]:
    known = weights()
    weighed = weigh(scene, known.claims)
    found = []
    for one in equations(weighed, seen):
        chance = fault(one, known.verdict)
        if chance >= ASKED:
            found.append(_told(one, seen, sure=chance >= ACCUSED))
    found += [
        held(one) for several in weighed.values() for one in several if one.holds and one.chance > _MEANT
    ]
    return found


def _told(one: Equation, seen: Sequence[Relation], *, sure: bool) -> Relation:
    """In the words of the finder that knows the sentence, where there is one."""
    for witness in seen:
        if witness.holds is not True and {*witness.members, witness.stated} == one.everything:
            return replace(witness, holds=False if sure else None)
    return doubted(one.top, sure=sure)


def _without_contradiction(found: Sequence[Relation]) -> list[Relation]:
    """A limit named twice is exceeded once; figures that come out in one way are not doubted in the same way."""
    known = {(one.stated, one.kind) for one in found if one.holds is False}
    return [one for one in found if one.holds is not None or (one.stated, one.kind) not in known]
