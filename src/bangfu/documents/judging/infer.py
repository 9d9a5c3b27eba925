"""Reading -> all relations that it claims: what comes out, what does not, and what only its writer can settle."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bangfu.documents.arithmetic.relation import Kind, Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.arithmetic.standards import Cap, caps
from bangfu.documents.arithmetic.witnesses import each_once
from bangfu.documents.certain.caps.limits import limits_of
from bangfu.documents.certain.caps.topics import product_of
from bangfu.documents.judging.doubts import Doubt, doubts_of, first_of_each, keys_of
from bangfu.documents.judging.evidence import Evidence, evidence_of
from bangfu.documents.judging.opinion import opinion
from bangfu.documents.judging.side_by_side import side_by_side
from bangfu.documents.judging.trust import trust_in, trust_of, trusted
from bangfu.documents.linking.network import network
from bangfu.documents.linking.telling import held_of
from bangfu.documents.reading.read import Reading

_MEANT, _AS_LIKELY = 0.3, 0.08
TRUSTED, ASKED, ASKED_OF_LIMITS = 0.68, 0.4, 0.55
"""From this chance on that a doubt is right it is told; from that on it is asked, later where one figure only exceeds another."""
_LIMITS: frozenset[Kind] = frozenset({"households_persons", "order", "part"})
"""What is doubted too easily."""
_OTHER_PRODUCT = re.compile("贷$|担保|助学")


def infer(reading: Reading, limits: Sequence[Cap] = ()) -> tuple[Relation, ...]:
    """All relations in the order of the text."""
    scene = Scene(reading)
    evidence = evidence_of(scene, limits, network())
    found = list(_judged(scene, evidence))
    found += [held_of(one) for one in evidence.linked if one.comes_out and one.chance > _MEANT]
    found += [one for one in evidence.seen if one.holds]
    found += [one for one in evidence.sure if one.holds is not False]
    found += _asked(found, evidence.seen)
    found += _not_yet_said(scene, found, list(caps(scene, limits)))
    return each_once(side_by_side(scene, each_once(_without_contradiction(found))))


def _judged(scene: Scene, evidence: Evidence) -> Iterator[Relation]:
    """A wrong figure is told once, by the doubt that is trusted most; what else is certain of it is asked."""
    doubts = doubts_of(evidence)
    chances = trusted(trust_of(doubts, scene, evidence, opinion()), trust_in(scene))
    several = list(zip(chances, doubts, strict=True))
    shown, said = _shown(several), set[int]()
    for chance, one in first_of_each(several, lambda one: keys_of(one, scene.reading.quantities)):
        best = shown.get(one.stated, one)
        if chance < (ASKED_OF_LIMITS if one.relation.kind in _LIMITS else ASKED):
            continue
        if one.stated not in said:
            yield best.relation if chance >= TRUSTED else _question(best)
        elif one.certain and one is not best:
            yield _question(one)
        said.add(one.stated)


def _question(one: Doubt) -> Relation:
    return replace(one.relation, holds=None, severity="suspicion")


def _shown(several: Sequence[tuple[float, Doubt]]) -> Mapping[int, Doubt]:
    """By figure the doubt in whose words it is told: of those that are about as likely as the likeliest, the one that most ways
    of reading see."""
    most: dict[int, float] = defaultdict(float)
    for chance, one in several:
        most[one.stated] = max(most[one.stated], chance)
    found: dict[int, tuple[tuple[int, float], Doubt]] = {}
    for chance, one in several:
        if chance >= max(ASKED, most[one.stated] - _AS_LIKELY):
            rank = one.sources.count("+"), chance
            if one.stated not in found or rank > found[one.stated][0]:
                found[one.stated] = rank, one
    return {stated: one for stated, (_, one) in found.items()}


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


def _without_contradiction(found: Sequence[Relation]) -> list[Relation]:
    """A limit named twice is exceeded once; figures that come out in one way are not doubted in the same way."""
    known = {(one.stated, one.kind) for one in found if one.holds is False}
    return [one for one in found if one.holds is not None or (one.stated, one.kind) not in known]
