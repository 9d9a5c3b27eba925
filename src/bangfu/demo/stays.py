"""Who joined each home and who left it since it was identified: births, marriages, moves, deaths."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from bangfu.demo.blueprint import (
    BORN,
    DIED,
    EARLIER_LEAVES,
    MARRIED_IN,
    MARRIED_OUT,
    MOVED_IN,
    MOVED_OUT,
)
from bangfu.demo.homes import TODAY, YEAR, Home, Stay, day
from bangfu.samples import lives, schooling
from bangfu.samples.families import member
from bangfu.samples.people import Census, Person, age_on

_IDENTIFIED = ((201312, 70), (201511, 18), (201611, 8), (201710, 4))
_EXITS = {2014: 8, 2015: 12, 2016: 24, 2017: 26, 2018: 30}
_FIRST_YEAR = 2014


def give_beginnings(rng: Random, homes: list[Home]) -> None:
    """When each home was identified and left poverty; who was born later joined later."""
    months, weights = zip(*_IDENTIFIED, strict=True)
    for home in homes:
        home.identified = rng.choices(months, weights)[0]
        first = home.identified // 100 + 1
        years = [year for year in _EXITS if year >= first]
        home.exit_year = rng.choices(years, [_EXITS[year] for year in years])[0]
        for place, stay in enumerate(home.stays):
            stay.place = place + 1
            stay.joined = home.identified * 100 + 1
            if day(stay.person.birth) > stay.joined:
                stay.joined = day(stay.person.birth + timedelta(days=rng.randint(7, 30)))
                stay.join_reason = "新生儿"
    _join_later(rng, homes)


def _join_later(rng: Random, homes: list[Home]) -> None:
    """Wives who came by marriage and others who moved in: those of the year that is published, some earlier."""
    everyone = [(home, stay) for home in homes for stay in home.stays]
    wives = [(home, stay) for home, stay in everyone if stay.person.relation == "之儿媳"]
    spouses = [(home, stay) for home, stay in everyone if _may_have_married(home, stay)]
    rng.shuffle(wives)
    rng.shuffle(spouses)
    married = (wives + spouses)[:MARRIED_IN]
    for _, stay in married:
        _join(rng, stay, "婚入", YEAR)
    for home, stay in wives[MARRIED_IN:]:
        if rng.random() < 0.5 and home.identified < 201500:
            _join(rng, stay, "婚入", rng.randint(2015, 2018))
    movers = [stay for _, stay in everyone if stay.person.relation == "之母" and stay.join_reason is None]
    for stay in rng.sample(movers, min(MOVED_IN, len(movers))):
        _join(rng, stay, "户籍迁入", YEAR)
    newborn = sum(stay.joined // 10000 == YEAR and stay.join_reason == "新生儿" for _, stay in everyone)
    if (newborn, len(married)) != (BORN, MARRIED_IN) or len(movers) < MOVED_IN:
        raise ValueError("the additions of the year do not come out")


def _may_have_married(home: Home, stay: Stay) -> bool:
    """A head's wife without children who are older than the marriage."""
    children = [one.person.age for one in home.stays if one.person.relation in ("之子", "之女")]
    return stay.person.relation == "配偶" and stay.person.age < 50 and max(children, default=0) <= 5


def _join(rng: Random, stay: Stay, reason: str, year: int) -> None:
    stay.join_reason = reason
    stay.joined = day(date(year, rng.randint(1, 11), rng.randint(1, 28)))


def add_former(rng: Random, census: Census, homes: list[Home]) -> None:
    """Members who are gone: those of the year that is published, and of the years before."""
    of_year = (("死亡", DIED), ("婚出", MARRIED_OUT), ("户籍迁出", MOVED_OUT))
    wanted = [(reason, YEAR) for reason, count in of_year for _ in range(count)]
    for _ in range(EARLIER_LEAVES):
        reason = rng.choices(("死亡", "婚出", "其他"), (60, 30, 10))[0]
        wanted.append((reason, rng.randint(_FIRST_YEAR, YEAR - 1)))
    for reason, year in wanted:
        home = _home_of(rng, homes, reason, year)
        person = _gone(rng, census, home, reason)
        left = day(date(year, rng.randint(1, 11), rng.randint(1, 28)))
        first = home.identified * 100 + 1
        home.stays.append(Stay(person, first, None, left, reason, len(home.stays) + 1))


def _home_of(rng: Random, homes: list[Home], reason: str, year: int) -> Home:
    while True:
        home = rng.choice(homes)
        head = home.head.person
        fits = not _too_old(reason, head) and len(home.stays) < 10 and not home.is_tekun
        if home.identified // 100 < year and fits and (reason != "死亡" or _parents_gone(home)):
            return home


def _parents_gone(home: Home) -> list[str]:
    """Which of the head's parents nobody knows of yet: there is only one of each."""
    there = {stay.person.relation for stay in home.stays}
    return [relation for relation in ("之父", "之母") if relation not in there]


def _too_old(reason: str, head: Person) -> bool:
    return head.age > 60 if reason == "死亡" else not 46 <= head.age <= 66


def _gone(rng: Random, census: Census, home: Home, reason: str) -> Person:
    head = home.head.person
    if reason == "死亡":
        relation = rng.choice(_parents_gone(home))
        sex = "男" if relation == "之父" else "女"
        person = member(rng, census, sex, head.age + 21, min(94, head.age + 32), relation)
    else:
        sex = "女" if reason == "婚出" else rng.choice("男女")
        relation = "之子" if sex == "男" else "之女"
        person = member(rng, census, sex, 24, min(30, head.age - 21), relation, head.name[0])
    schooling.give_schooling(rng, person)
    person.education = "高中" if person.education.startswith("高中") else person.education
    lives.give_labor(rng, person)
    return person


def sizes_by_year(home: Home) -> Iterator[tuple[int, int]]:
    """Size of the home at the end of each year since it was identified."""
    for year in range(max(_FIRST_YEAR, home.identified // 100), YEAR + 1):
        yield year, home.size_on(year * 10000 + 1231)


def age_then(person: Person, year: int) -> int:
    return age_on(person.birth, min(date(year, 12, 31), TODAY))
