"""Who goes to which school in the autumn of 2019 and went in the spring before it."""

from __future__ import annotations

from random import Random

from bangfu.demo.blueprint import HIGHER_VOCATIONAL, SECONDARY_VOCATIONAL, SENIOR, UNDERGRADUATE
from bangfu.demo.homes import Home
from bangfu.samples.people import Person
from bangfu.samples.schooling import education_of, give_schooling, school_age, student_status

_SENIOR, _VOCATIONAL, _HIGHER, _UNDERGRADUATE = "普通高中", "中职", "高职高专", "本科"


def give_schools(rng: Random, homes: list[Home]) -> None:
    """Stage and schooling of everybody; as many in each kind of higher school as the aid rolls need."""
    people = [person for home in homes for person in home.members]
    for person in people:
        give_schooling(rng, person)
    fifteen = _shuffled(rng, people, 15, 17)
    kinds = [_SENIOR] * SENIOR + [_VOCATIONAL] * SECONDARY_VOCATIONAL
    for person, track in zip(fifteen, kinds, strict=True):
        _enrol(person, track, "")
    grown = _shuffled(rng, people, 18, 20)
    colleges = [_HIGHER] * HIGHER_VOCATIONAL + [_UNDERGRADUATE] * UNDERGRADUATE
    for person, college in zip(grown, colleges, strict=False):
        _enrol(person, _VOCATIONAL if college == _HIGHER else _SENIOR, college)
    for person in grown[len(colleges) :]:
        _leave_school(rng, person)
    for person in people:
        if person.education.startswith("高中"):
            person.education = "高中"


def _shuffled(rng: Random, people: list[Person], low: int, high: int) -> list[Person]:
    found = [
        person
        for person in people
        if low <= school_age(person) <= high and person.relation not in ("之儿媳", "配偶", "户主")
    ]
    rng.shuffle(found)
    return found


def _enrol(person: Person, track: str, college: str) -> None:
    age = school_age(person)
    person.education = ""
    person.student = student_status(age, track, college)
    person.student_before = student_status(age - 1, track, college)


def _leave_school(rng: Random, person: Person) -> None:
    """Out of school; half of them since the summer, from the last year of a vocational school."""
    person.student, person.education = "", "高中"
    person.student_before = "中职三年级" if rng.random() < 0.5 else ""
    if not person.student_before:
        person.education = education_of(rng, school_age(person), _SENIOR, "")
