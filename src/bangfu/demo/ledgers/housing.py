"""Renovated houses of 2019 and the poverty-prevention insurance."""

from __future__ import annotations

from random import Random

from bangfu.demo.homes import YEAR, Block, Home, Values
from bangfu.demo.ledgers.rows import YUAN, day_in, some, yearly

REPAIRED, REBUILT = 11, 21  # 16,000 and 24,000 yuan: 680,000 together
_REPAIR, _REBUILD = 16_000 * YUAN, 24_000 * YUAN
_PAYOUTS = (58_000, 46_000, 41_000, 34_000, 24_000)  # yuan, 203,000 together
_REFUSED = 12


def add_housing(rng: Random, block: Block) -> None:
    homes = some(rng, [home for home in block.homes if not home.is_monitored], REPAIRED + REBUILT)
    for place, home in enumerate(homes):
        is_rebuilt = place < REBUILT
        finished = day_in(rng, YEAR, 7, 10)
        home.renovated_in = YEAR
        row = yearly(
            "housing_renovation",
            _REBUILD if is_rebuilt else _REPAIR,
            day_in(rng, YEAR, 11, 12),
            renovation_year=YEAR,
            house_grade="D" if is_rebuilt else "C",
            renovation_way="原址重建" if is_rebuilt else "修缮加固",
            accepted_on=finished,
            house_area_sqm=home.house.area * 10_000,
            account_no=home.account,
        )
        block.give("benefit", home, home.head, {**row, "period_kind": "once"})


def add_insurance(rng: Random, block: Block) -> None:
    """Seventeen applications, of which five were approved."""
    homes = some(rng, [home for home in block.homes if not home.is_monitored], len(_PAYOUTS) + _REFUSED)
    for home, payout in zip(homes, _PAYOUTS, strict=False):
        block.give("benefit", home, home.head, _claim(rng, home, payout))
    for home in homes[len(_PAYOUTS) :]:
        block.give("benefit", home, home.head, _claim(rng, home, None))


def _claim(rng: Random, home: Home, payout: int | None) -> Values:
    month = rng.randint(3, 8)
    row = {
        "programme": "fangpin_insurance",
        "data_year": YEAR,
        "period_kind": "once",
        "period": str(YEAR),
        "period_from": YEAR * 100 + month,
        "period_to": YEAR * 100 + month + 2,
        "applied_on": YEAR * 10000 + month * 100 + rng.randint(1, 28),
        "investigated_on": YEAR * 10000 + (month + 1) * 100 + rng.randint(1, 5),
        "cause": rng.choice(("因病", "因病", "因学", "因灾")),
    }
    if payout is None:
        asked = rng.randint(3, 18) * 1_000 * YUAN
        return {
            **row,
            "applied_amount": asked,
            "amount": 0,
            "state": "不予发放",
            "refusal_reason": "未达到救助线",
        }
    after = YEAR * 10000 + (month + 1) * 100
    return {
        **row,
        "applied_amount": (payout + rng.randint(0, 12) * 1_000) * YUAN,
        "amount": payout * YUAN,
        "publicised_from": after + 7,
        "publicised_until": after + 16,
        "approved_on": after + 20,
        "paid_on": YEAR * 10000 + (month + 2) * 100 + rng.randint(1, 20),
        "state": "已发放",
        "account_no": home.account,
    }
