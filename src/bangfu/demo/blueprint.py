"""What the real town's report publishes of its register and people, and what follows from it, for one block of homes.

Amounts and counts of the ledgers stand beside the code that settles them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SEED = 20200422


@dataclass(frozen=True)
class Class:
    """An office's class of households: how many, and how many persons live in them."""

    name: str
    households: int
    persons: int
    reason: str


CLASSES = (
    Class("一类", 668, 2635, "需继续帮扶"),
    Class("二类", 140, 601, "收入稳定,稳定脱贫"),
    Class("三类", 16, 63, "有硬伤条件,仍在国网系统内"),
)
HOUSEHOLDS = sum(item.households for item in CLASSES)
PERSONS = sum(item.persons for item in CLASSES)


@dataclass(frozen=True)
class VillagePlan:
    """Registered households of a village, and for a poor village when it left the list."""

    code: str
    households: int
    exit_year: int | None = None


VILLAGES = (
    VillagePlan("421281102001", 20),
    VillagePlan("421281102200", 110, 2017),
    VillagePlan("421281102201", 128, 2016),
    VillagePlan("421281102202", 62),
    VillagePlan("421281102203", 66),
    VillagePlan("421281102204", 70),
    VillagePlan("421281102205", 72),
    VillagePlan("421281102206", 136, 2018),
    VillagePlan("421281102207", 58),
    VillagePlan("421281102209", 102, 2018),
)
MONITORED = ("421281102001", "421281102206")
"""The villages of the two households that were found in danger of falling back."""

Stage = Literal["babies", "toddlers", "preschool", "primary", "junior", "fifteen", "college"]


@dataclass(frozen=True)
class Ages:
    """How many children of a stage there are, and how old they are on 31 August 2019."""

    stage: Stage
    count: int
    low: int
    high: int


AGES = (
    Ages("toddlers", 60, 1, 2),
    Ages("preschool", 120, 3, 5),
    Ages("primary", 300, 6, 11),
    Ages("junior", 132, 12, 14),
    Ages("fifteen", 76, 15, 17),
    Ages("college", 60, 18, 20),
)
BORN, MARRIED_IN, MOVED_IN = 24, 12, 5  # the 41 natural additions of 2019
DIED, MARRIED_OUT, MOVED_OUT = 41, 15, 12  # the 68 reductions of 2019
EARLIER_LEAVES = 120  # from 2014 to 2018
SENIOR, SECONDARY_VOCATIONAL, HIGHER_VOCATIONAL, UNDERGRADUATE = 40, 36, 13, 12

CHRONIC, SERIOUS = 171, 52
SEVERE, MODERATE = 95, 40  # disabled; 135 of them have their medical premium paid
TEKUN_SINGLES, TEKUN_COUPLES = 30, 5
TEKUN_OUTSIDE = 14
DIBAO_HOMES, DIBAO_PERSONS = 330, 600
DIBAO_HOMES_OUTSIDE, DIBAO_PERSONS_OUTSIDE = 395, 616
DISABLED_OUTSIDE = 160
POSTS = 156
WITHOUT_DOCTOR = 207  # of 3,299; they work far away
