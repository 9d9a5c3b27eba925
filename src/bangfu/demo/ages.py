"""How old the young are: as many of each school stage as the town's aid rolls need."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from bangfu.demo.blueprint import AGES, BORN, Ages
from bangfu.demo.families import window_of
from bangfu.demo.homes import TODAY
from bangfu.samples.people import Census, Person, age_on
from bangfu.samples.schooling import school_age

_SCHOOL_DAY = date(2019, 8, 31)
_ADULT = Ages("college", 0, 21, 24)  # younger than husbands are: see `families.husband_of`
_BABIES = Ages("babies", BORN, 0, 0)
_KINDS = (_BABIES, *AGES)


def settle_ages(rng: Random, census: Census, families: list[list[Person]]) -> None:
    """Moves birthdays of children within what their parents' ages allow, until every stage has its number.

    ValueError where too few children could be that young or that old.
    """
    young = [(person, members) for members in families for person in members if window_of(members, person)]
    rng.shuffle(young)
    held: dict[str, list[tuple[Person, list[Person]]]] = {kind.stage: [] for kind in _KINDS}
    spare: list[tuple[Person, list[Person]]] = []
    for person, members in young:
        _into_calendar(rng, census, person)
        kind = kind_of(person)
        if kind is not None and len(held[kind.stage]) < kind.count:
            held[kind.stage].append((person, members))
        else:
            spare.append((person, members))
    for kind in sorted(_KINDS, key=lambda item: item.low):
        while len(held[kind.stage]) < kind.count:
            held[kind.stage].append(_moved(rng, census, kind, spare))
    for person, members in spare:
        if kind_of(person) is not None:
            _grow_up(rng, census, person, members, held)


def kind_of(person: Person) -> Ages | None:
    """The stage that somebody's age means; None for the grown-up."""
    if person.birth >= date(2019, 1, 1):
        return _BABIES
    age = school_age(person)
    if age == 0:
        return _KINDS[1]
    return next((kind for kind in AGES if kind.low <= age <= kind.high), None)


def _into_calendar(rng: Random, census: Census, person: Person) -> None:
    """Nobody was born after the last natural addition was entered, nor around New Year's Eve of 2018."""
    if person.birth > date(2018, 11, 30):
        rebirth(census, person, date(2019, 1, 2) + timedelta(days=rng.randint(0, 300)))


def _moved(
    rng: Random, census: Census, kind: Ages, spare: list[tuple[Person, list[Person]]]
) -> tuple[Person, list[Person]]:
    """Somebody spare who may have the age; the grown-up first, so that no other stage is emptied."""
    for place, (person, members) in enumerate(spare):
        window = window_of(members, person)
        if window is None:
            continue
        ages = range(max(kind.low, window[0]), min(kind.high, window[1]) + 1)
        if len(ages):
            rebirth(census, person, _birthday(rng, kind, rng.choice(ages)))
            return spare.pop(place)
    raise ValueError(f"nobody can be {kind.low} to {kind.high} years old")


def _grow_up(
    rng: Random,
    census: Census,
    person: Person,
    members: list[Person],
    held: dict[str, list[tuple[Person, list[Person]]]],
) -> None:
    """A surplus child is older than school; where the parents are too young, it changes places with one that can be."""
    low, high = _window(members, person)
    if high >= _ADULT.low:
        _grow(rng, census, person, high)
        return
    for kind in sorted(AGES, key=lambda item: -item.low):
        ages = range(max(kind.low, low), min(kind.high, high) + 1)
        for place, (other, others) in enumerate(held[kind.stage] if ages else ()):
            grown = _window(others, other)[1]
            if grown >= _ADULT.low:
                held[kind.stage][place] = (person, members)
                rebirth(census, person, _birthday(rng, kind, rng.choice(ages)))
                _grow(rng, census, other, grown)
                return
    raise ValueError(f"too many children who are {low} to {high} years old")


def _grow(rng: Random, census: Census, person: Person, oldest: int) -> None:
    rebirth(census, person, _birthday(rng, _ADULT, rng.randint(_ADULT.low, min(oldest, _ADULT.high))))


def _window(members: list[Person], person: Person) -> tuple[int, int]:
    window = window_of(members, person)
    assert window is not None
    return window


def _birthday(rng: Random, kind: Ages, age: int) -> date:
    """A day on which somebody was born who is `age` years old on the day the school year began."""
    if kind is _BABIES:
        return date(2019, 1, 2) + timedelta(days=rng.randint(0, 300))
    day = date(_SCHOOL_DAY.year - age, 8, 31) - timedelta(days=rng.randint(0, 364))
    return min(day, date(2018, 11, 30))


def rebirth(census: Census, person: Person, birth: date) -> None:
    """Another birthday, and the number that goes with it."""
    if age_on(birth, TODAY) < 0:
        raise ValueError("born after the town's day")
    person.birth = birth
    person.id_no = census.number(birth, person.sex)
