"""Rows of items that the words say make up a figure: 甲、乙、丙共N; N户,其中甲…乙…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.closing_sums import sum_relation
from bangfu.documents.arithmetic.named_sums import named_sums
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.arithmetic.table_sums import table_sums
from bangfu.documents.certain.rows.after import after
from bangfu.documents.certain.rows.agrees import agreements
from bangfu.documents.certain.rows.apart import apart
from bangfu.documents.certain.rows.before import before
from bangfu.documents.certain.rows.candidate import Candidate, Rows, class_of
from bangfu.documents.certain.rows.closed import closed
from bangfu.documents.certain.rows.columns import columns
from bangfu.documents.certain.rows.doubts import is_explained
from bangfu.documents.certain.rows.follows import follows
from bangfu.documents.certain.rows.lines import lines
from bangfu.documents.certain.rows.parts import parts_above
from bangfu.documents.certain.rows.periods import running
from bangfu.documents.certain.rows.points import TOLD, points
from bangfu.documents.certain.rows.stocks import stocks
from bangfu.documents.certain.rows.subtotals import named_apart, subtotals
from bangfu.documents.certain.rows.words import STRONG
from bangfu.documents.reading.structure import Mention

_COMPARED = re.compile(r"[与和同跟比较对这该]|设计|计划|目标|任务|[上去]年")


def rows(scene: Scene) -> Iterator[Relation]:
    """Of each figure the row that is likeliest meant, where it does not come out and words and figures say so."""
    known, told = Rows(scene), set[int]()
    for said, one in sorted(((points(one), one) for one in candidates(known)), key=lambda pair: -pair[0]):
        places = {one.total.index, one.members[-1].index}
        if said >= TOLD and not told & places and ("named-sure" in one.signs or not is_explained(known, one)):
            total = _said_again(known, one)
            told |= {*places, total.index}
            yield sum_relation(one.members, total, holds=False)
    yield from (one for one in parts_above(known) if one.stated not in told)
    for found in (*agreements(known), *running(known), *subtotals(known), *stocks(known)):
        if found.stated not in told:
            told.add(found.stated)
            yield found
    for found in (*table_sums(scene), *named_sums(scene)):
        if found.holds is False and found.stated not in told and _is_near(known, found):
            yield found


def _said_again(rows: Rows, one: Candidate) -> Mention:
    """24.6万元,分成四块:…。四块加起来正好24.6万元: the total that closes the row, where it says the same."""
    place = rows.scene.place_of(one.members[-1])
    for other in rows.scene.mentions[place + 1 : place + 3]:
        if class_of(other) == class_of(one.total) and "side=after" in one.signs:
            same = other.quantity.base_value == one.total.quantity.base_value
            words = rows.scene.clause(other)
            beside = other.sentence == one.members[-1].sentence and not _COMPARED.search(words)
            return other if same and (beside or STRONG.search(words)) else one.total
    return one.total


def _is_near(rows: Rows, found: Relation) -> bool:
    """A column far from its total may run over lines that are none of it."""
    stated = rows.scene.reading.quantities[found.stated].base_value
    if found.computed is None or stated > 2 * found.computed:
        return False
    total = next((one for one in rows.scene.mentions if one.index == found.stated), None)
    return total is None or not named_apart(rows, total)


def candidates(known: Rows) -> Iterator[Candidate]:
    yield from after(known)
    yield from before(known)
    yield from lines(known)
    yield from closed(known)
    yield from apart(known)
    yield from follows(known)
    yield from columns(known)
