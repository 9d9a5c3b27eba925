"""What is thought of the doubts beside one: of the same figure, of its members, of those that share a member with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log1p

from bangfu.documents.judging.doubts import Doubt
from bangfu.documents.judging.odds import chance_of

_NEAR, _LEAST = 30, 7.0
"""Doubts of figures within so many stand near; what is thought of a doubt is added to so much."""
Cues = Iterator[tuple[str, float]]


@dataclass(frozen=True)
class Beside:
    doubts: Sequence[Doubt]
    thoughts: Sequence[float]
    chances: Sequence[float]
    figures: Mapping[int, Sequence[int]]
    """By figure the numbers of the doubts that it stands in."""

    @classmethod
    def of(cls, doubts: Sequence[Doubt], thoughts: Sequence[float]) -> Beside:
        found: dict[int, list[int]] = defaultdict(list)
        for number, one in enumerate(doubts):
            for at in one.everything:
                found[at].append(number)
        return cls(doubts, thoughts, [chance_of(one) for one in thoughts], dict(found))

    def cues(self, number: int) -> Cues:
        """By how the others stand to it: the most that is thought of one of them, and by how much that is more."""
        one, thought = self.doubts[number], self.thoughts[number]
        for name, others in self._others(number):
            most = max((self.thoughts[other] for other in others), default=None)
            if most is None:
                yield f"{name}.none", 1.0
            else:
                yield f"{name}.most", most + _LEAST
                yield f"{name}.more", max(0.0, most - thought)
        near = (
            self.chances[at]
            for at, other in enumerate(self.doubts)
            if at != number and abs(other.stated - one.stated) <= _NEAR
        )
        yield "near", log1p(sum(near))

    def _others(self, number: int) -> Iterator[tuple[str, Sequence[int]]]:
        one, members = self.doubts[number], set(self.doubts[number].relation.members)
        on_it = [at for at in self.figures[one.stated] if at != number]
        same = [at for at in on_it if self.doubts[at].stated == one.stated]
        yield "same", same
        yield "same.certain", [at for at in same if self.doubts[at].certain]
        yield "member", [at for at in on_it if one.stated in self.doubts[at].relation.members]
        of_members = {at for member in members for at in self.figures[member] if at != number}
        yield "of.members", [at for at in of_members if self.doubts[at].stated in members - {one.stated}]
        apart = (at for at in of_members if self.doubts[at].stated != one.stated)
        yield "sharing", [at for at in apart if members & set(self.doubts[at].relation.members)]
