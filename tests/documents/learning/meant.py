"""An annotated text -> its claims in the places of the reading."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bangfu.documents.reading.read import Reading
from tests.documents.corpus import Relation, Text

_ALIKE = frozenset({"average", "standard_multiple"})


@dataclass(frozen=True)
class Meant:
    """An annotated relation in the places of the reading."""

    relation: Relation
    everything: frozenset[int]
    stated: int


def meant_in(text: Text, reading: Reading) -> list[Meant]:
    """The annotated relations whose figures were all read."""
    places: dict[str, int] = {}
    for quantity in text.quantities:
        over = [
            at
            for at, one in enumerate(reading.quantities)
            if one.start < quantity.end and quantity.start < one.end
        ]
        if over and quantity.key:
            places[quantity.key] = over[0]
    found = []
    for relation in text.relations:
        keys = [*relation.members, relation.stated]
        if all(key in places for key in keys):
            everything = frozenset(places[key] for key in keys)
            if relation.kind in _ALIKE:
                terms = {at for at in everything if reading.quantities[at].kind == "time"}
                everything -= terms - {places[relation.stated]}
            found.append(Meant(relation, everything, places[relation.stated]))
    return found


def says_all(everything: frozenset[int], meant: frozenset[int], reading: Reading) -> bool:
    """Whether each of the amounts meant is among the others, wherever the text says it."""
    amounts, wanted = (
        Counter((reading.quantities[at].base_unit, reading.quantities[at].base_value) for at in several)
        for several in (everything, meant)
    )
    return wanted <= amounts
