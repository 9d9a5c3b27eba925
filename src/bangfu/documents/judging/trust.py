"""How far a doubt is trusted, given what is thought of it, who says it, and what comes out with the same figures.

The weights are learned from texts that nothing which doubts has seen: neither the finders of `certain`, nor the weights
of the claims, nor the network of the links.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.claims.verdict import logistic, logit
from bangfu.documents.claims.weighing import FAMILIES, Contests, Weighed
from bangfu.documents.judging.cues import SHIFT, of_slip
from bangfu.documents.judging.doubts import Doubt, family_of
from bangfu.documents.judging.evidence import Evidence
from bangfu.documents.judging.links import LinkedView
from bangfu.documents.judging.opinion import Opinion, told_of

_UNSEEN = 0.002
_HALF = 2.0
_BRIEF = 12
"""A sentence or two with so few figures says less of what it means than a whole text."""


@dataclass(frozen=True)
class Weighings:
    """What the weighed readings say of each figure that comes out, of each set of figures, and of each doubt."""

    holding: Mapping[int, Sequence[tuple[float, str]]]
    priors: Mapping[frozenset[int], float]
    faults: Mapping[object, float] = field(default_factory=dict)

    @classmethod
    def of(cls, evidence: Evidence) -> Weighings:
        holding: dict[int, list[tuple[float, str]]] = defaultdict(list)
        priors: dict[frozenset[int], float] = defaultdict(float)
        faults: dict[object, float] = defaultdict(float)
        for one in _all(evidence.weighed):
            if one.holds:
                holding[one.claim.stated.index].append((one.chance, one.family))
            priors[one.claim.everything] = max(priors[one.claim.everything], one.prior)
        for equation, chance in evidence.doubted:
            for key in ((equation.stated, equation.top.family), equation.everything):
                faults[key] = max(faults[key], chance)
        return cls(dict(holding), dict(priors), dict(faults))


def _all(weighed: Contests) -> Iterator[Weighed]:
    return (one for several in weighed.values() for one in several)


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
    weighings: Weighings
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
            Weighings.of(evidence),
            {id(one): thought for one, thought in zip(doubts, thoughts, strict=True)},
            told,
            sound,
            Counter(one.stated for one in doubts),
        )


def _cues(one: Doubt, context: _Context) -> Iterator[tuple[str, float]]:
    own = [
        *_of_opinion(one, context.thoughts[id(one)]),
        *_of_holding(one, context.weighings),
        *_of_weighed(one, context.weighings),
    ]
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


def _of_holding(one: Doubt, weighings: Weighings) -> Iterator[tuple[str, float]]:
    """What comes out with the figure explains it."""
    holding = weighings.holding.get(one.stated, ())
    other = max((chance for chance, name in holding if name != one.family), default=0.0)
    yield "holds.same", max((chance for chance, name in holding if name == one.family), default=0.0)
    yield "holds.other", other
    yield f"holds.other/{one.family}", other


def _of_weighed(one: Doubt, weighings: Weighings) -> Iterator[tuple[str, float]]:
    """Whether the weighed readings doubt it too, and how natural this reading is to them."""
    faults = weighings.faults
    chance = max(faults.get((one.stated, one.family), 0.0), faults.get(one.everything, 0.0))
    if chance:
        yield "weighed", logit(max(chance, _UNSEEN)) + SHIFT
    prior = weighings.priors.get(one.everything)
    if prior is not None:
        yield "words", logit(max(prior, _UNSEEN)) + SHIFT
    elif one.family in FAMILIES.values():
        yield f"words.not/{one.family}", 1.0


def _of_others(one: Doubt, context: _Context) -> Iterator[tuple[str, float]]:
    """What else is said of the same figure."""
    if one.weighed:
        yield "weighed.same", logit(one.weighed) + _HALF
        yield f"weighed.same/{one.family}", logit(one.weighed) + _HALF
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
