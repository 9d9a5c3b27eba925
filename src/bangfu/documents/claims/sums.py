"""Every row that may make up a figure: before it (甲、乙,共丙), after it (甲,其中乙、丙), or column by column across items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from bangfu.documents.claims.claim import Claim
from bangfu.documents.claims.cues import Sight, bucket
from bangfu.documents.claims.row_cues import row_cues
from bangfu.documents.claims.rows import REACH, STARTS, Row, begins, boundary, columns, lengths
from bangfu.documents.reading.quantity import rounded
from bangfu.documents.reading.structure import Mention


def sum_claims(sight: Sight) -> Iterator[Claim]:
    by_class: dict[str, list[Mention]] = {}
    for one in sight.scene.mentions:
        if one.quantity.kind not in ("share", "point", "times", "age"):
            by_class.setdefault(base_of(one), []).append(one)
    for several in by_class.values():
        for at, total in enumerate(several):
            yield from _of(sight, total, several[at + 1 : at + 1 + REACH], "after")
            yield from _of(sight, total, several[max(0, at - REACH) : at][::-1], "before")
    yield from _mixed(sight)


_POSTS = re.compile("岗|名额|床位|学位|编制")


def base_of(one: Mention) -> str:
    """What may be added up: posts are held by one person each."""
    unit = one.quantity.base_unit
    if unit == "个" and _POSTS.search(one.left[-6:] + one.right[:4]):
        return "人"
    return {"户次": "户", "人次": "人", "场次": "场", "件次": "件"}.get(unit, unit)


def _mixed(sight: Sight) -> Iterator[Claim]:
    """岗位156个,其中护林员62人: persons in posts; 12处, 8个: places and pieces."""
    for total in sight.scene.mentions:
        if total.quantity.kind != "count":
            continue
        after = [one for one in sight.scene.after(total) if not one.is_like(total)][:8]
        if (
            len(after) > 1
            and all(one.quantity.kind in ("count", "person") for one in after[:2])
            and after[0].is_like(after[1])
        ):
            yield from _of(sight, total, [one for one in after if one.is_like(after[0])], "after")


def _of(sight: Sight, total: Mention, others: Sequence[Mention], side: str) -> Iterator[Claim]:
    seen: set[tuple[int, ...]] = set()
    stated = total.quantity.size
    others = _near(sight, total, others)
    for column, several in columns(sight, total, others, side):
        values, places = [one.quantity.size for one in several], [one.index for one in several]
        for start in range(min(STARTS, len(several) - 1)):
            if start > 2 and not begins(sight, several[start - 1], several[start], side):
                continue
            for length, ratio in lengths(values, start, stated):
                key = tuple(places[start : start + length])
                if key in seen:
                    continue
                row = tuple(several[start : start + length])
                bound = boundary(sight, row, several[start + length :])
                if bound is None and abs(ratio - 1) > _SLACK:
                    continue
                claim = _made(sight, total, row, bound, side, (column, start))
                if claim is not None:
                    seen.add(key)
                    yield claim


_SLACK = 0.2
"""Farther from the total no word of approximation brings a row."""


def _made(
    sight: Sight, total: Mention, row: Row, bound: str | None, side: str, place: tuple[str, int]
) -> Claim | None:
    """The claim of a row that comes out, or ends where a row may end."""
    column, start = place
    shape = (
        f"side={side}",
        f"column={column}",
        f"start={bucket(start, (0, 1, 2, 4))}",
        f"bound={bound or 'none'}",
        f"side-bound={side},{bound or 'none'}",
    )
    claim = _claim(sight, total, row, side, shape)
    return claim if bound is not None or _is_close(claim) else None


def _near(sight: Sight, total: Mention, others: Sequence[Mention]) -> list[Mention]:
    """Those in the lines about the total that say something else than it does."""
    groups, paragraph = sight.scene.group_of, total.paragraph
    own = groups[total.index]
    return [one for one in others if abs(one.paragraph - paragraph) <= 8 and groups[one.index] is not own]


def _claim(sight: Sight, total: Mention, row: Row, side: str, shape: tuple[str, ...]) -> Claim:
    computed = sum([one.quantity.base_value for one in row], _ZERO)
    bounds = [one.quantity.span for one in row]
    low, high = sum([one[0] for one in bounds], _ZERO), sum([one[1] for one in bounds], _ZERO)
    members = row if side == "after" else row[::-1]
    nearest = members[0] if side == "after" else members[-1]
    tight = total.sentence == nearest.sentence and sight.between(total, nearest) <= 2
    return Claim(
        "sum",
        members,
        total,
        computed,
        low,
        high,
        "",
        tight,
        partial(row_cues, sight, total, members, side, shape),
    )


_ZERO = Decimal(0)


def _is_close(claim: Claim) -> bool:
    stated = claim.stated.quantity
    if stated.is_exact and claim.low == claim.high:
        return rounded(claim.computed, stated.step) == stated.base_value
    low, high = stated.bounds()
    return claim.low <= high and low <= claim.high
