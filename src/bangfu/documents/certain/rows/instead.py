"""Other figures that the same row makes up, with the figure it is said of or without it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from bangfu.documents.arithmetic.scene import can_add
from bangfu.documents.certain.rows.candidate import Candidate, Rows, class_of, steps
from bangfu.documents.certain.rows.numbers import comes_out, fine
from bangfu.documents.certain.rows.words import said_count
from bangfu.documents.reading.structure import Mention

_WINDOW, _BACK, _LAST, _MANY = 42, 20, 5, 200_000
_LEAST = 3
_FARTHER = frozenset({"whole=second", "whole=other", "whole=sentence-first", "whole=paragraph-first"})
_COMMA = frozenset(f"opener={name}" for name in ("comma", "bare", "semicolon", "pause", "apart-comma"))
_SUMMED = re.compile(r"[^,。;:]{1,6}(?:相加|合计|之和|加起来|累加|加总)")


def kin_of(rows: Rows, one: Candidate) -> list[Mention]:
    """The figures of its class around it, in the order of the text."""
    scene = rows.scene
    places = [scene.place_of(each) for each in (*one.members, one.total)]
    kind = class_of(one.total)
    near = scene.mentions[max(0, min(places) - _WINDOW) : max(places) + _WINDOW]
    return [each for each in near if class_of(each) == kind and can_add(each) and each.quantity.is_exact]


def is_first_itself(rows: Rows, one: Candidate) -> bool:
    """工资4129元;经营2360元;财产168元;转移1769元 of 8426元: the whole is an item like those after it."""
    if one.signs.isdisjoint(_COMMA):
        return False
    row = [one.total, *one.members]
    start, kind = rows.scene.place_of(one.total), class_of(one.total)
    before = [each for each in rows.scene.mentions[max(0, start - _BACK) : start] if class_of(each) == kind]
    if any(comes_out(row, each) for each in (*before, *kin_of(rows, one)) if each not in row):
        return True
    if "opener=apart-comma" in one.signs and any(_is_about(row, each) for each in kin_of(rows, one)):
        return True
    end = rows.flat.find("。", one.members[-1].quantity.end) + 1
    return said_count((_SUMMED.match(rows.flat, end) or [""])[0]) == len(row)


def _is_about(row: Sequence[Mention], whole: Mention) -> bool:
    """Whether the row gives the whole but for a small gap."""
    return abs(sum(fine(each) for each in row) - fine(whole)) * 20 < fine(whole)


def comes_out_without(rows: Rows, one: Candidate) -> bool:
    """在册132人,在管126人,规范服药108人,失访6人: whether a loose row comes out without what counts again."""
    if one.signs.isdisjoint(_COMMA) or len(one.members) < _LEAST or set(steps(rows, one.members)) == {"、"}:
        return False
    fewer = itertools.combinations(one.members, len(one.members) - 1)
    return any(comes_out(row, one.total) for row in fewer)


def is_derived(rows: Rows, one: Candidate) -> bool:
    """年初1630户,剩余362户;退出户186户、…: whether the row makes up what two figures near leave or give."""
    if one.signs.isdisjoint(_FARTHER) and "opener=apart" not in one.signs:
        return False
    own = sum(fine(each) for each in one.members)
    first = rows.scene.place_of(one.members[0])
    kind = class_of(one.total)
    near = [each for each in rows.scene.mentions[max(0, first - _BACK) : first] if class_of(each) == kind]
    return own >= _MANY and any(
        own in (abs(fine(each) - fine(other)), fine(each) + fine(other))
        for each, other in itertools.combinations(near[-_LAST:], 2)
    )
