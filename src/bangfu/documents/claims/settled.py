"""What the claims that come out say of the others: a figure that is an item of a row is hardly the row's total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.claims.claim import Claim

_PAIR = 2


def _whole_of(claim: Claim) -> int:
    """What the others are parts of: the total of a row, or that from which something is taken."""
    return claim.stated.index if claim.kind == "sum" else claim.members[0].index


@dataclass
class Settled:
    """The claims that come out and are likely meant, by what they are made of."""

    scene: Scene
    _rows: dict[int, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    _stated: dict[int, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    _shapes: dict[tuple[int, ...], list[Claim]] = field(default_factory=lambda: defaultdict(list))
    _sets: dict[frozenset[int], list[Claim]] = field(default_factory=lambda: defaultdict(list))
    _uses: dict[int, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    _totals: set[int] = field(default_factory=set)
    _shares: set[tuple[int, int]] = field(default_factory=set)
    """Each part and whole of a share."""
    _parts: set[tuple[int, int]] = field(default_factory=set)
    """Each part and whole of what is added up or taken away."""

    @classmethod
    def of(cls, scene: Scene, claims: Iterable[Claim]) -> Settled:
        found = cls(scene)
        for claim in claims:
            found._stated[claim.stated.index].append(claim)
            found._sets[claim.everything].append(claim)
            for one in claim.members:
                found._uses[one.index].append(claim)
            if claim.kind == "share":
                found._shares.add((claim.members[0].index, claim.members[1].index))
            if claim.kind in ("sum", "difference"):
                found._parts.update((one.index, _whole_of(claim)) for one in claim.members)
            if claim.kind == "sum":
                found._totals.add(claim.stated.index)
                for one in claim.members:
                    found._rows[one.index].append(claim)
                found._shapes[found._shape(claim)].append(claim)
        return found

    def _shape(self, claim: Claim) -> tuple[int, ...]:
        """The groups, or where there are none the segments, that the members stand in."""
        return tuple(id(self.scene.group_of[one.index]) for one in claim.members)

    def cues(self, claim: Claim) -> Iterator[str]:
        stated = claim.stated.index
        members = {one.index for one in claim.members}
        for row in self._rows.get(stated, ()):
            others = {one.index for one in row.members}
            if others & members:
                yield "set:stated-is-item-beside"
            elif row.stated.index in members:
                yield "set:stated-is-item-of-member"
            else:
                yield "set:stated-is-item"
        for other in self._stated.get(stated, ()):
            if other.everything != claim.everything:
                yield f"set:stated-by-{other.kind}"
        if claim.everything in self._sets:
            kinds = {one.kind for one in self._sets[claim.everything]}
            yield "set:same-set-holds"
            if kinds & {"sum", "difference", "growth"}:
                yield "set:same-set-adds-up"
        if any(
            one.stated.index in members and one.everything < claim.everything
            for one in self._uses.get(claim.members[0].index, ())
        ):
            yield "set:members-explain-each-other"
        if self._is_confirmed(claim, members):
            yield "set:confirmed"
        if claim.kind in ("sum", "difference"):
            yield from self._of_rows(claim, members)
        else:
            yield from self._of_pairs(claim, members)

    def _is_confirmed(self, claim: Claim, members: set[int]) -> bool:
        """27件办结25件,办结率92.6%,还有3件: the rate says that the 25 are of the 27; and the other way round."""
        if claim.kind == "difference" and len(members) == _PAIR:
            whole, taken = (one.index for one in claim.members)
            return (taken, whole) in self._shares
        if claim.kind != "share":
            return False
        part, whole = (one.index for one in claim.members[:_PAIR])
        return (part, whole) in self._parts

    def _of_rows(self, claim: Claim, members: set[int]) -> Iterator[str]:
        for row in self._rows.get(claim.members[0].index, ()):
            others = {one.index for one in row.members}
            if row.stated.index == claim.stated.index:
                continue
            if members == others:
                yield "set:row-has-other-total"
            elif members < others:
                yield "set:row-within-row"
            elif members & others:
                yield "set:row-crosses"
        if not members.isdisjoint(self._totals):
            yield "set:members-are-totals"
        if claim.kind == "sum":
            parts = sum((one.index, claim.stated.index) in self._shares for one in claim.members)
            if parts:
                yield "set:items-are-shares" if parts * 2 >= len(claim.members) else "set:an-item-is-share"
        for twin in self._shapes.get(self._shape(claim), ()):
            if twin.stated.index != claim.stated.index and not twin.stated.is_like(claim.stated):
                near = abs(twin.stated.index - claim.stated.index) <= 2
                yield "set:twin-holds-near" if near else "set:twin-holds"

    def _of_pairs(self, claim: Claim, members: set[int]) -> Iterator[str]:
        if len(claim.members) < 2:
            for other in self._uses.get(claim.members[0].index, ()):
                if other.kind == "share" and claim.stated.index in {one.index for one in other.members}:
                    yield "set:pair-has-share" if other.computed <= 1 else "set:pair-has-share-over"
            return
        each = claim.members[1].index if claim.kind == "standard_multiple" else claim.stated.index
        for other in self._stated.get(each, ()):
            if other.kind == "average" and other.everything != claim.everything:
                yield "set:each-has-its-own"
        for other in self._uses.get(claim.members[0].index, ()):
            if other.kind == claim.kind and other.stated.index != claim.stated.index:
                same = members == {one.index for one in other.members}
                yield "set:pair-used" if same else "set:first-used"
        for other in self._uses.get(claim.members[1].index, ()):
            if (
                other.kind == claim.kind
                and other.stated.index != claim.stated.index
                and other.members[1] == claim.members[1]
            ):
                near = other.stated.sentence == claim.stated.sentence
                yield "set:second-used-near" if near else "set:second-used"
