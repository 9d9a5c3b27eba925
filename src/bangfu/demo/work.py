"""Who works where in the published year: in a workshop of the village, at a post, near home or far away."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from bangfu.demo.blueprint import POSTS, WITHOUT_DOCTOR
from bangfu.demo.homes import Home, Stay
from bangfu.samples import lives
from bangfu.samples.people import Person, Work
from bangfu.samples.places import CITY, COUNTY, PROVINCE, work_district

WORKSHOPS, WORKSHOP_WORKERS = 22, 264
_TRADES = ("竹木加工", "茶叶加工", "服饰加工", "食品加工", "电子装配", "手工编织")
_POSTS = ("护林员", "护路员", "保洁员", "水管员", "就业信息员")
_EMPLOYERS = (
    ("顺通物流有限公司", "交通运输业"),
    ("永盛五金制品厂", "制造业"),
    ("金桥家具厂", "制造业"),
    ("兴达制衣有限公司", "制造业"),
    ("宏远建筑队", "建筑业"),
    ("好味来餐饮店", "住宿和餐饮业"),
)
_LEAST_WAGE = 1_100
_MOST_PER_PERSON = 12_500  # yuan a year of wages
_FULL = 12
WORKSHOP = "帮扶车间"


def give_work(rng: Random, homes: list[Home], nth: int) -> None:
    """`nth`: the block, whose workshops have names of their own."""
    _give_posts(rng, homes)
    able = [
        (home, person)
        for home in homes
        for person in home.members
        if person.is_able and (lives.must_work(person) or rng.random() < 0.88)
    ]
    shops = workshops(homes, nth)
    workers = {id(person): shop for person, shop in _hired(_one_a_home(rng.sample(able, len(able))), shops)}
    far_needed = WITHOUT_DOCTOR
    for home, person in able:
        shop = workers.get(id(person))
        if shop is not None:
            _work(
                person, (PROVINCE, CITY, COUNTY), _FULL, rng.randint(15, 24) * 100, (shop, "制造业"), WORKSHOP
            )
            continue
        place = work_district(rng)
        wage = min(_most(home), rng.randint(18, 38) * 100)
        months = rng.choice((12, 12, 11, 10, 9, 8))
        channel = "就近务工" if place[2] == COUNTY else "外出务工"
        _work(person, place, months, wage, rng.choice(_EMPLOYERS), channel)
        far_needed -= channel == "外出务工"
    if far_needed > 0:
        raise ValueError("too few work far away")


def work_little(person: Person) -> None:
    """Three months at a low wage: what a home lives off that may fall back into poverty."""
    assert person.work is not None
    person.work.months, person.work.wage = 3, _LEAST_WAGE


def workshops(homes: list[Home], nth: int) -> list[tuple[str, str]]:
    """Code of the village and name of each workshop, more of them where more homes are."""
    villages = {home.village.code: home.village.name for home in homes}
    counts = {code: sum(home.village.code == code for home in homes) for code in villages}
    shops: list[tuple[str, str]] = []
    for place in range(WORKSHOPS):
        code = max(counts, key=lambda code: counts[code] / (1 + sum(own == code for own, _ in shops)))
        suffix = f"{nth + 1}号" if nth else ""
        shops.append((code, f"{villages[code]}{_TRADES[place % len(_TRADES)]}车间{suffix}"))
    return _distinct(shops)


def _distinct(shops: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    seen: dict[str, int] = {}
    found = []
    for code, name in shops:
        seen[name] = seen.get(name, 0) + 1
        found.append((code, name if seen[name] == 1 else f"{name}第{seen[name]}组"))
    return found


def _one_a_home(able: list[tuple[Home, Person]]) -> list[tuple[Home, Person]]:
    """Nobody who lives alone and no two of a home: their wages would lift it above all others."""
    first = {id(home): (home, person) for home, person in able if len(home.members) > 1}
    return list(first.values())


def _hired(able: list[tuple[Home, Person]], shops: list[tuple[str, str]]) -> list[tuple[Person, str]]:
    """Twelve in each workshop, of its own village as long as there are, nobody twice."""
    each = WORKSHOP_WORKERS // len(shops)
    hired: list[tuple[Person, str]] = []
    taken: set[int] = set()
    for code, shop in shops:
        local = [person for home, person in able if home.village.code == code and id(person) not in taken]
        others = [person for home, person in able if home.village.code != code and id(person) not in taken]
        for person in (local + others)[:each]:
            taken.add(id(person))
            hired.append((person, shop))
    if len(hired) < WORKSHOP_WORKERS:
        raise ValueError("too few can work in the workshops")
    return hired


def _most(home: Home) -> int:
    able = sum(person.is_able for person in home.members)
    return _MOST_PER_PERSON * len(home.members) // (12 * max(1, able)) // 100 * 100


def _work(
    person: Person,
    place: tuple[str, str, str],
    months: int,
    wage: int,
    where: tuple[str, str],
    channel: str,
) -> None:
    province, city, county = place
    employer, industry = where
    person.work = Work(
        province, city, county, months, "", max(wage, _LEAST_WAGE), employer, industry, channel
    )


def _give_posts(rng: Random, homes: list[Home]) -> None:
    """To somebody of weak labour, one a home."""
    weak = [
        next((person for person in home.members if _is_weak(person)), None)
        for home in rng.sample(homes, len(homes))
        if not home.is_tekun
    ]
    for person in [person for person in weak if person is not None][:POSTS]:
        person.post = rng.choice(_POSTS)


def _is_weak(person: Person) -> bool:
    return person.labor == "弱劳动力或半劳动力" and 18 <= person.age < 69 and not person.student


def posted(homes: list[Home]) -> list[tuple[Home, Stay]]:
    return [(home, stay) for home in homes for stay in home.staying() if stay.person.post]


def work_place(person: Person) -> str | None:
    work = person.work
    if work is None:
        return None
    return work.province + work.city + (work.county if work.county != work.city else "")
