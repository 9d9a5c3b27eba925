"""Where a row of figures may begin, how long it may be, and why it ends where it ends."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bangfu.documents.arithmetic.openings import REST
from bangfu.documents.arithmetic.scene import AMONG
from bangfu.documents.claims.cues import Sight
from bangfu.documents.reading.structure import Mention

LONGEST, REACH, STARTS = 16, 34, 14
_OPENERS = (
    ("among", re.compile(r"其中|当中")),
    ("respectively", re.compile(r"分别")),
    ("made-of", re.compile(r"包括|包含|含|由|分为|即|按|从")),
    ("colon", re.compile(r":")),
    ("bracket", re.compile(r"\(")),
)
Row = tuple[Mention, ...]


def lengths(values: Sequence[float], start: int, stated: float) -> list[tuple[int, float]]:
    """How long a row may be, and its sum against the total: of the total's size, or a power of ten away."""
    found = []
    amount = values[start]
    for length, value in enumerate(values[start + 1 : start + LONGEST], 2):
        amount += value
        ratio = amount / stated if stated else 99.0
        if ratio > _LARGEST:
            break
        if _LEAST <= ratio <= _MOST or (not 0.11 < ratio < 9.7 and _is_power(ratio)):
            found.append((length, ratio))
    return found


_LEAST, _MOST, _LARGEST = 0.5, 1.5, 10_500
_POWERS = frozenset({4, 1, -1, -2, -4})


def _is_power(ratio: float) -> bool:
    if 0.000103 < ratio < 0.0097 or 0.0103 < ratio < 0.097 or 10.3 < ratio < 9_700 or ratio <= 0:
        return False
    power = round(math.log10(ratio))
    return power in _POWERS and abs(ratio / 10.0**power - 1) < 0.02


def begins(sight: Sight, before: Mention, first: Mention, side: str) -> bool:
    """Whether a row may begin here: with a new sentence, piece or line, or after words that open one up."""
    if before.sentence != first.sentence or before.segment != first.segment:
        return True
    return side == "after" and sight.remember("opens", first, opens) != "none"


def opens(_: Sight, first: Mention) -> str:
    return next((name for name, pattern in _OPENERS if pattern.search(first.gap)), "none")


def columns(
    sight: Sight, total: Mention, others: Sequence[Mention], side: str
) -> Iterator[tuple[str, list[Mention]]]:
    """The rows that may be meant: all; those that are no part of a part; one of each item between semicolons or lines."""
    able = [one for one in others if one.quantity.kind == "time" or sight.can_add(one)]
    yield "all", able
    if not able:
        return
    depths = [sight.remember("depth", one, _depth) for one in able]
    flat = [one for one, depth in zip(able, depths, strict=True) if depth <= depths[0]]
    if len(flat) != len(able):
        yield "flat", flat
    plain = [one for one in able if not sight.scene.is_nested(one)]
    if len(plain) not in (0, len(able)):
        yield "plain", plain
    heads, lasts = _ends(able, side)
    if len(heads) != len(able):
        yield "heads", heads
        if lasts != heads:
            yield "lasts", lasts
    sizes = [len(sight.scene.group_of[one.index].mentions) for one in able]
    groups = [one for one, size in zip(able, sizes, strict=True) if size == sizes[0]]
    if len(groups) not in (len(able), len(flat)):
        yield "groups", groups
    alike = _called(sight, able, able[0])
    if 1 < len(alike) < len(able):
        yield "named", alike
    called = _called(sight, able, total)
    if 1 < len(called) < len(able) and called != alike:
        yield "called", called
    if side == "before":
        no_totals = [one for one in able if not sight.is_total(one)]
        if 1 < len(no_totals) < len(able):
            yield "no-totals", no_totals


def _ends(able: Sequence[Mention], side: str) -> tuple[list[Mention], list[Mention]]:
    """The first and the last of each item, as they are met."""
    items = [_item(one) for one in able]
    breaks = [at for at in range(1, len(able)) if items[at] != items[at - 1]]
    firsts = [able[at] for at in (0, *breaks)]
    ends = [able[at - 1] for at in (*breaks, len(able))]
    return (firsts, ends) if side == "after" else (ends, firsts)


def _called(sight: Sight, able: Sequence[Mention], like: Mention) -> list[Mention]:
    """Those whose names have something in common with that of one."""
    name = sight.names(like)
    return [one for one in able if not name.isdisjoint(sight.names(one))] if name else []


def _item(one: Mention) -> tuple[int, int]:
    return one.sentence, one.segment


def _depth(sight: Sight, one: Mention) -> int:
    """How many brackets it stands in."""
    flat = sight.scene.reading.flat
    words = flat[sight.scene.sentence_of(one).start : one.quantity.start]
    return words.count("(") - words.count(")")


def boundary(sight: Sight, row: Row, rest: Sequence[Mention]) -> str | None:
    """Why the row ends where it ends; None where it might as well go on."""
    if not rest:
        return "end"
    last, following = row[-1], rest[0]
    low, high = (last, following) if last.index < following.index else (following, last)
    if low.paragraph != high.paragraph:
        return "paragraph"
    if low.sentence != high.sentence:
        return "sentence"
    if sight.is_total(following):
        return "total"
    if mark := _parting(sight.scene.between(low, high)):
        return mark
    inner = {sight.marks(one, other) for one, other in itertools.pairwise(row)}
    if sight.marks(low, high) not in inner:
        return "mark"
    if REST.search((row[0] if row[0].index > last.index else last).gap):
        return "rest"
    return _change_of_shape(sight, row, following)


@lru_cache(maxsize=20_000)
def _parting(words: str) -> str:
    """What parts two neighbours of one sentence; empty where nothing does."""
    if AMONG.search(words):
        return "among"
    if ")" in words or "(" in words:
        return "bracket"
    return "semicolon" if ";" in words else ""


def _change_of_shape(sight: Sight, row: Row, following: Mention) -> str | None:
    groups = {len(sight.scene.group_of[one.index].mentions) for one in row}
    if len(groups) == 1 and len(sight.scene.group_of[following.index].mentions) not in groups:
        return "shape"
    widest = max(sight.between(one, other) for one, other in itertools.pairwise(row))
    return "gap" if sight.between(row[-1], following) > widest else None
