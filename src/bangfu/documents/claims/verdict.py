"""Weighed claims -> the equations that do not come out, each with the chance that it is a fault of the text."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bangfu.documents.arithmetic.mistyped import digits
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.claims.outcome import class_of
from bangfu.documents.claims.structure import LEAST
from bangfu.documents.claims.weighing import Contest, Contests, Weighed

_HELD, _SEEN = 0.2, 0.03
_MANY = 4
"""So many figures do not come out by chance."""
_SAME_SET = frozenset({"sum", "difference", "growth", "average", "standard_multiple", "share"})
_ROWS = frozenset({"sum", "difference"})
_EXPLAINED = (":overlap.said", ":flows=both", ":share.whole-row", ":set:each-has-its-own")
_RIVAL = 1.0
_LOOSE = frozenset({"decimal", "wan", "dropped", "near50", "far"})
"""Results that do not make the first of some items their total."""
_TOLD = ("slip:digits", "set:", "fails:over", "rough", "closed.", "divided.", "number.")


@dataclass
class Equation:
    """What is said twice of one set of figures (甲+乙=丙, 丙-甲=乙) is one equation."""

    top: Weighed
    chance: float
    rival: float
    """The chance that the figure is explained by a claim that comes out."""
    rivals: int
    """How many such claims there are."""
    may_overlap: bool
    """Whether it is an open list of items told apart by several properties: 预备党员2名、女党员11名."""
    cues: dict[str, float] = field(default_factory=dict)

    @property
    def everything(self) -> frozenset[int]:
        return self.top.claim.everything

    @property
    def stated(self) -> int:
        return self.top.claim.stated.index


Seen = tuple[Weighed, float, int, Contest]


def equations(found: Contests, witnesses: Sequence[Relation]) -> list[Equation]:
    """The likeliest first; none that is part of a likelier one or states the same figure by the same kind."""
    held = Held.of(found)
    sets: dict[frozenset[int], list[Seen]] = defaultdict(list)
    for contest, several in found.items():
        rival, rivals = sum(one.chance for one in several if one.holds), sum(one.holds for one in several)
        for one in several:
            if not one.holds and LEAST <= one.chance > rival * _RIVAL and _may_be_fault(one, held):
                sets[one.claim.everything].append((one, rival, rivals, contest))
    merged = [_merged(several) for several in sets.values()]
    _join_growth(merged)
    kept: list[Equation] = []
    for equation in sorted(merged, key=lambda equation: -equation.chance):
        if equation.chance > 0 and not any(_covers(other, equation) for other in kept):
            equation.cues = dict(_cues(equation, witnesses))
            kept.append(equation)
    return kept


@dataclass
class Held:
    """The sets of figures that come out, and by what kinds; also by each figure that stands in them."""

    sets: dict[frozenset[int], set[str]]
    by_figure: dict[int, list[frozenset[int]]]

    @classmethod
    def of(cls, found: Contests) -> Held:
        sets: dict[frozenset[int], set[str]] = defaultdict(set)
        for several in found.values():
            for one in several:
                if one.holds and one.chance > _SEEN:
                    sure = one.chance > _HELD or len(one.claim.everything) >= _MANY
                    sets[one.claim.everything].add(one.claim.kind if sure else "")
        by_figure: dict[int, list[frozenset[int]]] = defaultdict(list)
        for figures in sets:
            for figure in figures:
                by_figure[figure].append(figures)
        return cls(dict(sets), dict(by_figure))

    def explains(self, figures: frozenset[int], stated: int, kinds: frozenset[str]) -> bool:
        """Whether they all stand in something greater that comes out."""
        return any(figures < other and self.sets[other] & kinds for other in self.by_figure.get(stated, ()))


def _may_be_fault(one: Weighed, held: Held) -> bool:
    """Not where the figures are explained by something else that comes out, or are said to overlap."""
    kind, everything, stated = one.claim.kind, one.claim.everything, one.claim.stated
    if kind in _SAME_SET and everything in held.sets:
        return False
    amounts = kind in _ROWS or (kind == "growth" and stated.is_like(one.claim.members[0]))
    if amounts and held.explains(everything, stated.index, _ROWS):
        return False
    if one.result in _LOOSE and any(cue.endswith(":total.parallel") for cue in one.cues):
        return False
    return not any(cue.endswith(_EXPLAINED) for cue in one.cues)


def _merged(several: Sequence[Seen]) -> Equation:
    by_contest: dict[Contest, float] = defaultdict(float)
    for one, _, _, contest in several:
        by_contest[contest] += one.chance
    none = math.prod(1 - min(chance, 0.999) for chance in by_contest.values())
    top, rival, rivals, _ = max(several, key=lambda each: each[0].chance)
    overlaps = any(_may_overlap(each[0]) for each in several)
    return Equation(top, 1 - none, rival, rivals, overlaps)


def _may_overlap(one: Weighed) -> bool:
    return any(cue.endswith(":aspects=mixed") for cue in one.cues) and not any(
        cue.endswith(":rest") for cue in one.cues
    )


def _join_growth(merged: Iterable[Equation]) -> None:
    """(B-A)÷A, C÷(B-C) and C÷A are one thing said of one percentage."""
    by_figure: dict[int, list[Equation]] = defaultdict(list)
    for one in merged:
        if one.top.claim.kind == "growth":
            by_figure[one.stated].append(one)
    for several in by_figure.values():
        several.sort(key=lambda one: -one.chance)
        for other in several[1:]:
            if len(other.everything & several[0].everything) >= 2:
                several[0].chance = min(0.999, several[0].chance + other.chance)
                other.chance = 0.0


def _covers(other: Equation, one: Equation) -> bool:
    if one.everything < other.everything:
        return True
    return one.stated == other.stated and one.top.family == other.top.family


def _cues(one: Equation, witnesses: Sequence[Relation]) -> Iterator[tuple[str, float]]:
    kind, result = one.top.claim.kind, one.top.result
    yield "bias", 1.0
    yield "chance", logit(one.chance)
    yield "top", logit(one.top.chance)
    yield "rival", one.rival
    if one.rivals:
        yield f"{one.top.family}/rivals={min(one.rivals, 3)}", 1.0
    size = min(digits(one.top.claim.stated.quantity), 5)
    for name in (
        f"kind={kind}",
        f"result={result}",
        f"{kind}/{result}",
        f"digits={size}",
        f"{kind}/digits={size}",
    ):
        yield name, 1.0
    yield from _by_words(one)
    for cue in one.top.cues:
        name = cue.split(":", 1)[1]
        if name.startswith(_TOLD):
            yield name, 1.0
    yield from _witnessed(one, witnesses)


def _by_words(one: Equation) -> Iterator[tuple[str, float]]:
    prior = logit(one.top.prior)
    yield "words", prior
    yield f"words/{class_of(one.top.result)}", prior
    yield f"words/{one.top.family}", prior
    yield f"words.rank={min(one.top.rank, 3)}", 1.0


def _witnessed(one: Equation, witnesses: Sequence[Relation]) -> Iterator[tuple[str, float]]:
    """What the finders that know whole sentences say of the same figures."""
    for relation in witnesses:
        everything = {*relation.members, relation.stated}
        says = {True: "holds", False: "fails", None: "asks"}[relation.holds]
        if everything == one.everything:
            yield f"witness.same={says}", 1.0
            yield f"{one.top.claim.kind}/witness={says}", 1.0
        elif relation.stated == one.stated and relation.kind == one.top.claim.kind:
            yield f"witness.stated={says}", 1.0


def logit(chance: float) -> float:
    """The odds of a chance on the scale on which cues add up."""
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(chance / (1 - chance))


def fault(one: Equation, weights: Mapping[str, float]) -> float:
    """The chance, 0 to 1, that the text is wrong here."""
    return logistic(one.cues, weights)


def logistic(cues: Mapping[str, float], weights: Mapping[str, float]) -> float:
    total = sum(weights.get(name, 0.0) * value for name, value in cues.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
