"""Tables with subtotals by name: 春季小计 sums the lines that say 春季, and 全年共计 sums the subtotals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.closing_sums import sum_relation
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.certain.rows.candidate import Rows, class_of
from bangfu.documents.certain.rows.numbers import comes_out
from bangfu.documents.reading.structure import Mention

_SUBTOTAL = re.compile(r"^[ \t|]*([一-龥A-Za-z]{1,6}?)(?:小计|合计|计)[\t |—-]")
_GRAND = re.compile(r"^[ \t|]*(?:[一-龥]{0,4}(?:共计|合计|总计|总共))[\t |—-]")
_LONGEST = 40
Line = tuple[str, list[Mention]]


def subtotals(rows: Rows) -> Iterator[Relation]:
    table = _lines(rows)
    for at, (words, totals) in enumerate(table):
        match = _SUBTOTAL.match(words)
        if match is None:
            continue
        above = _named(table[max(0, at - _LONGEST) : at], match[1])
        if len(above) > 1:
            yield from _columns(above, totals)
        elif _GRAND.match(words):
            yield from _columns(_subtotals_above(table[:at]), totals)


def named_apart(rows: Rows, total: Mention) -> bool:
    """Whether the total stands in a line of a subtotal by name, which the column as a whole is not."""
    words = _line_of(rows, total)
    match = _SUBTOTAL.match(words)
    return match is not None and any(match[1] in _cells(other) for other, _ in _lines(rows))


def _lines(rows: Rows) -> list[Line]:
    found: dict[int, list[Mention]] = {}
    for one in rows.scene.mentions:
        found.setdefault(one.paragraph, []).append(one)
    return [(_line_of(rows, several[0]), several) for several in found.values()]


def _line_of(rows: Rows, one: Mention) -> str:
    start = rows.flat.rfind("\n", 0, one.quantity.start) + 1
    end = rows.flat.find("\n", one.quantity.start)
    return rows.flat[start : end if end >= 0 else len(rows.flat)]


def _named(above: Sequence[Line], name: str) -> list[list[Mention]]:
    return [several for words, several in above if name in _cells(words)]


def _cells(words: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"[\t|]", words)] if "\t" in words or "|" in words else []


def _subtotals_above(above: Sequence[Line]) -> list[list[Mention]]:
    kept: list[list[Mention]] = []
    for words, several in reversed(above):
        if not _SUBTOTAL.match(words):
            break
        kept.insert(0, several)
    return kept


def _columns(above: Sequence[Sequence[Mention]], totals: Sequence[Mention]) -> Iterator[Relation]:
    """Each figure of the line of the total with those of its class and place in the lines above."""
    for place, total in enumerate(totals):
        column = [several[place] for several in above if len(several) == len(totals)]
        if len(column) < 2 or len(column) != len(above):
            continue
        if {class_of(one) for one in column} != {class_of(total)} or not total.quantity.is_exact:
            continue
        if total.quantity.kind not in ("share", "point", "times") and not comes_out(column, total):
            yield sum_relation(column, total, holds=False)
