"""The time that lists speak of."""

from __future__ import annotations

from typing import Any

import pytest

from bangfu.spreadsheets.layouts import Period
from bangfu.spreadsheets.period import month_of_title, period_columns, year_of_title


def one(period: Period, title: str, **cells: Any) -> tuple[Any, Any, Any]:
    columns = {name: [value] for name, value in cells.items()}
    made = period_columns(period, columns, title, 1, None)
    return made["period"][0], made["period_from"][0], made["period_to"][0]


@pytest.mark.parametrize(
    ("title", "year"),
    [("2023年春季学期资助", 2023), ("2020-2023年衔接资金项目台账", 2023), ("慢性病签约服务台账", None)],
)
def test_year_of_title(title: str, year: int | None) -> None:
    assert year_of_title(title) == year


def test_a_month_range_is_no_month() -> None:
    assert month_of_title("2023年1-12月农村低保发放名册") is None
    assert month_of_title("2023年5月农村低保发放名册") == 5
    assert month_of_title("2023年5月20日公示") is None


def test_autumn_term_ends_in_january() -> None:
    assert one(Period("term"), "2023年秋季学期") == ("2023秋季", 202308, 202401)


def test_spring_term() -> None:
    assert one(Period("term"), "2023年春季学期") == ("2023春季", 202302, 202307)


def test_months_paid_count_from_january() -> None:
    assert one(Period("month", months="months"), "2023年特困供养花名册", months=2) == ("2023", 202301, 202302)


def test_months_paid_count_from_the_start_in_the_year() -> None:
    period = Period("month", months="months", start="hired")
    assert one(period, "2023年岗位花名册", months=3, hired=20230601) == ("2023", 202306, 202308)


def test_monthly_lists_of_one_year_are_different_periods() -> None:
    assert one(Period("month"), "2023年5月低保名册") == ("2023-05", 202305, 202305)


def test_payment_once_falls_in_its_month() -> None:
    assert one(Period("once", start="paid"), "赔付台账", paid=20230622) == ("一次", 202306, 202306)


def test_no_year_anywhere_is_missing() -> None:
    assert one(Period("year"), "签约台账") == (None, None, None)
