"""Evidence -> every doubt once, with all that say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.claims.telling import doubted
from bangfu.documents.claims.verdict import Equation
from bangfu.documents.claims.weighing import FAMILIES
from bangfu.documents.judging.evidence import Evidence
from bangfu.documents.linking.linked import Linked
from bangfu.documents.linking.telling import told_of
from bangfu.documents.reading.quantity import Quantity

_WEIGHED, LINKED, WRONG = 0.1, 0.08, 0.015
"""What is less likely than that is not looked at."""
_SETTLES = 0.3
"""A claim that comes out, and is as likely, leaves no doubt of its kind."""
_OF_A_BASE = frozenset({"share", "growth", "average", "standard_multiple"})
One = TypeVar("One")


@dataclass
class Doubt:
    """A relation that may be wrong; `certain` whether a certain finder says so, `weighed` with what chance the weighed
    claims do, `linked` the claim of the linked figures that does not come out, `slipped` with what chance the network
    takes its unit, or its count of a list, for wrong."""

    relation: Relation
    certain: bool = False
    weighed: float = 0.0
    linked: Linked | None = None
    slipped: float = 0.0
    is_open: bool = False
    """Whether it is a list whose items may overlap, so that it can only be asked about."""
    everything: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        self.everything = frozenset({*self.relation.members, self.relation.stated})

    @property
    def family(self) -> str:
        return family_of(self.relation.kind)

    @property
    def stated(self) -> int:
        return self.relation.stated

    @property
    def sources(self) -> str:
        by_network = self.linked is not None or self.slipped > 0
        said = (self.certain, "certain"), (self.weighed > 0, "weighed"), (by_network, "linked")
        return "+".join(name for says, name in said if says)


def family_of(kind: str) -> str:
    return FAMILIES.get(kind, kind)


def doubts_of(evidence: Evidence) -> list[Doubt]:
    found: dict[tuple[str, frozenset[int]], Doubt] = {}
    for new in (*_certain(evidence), *_weighed(evidence), *_linked(evidence), *_slipped(evidence)):
        if _is_absurd(new.relation):
            continue
        key = new.family, new.everything
        known = found.setdefault(key, new)
        if known is not new:
            known.certain = known.certain or new.certain
            known.weighed = max(known.weighed, new.weighed)
            known.linked = known.linked or new.linked
            known.slipped = max(known.slipped, new.slipped)
            known.is_open = known.is_open and not known.certain
    return list(found.values())


def keys_of(one: Doubt, quantities: Sequence[Quantity]) -> tuple[object, object]:
    """What only one doubt is wanted of: the figure in claims of this family, and these amounts wherever they are said."""
    amounts = sorted(_amount(quantities[at]) for at in one.everything)
    return (one.stated, one.family), (one.family, _amount(quantities[one.stated]), *amounts)


def first_of_each(
    several: Iterable[tuple[float, One]], keys: Callable[[One], Sequence[object]]
) -> list[tuple[float, One]]:
    """The most trusted first, without those that share a key with one before."""
    found: list[tuple[float, One]] = []
    seen: set[object] = set()
    for chance, one in sorted(several, key=lambda each: -each[0]):
        if seen.isdisjoint(keys(one)):
            found.append((chance, one))
        seen.update(keys(one))
    return found


def _amount(one: Quantity) -> tuple[str, Decimal]:
    return one.base_unit, one.base_value


def _is_absurd(one: Relation) -> bool:
    """Nobody means that less than nothing is left."""
    return one.kind == "difference" and one.computed is not None and one.computed < 0


def _certain(evidence: Evidence) -> Iterator[Doubt]:
    return (Doubt(one, certain=True) for one in evidence.told)


def _weighed(evidence: Evidence) -> Iterator[Doubt]:
    for equation, chance in evidence.doubted:
        if chance > _WEIGHED:
            yield Doubt(_told(equation, evidence.seen), weighed=chance, is_open=equation.may_overlap)


def _told(one: Equation, seen: Sequence[Relation]) -> Relation:
    """In the words of the finder that knows the sentence, where there is one."""
    for witness in seen:
        if witness.holds is not True and {*witness.members, witness.stated} == one.everything:
            return replace(witness, holds=False)
    return doubted(one.top, sure=True)


def _linked(evidence: Evidence) -> Iterator[Doubt]:
    """The claim of a kind on each figure that is likeliest to be wrong, where nothing like it comes out."""
    sound: dict[tuple[str, int], list[Linked]] = defaultdict(list)
    best: dict[tuple[str, int], tuple[float, Linked]] = {}
    for one in evidence.linked:
        if one.comes_out:
            sound[one.kind, one.stated].append(one)
    come_out = _sets_that_come_out(evidence)
    for one in evidence.linked:
        key, everything = (one.kind, one.stated), one.claim.everything
        if one.comes_out or not one.is_told or _is_settled(one, sound[key]):
            continue
        if any(everything < other for other in come_out[one.stated]):
            continue
        wrong = evidence.links.wrongness(one.kind, one.members, one.stated)
        if (one.chance >= LINKED or wrong >= WRONG) and (key not in best or wrong > best[key][0]):
            best[key] = wrong, one
    return (Doubt(told_of(one), linked=one) for _, one in best.values())


def _slipped(evidence: Evidence) -> Iterator[Doubt]:
    return (Doubt(one, slipped=chance) for one, chance in evidence.slipped if chance >= WRONG)


def _sets_that_come_out(evidence: Evidence) -> Mapping[int, list[frozenset[int]]]:
    """By figure: what is but a piece of something that comes out is no doubt."""
    found: dict[int, list[frozenset[int]]] = defaultdict(list)
    for one in (*evidence.sure, *evidence.seen):
        if one.holds:
            everything = frozenset({*one.members, one.stated})
            for at in everything:
                found[at].append(everything)
    for claim in (one.claim for one in evidence.come_out):
        for at in claim.everything:
            found[at].append(claim.everything)
    return found


def _is_settled(one: Linked, sound: Sequence[Linked]) -> bool:
    """A figure is one difference, one repetition; it may be the total of several rows, that have no item in common.

    What comes out of another base than the words name (占到位资金的72%, which is of the plan) is for the opinion to weigh.
    """
    members = one.claim.everything - {one.stated}
    return any(
        other.claim.everything == one.claim.everything
        or (
            other.chance >= _SETTLES
            and one.kind not in _OF_A_BASE
            and (one.kind != "sum" or members & other.claim.everything)
        )
        for other in sound
    )
