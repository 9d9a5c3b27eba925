"""How a year's parts make the net income, and that the per-capita one."""

from __future__ import annotations

from typing import Any

import pytest

from bangfu.registry.incomes import YearOfIncome, year_of_income, years_of_income
from bangfu.terms.loader import load_terms

YUAN = 100
GOOD = {
    "wage_income": 30_000 * YUAN,
    "operating_income": 5_000 * YUAN,
    "operating_cost": 1_000 * YUAN,
    "property_income": 0,
    "transfer_income": 2_000 * YUAN,
    "net_income": 36_000 * YUAN,
    "household_size": 4,
    "per_capita_net_income": 9_000 * YUAN,
}


def year(**columns: Any) -> YearOfIncome:
    return year_of_income(row(**columns), tolerance=YUAN)


def row(**columns: Any) -> dict[str, Any]:
    names = [field.name for field in load_terms().table("annual_record").own_fields]
    return {**dict.fromkeys([*names, "src", "src_row"]), "data_year": 2019, **GOOD, **columns}


def test_parts_that_add_up() -> None:
    one = year()
    assert (one.reckoned_net, one.is_net_off, one.net_difference) == (36_000 * YUAN, False, 0)
    assert (one.reckoned_per_capita, one.is_per_capita_off) == (9_000 * YUAN, False)
    assert (one.gross, one.missing) == (37_000 * YUAN, ())


@pytest.mark.parametrize(
    ("told", "is_off"), [(36_001 * YUAN, False), (36_001 * YUAN + 1, True), (35_999 * YUAN, False), (1, True)]
)
def test_a_difference_up_to_the_tolerance_is_rounding(told: int, is_off: bool) -> None:
    one = year(net_income=told)
    assert one.is_net_off == is_off
    assert one.net_difference == told - 36_000 * YUAN


@pytest.mark.parametrize(
    "name", ["wage_income", "operating_income", "operating_cost", "property_income", "transfer_income"]
)
def test_a_missing_part_is_not_nought(name: str) -> None:
    one = year(**{name: None})
    assert one.reckoned_net is None
    assert not one.is_net_off
    assert one.missing == (load_terms().table("annual_record").fields[name].label,)


@pytest.mark.parametrize(
    ("size", "told", "reckoned", "is_off"),
    [
        (4, 9_002 * YUAN, 9_000 * YUAN, True),
        (7, 5_142_86, 5_142_86, False),  # 5142.857…
        (0, 9_000 * YUAN, None, False),
        (None, 9_000 * YUAN, None, False),
        (4, None, 9_000 * YUAN, False),
    ],
)
def test_the_per_capita_income(
    size: int | None, told: int | None, reckoned: int | None, is_off: bool
) -> None:
    one = year(household_size=size, per_capita_net_income=told)
    assert (one.reckoned_per_capita, one.is_per_capita_off) == (reckoned, is_off)


def test_a_loss_is_rounded_away_from_nought_like_a_gain() -> None:
    assert year(net_income=-100, household_size=8).reckoned_per_capita == -13
    assert year(net_income=100, household_size=8).reckoned_per_capita == 13


def test_the_line_of_the_year_and_place_is_compared_with_what_is_told() -> None:
    low, high, unknown = years_of_income(
        [
            row(per_capita_net_income=4_999_99),
            row(per_capita_net_income=5_000_00),
            row(data_year=2014, per_capita_net_income=1),
        ],
        "421281102",
    )
    assert (low.line, low.is_below_line) == (5_000_00, True)
    assert not high.is_below_line
    assert (unknown.line, unknown.is_below_line) == (None, False)


def test_what_is_among_a_part_is_shown_where_it_is_known() -> None:
    one = year(dibao_income=1_200_00, post_wage_income=3_600_00)
    assert [(part.label, [inner.label for inner in part.among]) for part in one.parts if part.among] == [
        ("工资性收入", ["公益性岗位收入"]),
        ("转移性收入", ["低保金"]),
    ]
