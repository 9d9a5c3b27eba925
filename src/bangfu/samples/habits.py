"""How offices write the same thing: dates in five forms, numbers with blanks, names with blanks behind them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from bangfu.samples.workbook import Cell

_FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def day(rng: Random, value: date) -> Cell:
    """One of the forms at random, among them a real date cell."""
    form = rng.randrange(6)
    if form == 0:
        return value
    return (
        f"{value:%Y%m%d}",
        f"{value:%Y-%m-%d}",
        f"{value.year}/{value.month}/{value.day}",
        f"{value.year}.{value.month}.{value.day}",
        f"{value.year}年{value.month}月{value.day}日",
    )[form - 1]


def slashed(value: date) -> str:
    return f"{value.year}/{value.month}/{value.day}"


def dotted(value: date) -> str:
    return f"{value.year}.{value.month}.{value.day}"


def between(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randint(0, max(0, (last - first).days)))


def id_as_typed(rng: Random, id_no: str) -> str:
    """Mostly the number itself; now and then in a form that still tells it."""
    chance = rng.random()
    if chance < 0.01:
        return f"{id_no[:6]} {id_no[6:14]} {id_no[14:]}"
    if chance < 0.017:
        return id_no.translate(_FULL_WIDTH)
    if chance < 0.02:
        return f"{id_no[:6]}********{id_no[14:]}"
    if chance < 0.03:
        return id_no.lower()
    return id_no


def blank_behind(rng: Random, text: str) -> str:
    return text + " " * rng.randint(1, 2) if rng.random() < 0.012 else text
