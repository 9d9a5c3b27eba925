"""Where a row of figures may begin, how long it may be, and why it ends where it ends."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.openings import REST
from bangfu.documents.arithmetic.scene import AMONG, can_add
from bangfu.documents.claims.cues import Sight, overlap
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


def lengths(values: Sequence[float], start: int, stated: float) -> Iterator[tuple[int, float]]:
    """How long a row may be, and its sum against the total: of the total's size, or a power of ten away."""
    amount = values[start]
    for at in range(start + 1, min(start + LONGEST, len(values))):
        amount += values[at]
        ratio = amount / stated if stated else 99.0
        if ratio > _LARGEST:
            return
        if _LEAST <= ratio <= _MOST or _is_power(ratio):
            yield at - start + 1, ratio


_LEAST, _MOST, _LARGEST = 0.5, 1.5, 10_500
_POWERS = frozenset({4, 1, -1, -2, -4})


def _is_power(ratio: float) -> bool:
    power = round(math.log10(ratio)) if ratio > 0 else 0
    return power in _POWERS and abs(ratio / 10.0**power - 1) < 0.02


def begins(sight: Sight, before: Mention, first: Mention, side: str) -> bool:
    """Whether a row may begin here: with a new sentence, piece or line, or after words that open one up."""
    low, high = sorted((before, first), key=lambda one: one.index)
    if (low.sentence, low.segment) != (high.sentence, high.segment):
        return True
    return side == "after" and sight.remember("opens", first, opens) != "none"


def opens(_: Sight, first: Mention) -> str:
    return next((name for name, pattern in _OPENERS if pattern.search(first.gap)), "none")


def columns(
    sight: Sight, total: Mention, others: Sequence[Mention], side: str
) -> Iterator[tuple[str, list[Mention]]]:
    """The rows that may be meant: all; those that are no part of a part; one of each item between semicolons or lines."""
    able = [one for one in others if can_add(one) or one.quantity.kind == "time"]
    yield "all", list(able)
    if not able:
        return
    depth = _depth(sight, able[0])
    flat = [one for one in able if _depth(sight, one) <= depth]
    if len(flat) != len(able):
        yield "flat", flat
    plain = [one for one in able if not sight.scene.is_nested(one)]
    if len(plain) not in (0, len(able)):
        yield "plain", plain
    heads = [one for at, one in enumerate(able) if at == 0 or _item(one) != _item(able[at - 1])]
    if side == "before":
        heads = [
            one for at, one in enumerate(able) if at == len(able) - 1 or _item(one) != _item(able[at + 1])
        ]
    if len(heads) != len(able):
        yield "heads", heads
    lasts = [one for at, one in enumerate(able) if at == len(able) - 1 or _item(one) != _item(able[at + 1])]
    if side == "before":
        lasts = [one for at, one in enumerate(able) if at == 0 or _item(one) != _item(able[at - 1])]
    if len(lasts) not in (len(able), 0) and lasts != heads:
        yield "lasts", lasts
    groups = [
        one
        for one in able
        if len(sight.scene.group_of[one.index].mentions) == len(sight.scene.group_of[able[0].index].mentions)
    ]
    if len(groups) not in (len(able), len(flat)):
        yield "groups", groups
    alike = [one for one in able if overlap(sight.names(one), sight.names(able[0])) in ("most", "some")]
    if 1 < len(alike) < len(able):
        yield "named", alike
    called = [one for one in able if overlap(sight.names(one), sight.names(total)) in ("most", "some")]
    if 1 < len(called) < len(able) and called != alike:
        yield "called", called
    if side == "before":
        no_totals = [one for one in able if not sight.is_total(one)]
        if 1 < len(no_totals) < len(able):
            yield "no-totals", no_totals


def _item(one: Mention) -> tuple[int, int]:
    return one.sentence, one.segment


def _depth(sight: Sight, one: Mention) -> int:
    return sight.remember("depth", one, _depth_of)


def _depth_of(sight: Sight, one: Mention) -> int:
    flat = sight.scene.reading.flat
    words = flat[sight.scene.sentence_of(one).start : one.quantity.start]
    return words.count("(") - words.count(")")


def boundary(sight: Sight, row: Row, rest: Sequence[Mention]) -> str | None:
    """Why the row ends where it ends; None where it might as well go on."""
    if not rest:
        return "end"
    last, following = row[-1], rest[0]
    low, high = sorted((last, following), key=lambda one: one.index)
    if low.paragraph != high.paragraph:
        return "paragraph"
    if low.sentence != high.sentence:
        return "sentence"
    if sight.is_total(following) or sight.is_total(low if low is following else high):
        return "total"
    words = sight.scene.between(low, high)
    if AMONG.search(words):
        return "among"
    if ")" in words or "(" in words:
        return "bracket"
    if ";" in words:
        return "semicolon"
    inner = {sight.marks(one, other) for one, other in itertools.pairwise(row)}
    outer = sight.marks(low, high)
    if outer not in inner:
        return "mark"
    if REST.search(max(row, key=lambda one: one.index).gap):
        return "rest"
    groups = {len(sight.scene.group_of[one.index].mentions) for one in row}
    if len(groups) == 1 and len(sight.scene.group_of[following.index].mentions) not in groups:
        return "shape"
    if sight.between(last, following) > max(
        sight.between(one, other) for one, other in itertools.pairwise(row)
    ):
        return "gap"
    return None
