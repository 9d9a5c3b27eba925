"""Who is on minimum living allowance and who is supported as destitute (dibao, tekun)."""

from __future__ import annotations

from random import Random

from bangfu.demo.blueprint import DIBAO_HOMES, DIBAO_PERSONS
from bangfu.demo.homes import Home
from bangfu.demo.sizes import settle
from bangfu.samples.people import Person

_WEAK = ("弱劳动力或半劳动力", "无劳动力", "丧失劳动力")


def give_tekun(home: Home) -> None:
    for person in home.members:
        person.tekun = True


def give_dibao(rng: Random, homes: list[Home]) -> None:
    """To every home with a severely disabled member, then to those with most who cannot work.

    A home with a slightly disabled member is left out: who is disabled in a dibao home gets the living subsidy, and the
    published total leaves room for the severely disabled only.
    """
    open_homes = [home for home in homes if not home.is_tekun and not _has_moderate(home)]
    rng.shuffle(open_homes)
    open_homes.sort(key=_need, reverse=True)
    chosen = open_homes[:DIBAO_HOMES]
    counts = [_at_least(home) for home in chosen]
    mosts = [len(home.members) for home in chosen]
    _share(rng, counts, mosts, DIBAO_PERSONS)
    for home, count in zip(chosen, counts, strict=True):
        for person in sorted(home.members, key=_first)[:count]:
            person.dibao = True


def _share(rng: Random, counts: list[int], mosts: list[int], total: int) -> None:
    extra = [0] * len(counts)
    room = [min(2, most - count) for count, most in zip(counts, mosts, strict=True)]
    places = [place for place, free in enumerate(room) for _ in range(free)]
    for place in rng.sample(places, total - sum(counts)):
        extra[place] += 1
    for place, more in enumerate(extra):
        counts[place] += more


def _has_moderate(home: Home) -> bool:
    return any(person.disability_level in (3, 4) for person in home.members)


def _need(home: Home) -> tuple[bool, bool, float]:
    members = home.members
    weak = sum(person.labor in _WEAK for person in members)
    return (
        any(person.disability_level in (1, 2) for person in members),
        any(person.health == "患有大病" for person in members),
        weak / len(members),
    )


def _at_least(home: Home) -> int:
    return max(1, sum(bool(person.disability) for person in home.members))


def _first(person: Person) -> tuple[bool, bool, int]:
    """The disabled first, then the sick, the old, the young."""
    return (not person.disability, person.health == "健康", -abs(person.age - 35))


def settled_counts(rng: Random, homes: int, persons: int, most: int) -> list[int]:
    """Persons of each of so many homes, adding up."""
    counts = [rng.choice((1, 1, 1, 2, 2, 3)) for _ in range(homes)]
    settle(rng, counts, persons, 1, most)
    return counts
