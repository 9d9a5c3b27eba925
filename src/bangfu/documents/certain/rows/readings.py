"""Whether figures near a total make it up in another way than the row at hand."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from bangfu.documents.certain.rows.candidate import Rows
from bangfu.documents.reading.structure import Mention

_NEAREST, _MOST_PICKED = 12, 4
_PLAY = 1e-6


def has_other_reading(rows: Rows, earlier: Sequence[Mention], total: Mention, number: int | None) -> bool:
    """Whether as many as are said, or a run of neighbours, make the total up."""
    plain = [one for one in earlier if not rows.scene.is_nested(one)]
    found = _picked(earlier[-_NEAREST:], total, number)
    return found or (len(plain) < len(earlier) and _picked(plain[-_NEAREST:], total, number))


def _picked(near: Sequence[Mention], total: Mention, number: int | None) -> bool:
    bounds = [tuple(float(one) for one in each.quantity.bounds()) for each in near]
    low, high = (float(one) for one in total.quantity.bounds())
    for length in {2, number or 2} if (number or 2) <= _MOST_PICKED else {2}:
        for several in itertools.combinations(bounds, length):
            if (
                sum(one[0] for one in several) <= high + _PLAY
                and sum(one[1] for one in several) >= low - _PLAY
            ):
                return True
    for first in range(len(bounds) - 2):
        least, most = bounds[first]
        for at in range(first + 1, len(bounds)):
            least, most = least + bounds[at][0], most + bounds[at][1]
            if at > first + 1 and least <= high + _PLAY and most >= low - _PLAY:
                return True
    return False
