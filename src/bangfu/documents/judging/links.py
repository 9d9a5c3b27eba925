"""What the claims of linked figures say of a figure and of a set of figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bangfu.documents.judging.doubts import family_of
from bangfu.documents.judging.mended import Mending
from bangfu.documents.linking.linked import Linked
from bangfu.documents.reading.quantity import Quantity


@dataclass(frozen=True)
class LinkedView:
    """By what fails (of a family and a set; of a kind and a figure) and by what comes out (of a figure; of any set)."""

    fails: Mapping[tuple[str, frozenset[int]], float]
    doubts: Mapping[tuple[str, int], float]
    holds: Mapping[int, Sequence[tuple[str, float]]]
    sets: Mapping[frozenset[int], float]
    sound: Mapping[int, float]
    mending: Mending

    @classmethod
    def of(cls, claims: Sequence[Linked], quantities: Sequence[Quantity]) -> LinkedView:
        fails: dict[tuple[str, frozenset[int]], float] = defaultdict(float)
        doubts: dict[tuple[str, int], float] = defaultdict(float)
        holds: dict[int, list[tuple[str, float]]] = defaultdict(list)
        sets: dict[frozenset[int], float] = defaultdict(float)
        sound: dict[int, float] = defaultdict(float)
        for one in claims:
            everything, family = one.claim.everything, family_of(one.kind)
            if one.comes_out:
                holds[one.stated].append((family, one.chance))
                sets[everything] = max(sets[everything], one.chance)
                for at in everything:
                    sound[at] = max(sound[at], one.chance)
            else:
                fails[family, everything] = max(fails[family, everything], one.chance)
                doubts[one.kind, one.stated] = max(doubts[one.kind, one.stated], one.chance)
        mending = Mending.of(claims, quantities)
        return cls(dict(fails), dict(doubts), dict(holds), dict(sets), dict(sound), mending)

    def same(self, family: str, everything: frozenset[int]) -> float:
        return self.fails.get((family, everything), 0.0)

    def failing(self, kind: str, stated: int) -> float:
        return self.doubts.get((kind, stated), 0.0)

    def rival(self, stated: int, family: str, *, alike: bool) -> float:
        """The likeliest claim on the figure that comes out: of the same family, or of another."""
        chances = (chance for name, chance in self.holds.get(stated, ()) if (name == family) is alike)
        return max(chances, default=0.0)

    def explained(self, everything: frozenset[int]) -> float:
        """Whether all of them stand in something that comes out."""
        return max((chance for other, chance in self.sets.items() if everything <= other), default=0.0)

    def soundness(self, members: Sequence[int]) -> float:
        return sum(self.sound.get(at, 0.0) for at in members) / len(members) if members else 0.0
