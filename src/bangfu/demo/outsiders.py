"""Villagers whom the register does not know: on allowance or support, in the departments' lists only."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from bangfu.demo.assistance import settled_counts
from bangfu.demo.blueprint import (
    DIBAO_HOMES_OUTSIDE,
    DIBAO_PERSONS_OUTSIDE,
    DISABLED_OUTSIDE,
    TEKUN_OUTSIDE,
)
from bangfu.samples.families import member
from bangfu.samples.people import Census, Person
from bangfu.samples.places import Village

_MOST = 4


@dataclass(slots=True)
class Outsiders:
    """One household that is not on the register."""

    village: Village
    account: str
    persons: list[Person]
    is_tekun: bool = False

    @property
    def head(self) -> Person:
        return self.persons[0]


def outsiders(rng: Random, census: Census, villages: list[Village], nth: int) -> list[Outsiders]:
    """Households on allowance with the severely disabled among them, and destitute old people."""
    found: list[Outsiders] = []
    for size in settled_counts(rng, DIBAO_HOMES_OUTSIDE, DIBAO_PERSONS_OUTSIDE, _MOST):
        surname = census.names.surname(rng)
        head = member(rng, census, rng.choice("男女"), 35, 68, "户主", surname)
        others = [member(rng, census, rng.choice("男女"), 18, 59, "其他", surname) for _ in range(size - 1)]
        found.append(Outsiders(rng.choice(villages), _account(nth, len(found)), [head, *others]))
    people = [person for home in found for person in home.persons]
    for person in rng.sample(people, DISABLED_OUTSIDE):
        person.health, person.disability = "残疾", rng.choice(("视力", "肢体", "智力", "精神"))
        person.disability_level = rng.choice((1, 2, 2))
    for _ in range(TEKUN_OUTSIDE):
        old = member(rng, census, rng.choice("男女"), 66, 86, "户主")
        found.append(Outsiders(rng.choice(villages), _account(nth, len(found)), [old], is_tekun=True))
    return found


def _account(nth: int, place: int) -> str:
    return f"8198{nth * 1_000 + place:013d}"
