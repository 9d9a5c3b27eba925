"""Lists and tables that stand as text: lines of the same figures, and a line 合计 under them, column by column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.certain.rows.candidate import Candidate, Rows, class_of
from bangfu.documents.certain.rows.numbers import HOPELESS, comes_out, likeness
from bangfu.documents.reading.structure import Mention

_HEAD = re.compile(r"(?:合 *计|总 *计|小 *计|总 *和|共 *计|累 *计)[^\d]{0,6}$|^[ |]*(?:合 *计|总 *计|小 *计)")
_LONGEST = 40


def lines(rows: Rows) -> Iterator[Candidate]:
    table = _by_line(rows)
    for at, (place, totals) in enumerate(table):
        if not _HEAD.search(totals[0].gap[-14:]):
            continue
        above = _above(table, at, place, totals)
        if len(above) > 1:
            yield from _columns(rows, above, totals)


def _by_line(rows: Rows) -> list[tuple[int, list[Mention]]]:
    found: dict[int, list[Mention]] = {}
    for one in rows.scene.mentions:
        found.setdefault(one.paragraph, []).append(one)
    return list(found.items())


def _above(
    table: Sequence[tuple[int, list[Mention]]], at: int, place: int, totals: Sequence[Mention]
) -> list[list[Mention]]:
    """The lines right above with the same classes of figures in the same order, from the first on."""
    classes, kept = [class_of(one) for one in totals], list[list[Mention]]()
    for line, several in reversed(table[max(0, at - _LONGEST) : at]):
        alike = [class_of(one) for one in several][: len(classes)] == classes
        if line != place - 1 or not alike or _HEAD.search(several[0].gap[-14:]):
            break
        kept.insert(0, several)
        place = line
    return kept


def _columns(
    rows: Rows, above: Sequence[Sequence[Mention]], totals: Sequence[Mention]
) -> Iterator[Candidate]:
    columns = [tuple(line[at] for line in above) for at in range(len(totals))]
    sound = [comes_out(column, total) for column, total in zip(columns, totals, strict=True)]
    for column, total, fine in zip(columns, totals, sound, strict=True):
        if fine or total.quantity.kind in ("share", "point", "times") or not rows.is_whole(total):
            continue
        if any(comes_out(column[start:], total) for start in range(1, len(column) - 1)):
            continue
        if likeness(column, total) < HOPELESS or not all(one.quantity.is_exact for one in (*column, total)):
            continue
        signs = {"table", "table-sound" if any(sound) else "table-alone"}
        if len(totals) > 1:
            signs.add("table-wide")
        yield Candidate(column, total, frozenset(signs))
