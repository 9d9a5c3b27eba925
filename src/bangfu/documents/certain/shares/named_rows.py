"""Rates of rows that are told in words: 幸福里1820人、1628人;… 就业率最高的是幸福里,为89.5%; of a table as of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.shares.pairs import NO_PARTS, Pair, agrees, same_unit
from bangfu.documents.certain.shares.slips import slip_of
from bangfu.documents.reading.structure import Mention

_CELL = re.compile(r"[\t|]")
_NOT_LETTERS = re.compile(r"[^一-龥A-Za-z]")
_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|总体|全[县镇乡村市区省]|平均|总)")
_ALL = re.compile(r"全[县镇乡村市区省]|总体|合计|总计|整体|总的|平均")
_CHANGED = re.compile(r"增|减|降|升|提高|同比|环比|高于|低于|不低|上期|上月|上年|去年|比")
_LEAST_ROWS, _NAME = 3, 10
_APART = 3
_PLAIN, _FINE = 1.2, 0.5


@dataclass(frozen=True)
class Row:
    name: str
    figures: tuple[Mention, ...]

    @property
    def shape(self) -> tuple[str, ...]:
        return tuple(one.quantity.base_unit for one in self.figures)


def wrong_of_rows(scene: Scene) -> Iterator[tuple[Mention, Pair]]:
    """The rate of a row that does not come out by the columns that those of the other rows come out by."""
    for block in _blocks(scene):
        last = max(one.index for row in block for one in row.figures)
        for told in _told(scene, block, last):
            yield from _odd(told)


def _blocks(scene: Scene) -> Iterator[list[Row]]:
    """Rows that follow each other and have figures of the same units."""
    block: list[Row] = []
    for row in _rows(scene):
        if block and (row.shape != block[-1].shape or row.figures[0].index - block[-1].figures[-1].index > 1):
            if len(block) >= _LEAST_ROWS:
                yield block
            block = []
        block.append(row)
    if len(block) >= _LEAST_ROWS:
        yield block


def _rows(scene: Scene) -> Iterator[Row]:
    row: list[Mention] = []
    name = ""
    for one in scene.mentions:
        if one.quantity.kind in NO_PARTS:
            continue
        joined = row and one.index == row[-1].index + 1 and one.sentence == row[-1].sentence
        if joined and not _NOT_LETTERS.sub("", one.gap) and not (";" in one.gap or "\n" in one.gap):
            row.append(one)
            continue
        if len(row) > 1 and name:
            yield Row(name, tuple(row))
        row, name = [one], _NOT_LETTERS.sub("", _CELL.sub("", re.split(r"[,;:。、]", one.gap)[-1]))[-_NAME:]
    if len(row) > 1 and name:
        yield Row(name, tuple(row))


def _told(scene: Scene, block: Sequence[Row], last: int) -> Iterator[list[tuple[Mention, Row]]]:
    """Runs of shares after the rows that each name one of them."""
    run: list[tuple[Mention, Row]] = []
    for share in scene.mentions:
        if share.index <= last or share.quantity.kind != "share" or not share.quantity.is_exact:
            continue
        row = _row_named(share, block)
        if row is None:
            continue
        if run and (share.index - run[-1][0].index > _APART or share.paragraph != run[-1][0].paragraph):
            yield run
            run = []
        run.append((share, row))
    yield run


def _row_named(share: Mention, block: Sequence[Row]) -> Row | None:
    words = share.gap
    if _CHANGED.search(share.left) or "\t" in words or "|" in words:
        return None
    named = [row for row in block if len(row.name) > 1 and row.name in words]
    if not named and _ALL.search(words):
        named = [row for row in block if _TOTAL.search(row.name)]
    return named[0] if len(named) == 1 else None


def _odd(told: Sequence[tuple[Mention, Row]]) -> Iterator[tuple[Mention, Pair]]:
    if len(told) < 2:
        return
    size = len(told[0][1].figures)
    for part in range(size):
        for whole in range(size):
            pairs = [(share, _pair(row, part, whole)) for share, row in told]
            if part == whole or any(pair is None for _, pair in pairs):
                continue
            known = [(share, pair) for share, pair in pairs if pair is not None]
            odd = [(share, pair) for share, pair in known if not agrees(share, pair)]
            if len(odd) == 1 and _is_sure(*odd[0], right=len(told) - 1, row=dict(told)[odd[0][0]]):
                yield odd[0]
                return


def _pair(row: Row, part: int, whole: int) -> Pair | None:
    one, other = row.figures[part], row.figures[whole]
    return Pair(one, other) if same_unit(one, other) and other.quantity.base_value > 0 else None


def _is_sure(share: Mention, pair: Pair, *, right: int, row: Row) -> bool:
    """No other two figures of the row give the share, and the gap is a slip or the others are many."""
    pairs = [Pair(one, other) for one in row.figures for other in row.figures if one is not other]
    fitting = [two for two in pairs if same_unit(two.part, two.whole) and two.whole.quantity.base_value > 0]
    if any(agrees(share, two) for two in fitting):
        return False
    weight = slip_of(share.quantity, pair).weight
    return weight >= _PLAIN or (right > 1 and weight >= _FINE)
