"""How far a doubt is trusted, given what is thought of it, who says it, and what comes out with the same figures.

The weights are learned from texts that nothing which doubts has seen: neither the finders of `certain` nor the network
of the links.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.judging.cues import of_slip
from bangfu.documents.judging.doubts import Doubt, family_of
from bangfu.documents.judging.evidence import Evidence
from bangfu.documents.judging.links import LinkedView
from bangfu.documents.judging.odds import logistic
from bangfu.documents.judging.opinion import Opinion, told_of

_BRIEF = 12
"""A sentence or two with so few figures says less of what it means than a whole text."""


WEIGHTS = Path(__file__).with_name("trust.json")


@cache
def weights() -> Mapping[str, float]:
    """By the name of a cue; what was never seen weighs nothing."""
    known: Mapping[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return known


def trust(
    doubts: Sequence[Doubt], scene: Scene, evidence: Evidence, thinks: Opinion
) -> list[dict[str, float]]:
    """The cues of each doubt, by name."""
    context = _Context.of(doubts, scene, evidence, thinks)
    return [dict(_cues(one, context)) for one in doubts]


def trusted(cues: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The chance, 0 to 1, that the doubt is right."""
    return logistic(cues, weights)


@dataclass(frozen=True)
class _Context:
    scene: Scene
    thoughts: Mapping[int, float]
    """By the identity of a doubt what is thought of it."""
    told: Mapping[int, Counter[str]]
    """By figure, how many certain doubts there are of each family."""
    sound: frozenset[tuple[int, str]]
    """The figures, with the family, that come out to the certain finders."""
    doubts: Counter[int]

    @classmethod
    def of(cls, doubts: Sequence[Doubt], scene: Scene, evidence: Evidence, thinks: Opinion) -> _Context:
        told: dict[int, Counter[str]] = defaultdict(Counter)
        for one in evidence.told:
            told[one.stated][family_of(one.kind)] += 1
        sound = frozenset((one.stated, family_of(one.kind)) for one in evidence.sure if one.holds)
        view = LinkedView.of(evidence.linked)
        thoughts = thinks.of(told_of(doubts, scene.reading.quantities, view, evidence.links))
        return cls(
            scene,
            {id(one): thought for one, thought in zip(doubts, thoughts, strict=True)},
            told,
            sound,
            Counter(one.stated for one in doubts),
        )


def _cues(one: Doubt, context: _Context) -> Iterator[tuple[str, float]]:
    own = list(_of_opinion(one, context.thoughts[id(one)]))
    yield "bias", 1.0
    yield from own
    if one.certain:
        yield from ((f"certain:{name}", value) for name, value in own)
        if context.told[one.stated].total() > 1:
            yield "certain:agreed", 1.0
    if len(context.scene.mentions) <= _BRIEF:
        yield "brief", 1.0
        yield f"brief/by={one.sources}", 1.0
        yield f"brief/{one.family}", 1.0
        slip = of_slip(one, context.scene.reading.quantities)
        yield from ((f"brief:{name}", value) for name, value in (*own, *slip))
    yield f"by={one.sources}", 1.0
    yield f"by={one.sources}/{one.family}", 1.0
    yield from _of_others(one, context)


def _of_opinion(one: Doubt, thought: float) -> Iterator[tuple[str, float]]:
    yield "opinion", thought
    yield f"opinion/{one.relation.kind}", thought


def _of_others(one: Doubt, context: _Context) -> Iterator[tuple[str, float]]:
    """What else is said of the same figure."""
    told = context.told.get(one.stated, Counter())
    if any(family != one.family for family in told):
        yield "told.other", 1.0
    if not one.certain and one.family in told:
        yield "told.same", 1.0
    for name, alike in (("sound", True), ("sound.other", False)):
        if any(stated == one.stated and (family == one.family) is alike for stated, family in context.sound):
            yield name, 1.0
    if context.doubts[one.stated] > 1:
        yield "several", 1.0
