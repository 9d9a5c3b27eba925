"""Makes households one after another; nothing of earlier ones is kept but names and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from bangfu.samples import families, incomes, lives, monitoring, schooling
from bangfu.samples.household import House, Household, Income, Land
from bangfu.samples.people import Census, Person
from bangfu.samples.places import Village, hamlet

_IDENTIFIED = (("201312", (2016, 2017)), ("201511", (2016, 2017, 2018)), ("201611", (2018, 2019, 2020)))
_POSTS = ("护林员", "护路员", "保洁员", "水管员", "就业信息员")
_POST_QUOTA = 10
_HELPED = 4  # households a helper has


class Builder:
    """Makes household after household; all else follows from the random numbers."""

    def __init__(self, rng: Random, census: Census) -> None:
        self._rng, self._census = rng, census
        self._nth = 0

    def households(self, village: Village, count: int) -> Iterator[Household]:
        self._census.names.new_village()
        posts_left = _POST_QUOTA
        helpers = [self._officer() for _ in range(count // _HELPED + 1)]
        collectors = [self._officer() for _ in range(2)]
        for place in range(count):
            household = self._household(village)
            household.helper, household.collector = helpers[place // _HELPED], self._rng.choice(collectors)
            if posts_left and household.is_exited and self._give_post(household):
                posts_left -= 1
            self._settle(household)
            yield household

    def _officer(self) -> tuple[str, str]:
        name = self._census.names.full_name(self._rng, self._rng.choice("男女"))
        return name, self._census.phone()

    def _household(self, village: Village) -> Household:
        rng = self._rng
        members = families.family(rng, self._census)
        for person in members:
            schooling.give_schooling(rng, person)
            lives.give_health(rng, person)
            lives.give_labor(rng, person)
        lives.give_work(rng, members)
        lives.leave_some_labor(members)
        is_exited = rng.random() < 0.78
        identified, years = rng.choice(_IDENTIFIED)
        nth, self._nth = self._nth, self._nth + 1
        return Household(
            nth=nth,
            village=village,
            hamlet=hamlet(rng),
            members=members,
            is_exited=is_exited,
            identified=identified,
            exit_year=str(rng.choice(years)) if is_exited else "",
            cause=_cause(rng, members) if is_exited else "",
            house=_house(rng, len(members)),
            land=_land(rng),
            income=Income(),
            account=f"8199{(nth * 7919 + 1_234_567) % 10**13:013d}",
        )

    def _give_post(self, household: Household) -> bool:
        weak = [m for m in household.members if m.labor == "弱劳动力或半劳动力" and m.age < 69]
        if not weak or self._rng.random() < 0.4:
            return False
        weak[0].post = self._rng.choice(_POSTS)
        return True

    def _settle(self, household: Household) -> None:
        rng = self._rng
        incomes.give_assistance(rng, household)
        if household.has_labor:
            household.awards = _awards(rng, household.land)
        else:
            household.land.water = 0.0
        household.borrows = (
            household.is_exited
            and household.has_able
            and 25 <= household.head.age <= 60
            and rng.random() < 0.14
        )
        if household.is_exited and rng.random() < 0.06:
            household.house.renovated_on = date(
                rng.choice((2021, 2022, 2023)), rng.randint(6, 11), rng.randint(1, 28)
            )
        incomes.give_medical(rng, household)
        incomes.give_income(rng, household)
        if not household.is_exited or rng.random() < 0.25:
            household.episode = monitoring.episode(rng, household)
            if not household.is_exited:
                household.identified = household.episode.since


def _cause(rng: Random, members: list[Person]) -> str:
    if any(m.is_ill for m in members) and rng.random() < 0.6:
        return "因病"
    if any(m.disability for m in members):
        return "因残"
    return rng.choice(("缺技术", "缺资金", "交通条件落后", "缺土地"))


def _house(rng: Random, size: int) -> House:
    return House(
        area=min(190, rng.randint(18, 36) * size + 40),
        structure=rng.choice(("砖混", "砖混", "砖木", "钢混")),
        road=rng.choice(("水泥路", "水泥路", "沥青路", "砂石路")),
        road_km=rng.randint(1, 40) / 10,
        fuel=rng.choice(("柴草", "清洁能源", "煤炭")),
    )


def _land(rng: Random) -> Land:
    farm = rng.randint(15, 70) / 10
    return Land(
        farm=farm,
        irrigated=round(farm * rng.uniform(0.4, 0.9), 1),
        forest=rng.choice((0.0, rng.randint(10, 200) / 10)),
        reforest=rng.choice((0.0, 0.0, 1.2, 2.5)),
        orchard=rng.choice((0.0, 0.5, 1.3, 2.0)),
        water=rng.choice((0.0, 0.0, 0.0, 0.0, 1.8, 3.6)),
    )


def _awards(rng: Random, land: Land) -> dict[str, float]:
    """Programme and quantity, never more than the land allows."""
    kind = "水产" if land.water else rng.choice(("种植", "畜牧", "林业", "", ""))
    most = {"种植": land.farm, "水产": land.water, "林业": land.forest, "畜牧": 15.0}.get(kind, 0.0)
    if most < 1:
        return {}
    quantity = rng.randint(10, int(most * 10)) / 10
    return {kind: float(int(quantity)) if kind == "畜牧" else quantity}
