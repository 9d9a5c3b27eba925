"""Evidence -> every doubt once, with all that say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.judging.evidence import Evidence
from bangfu.documents.linking.linked import Linked
from bangfu.documents.linking.telling import told_of
from bangfu.documents.reading.quantity import Quantity

LINKED, WRONG, _WORDED = 0.08, 0.015, 0.2
"""What is less likely than that is not looked at."""
_SETTLES = 0.3
"""A claim that comes out, and is as likely, leaves no doubt of its kind."""
_OF_A_BASE = frozenset({"share", "growth", "average", "standard_multiple"})
_FAMILIES = {
    "share": "percent",
    "growth": "percent",
    "average": "each",
    "standard_multiple": "each",
    "difference": "rest",
}
"""Kinds that may be taken for each other; any other is a family by itself."""
One = TypeVar("One")


@dataclass
class Doubt:
    """A relation that may be wrong; `certain` whether a certain finder says so, `seen` whether one of whole sentences does,
    `linked` the claim of the linked figures that does not come out, `worded` that of figures that the words alone link,
    `slipped` with what chance the network takes its unit, or its count of a list, for wrong."""

    relation: Relation
    certain: bool = False
    seen: bool = False
    linked: Linked | None = None
    worded: Linked | None = None
    slipped: float = 0.0
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
        said = {
            "certain": self.certain,
            "seen": self.seen,
            "linked": by_network,
            "worded": self.worded is not None,
        }
        return "+".join(name for name, says in said.items() if says)


def family_of(kind: str) -> str:
    return _FAMILIES.get(kind, kind)


def doubts_of(evidence: Evidence) -> list[Doubt]:
    found: dict[tuple[str, frozenset[int]], Doubt] = {}
    for new in (
        *_certain(evidence),
        *_seen(evidence),
        *_linked(evidence),
        *_worded(evidence),
        *_slipped(evidence),
    ):
        if _is_absurd(new):
            continue
        key = new.family, new.everything
        known = found.setdefault(key, new)
        if known is not new:
            known.certain = known.certain or new.certain
            known.seen = known.seen or new.seen
            known.linked = known.linked or new.linked
            known.worded = known.worded or new.worded
            known.slipped = max(known.slipped, new.slipped)
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


def _is_absurd(one: Doubt) -> bool:
    """Hardly anybody means that less than nothing is left."""
    computed = one.relation.computed
    if one.relation.kind != "difference" or computed is None or computed >= 0:
        return False
    return all(claim is None or claim.chance < _SETTLES for claim in (one.linked, one.worded))


def _certain(evidence: Evidence) -> Iterator[Doubt]:
    return (Doubt(one, certain=True) for one in evidence.told)


def _seen(evidence: Evidence) -> Iterator[Doubt]:
    """Where what the finders of sentences ask is worth a doubt, the opinion of it and the trust in it say so."""
    return (Doubt(replace(one, holds=False), seen=True) for one in evidence.seen if not one.holds)


def _linked(evidence: Evidence) -> Iterator[Doubt]:
    """The claim of a kind on each figure that is likeliest to be wrong, where nothing like it comes out."""
    ranked = (
        (evidence.links.wrongness(one.kind, one.members, one.stated), one)
        for one in _unsettled(evidence, evidence.linked)
    )
    likely = ((wrong, one) for wrong, one in ranked if one.chance >= LINKED or wrong >= WRONG)
    return (Doubt(told_of(one), linked=one) for one in _best(likely))


def _worded(evidence: Evidence) -> Iterator[Doubt]:
    """The claim of a kind on each figure that its words make likeliest, where nothing like it comes out."""
    likely = ((one.chance, one) for one in _unsettled(evidence, evidence.worded) if one.chance >= _WORDED)
    return (Doubt(told_of(one), worded=one) for one in _best(likely))


def _best(ranked: Iterable[tuple[float, Linked]]) -> Iterator[Linked]:
    """Of each kind and figure the first in rank."""
    found: dict[tuple[str, int], tuple[float, Linked]] = {}
    for rank, one in ranked:
        key = one.kind, one.stated
        if key not in found or rank > found[key][0]:
            found[key] = rank, one
    return (one for _, one in found.values())


def _unsettled(evidence: Evidence, claims: Sequence[Linked]) -> Iterator[Linked]:
    sound: dict[tuple[str, int], list[Linked]] = defaultdict(list)
    for one in evidence.linked:
        if one.comes_out:
            sound[one.kind, one.stated].append(one)
    come_out = _sets_that_come_out(evidence)
    for one in claims:
        if one.comes_out or not one.is_told or _is_settled(one, sound[one.kind, one.stated]):
            continue
        if not any(one.claim.everything < other for other in come_out[one.stated]):
            yield one


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
