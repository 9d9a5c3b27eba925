"""Reading -> all relations that it claims: what comes out, what does not, and what only its writer can settle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bangfu.documents.arithmetic.relation import Kind, Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.arithmetic.standards import Cap, caps
from bangfu.documents.arithmetic.witnesses import each_once, witnesses
from bangfu.documents.certain.caps.limits import limits_of
from bangfu.documents.certain.caps.topics import product_of
from bangfu.documents.certain.find import certain
from bangfu.documents.claims.outcome import class_of
from bangfu.documents.claims.structure import with_priors
from bangfu.documents.claims.telling import doubted, held
from bangfu.documents.claims.verdict import Equation, equations, fault
from bangfu.documents.claims.weighing import Contests, Weighed, weigh
from bangfu.documents.claims.weights import weights
from bangfu.documents.judging.side_by_side import side_by_side
from bangfu.documents.judging.trust import Weighings, trust, trusted
from bangfu.documents.reading.read import Reading

_MEANT, _SEEN = 0.5, 0.1
ACCUSED, ASKED = 0.9, 0.65
"""From this chance on that the text is wrong it is said; from that on it is asked."""
_LEAST = {"far": ACCUSED, "near": 0.75}
"""What no slip of the pen explains is asked more seldom."""
TRUSTED, _HALF_TRUSTED = 0.6, 0.3
"""From this chance on that a certain doubt is right it is told; from that on it is asked."""
_OWN: frozenset[Kind] = frozenset({"counted_list", "unit_slip"})
_LIMITS: frozenset[Kind] = frozenset({"households_persons", "order", "part"})
"""What the finders of sentences doubt too easily."""
_OTHER_PRODUCT = re.compile("贷$|担保|助学")


def infer(reading: Reading, limits: Sequence[Cap] = ()) -> tuple[Relation, ...]:
    """All relations in the order of the text."""
    scene = Scene(reading)
    seen, known = witnesses(scene), weights()
    weighed = with_priors(weigh(scene, known.claims), known.structure)
    come_out = _come_out(weighed)
    in_tables = {column.total for column in reading.columns}
    doubted = [(one, fault(one, known.verdict)) for one in equations(weighed, seen)]
    found = [one for one in _weighed(doubted, seen) if one.stated not in in_tables]
    found += [held(one) for one in come_out if one.chance > _MEANT]
    found += [one for one in seen if one.holds]
    sure = [*certain(scene, limits), *own_doubts(scene, seen, weighed)]
    found = _with_certain(found, _trusted(scene, sure, Weighings.of(weighed, doubted), known.trust))
    found += _asked(found, seen)
    found += _not_yet_said(scene, found, list(caps(scene, limits)))
    return each_once(side_by_side(scene, each_once(_without_contradiction(found))))


def _not_yet_said(scene: Scene, found: Sequence[Relation], more: Sequence[Relation]) -> list[Relation]:
    """A limit of the rulebook is exceeded once, and not where the text names its own limit or another product."""
    said = {index for one in found if one.kind == "standard_cap" for index in (*one.members, one.stated)}
    if not more:
        return []
    several = {one.index: one for one in scene.mentions}
    own = {one.mention.sentence for one in limits_of(scene) if one.mention.quantity.kind == "money"}
    return [
        one
        for one in more
        if one.stated not in said
        and several[one.stated].sentence not in own
        and not _OTHER_PRODUCT.search(product_of(scene, several[one.stated]))
    ]


def own_doubts(scene: Scene, seen: Sequence[Relation], weighed: Contests) -> list[Relation]:
    """What only the finders of sentences know and nothing explains."""
    in_tables = {column.total for column in scene.reading.columns}
    own = (one for one in seen if not one.holds and _is_own(scene, one, in_tables))
    return [one for one in own if not _is_explained(one, _come_out(weighed))]


def _come_out(weighed: Contests) -> list[Weighed]:
    return [one for several in weighed.values() for one in several if one.holds and one.chance > _SEEN]


def _trusted(
    scene: Scene, sure: Sequence[Relation], weighings: Weighings, weights: Mapping[str, float]
) -> Iterator[Relation]:
    """What comes out, and the doubts that are trusted; those that are half trusted are asked."""
    yield from (one for one in sure if one.holds)
    told = [one for one in sure if one.holds is False]
    for one, cues in zip(told, trust(told, scene, weighings), strict=True):
        chance = trusted(cues, weights)
        if chance >= TRUSTED:
            yield one
        elif chance >= _HALF_TRUSTED:
            yield replace(one, holds=None, severity="suspicion")
    yield from (one for one in sure if one.holds is None)


def _with_certain(found: list[Relation], sure: Iterable[Relation]) -> list[Relation]:
    """What is certain goes before what is weighed of the same figure by the same kind."""
    first = list(sure)
    said = {(one.stated, one.kind) for one in first if one.holds is False}
    return [*first, *(one for one in found if one.holds or (one.stated, one.kind) not in said)]


def _weighed(doubted: Sequence[tuple[Equation, float]], seen: Sequence[Relation]) -> Iterator[Relation]:
    for one, chance in doubted:
        if chance >= _LEAST.get(class_of(one.top.result), ASKED):
            yield _told(one, seen, sure=chance >= ACCUSED and not one.may_overlap)


def _is_own(scene: Scene, one: Relation, in_tables: set[int]) -> bool:
    """What only the finders know: tables, lists, units, a figure in another unit, shares that make up 100%."""
    quantities = scene.reading.quantities
    if one.stated in in_tables:
        return one.kind == "sum"
    if one.kind == "restated":
        return (
            one.members[0] == one.stated - 1
            and quantities[one.stated].unit != quantities[one.members[0]].unit
        )
    return one.kind in _OWN or all(quantities[index].kind == "share" for index in (*one.members, one.stated))


def _is_explained(one: Relation, come_out: Sequence[Weighed]) -> bool:
    """An amount that a rate or a product comes out with has the right unit."""
    if one.kind != "unit_slip":
        return False
    around = [
        other.claim for other in come_out if other.family == "each" and one.stated in other.claim.everything
    ]
    return any(
        mention.quantity.kind == "money"
        for claim in around
        for mention in (*claim.members, claim.stated)
        if mention.index == one.stated
    )


def _asked(found: Sequence[Relation], seen: Sequence[Relation]) -> list[Relation]:
    """What a finder doubts of a figure that nothing else speaks of is asked."""
    spoken = {(one.stated, one.kind) for one in found}
    doubts = (
        one
        for one in seen
        if not one.holds and (one.stated, one.kind) not in spoken and not _is_easily_doubted(one)
    )
    return [replace(one, holds=None, severity="suspicion") for one in doubts]


def _is_easily_doubted(one: Relation) -> bool:
    """任务36户,已竣工38户 may be more than was asked for, and is asked about; what stands apart is let be."""
    beside = one.kind == "order" and one.members == (one.stated + 1,)
    return one.kind in _LIMITS and not beside


def _told(one: Equation, seen: Sequence[Relation], *, sure: bool) -> Relation:
    """In the words of the finder that knows the sentence, where there is one."""
    for witness in seen:
        if witness.holds is not True and {*witness.members, witness.stated} == one.everything:
            return replace(witness, holds=False if sure and witness.holds is False else None)
    return doubted(one.top, sure=sure)


def _without_contradiction(found: Sequence[Relation]) -> list[Relation]:
    """A limit named twice is exceeded once; figures that come out in one way are not doubted in the same way."""
    known = {(one.stated, one.kind) for one in found if one.holds is False}
    return [one for one in found if one.holds is not None or (one.stated, one.kind) not in known]
