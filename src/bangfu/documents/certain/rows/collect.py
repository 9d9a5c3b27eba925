"""The items that follow an opening, one by one, and why they end."""

from __future__ import annotations

from collections.abc import Sequence

from bangfu.documents.certain.rows.candidate import Rows, class_of
from bangfu.documents.certain.rows.words import AMONG, REST
from bangfu.documents.reading.structure import Mention


def collected(
    rows: Rows, first: Mention, following: Sequence[Mention], opener: str
) -> tuple[list[Mention], str, list[Mention]]:
    """The items from the first on, why they end, and the same with what seems to be none of them."""
    loose = [first]
    row, stop = _walked(rows, first, following, opener, loose)
    return row, stop, loose


def _walked(
    rows: Rows, first: Mention, following: Sequence[Mention], opener: str, loose: list[Mention]
) -> tuple[list[Mention], str]:
    kind, depth, row = class_of(first), rows.depth(first), [first]
    lines = opener.startswith("lines") or _begins_line(rows, first)
    nested, last, marker = False, first, _marker(rows, first)
    for one in following:
        if one.index <= first.index:
            continue
        gap = one.gap
        if one.sentence != last.sentence:
            if not lines or one.paragraph > last.paragraph + 1:
                return row, "paragraph" if one.paragraph != last.paragraph else "sentence"
            nested = False
        elif rows.depth(one) < depth:
            return row, "bracket"
        if lines and one.paragraph != last.paragraph and _marker(rows, one) != marker:
            return row, "paragraph"
        last = one
        if lines and one.paragraph == row[-1].paragraph:
            continue
        if ";" in gap:
            nested = False
        if AMONG.search(gap) and rows.depth(one) <= depth:
            nested = True
        if class_of(one) != kind or nested or (rows.depth(one) > depth and not lines):
            continue
        if rows.is_total(one) and not REST.search(gap):
            return row, "total"
        loose.append(one)
        if not rows.able(one):
            continue
        if one.right[:1] in ("中", "里"):
            return row, "opens"
        row.append(one)
    return row, "end"


def _marker(rows: Rows, one: Mention) -> str:
    """What the line of the figure begins with: a digit, a dash, a bracket, or a word."""
    start = rows.flat.rfind("\n", 0, one.quantity.start) + 1
    mark = rows.flat[start : one.quantity.start].lstrip()[:1]
    return "0" if mark.isdigit() else mark if mark and not mark.isalnum() else "word"


def _begins_line(rows: Rows, first: Mention) -> bool:
    return rows.flat.rfind("\n", 0, first.quantity.start) >= first.quantity.start - len(first.gap) > 0
