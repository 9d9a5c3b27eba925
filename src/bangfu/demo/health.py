"""Illness and disability: as many of each as the rolls of the published year have."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from bangfu.demo.blueprint import CHRONIC, MODERATE, SERIOUS, SEVERE
from bangfu.demo.homes import Home
from bangfu.samples.people import Person

_KINDS = ("视力", "听力", "言语", "肢体", "肢体", "智力", "精神", "多重")
Choice = tuple[Home, Person]


def give_health(rng: Random, homes: list[Home]) -> None:
    """One condition a person. Who loses all labour by it lives with somebody who has some."""
    adults = [
        (home, person)
        for home in homes
        if not home.is_tekun
        for person in home.members
        if person.age >= 18 and not person.student
    ]
    rng.shuffle(adults)
    adults.sort(key=lambda item: rng.random() - item[1].age / 100)
    taken: set[int] = set()
    for person in _chosen(adults, SEVERE, _has_company, taken, one_a_home=True):
        person.health, person.disability = "残疾", rng.choice(_KINDS)
        person.disability_level = rng.choice((1, 2, 2))
    severe = {id(home) for home, person in adults if person.disability}
    for person in _chosen(
        adults, MODERATE, lambda home, person: id(home) not in severe and person.age < 60, taken
    ):
        person.health, person.disability = "残疾", rng.choice(_KINDS)
        person.disability_level = rng.choice((3, 3, 4, 4, 4))
    for person in _chosen(adults, SERIOUS, _has_company, taken, one_a_home=True):
        person.health = "患有大病"
    for person in _chosen(adults, CHRONIC, lambda home, person: True, taken):
        person.health = "长期慢性病"


def _chosen(
    adults: list[Choice],
    count: int,
    fits: Callable[[Home, Person], bool],
    taken: set[int],
    *,
    one_a_home: bool = False,
) -> list[Person]:
    """The first that fit and have no condition yet; with `one_a_home` none of a home where somebody is so already."""
    found: list[Person] = []
    homes: set[int] = set()
    for home, person in adults:
        if len(found) == count:
            break
        if id(person) in taken or not fits(home, person) or (one_a_home and id(home) in homes):
            continue
        if one_a_home and any(id(one) in taken for one in home.members):
            continue
        homes.add(id(home))
        taken.add(id(person))
        found.append(person)
    if len(found) < count:
        raise ValueError(f"only {len(found)} of {count} can have the condition")
    return found


def _has_company(home: Home, person: Person) -> bool:
    """Whether somebody else of the home can work."""
    return any(one is not person and 18 <= one.age < 60 and not one.student for one in home.members)
