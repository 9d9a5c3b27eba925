"""The year's income, whose parts add up and which agrees with work, assistance and payments."""

from __future__ import annotations

from random import Random

from bangfu.samples.household import Household, Income

DIBAO_MONTH, TEKUN_MONTH, POST_YEAR, PENSION_YEAR = 380, 910, 3600, 1524
LIVING_YEAR, NURSING_YEAR = 600, 1200
FOREST_RATES = {"国家级": 15, "省级": 13}
_LEAST_PER_PERSON = 8_200


def give_assistance(rng: Random, household: Household) -> None:
    """Old people without any labour are in tekun; a household of weak labour only may be in dibao."""
    members = household.members
    if household.has_able or any(m.post for m in members):
        return
    is_tekun = not household.has_labor
    is_dibao = rng.random() < 0.6 or any(m.disability for m in members)
    for person in members:
        person.tekun, person.dibao = is_tekun, is_dibao and not is_tekun


def subsidies(household: Household) -> list[tuple[int, int]]:
    """Living and nursing subsidy of each member for the year."""
    return [
        (
            LIVING_YEAR if m.disability and household.is_dibao else 0,
            NURSING_YEAR if m.disability_level in (1, 2) else 0,
        )
        for m in household.members
    ]


def give_medical(rng: Random, household: Household) -> None:
    for person in household.members:
        if person.is_ill and rng.random() < 0.5:
            person.self_paid = rng.randint(600, 3800)
            person.medical_aid = person.dibao or person.tekun
    household.income.out_of_pocket = sum(m.self_paid for m in household.members)


def give_income(rng: Random, household: Household) -> None:
    income, members = household.income, household.members
    income.wage = sum(m.work.wage * m.work.months for m in members if m.work)
    income.wage += POST_YEAR * sum(bool(m.post) for m in members)
    income.property_income = rng.choice((0, 0, rng.randint(310, 1200)))
    income.dibao = 12 * DIBAO_MONTH * sum(m.dibao for m in members)
    income.tekun = 12 * TEKUN_MONTH * sum(m.tekun for m in members)
    income.pension = PENSION_YEAR * sum(m.age >= 60 for m in members)
    income.other = rng.randint(120, 600) + sum(sum(pair) for pair in subsidies(household))
    _give_forest(rng, household)
    if household.has_labor:
        _give_operating(income, rng.randint(3000, 16000) + rng.randint(1, 9), rng)
    missing = _LEAST_PER_PERSON * len(members) - income.net
    if missing > 0 and household.has_labor:
        _give_operating(income, income.operating + missing * 2 + rng.randint(0, 1800) * len(members), rng)
    elif missing > 0:
        income.other += missing + rng.randint(0, 1800)


def _give_operating(income: Income, operating: int, rng: Random) -> None:
    income.operating = operating
    income.cost = operating * rng.randint(25, 40) // 100


def _give_forest(rng: Random, household: Household) -> None:
    income, forest = household.income, household.land.forest
    if forest >= 1:
        income.forest_class = rng.choice(tuple(FOREST_RATES))
        income.forest_mu = round(forest - rng.choice((0.0, 0.0, forest * 0.2)), 1)
        income.ecology = round(income.forest_mu * FOREST_RATES[income.forest_class])
