"""A scene -> what each way of reading says of it: the certain finders, the weighed claims, and the linked figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.arithmetic.standards import Cap
from bangfu.documents.arithmetic.witnesses import witnesses
from bangfu.documents.certain.find import certain
from bangfu.documents.claims.structure import with_priors
from bangfu.documents.claims.verdict import Equation, equations, fault
from bangfu.documents.claims.weighing import Contests, Weighed, weigh
from bangfu.documents.claims.weights import Weights
from bangfu.documents.linking.find import linked
from bangfu.documents.linking.linked import Linked
from bangfu.documents.linking.links import Links, links_of
from bangfu.documents.linking.network import Network
from bangfu.documents.linking.telling import listed_of, slipped_of

_SEEN = 0.1
_OWN = frozenset({"counted_list", "unit_slip"})


@dataclass(frozen=True)
class Evidence:
    """`seen` is what the finders of sentences say, `sure` what the certain finders say, `doubted` the weighed
    equations that do not come out with their chance, `linked` the claims made of linked figures, `slipped` the units
    and counts of lists that the network takes for wrong, with its chance."""

    seen: Sequence[Relation]
    sure: Sequence[Relation]
    weighed: Contests
    doubted: Sequence[tuple[Equation, float]]
    links: Links
    linked: Sequence[Linked]
    slipped: Sequence[tuple[Relation, float]]

    @property
    def told(self) -> list[Relation]:
        return [one for one in self.sure if one.holds is False]

    @property
    def come_out(self) -> list[Weighed]:
        return come_out(self.weighed)


def evidence_of(scene: Scene, limits: Sequence[Cap], weights: Weights, network: Network) -> Evidence:
    weighed = with_priors(weigh(scene, weights.claims), weights.structure)
    seen, links = witnesses(scene), links_of(scene.reading, network)
    return Evidence(
        seen,
        [*certain(scene, limits), *_own_doubts(scene, seen, weighed)],
        weighed,
        [(one, fault(one, weights.verdict)) for one in equations(weighed, seen)],
        links,
        linked(scene, links),
        list(_of_themselves(scene, links)),
    )


def _of_themselves(scene: Scene, links: Links) -> Iterator[tuple[Relation, float]]:
    """Units that are wrong, and counts of lists that have another number of items."""
    reading = scene.reading
    for at, chance in links.of_itself("unit"):
        yield slipped_of(reading.quantities, at), chance
    for at, chance in links.of_itself("listed"):
        if (listed := listed_of(reading.flat, reading.quantities, at)) is not None:
            yield listed, chance


def come_out(weighed: Contests) -> list[Weighed]:
    return [one for several in weighed.values() for one in several if one.holds and one.chance > _SEEN]


def _own_doubts(scene: Scene, seen: Sequence[Relation], weighed: Contests) -> list[Relation]:
    """What only the finders of sentences know and nothing explains."""
    in_tables = {column.total for column in scene.reading.columns}
    own = (one for one in seen if not one.holds and _is_own(scene, one, in_tables))
    return [one for one in own if not _is_explained(one, come_out(weighed))]


def _is_own(scene: Scene, one: Relation, in_tables: set[int]) -> bool:
    """What only the finders know: tables, lists, units, a figure in another unit, shares that make up 100%."""
    quantities = scene.reading.quantities
    if one.stated in in_tables:
        return one.kind == "sum"
    if one.kind == "restated":
        return (
            one.members[0] == one.stated - 1
            and quantities[one.stated].unit != quantities[one.members[0]].unit
        )
    return one.kind in _OWN or all(quantities[index].kind == "share" for index in (*one.members, one.stated))


def _is_explained(one: Relation, come_out: Sequence[Weighed]) -> bool:
    """An amount that a rate or a product comes out with has the right unit."""
    if one.kind != "unit_slip":
        return False
    around = [
        other.claim for other in come_out if other.family == "each" and one.stated in other.claim.everything
    ]
    return any(
        mention.quantity.kind == "money"
        for claim in around
        for mention in (*claim.members, claim.stated)
        if mention.index == one.stated
    )
