"""A scene -> what the finders say that know whole constructions of sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bangfu.documents.arithmetic.aspects import aspects
from bangfu.documents.arithmetic.averages import averages
from bangfu.documents.arithmetic.closing_sums import closing_sums
from bangfu.documents.arithmetic.differences import differences
from bangfu.documents.arithmetic.distant_sums import distant_sums
from bangfu.documents.arithmetic.growth import growth
from bangfu.documents.arithmetic.named_sums import named_sums
from bangfu.documents.arithmetic.orders import orders
from bangfu.documents.arithmetic.pairs import pairs
from bangfu.documents.arithmetic.parts import parts
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.restatements import restatements
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.arithmetic.series import series
from bangfu.documents.arithmetic.shares import shares
from bangfu.documents.arithmetic.standards import multiples
from bangfu.documents.arithmetic.table_sums import table_sums
from bangfu.documents.arithmetic.titles import titles
from bangfu.documents.arithmetic.triples import triples

FINDERS: tuple[Callable[[Scene], Iterator[Relation]], ...] = (
    closing_sums,
    table_sums,
    parts,
    aspects,
    series,
    named_sums,
    distant_sums,
    pairs,
    shares,
    growth,
    averages,
    multiples,
    differences,
    orders,
    restatements,
    titles,
)


def witnesses(scene: Scene) -> tuple[Relation, ...]:
    """In the order of the text; what is said twice of one quantity by one kind is said once."""
    found = [relation for finder in FINDERS for relation in finder(scene)]
    found += triples(scene, frozenset(one.stated for one in found if one.kind == "standard_multiple"))
    return each_once(found)


def each_once(found: Sequence[Relation]) -> tuple[Relation, ...]:
    """One relation of a kind for the same figures; a question about a row that closes elsewhere is none."""
    closed = {relation.members for relation in found if relation.kind == "sum" and relation.holds}
    found = [one for one in found if not (one.kind == "sum" and one.holds is None and one.members in closed)]
    kept: dict[tuple[str, tuple[int, ...], int], Relation] = {}
    for relation in found:
        members = () if relation.kind == "unit_slip" else relation.members
        kept.setdefault((relation.kind, members, relation.stated), relation)
    return tuple(sorted(kept.values(), key=lambda one: (one.stated, one.members)))
