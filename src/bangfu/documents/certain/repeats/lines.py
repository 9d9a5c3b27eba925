"""Cells of a table that the text says otherwise: by the total row's other cells, by the table's name, by the row's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bangfu.documents.arithmetic.mistyped import digits, retyped
from bangfu.documents.arithmetic.scene import PER, Scene
from bangfu.documents.certain.repeats.ahead import is_goal
from bangfu.documents.certain.repeats.likeness import Likeness
from bangfu.documents.certain.repeats.parts import is_owned
from bangfu.documents.certain.repeats.slips import Pair, agree
from bangfu.documents.certain.repeats.words import ASIDE, BEFORE, LAST, ONCE, RISE
from bangfu.documents.reading.structure import Mention

_TOTAL = re.compile(r"[^一-龥\n]*(?:[支收][出入])?(?:合计|总计|共计|累计|总数|全[县镇乡村市区街]|汇总|总和)")
_LABEL = re.compile(r"[^一-龥\n]*([一-龥]{2,12})")
_OF_TABLE = re.compile(
    r"表[中内列]|上表|[该此本]表|由表|表[一二三四五六七八九十\d]|合计行|台账|总价|成交总额|合同总"
)
_WHOLE = re.compile(
    r"全[县镇乡村市区街]|合计|总|共|各[村乡镇包组]|[两三四五六七八九十\d]+个?[村乡镇]|年末|期末|月末"
)
_COMPARED = re.compile(r"[比较](?!例|重|对|上)[^,。;]{0,10}$|其中[^,。;]{0,10}$")
_TELLING = 9
_LONG = 3
_NAMED, _ALL = 4.0, 0.8


@dataclass(frozen=True)
class Row:
    label: str
    is_total: bool
    cells: tuple[Mention, ...]


def row_repeats(scene: Scene, likeness: Likeness) -> Iterator[Pair]:
    """For each figure of the prose the cell that it should repeat."""
    rows = list(_rows(scene, likeness))
    if not rows:
        return
    values = {(one.quantity.base_unit, one.quantity.base_value) for row in rows for one in row.cells}
    for second in scene.mentions:
        if not _may_repeat(scene, likeness, second):
            continue
        if (second.quantity.base_unit, second.quantity.base_value) in values:
            continue
        for row in rows:
            if row.cells[-1].index < second.index:
                yield from _of_row(scene, likeness, row, second)


def _rows(scene: Scene, likeness: Likeness) -> Iterator[Row]:
    """The lines of cells."""
    flat = scene.reading.flat
    lines: dict[int, list[Mention]] = {}
    for one in scene.mentions:
        if one.index in likeness.cells:
            lines.setdefault(flat.rfind("\n", 0, one.quantity.start) + 1, []).append(one)
    labels = [found[1] for start in lines if (found := _LABEL.match(flat, start))]
    for start, cells in lines.items():
        found = _LABEL.match(flat, start)
        if found is None or found.end() > cells[0].quantity.start:
            continue
        name = found[1] if labels.count(found[1]) == 1 else ""
        yield Row(name, _TOTAL.match(flat, start) is not None, tuple(cells))


def _may_repeat(scene: Scene, likeness: Likeness, mention: Mention) -> bool:
    quantity = mention.quantity
    if mention.index in likeness.cells or not quantity.is_exact or quantity.is_label:
        return False
    if quantity.kind in ("share", "point", "times", "time", "age") or quantity.base_value <= _TELLING:
        return False
    if quantity.per or PER.search(mention.left) or RISE.search(mention.left):
        return False
    words = mention.left + mention.right[:6]
    if ASIDE.search(words) or ONCE.search(words) or _COMPARED.search(mention.left):
        return False
    earlier = [one for one in likeness.same(mention) if one.index < mention.index]
    return not earlier and not is_owned(scene, mention) and not is_goal(scene, mention)


def _of_row(scene: Scene, likeness: Likeness, row: Row, second: Mention) -> Iterator[Pair]:
    like = [one for one in row.cells if one.quantity.base_unit == second.quantity.base_unit]
    for cell in like:
        if agree(cell.quantity, second.quantity) or not (
            retyped(second.quantity, cell.quantity.base_value)
            or retyped(cell.quantity, second.quantity.base_value)
        ):
            continue
        if row.is_total:
            meant = _is_total_said(scene, likeness, row, cell, second, len(like) == 1)
        else:
            meant = len(like) == 1 and _is_named(row, second)
        if meant:
            yield Pair(cell, second, "other", 1.0)


def _is_total_said(
    scene: Scene, likeness: Likeness, row: Row, cell: Mention, second: Mention, alone: bool
) -> bool:
    """Whether other totals are said with it, or it is called a total of the table and there is no other."""
    if likeness.proofs.confirm(second) and likeness.proofs.confirm(cell):
        return False
    known = {
        (one.quantity.base_unit, one.quantity.base_value)
        for one in row.cells
        if one is not cell and (one.quantity.base_value > _TELLING or one.quantity.kind == "share")
    }
    around = [one for one in likeness.around(second) if one.index not in likeness.cells]
    said = [one for one in around if (one.quantity.base_unit, one.quantity.base_value) in known]
    beside = any(one in likeness.beside(second) and not one.is_like(second) for one in said)
    if BEFORE.search(scene.clause(second)) or (LAST.search(second.left) and not beside):
        return False
    apart = abs(cell.quantity.base_value - second.quantity.base_value)
    if any(one.is_like(second) and one.quantity.base_value == apart for one in around):
        return False
    if scene.is_nested(second):
        return False
    shared, part = likeness.names.shared(cell, second)
    if shared >= _NAMED and part >= _ALL and (said or _WHOLE.search(scene.clause(second))):
        return True
    if digits(second.quantity) < _LONG:
        return len(said) > 1
    if said and retyped(second.quantity, cell.quantity.base_value) == "swapped":
        return True
    if beside or len(said) > 1 or (said and _WHOLE.search(scene.clause(second))):
        return True
    named = _OF_TABLE.search(scene.sentence_words(second)[: second.quantity.start]) is not None
    return alone and named and _WHOLE.search(scene.clause(second)) is not None


def _is_named(row: Row, second: Mention) -> bool:
    """公益岗14.4万元,20人 in the table and 公益岗22人 below."""
    return len(row.label) > 2 and second.left.strip(" ,。;:、") == row.label
