"""Reading -> all relations that it claims."""

from __future__ import annotations

from bangfu.documents.arithmetic.closing_sums import closing_sums
from bangfu.documents.arithmetic.averages import averages
from bangfu.documents.arithmetic.differences import differences
from bangfu.documents.arithmetic.growth import growth
from bangfu.documents.arithmetic.orders import orders
from bangfu.documents.arithmetic.pairs import pairs
from bangfu.documents.arithmetic.parts import parts
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.arithmetic.shares import shares
from bangfu.documents.reading.read import Reading

FINDERS = (closing_sums, parts, pairs, shares, growth, averages, differences, orders)


def infer(reading: Reading) -> list[Relation]:
    scene = Scene(reading)
    return [relation for finder in FINDERS for relation in finder(scene)]
