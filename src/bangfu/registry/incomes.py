"""What a household's year brought: how its parts make the net income, and that the per-capita one. Money is fen.

The reckoning is that of the checks INC-001 and INC-002: wages, business, property and transfers less the costs of business
are the net income; divided by the size of the household it is the per-capita one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bangfu.policy.given import standard_at
from bangfu.terms.loader import load_terms

_PARTS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("wage_income", 1, ("post_wage_income", "other_wage_income", "employment_award")),
    ("operating_income", 1, ("industry_award_income",)),
    ("operating_cost", -1, ("operating_cost_subsidy",)),
    ("property_income", 1, ("asset_dividend_income", "other_property_income")),
    (
        "transfer_income",
        1,
        (
            "dibao_income",
            "tekun_income",
            "pension_income",
            "ecology_income",
            "family_planning_income",
            "disability_subsidy_income",
            "farm_subsidy_income",
            "elder_allowance_income",
            "reservoir_income",
            "other_transfer_income",
        ),
    ),
)


@dataclass(frozen=True)
class Part:
    """An amount with its name; `sign` says whether it adds (1) or takes away (-1). None: nobody wrote it."""

    name: str
    label: str
    amount: int | None
    sign: int = 1
    among: tuple[Part, ...] = ()


@dataclass(frozen=True)
class YearOfIncome:
    """`reckoned_*` follow from the parts, `told_*` are on file; None where something is missing.

    `is_*_off`: both are known and differ by more than the tolerance.
    """

    year: int
    period: tuple[int | None, int | None]  # months
    parts: tuple[Part, ...]
    size: int | None
    reckoned_net: int | None
    told_net: int | None
    is_net_off: bool
    reckoned_per_capita: int | None
    told_per_capita: int | None
    is_per_capita_off: bool
    line: int | None  # the monitoring line of the year
    src: int | None
    src_row: int | None

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(part.label for part in self.parts if part.amount is None)

    @property
    def gross(self) -> int:
        """All that came in, as far as it is known."""
        return sum(part.amount or 0 for part in self.parts if part.sign > 0)

    @property
    def is_below_line(self) -> bool:
        return None not in (self.line, self.told_per_capita) and self.told_per_capita < self.line  # type: ignore[operator]

    @property
    def net_difference(self) -> int | None:
        if self.reckoned_net is None or self.told_net is None:
            return None
        return self.told_net - self.reckoned_net

    @property
    def per_capita_difference(self) -> int | None:
        if self.reckoned_per_capita is None or self.told_per_capita is None:
            return None
        return self.told_per_capita - self.reckoned_per_capita


def years_of_income(rows: Iterable[Mapping[str, Any]], place: str) -> list[YearOfIncome]:
    """Of annual records, with the tolerance and the monitoring line of each year at a place (division code)."""
    return [_with_standards(row, row["data_year"] * 10000 + 1231, place) for row in rows]


def year_of_income(row: Mapping[str, Any], *, tolerance: int, line: int | None = None) -> YearOfIncome:
    """Of an annual record's row; differences up to the tolerance (fen) are rounding."""
    parts = tuple(_part(row, name, sign, among) for name, sign, among in _PARTS)
    size, told_net, told_per_capita = row["household_size"], row["net_income"], row["per_capita_net_income"]
    net = _sum(parts)
    exact = Fraction(told_net, size) if told_net is not None and size else None
    return YearOfIncome(
        year=row["data_year"],
        period=(row["period_from"], row["period_to"]),
        parts=parts,
        size=size,
        reckoned_net=net,
        told_net=told_net,
        is_net_off=net is not None and told_net is not None and abs(net - told_net) > tolerance,
        reckoned_per_capita=None if exact is None else _rounded(exact),
        told_per_capita=told_per_capita,
        is_per_capita_off=exact is not None
        and told_per_capita is not None
        and abs(exact - told_per_capita) > tolerance,
        line=line,
        src=row["src"],
        src_row=row["src_row"],
    )


def _with_standards(row: Mapping[str, Any], day: int, place: str) -> YearOfIncome:
    tolerance, line = (standard_at(name, day, place) for name in ("money_tolerance", "monitoring_line"))
    return year_of_income(
        row, tolerance=tolerance.value if tolerance else 0, line=line.value if line else None
    )


def _part(row: Mapping[str, Any], name: str, sign: int, among: Sequence[str]) -> Part:
    inner = tuple(Part(one, _label(one), row[one]) for one in among if row[one] is not None)
    return Part(name, _label(name), row[name], sign, inner)


def _sum(parts: Sequence[Part]) -> int | None:
    if any(part.amount is None for part in parts):
        return None
    return sum(part.sign * (part.amount or 0) for part in parts)


def _rounded(amount: Fraction) -> int:
    """To a whole fen, half away from zero."""
    sign = -1 if amount < 0 else 1
    return sign * int(abs(amount) + Fraction(1, 2))


def _label(name: str) -> str:
    return load_terms().table("annual_record").fields[name].label
