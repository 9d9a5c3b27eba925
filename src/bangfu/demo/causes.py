"""Why a home was poor, as its members bear it out."""

from __future__ import annotations

from random import Random

from bangfu.demo.homes import Home

_OTHER = ("缺技术", "缺资金", "缺资金", "交通条件落后", "缺土地")


def cause_of(rng: Random, home: Home) -> str:
    if any(person.is_ill for person in home.members) and rng.random() < 0.75:
        return "因病"
    if any(person.disability for person in home.members):
        return "因残"
    return rng.choice(_OTHER)
