"""An item of an opened row that is more than its whole: 42.6万元,其中县级25.56万元;镇级44.8万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.certain.rows.candidate import Rows, class_of
from bangfu.documents.certain.rows.numbers import fine
from bangfu.documents.certain.rows.words import are_places, makes_whole
from bangfu.documents.reading.structure import Mention

_OPENS = re.compile(r"[^。;\n:]{0,12}(?:,其中:?|:)[^,。;:\d\n]{0,10}")
_REACH, _FAR_OVER = 24, 2


def items_above(rows: Rows) -> Iterator[tuple[Mention, Mention]]:
    mentions = rows.scene.mentions
    for at, whole in enumerate(mentions):
        if not rows.able(whole) or not whole.quantity.is_exact:
            continue
        row = _row(rows, whole, mentions[at + 1 : at + 1 + _REACH])
        if len(row) < 2 or fine(row[0]) > fine(whole) or not _are_apart(rows, row):
            continue
        above = [one for one in row if fine(one) > fine(whole)]
        if len(above) == 1 and above[0].quantity.is_exact and fine(above[0]) <= _FAR_OVER * fine(whole):
            yield above[0], whole


def _row(rows: Rows, whole: Mention, following: Sequence[Mention]) -> list[Mention]:
    """The items of its class in its sentence, if the words open it up with them."""
    row: list[Mention] = []
    for one in following:
        if one.sentence != whole.sentence:
            break
        if class_of(one) != class_of(whole) or not rows.able(one):
            continue
        if not row and not _OPENS.fullmatch(rows.between(whole, one)):
            break
        if rows.is_total(one) or rows.depth(one) < rows.depth(whole):
            break
        row.append(one)
    return row


def _are_apart(rows: Rows, row: Sequence[Mention]) -> bool:
    labels = [rows.called(one) for one in row]
    return makes_whole(labels) or are_places(labels)
