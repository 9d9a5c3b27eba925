"""Aid that few get: temporary aid of households in need, fares of those who worked in other provinces, the sick women's aid."""

from __future__ import annotations

from random import Random

from bangfu.demo.homes import YEAR, Block, Home, Stay
from bangfu.demo.ledgers.rows import YUAN, day_in, yearly
from bangfu.samples.places import PROVINCE

_AIDED, _TRAVELLED, _SICK = 6, 24, 2
_FARE, _LEAST_MONTHS = 300 * YUAN, 8
_WOMEN = 10_000 * YUAN
_NEEDS = ("因病自付费用较大", "火灾", "交通事故", "家庭主要劳动力住院")
_BEFORE = YEAR * 10000
"""Aid is given to who was on file before the year."""


def add_relief(rng: Random, block: Block) -> None:
    homes = [home for home in block.homes if not home.is_monitored]
    for home in rng.sample(homes, min(_AIDED, len(homes))):
        _add_temporary(rng, block, home)
    staying = [(home, stay) for home in homes for stay in home.staying() if stay.joined < _BEFORE]
    away = [(home, stay) for home, stay in staying if _is_far(stay)]
    for home, stay in rng.sample(away, min(_TRAVELLED, len(away))):
        block.give("benefit", home, stay, yearly("travel_subsidy", _FARE, YEAR * 10000 + 1030))
    sick = [(home, stay) for home, stay in staying if stay.person.is_ill and stay.person.sex == "女"]
    for home, stay in sick[:_SICK]:
        paid = YEAR * 10000 + 918
        block.give("benefit", home, stay, _once("two_cancer_aid", _WOMEN, paid, approved_on=paid - 300))


def _add_temporary(rng: Random, block: Block, home: Home) -> None:
    applied = day_in(rng, YEAR, 2, 10)
    amount = rng.randint(10, 50) * 100 * YUAN
    told = {"applied_on": applied, "stated_item": rng.choice(_NEEDS), "account_no": home.account}
    block.give("benefit", home, None, _once("temp_aid", amount, applied + 100, **told))


def _once(programme: str, amount: int, paid_on: int, **more: object) -> dict[str, object]:
    month = paid_on // 100
    return (
        yearly(
            programme, amount, paid_on, period_kind="once", period="once", period_from=month, period_to=month
        )
        | more
    )


def _is_far(stay: Stay) -> bool:
    work = stay.person.work
    return work is not None and work.province != PROVINCE and work.months >= _LEAST_MONTHS
