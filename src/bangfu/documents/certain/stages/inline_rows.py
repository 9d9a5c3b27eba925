"""Rows of figures under a head line that calls one column what was due and the next what came: 应到、实到 … 4个、182个、192个."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.stages.order import is_more, is_owned, out_of_order
from bangfu.documents.certain.stages.procedures import AFTER
from bangfu.documents.certain.stages.words import named_steps
from bangfu.documents.reading.structure import Mention

_HEAD = re.compile(r"(?:^|[\n,:;。( ])(?P<cells>[一-龥]{2,8}(?:[、/|][一-龥]{2,8}){2,7})[:。)]?\n")
_CELL = re.compile(r"[、/|]")
_DUE, _GOT = re.compile(r"^应(?P<what>[一-龥])"), re.compile(r"^[实已](?P<what>[一-龥])")
_MARKS = frozenset("、/|")


def inline_rows(scene: Scene) -> Iterator[Relation]:
    for head in _HEAD.finditer(scene.reading.flat):
        cells = _CELL.split(head["cells"])
        pairs = list(_pairs(cells))
        for row in _rows(scene, head.end(), len(cells)) if pairs else ():
            for first, second in pairs:
                yield from _told(scene, cells, row, (first - len(cells), second - len(cells)))


def _told(
    scene: Scene, cells: Sequence[str], row: Sequence[Mention], places: tuple[int, int]
) -> Iterator[Relation]:
    if max(-place for place in places) > len(row):
        return
    due, got = (row[place] for place in places)
    if got.is_like(due) and is_more(got, due) and not is_owned(scene, got, due):
        names = [cells[place] for place in places]
        yield out_of_order(got, due, f"{names[0]}{due.quantity.text},{names[1]}却有{got.quantity.text}")


def _pairs(cells: Sequence[str]) -> Iterator[tuple[int, int]]:
    for at, (one, other) in enumerate(pairwise(cells)):
        due, got = _DUE.match(one), _GOT.match(other)
        steps = named_steps(other)
        in_order = any(steps & AFTER.get(name, frozenset()) for name in named_steps(one))
        if (due and got and due["what"] == got["what"]) or in_order:
            yield at, at + 1


def _rows(scene: Scene, start: int, columns: int) -> Iterator[Sequence[Mention]]:
    """The lines behind the head that hold a figure for each column but perhaps the first, which names the row."""
    begun = False
    for sentence in scene.sentences:
        if sentence.start < start:
            continue
        row = sentence.mentions
        joined = all(one.gap.strip() in _MARKS for one in row[1:])
        if joined and columns - 2 <= len(row) <= columns and len(row) > 1:
            begun = True
            yield row
        elif begun:
            return
