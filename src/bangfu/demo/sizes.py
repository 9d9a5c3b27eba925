"""How many live in each home, so that the classes come out exactly."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from bangfu.demo.blueprint import CLASSES, TEKUN_COUPLES, TEKUN_SINGLES, Class

_SHARES = ((1, 7), (2, 14), (3, 18), (4, 25), (5, 20), (6, 11), (7, 4), (8, 1))
_MOST = 8


def sizes_of(rng: Random, item: Class) -> list[int]:
    """A size for each household of a class; they add up to its persons, in random order."""
    sizes, weights = zip(*_SHARES, strict=True)
    drawn = rng.choices(sizes, weights, k=item.households)
    settle(rng, drawn, item.persons, 1, _MOST)
    return drawn


def settle(rng: Random, values: list[int], total: int, low: int, high: int, step: int = 1) -> None:
    """Moves values by `step` within `low` and `high` until they add up to `total`. ValueError where they cannot."""
    missing = total - sum(values)
    if missing % step or not low * len(values) <= total <= high * len(values):
        raise ValueError(f"{len(values)} values between {low} and {high} cannot add up to {total}")
    while missing:
        place = rng.randrange(len(values))
        moved = values[place] + (step if missing > 0 else -step)
        if low <= moved <= high:
            missing -= moved - values[place]
            values[place] = moved


def planned(rng: Random) -> list[tuple[Class, int, bool]]:
    """Class, size and whether it is one of old people without support, for every household of a block, shuffled."""
    homes = [(item, size) for item in CLASSES for size in sizes_of(rng, item)]
    singles = _places(homes, 1)[:TEKUN_SINGLES]
    couples = _places(homes, 2)[:TEKUN_COUPLES]
    tekun = {*singles, *couples}
    listed = [(item, size, place in tekun) for place, (item, size) in enumerate(homes)]
    rng.shuffle(listed)
    return listed


def _places(homes: Sequence[tuple[Class, int]], size: int) -> list[int]:
    return [place for place, (item, own) in enumerate(homes) if own == size and item is CLASSES[0]]
