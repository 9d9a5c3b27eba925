"""A scene -> the faults that are certain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.arithmetic.standards import Cap
from bangfu.documents.certain.caps.find import caps_exceeded
from bangfu.documents.certain.caps.known import small_loans_exceeded
from bangfu.documents.certain.changes.find import changes
from bangfu.documents.certain.lists.find import lists
from bangfu.documents.certain.products.find import products
from bangfu.documents.certain.remainders.find import remainders
from bangfu.documents.certain.repeats.find import repeats
from bangfu.documents.certain.rows.find import rows
from bangfu.documents.certain.shares.find import shares_of
from bangfu.documents.certain.stages.find import stages
from bangfu.documents.certain.tables.find import tables, without_settled
from bangfu.documents.certain.units.find import units

FINDERS: tuple[Callable[[Scene], Iterator[Relation]], ...] = (
    lists,
    units,
    caps_exceeded,
    stages,
    repeats,
    remainders,
    shares_of,
    changes,
    products,
    rows,
)


def certain(scene: Scene, known: Sequence[Cap] = ()) -> list[Relation]:
    """What each finder says, finder by finder: relations that do not hold, and lists that come out.

    `known` are limits in force that a text need not name.
    """
    found = without_settled(scene, [relation for finder in FINDERS for relation in finder(scene)])
    found += tables(scene)
    said = {one.stated for one in found if one.kind == "standard_cap"}
    return [*found, *(one for one in small_loans_exceeded(scene, known) if one.stated not in said)]
