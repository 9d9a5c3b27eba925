"""A scene -> what each way of reading says of it: the finders of sentences, the certain finders, and the linked figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.arithmetic.standards import Cap
from bangfu.documents.arithmetic.witnesses import witnesses
from bangfu.documents.certain.find import certain
from bangfu.documents.linking.find import linked
from bangfu.documents.linking.linked import Linked
from bangfu.documents.linking.links import Links, links_of
from bangfu.documents.linking.network import Network
from bangfu.documents.linking.telling import listed_of, slipped_of

_SEEN = 0.1
_OWN, _RATED = frozenset({"counted_list", "unit_slip"}), frozenset({"average", "standard_multiple"})


@dataclass(frozen=True)
class Evidence:
    """`seen` is what the finders of sentences say, `sure` what the certain finders say, `linked` the claims made of linked
    figures, `worded` those of figures that the words alone link, `slipped` the units and counts of lists that the network
    takes for wrong, with its chance."""

    seen: Sequence[Relation]
    sure: Sequence[Relation]
    links: Links
    linked: Sequence[Linked]
    worded: Sequence[Linked]
    slipped: Sequence[tuple[Relation, float]]

    @property
    def told(self) -> list[Relation]:
        return [one for one in self.sure if one.holds is False]


def evidence_of(scene: Scene, limits: Sequence[Cap], network: Network) -> Evidence:
    seen, links = witnesses(scene), links_of(scene.reading, network)
    claims = linked(scene, links)
    worded = linked(scene, links.by_words) if links.by_words else []
    sure = [*certain(scene, limits), *_own_doubts(scene, seen, claims)]
    return Evidence(seen, sure, links, claims, worded, list(_of_themselves(scene, links)))


def _of_themselves(scene: Scene, links: Links) -> Iterator[tuple[Relation, float]]:
    """Units that are wrong, and counts of lists that have another number of items."""
    reading = scene.reading
    for at, chance in links.of_itself("unit"):
        yield slipped_of(reading.quantities, at), chance
    for at, chance in links.of_itself("listed"):
        if (listed := listed_of(reading.flat, reading.quantities, at)) is not None:
            yield listed, chance


def _own_doubts(scene: Scene, seen: Sequence[Relation], claims: Sequence[Linked]) -> list[Relation]:
    """What only the finders of sentences know and nothing explains."""
    in_tables = {column.total for column in scene.reading.columns}
    own = (one for one in seen if not one.holds and _is_own(scene, one, in_tables))
    return [one for one in own if not _is_explained(one, claims)]


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


def _is_explained(one: Relation, claims: Sequence[Linked]) -> bool:
    """An amount that a rate or a product comes out with has the right unit."""
    if one.kind != "unit_slip":
        return False
    return any(
        other.kind in _RATED and other.chance > _SEEN and other.comes_out and _is_amount_of(one.stated, other)
        for other in claims
    )


def _is_amount_of(at: int, one: Linked) -> bool:
    return any(
        mention.index == at and mention.quantity.kind == "money"
        for mention in (*one.claim.members, one.claim.stated)
    )
