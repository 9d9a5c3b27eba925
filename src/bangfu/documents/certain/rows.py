"""Rows of items that the words say make up a figure: 甲、乙、丙共N; N户,其中甲…乙…."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.closing_sums import sum_relation
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.rows_after import after
from bangfu.documents.certain.rows_before import before
from bangfu.documents.certain.rows_candidate import Candidate, Rows
from bangfu.documents.certain.rows_points import TOLD, points


def rows(scene: Scene) -> Iterator[Relation]:
    """Of each figure the row that is likeliest meant, where it does not come out and words and figures say so."""
    best: dict[int, tuple[float, Candidate]] = {}
    for one in candidates(scene):
        said = points(one)
        if said >= TOLD and said > best.get(one.total.index, (0.0, one))[0]:
            best[one.total.index] = said, one
    for _, one in best.values():
        yield sum_relation(one.members, one.total, holds=False)


def candidates(scene: Scene) -> Iterator[Candidate]:
    known = Rows(scene)
    yield from after(known)
    yield from before(known)
