"""What an indicator comes to: of which period, which part of the rows, and in which form numbers are held."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from bangfu.policy.language.types import SCALE
from bangfu.policy.model import Indicator, Policy

ALL = ""
"""The cut that is none: everything."""


def last_day(month: int) -> int:
    """The last day (yyyymmdd) of a month (yyyymm)."""
    return month * 100 + monthrange(month // 100, month % 100)[1]


class Period(NamedTuple):
    """The days (yyyymmdd) from and to which, both counted. A start of 0 has no beginning."""

    start: int
    end: int

    @classmethod
    def of_year(cls, year: int, as_of: int) -> Period:
        """A calendar year, as far as it has come."""
        return cls(year * 10000 + 101, min(year * 10000 + 1231, as_of))

    @classmethod
    def of_month(cls, month: int, as_of: int) -> Period:
        """A month (yyyymm), as far as it has come."""
        return cls(month * 100 + 1, min(last_day(month), as_of))

    @classmethod
    def until(cls, day: int) -> Period:
        """All that happened up to a day."""
        return cls(0, day)


@dataclass(frozen=True, slots=True)
class Cell:
    """One number. `cut` names the dimension (or none) beside the village, `label` its value.

    `village` is the key of a village row where `is_of_village`; None: of rows that name none. `total` is the count or
    the sum in the form its type holds, `count` the rows behind it (of a ratio: the denominator), `unknown` the rows
    that could not be judged. `value` is held at the indicator's decimals; None where there is nothing to divide by.
    """

    indicator: str
    period: Period | None
    is_of_village: bool
    village: int | None
    cut: str
    label: str | None
    total: int
    count: int
    unknown: int
    value: int | None

    @property
    def key(self) -> tuple[Period | None, bool, int | None, str, str | None]:
        """What it is of, besides the indicator."""
        return self.period, self.is_of_village, self.village, self.cut, self.label


def kind_of_total(indicator: Indicator) -> str:
    """The type that an indicator's total is held in."""
    return indicator.of[0].type.kind if indicator.measure in ("sum", "mean") else "integer"


def value_of(indicator: Indicator, total: int, count: int) -> int | None:
    """What a counted indicator's total and rows come to, at its decimals."""
    if indicator.measure != "mean":
        return total
    if not count:
        return None
    return held(Decimal(total) / count / 10 ** SCALE[kind_of_total(indicator)], indicator.decimals)


def ratio_of(indicator: Indicator, parts: Mapping[str, Indicator], above: int, below: int) -> int | None:
    """The quotient of two totals; None where the denominator is nothing."""
    if not below:
        return None
    first, second = (parts[name] for name in indicator.parts)
    shift = SCALE[kind_of_total(second)] - SCALE[kind_of_total(first)]
    exact = Decimal(above) * (100 if indicator.unit == "%" else 1) / Decimal(below)
    return held(exact.scaleb(shift), indicator.decimals)


def standard_of(indicator: Indicator, policy: Policy, as_of: int, place: str) -> int | None:
    """A standard in force, as a figure; None where nobody knows it."""
    standard = policy.standards[indicator.standard]
    found = standard.at(as_of, place)
    if found is None:
        return None
    exact = Decimal(found.value).scaleb(-SCALE[standard.type.kind]) / indicator.divide
    return held(exact, indicator.decimals)


def held(exact: Decimal, decimals: int) -> int:
    """A number as an integer of so many places, rounded half away from zero."""
    return int(exact.scaleb(decimals).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def shown(value: int | None, decimals: int) -> Decimal | None:
    """The number that a held one stands for, without needless zeros behind the point."""
    if value is None:
        return None
    exact = Decimal(value).scaleb(-decimals)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()
