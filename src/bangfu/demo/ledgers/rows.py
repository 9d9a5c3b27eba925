"""Rows of the ledgers as departments write them; money in fen, quantities in ten-thousandths, days yyyymmdd."""

from __future__ import annotations

from random import Random
from typing import Any

from bangfu.demo.homes import YEAR, Home, Values

YUAN = 100
UNIT = 10_000
"""What one whole unit of a decimal column is."""


def yearly(programme: str, amount: int, paid_on: int, **more: Any) -> Values:
    """A benefit for the whole published year."""
    return {
        "programme": programme,
        "data_year": YEAR,
        "period_kind": "year",
        "period": str(YEAR),
        "period_from": YEAR * 100 + 1,
        "period_to": YEAR * 100 + 12,
        "amount": amount,
        "state": "已发放",
        "paid_on": paid_on,
        **more,
    }


def day_in(rng: Random, year: int, first_month: int, last_month: int) -> int:
    return year * 10000 + rng.randint(first_month, last_month) * 100 + rng.randint(1, 28)


def split(rng: Random, total: int, count: int, low: int, high: int, step: int = 1) -> list[int]:
    """So many multiples of `step` from `low` to `high` that add up to `total`. ValueError where there are none."""
    least, most, left = -(-low // step), high // step, total // step
    if total % step or not least * count <= left <= most * count:
        raise ValueError(f"{total} cannot be shared among {count} from {low} to {high} by {step}")
    values = []
    for rest in range(count - 1, -1, -1):
        lowest, highest = max(least, left - most * rest), min(most, left - least * rest)
        mean = left // (rest + 1)
        value = rng.randint(max(lowest, mean // 2), max(lowest, min(highest, mean * 3 // 2)))
        values.append(value * step)
        left -= value
    rng.shuffle(values)
    return values


def some(rng: Random, homes: list[Home], count: int) -> list[Home]:
    """So many of the homes, in an order that does not tell how they were drawn."""
    if len(homes) < count:
        raise ValueError(f"only {len(homes)} of {count} homes fit")
    return rng.sample(homes, count)
