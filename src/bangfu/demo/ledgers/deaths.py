"""The list of the dead of 2019, from the police and civil affairs."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from bangfu.demo.homes import YEAR, Block, Home, Stay, day


def add_deaths(rng: Random, block: Block) -> None:
    """Everybody who left a registered household by death that year; they were taken off the register within weeks."""
    for home in block.homes:
        for stay in home.stays:
            if stay.leave_reason == "死亡" and stay.left is not None and stay.left // 10000 == YEAR:
                left = date(stay.left // 10000, stay.left // 100 % 100, stay.left % 100)
                give_death(block, home, stay, left - timedelta(days=rng.randint(8, 20)))


def give_death(block: Block, home: Home, stay: Stay, died: date) -> None:
    row = {
        "sex": stay.person.sex,
        "died_on": day(died),
        "hukou_cancelled_on": day(died + timedelta(days=7)),
        "provider": "民政",
    }
    block.give("death", home, stay, row)
