"""The time that lists speak of."""

from __future__ import annotations

from typing import Any

import pytest

from bangfu.spreadsheets.layouts import STATED, Period
from bangfu.spreadsheets.period import month_of_title, period_columns, stated_period, year_of_title


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


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2019秋季", ("term", "2019秋季", 201908, 202001)),
        ("2019年春季学期", ("term", "2019春季", 201902, 201907)),
        ("2019-2020学年第二学期", ("term", "2020春季", 202002, 202007)),
        ("2019学年第一学期", ("term", "2019秋季", 201908, 202001)),
        ("2019-05", ("month", "2019-05", 201905, 201905)),
        ("2019年5月", ("month", "2019-05", 201905, 201905)),
        ("2019-05-01 00:00:00", ("month", "2019-05", 201905, 201905)),
        ("2019", ("year", "2019", 201901, 201912)),
        ("2019年度", ("year", "2019", 201901, 201912)),
        ("一次性", ("once", "一次", None, None)),
        ("2019年13月", None),
        ("第三批", None),
        ("", None),
    ],
)
def test_what_a_row_says_of_its_period(said: str, meant: tuple[str, str, int, int] | None) -> None:
    assert stated_period(said) == meant


def test_a_row_that_says_nothing_was_paid_once() -> None:
    period = Period(STATED, text="period", start="paid")
    columns = {"period": ["2019秋季", None, "第三批"], "paid": [20191101, 20191101, None]}
    made = period_columns(period, columns, "发放表", 3, None)
    assert made["period_kind"] == ["term", "once", None]
    assert made["period"] == ["2019秋季", "一次", "第三批"]
    assert made["period_from"] == [201908, 201911, None]
