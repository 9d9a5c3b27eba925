"""How far a doubt is trusted, given what is thought of it and of the doubts beside it, who says it, and what comes out with the
same figures.

It is learned from texts that nothing which doubts has seen: neither the finders of `certain` nor the network of the links.
A sentence or two says less of what it means than a whole text; how far they are trusted is learned from passages too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.judging.beside import Beside
from bangfu.documents.judging.doubts import Doubt, family_of
from bangfu.documents.judging.evidence import Evidence
from bangfu.documents.judging.links import LinkedView
from bangfu.documents.judging.odds import chance_of
from bangfu.documents.judging.opinion import thoughts, told_of
from bangfu.documents.judging.scorer import Scorer, Told, scorer_in

WEIGHTS, BRIEF_WEIGHTS = (Path(__file__).with_name(name) for name in ("trust.npz", "trust_brief.npz"))
_BRIEF = 12
"""A text with so few figures is brief."""
Cues = Iterator[tuple[str, float]]


@cache
def _installed(weights: Path) -> Scorer:
    return scorer_in(weights)


def trust_in(scene: Scene) -> Scorer:
    """The installed one for texts of this length."""
    return _installed(BRIEF_WEIGHTS if is_brief(scene) else WEIGHTS)


def is_brief(scene: Scene) -> bool:
    return len(scene.mentions) <= _BRIEF


def trusted(several: Sequence[Told], known: Scorer) -> list[float]:
    """The chance, 0 to 1, that each doubt is right."""
    return [chance_of(one) for one in known.logits(several)]


def trust_of(doubts: Sequence[Doubt], scene: Scene, evidence: Evidence, thinks: Scorer) -> list[Told]:
    """The cues of each doubt, by name."""
    quantities = scene.reading.quantities
    told = told_of(doubts, quantities, LinkedView.of(evidence.linked, quantities), evidence.links)
    context = _Context.of(doubts, scene, evidence, thoughts(thinks, told))
    return [Told(dict([*one.cues.items(), *_cues(at, context)])) for at, one in enumerate(told)]


@dataclass(frozen=True)
class _Context:
    scene: Scene
    beside: Beside
    told: Mapping[int, Counter[str]]
    """By figure, how many certain doubts there are of each family."""
    sound: frozenset[tuple[int, str]]
    """The figures, with the family, that come out to the certain finders."""

    @classmethod
    def of(
        cls, doubts: Sequence[Doubt], scene: Scene, evidence: Evidence, thoughts: Sequence[float]
    ) -> _Context:
        told: dict[int, Counter[str]] = defaultdict(Counter)
        for one in evidence.told:
            told[one.stated][family_of(one.kind)] += 1
        sound = frozenset((one.stated, family_of(one.kind)) for one in evidence.sure if one.holds)
        return cls(scene, Beside.of(doubts, thoughts), told, sound)


def _cues(number: int, context: _Context) -> Cues:
    one, thought = context.beside.doubts[number], context.beside.thoughts[number]
    yield "opinion", thought
    yield f"opinion/{one.family}", thought
    if one.certain:
        yield "certain:opinion", thought
        if context.told[one.stated].total() > 1:
            yield "certain:agreed", 1.0
    if is_brief(context.scene):
        yield "brief", 1.0
        yield f"brief/by={one.sources}", 1.0
        yield f"brief/{one.family}", 1.0
    yield f"by={one.sources}", 1.0
    yield f"by={one.sources}/{one.family}", 1.0
    yield from _of_finders(one, context)
    yield from context.beside.cues(number)


def _of_finders(one: Doubt, context: _Context) -> Cues:
    """What else the certain finders say of the same figure."""
    told = context.told.get(one.stated, Counter())
    if any(family != one.family for family in told):
        yield "told.other", 1.0
    if not one.certain and one.family in told:
        yield "told.same", 1.0
    for name, alike in (("sound", True), ("sound.other", False)):
        if any(stated == one.stated and (family == one.family) is alike for stated, family in context.sound):
            yield name, 1.0
