"""Who lives together: ages and relations that fit each other."""

from __future__ import annotations

from random import Random

from bangfu.samples.people import Census, Person, born


def family(rng: Random, census: Census) -> list[Person]:
    """The members, the head first."""
    shape = rng.random()
    if shape < 0.09:
        return [member(rng, census, rng.choice("男女"), 66, 84, "户主")]
    if shape < 0.2:
        return couple(rng, census, 62, 78)
    members = couple(rng, census, 30, 58)
    for _ in range(rng.choice((1, 1, 2, 2, 3))):
        members.append(child(rng, census, members[0], members[1]))
    add_grandchildren(rng, census, members)
    add_parents(rng, census, members)
    return members


def member(
    rng: Random, census: Census, sex: str, low: int, high: int, relation: str, surname: str = ""
) -> Person:
    return census.person(rng, sex, born(rng, low, high, census.today), surname, relation)


def couple(rng: Random, census: Census, low: int, high: int) -> list[Person]:
    head = member(rng, census, "男", low, high, "户主", census.names.surname(rng))
    wife = member(rng, census, "女", max(24, head.age - 4), max(24, head.age + 1), "配偶")
    return [head, wife]


def child(rng: Random, census: Census, head: Person, wife: Person) -> Person:
    sex = rng.choice("男女")
    oldest = min(head.age, wife.age) - 22
    youngest = max(0, oldest - 18)
    return member(rng, census, sex, youngest, oldest, "之子" if sex == "男" else "之女", head.name[0])


def add_grandchildren(rng: Random, census: Census, members: list[Person]) -> None:
    """A grown son may have brought his wife and have children; the head is then at least 44 years older."""
    head = members[0]
    son = next((m for m in members if m.relation == "之子" and m.age >= 26), None)
    if son is None or rng.random() < 0.4:
        return
    members.append(member(rng, census, "女", 24, max(24, son.age), "之儿媳"))
    oldest = min(son.age - 23, members[-1].age - 22, head.age - 45)
    if oldest >= 0:
        sex = rng.choice("男女")
        members.append(
            member(rng, census, sex, 0, oldest, "之孙子" if sex == "男" else "之孙女", head.name[0])
        )


def add_parents(rng: Random, census: Census, members: list[Person]) -> None:
    head = members[0]
    for sex, relation in (("男", "之父"), ("女", "之母")):
        if rng.random() < 0.22 and head.age <= 58:
            members.append(member(rng, census, sex, max(61, head.age + 22), min(88, head.age + 30), relation))
