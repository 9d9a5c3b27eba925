"""An annotated text -> its figures as they are read -> the links between them that its relations make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bangfu.documents.linking.arcs import ARCS, OF_ITSELF, ROLES
from bangfu.documents.linking.closings import closings
from bangfu.documents.linking.figures import Alphabet
from bangfu.documents.linking.values import Levels, Values
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.read import read_text
from tests.documents.corpus import Relation, Text

_SIGNS, _UNITS = 5, 4
"""What occurs less often is not in the alphabet."""

Link = tuple[str, tuple[int, ...], int, bool]
"""The kind, the members and the figure stated, by their numbers, and whether it is annotated as wrong."""


@dataclass(frozen=True)
class Labelled:
    flat: str
    quantities: tuple[Quantity, ...]
    links: tuple[Link, ...]
    closings: Levels


@dataclass(frozen=True)
class Source:
    """An annotated text as it is read; `places` gives the reader's number of each annotated figure it has found."""

    text: Text
    flat: str
    quantities: tuple[Quantity, ...]
    places: Mapping[str, int]

    @cached_property
    def labelled(self) -> Labelled:
        places = self.places
        read = (
            one
            for one in self.text.relations
            if one.kind in ROLES and all(key in places for key in (*one.members, one.stated))
        )
        links = tuple(link for one in read if (link := self._link(one)) is not None)
        return Labelled(self.flat, self.quantities, links, closings(Values.of(self.quantities)))

    def _link(self, one: Relation) -> Link | None:
        members, stated = tuple(self.places[key] for key in one.members), self.places[one.stated]
        if one.kind != "standard_cap":
            return one.kind, members, stated, one.holds is False
        limit = self._limit(one, stated)
        return (one.kind, (limit, *members[1:]), stated, one.holds is False) if limit is not None else None

    def _limit(self, one: Relation, stated: int) -> int | None:
        """The figure that says the limit, of several the nearest."""
        unit, limit = self.quantities[stated].base_unit, one.options.get("cap")
        said = (
            at
            for at, other in enumerate(self.quantities)
            if at != stated and other.base_unit == unit and other.base_value == limit
        )
        return min(said, key=lambda at: abs(at - stated), default=None)


def source_of(text: Text) -> Source:
    reading = read_text(text.plain)
    places: dict[str, int] = {}
    for quantity in text.quantities:
        over = (
            at
            for at, one in enumerate(reading.quantities)
            if one.start < quantity.end and quantity.start < one.end
        )
        if quantity.key and (place := next(over, None)) is not None:
            places[quantity.key] = place
    return Source(text, reading.flat, reading.quantities, places)


def labels(one: Labelled) -> NDArray[np.float32]:
    """Figures × figures × arcs: 1 where the first is that in a claim on the second; then the same of wrong claims."""
    number, arcs = len(one.quantities), len(ARCS)
    found = np.zeros((number, number, 2 * arcs), dtype=np.float32)
    for kind, members, stated, is_wrong in one.links:
        roles = ROLES[kind]
        is_own = OF_ITSELF.issuperset(roles)
        for at, member in enumerate((stated,) if is_own else members):
            if member != stated or is_own:
                arc = ARCS.index(roles[min(at, len(roles) - 1)])
                found[member, stated, arc] = 1
                found[member, stated, arcs + arc] = max(is_wrong, found[member, stated, arcs + arc])
        if kind == "sum":
            for member in members:
                found[member, [other for other in members if other != member], ARCS.index("sibling")] = 1
    return found


def alphabet_of(texts: Iterable[Source]) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """The signs, units and kinds that are frequent enough to be told apart, most frequent first."""
    signs: Counter[str] = Counter()
    units: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for one in texts:
        signs.update("0" if sign.isdigit() else sign for sign in one.flat)
        for quantity in one.quantities:
            units.update({quantity.unit, quantity.base_unit})
            kinds[quantity.kind] += 1
    return (
        [sign for sign, number in signs.most_common() if number >= _SIGNS],
        [unit for unit, number in units.most_common() if number >= _UNITS],
        [kind for kind, _ in kinds.most_common()],
    )


def numbered(signs: Sequence[str], units: Sequence[str], kinds: Sequence[str]) -> Alphabet:
    return Alphabet(
        {sign: at + 3 for at, sign in enumerate(signs)},
        {unit: at + 2 for at, unit in enumerate(units)},
        {kind: at for at, kind in enumerate(kinds)},
    )
