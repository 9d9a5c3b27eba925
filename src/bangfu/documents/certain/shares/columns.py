"""Tables with a column of percentages: one division for all rows, found by what most of them come out with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.shares.pairs import NO_PARTS, Pair, agrees, same_unit
from bangfu.documents.reading.structure import Mention

Offset = tuple[int, int]
_LEAST_ROWS = 4
_FEW = 4
"""One row in so many may be wrong."""
_WIDE = 12


def wrong_in_columns(scene: Scene, bare: Sequence[Mention]) -> Iterator[tuple[Mention, Pair]]:
    """The shares whose row does not come out by the division of the column; `bare` are those without words."""
    for column in _columns(scene, bare):
        yield from _wrong_rows(scene, column)


def _columns(scene: Scene, bare: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Shares in the same place of lines that follow each other and have as many figures."""
    columns: dict[tuple[int, int], list[Mention]] = {}
    for share in bare:
        place, width = _place(scene, share)
        column = columns.setdefault((place, width), [])
        if column and share.paragraph - column[-1].paragraph > 1:
            yield column
            columns[place, width] = column = []
        column.append(share)
    yield from columns.values()


def _place(scene: Scene, share: Mention) -> tuple[int, int]:
    row = scene.sentence_of(share).mentions
    return share.index - row[0].index, len(row)


def _wrong_rows(scene: Scene, column: Sequence[Mention]) -> Iterator[tuple[Mention, Pair]]:
    if len(column) < _LEAST_ROWS:
        return
    fitting = {share.index: set(_fitting(scene, share)) for share in column}
    counts = Counter(offset for offsets in fitting.values() for offset in offsets)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return
    offset, count = ranked[0]
    wrong = [share for share in column if offset not in fitting[share.index]]
    if count < _LEAST_ROWS - 1 or len(wrong) * _FEW > len(column) + 1:
        return
    for share in wrong:
        pair = _pair(scene, share, offset)
        if pair is not None:
            yield share, pair


def _fitting(scene: Scene, share: Mention) -> Iterator[Offset]:
    row = [one for one in scene.sentence_of(share).mentions[:_WIDE] if one.quantity.kind not in NO_PARTS]
    for part in row:
        for whole in row:
            if part is whole or not same_unit(part, whole) or whole.quantity.base_value <= 0:
                continue
            if agrees(share, Pair(part, whole)):
                yield share.index - part.index, share.index - whole.index


def _pair(scene: Scene, share: Mention, offset: Offset) -> Pair | None:
    row = {one.index: one for one in scene.sentence_of(share).mentions}
    part, whole = row.get(share.index - offset[0]), row.get(share.index - offset[1])
    if part is None or whole is None or not same_unit(part, whole) or whole.quantity.base_value <= 0:
        return None
    return Pair(part, whole)
