"""Families of a given size, as they are today; ages of the young are settled later for the whole town."""

from __future__ import annotations

from random import Random

from bangfu.samples.families import add_grandchildren, child, couple, member
from bangfu.samples.people import Census, Person

_CHILD = ("之子", "之女")
_GRANDCHILD = ("之孙子", "之孙女")
_GAP = 20  # years between a parent and a child


def family_of(rng: Random, census: Census, size: int, *, is_tekun: bool = False) -> list[Person]:
    """So many members, the head first. `is_tekun`: old people without anybody who must support them."""
    if is_tekun:
        return _old(rng, census, size, 73, 84)
    if size == 1:
        alone = rng.random() < 0.5
        return _old(rng, census, 1, 62, 70) if alone else [member(rng, census, "男", 45, 59, "户主")]
    if size == 2:
        return _two(rng, census)
    members = couple(rng, census, 34, 63)
    while len(members) < size:
        _add(rng, census, members, size - len(members))
    return members


def _old(rng: Random, census: Census, size: int, low: int, high: int) -> list[Person]:
    if size == 1:
        return [member(rng, census, rng.choice("男女"), low, high, "户主")]
    head = member(rng, census, "男", low, high, "户主", census.names.surname(rng))
    return [head, member(rng, census, "女", low, high, "配偶")]


def _two(rng: Random, census: Census) -> list[Person]:
    shape = rng.random()
    if shape < 0.45:
        return _old(rng, census, 2, 60, 71)
    if shape < 0.7:
        head = member(rng, census, "男", 42, 58, "户主")
        return [head, member(rng, census, "女", head.age + 21, min(86, head.age + 30), "之母")]
    head = member(rng, census, rng.choice("男女"), 40, 57, "户主")
    return [head, child(rng, census, head, head)]


def _add(rng: Random, census: Census, members: list[Person], room: int) -> None:
    head, wife = members[0], members[1]
    children = [person for person in members if person.relation in _CHILD]
    chance = rng.random()
    if not children or (len(children) < 3 and chance < 0.45):
        members.append(child(rng, census, head, wife))
    elif room >= 2 and chance < 0.9 and not any(person.relation == "之儿媳" for person in members):
        _bring_daughter_in_law(rng, census, members)
    elif any(person.relation == "之儿媳" for person in members) and chance < 0.9:
        _add_grandchild(rng, census, members)
    else:
        _add_parent(rng, census, members)


def _bring_daughter_in_law(rng: Random, census: Census, members: list[Person]) -> None:
    """With a grandchild where the ages allow one."""
    if any(person.relation == "之子" and person.age >= 26 for person in members):
        while not any(person.relation == "之儿媳" for person in members):
            add_grandchildren(rng, census, members)
    else:
        _add_parent(rng, census, members)


def _add_grandchild(rng: Random, census: Census, members: list[Person]) -> None:
    window = window_of(members, None)
    if window is None:
        _add_parent(rng, census, members)
        return
    low, high = window
    sex = rng.choice("男女")
    relation = "之孙子" if sex == "男" else "之孙女"
    members.append(member(rng, census, sex, low, high, relation, members[0].name[0]))


def _add_parent(rng: Random, census: Census, members: list[Person]) -> None:
    head = members[0]
    there = {person.relation for person in members} | ({"之父", "之母"} if head.age > 58 else set())
    for sex, relation in (("女", "之母"), ("男", "之父")):
        if relation not in there:
            oldest = min(88, head.age + 32)
            members.append(member(rng, census, sex, max(61, head.age + 20), oldest, relation))
            return
    members.append(child(rng, census, head, members[1]))


def husband_of(members: list[Person]) -> Person | None:
    """The son whose wife lives here, too."""
    if not any(one.relation == "之儿媳" for one in members):
        return None
    return next(one for one in members if one.relation == "之子" and one.age >= 26)


def window_of(members: list[Person], person: Person | None) -> tuple[int, int] | None:
    """How young and how old a child of these may be; `person` None: a further grandchild.

    None for who is no child, and for who has a wife or children of his own.
    """
    head = members[0]
    if person is None or person.relation in _GRANDCHILD:
        wife = next((one for one in members if one.relation == "之儿媳"), None)
        if wife is None:
            return None
        oldest = min(wife.age - _GAP, head.age - 42)
        return (max(0, wife.age - 42), oldest) if oldest >= max(0, wife.age - 42) else None
    if person.relation not in _CHILD:
        return None
    if person is husband_of(members):
        return None
    parents = [one for one in members if one.relation in ("户主", "配偶")]
    mother = min(parent.age for parent in parents)
    return max(0, mother - 42), mother - _GAP
