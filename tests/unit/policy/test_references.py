"""How texts and templates name a figure: names, times and parts, and what is said where they are wrong."""

from __future__ import annotations

import pytest
from tests.parity.loaded import policy

from bangfu.policy.references import parse_reference
from bangfu.terms.errors import UserError

AS_OF = 20200422


def resolved(text: str) -> tuple[str, int, tuple[int, int] | None, tuple[tuple[str, str], ...]]:
    found = parse_reference(text, policy()).on(AS_OF)
    return found.reference.indicator.id, found.as_of, found.period, found.reference.only


@pytest.mark.parametrize(
    ("text", "day", "period"),
    [
        ("dibao_families", 20200422, (20200101, 20200422)),
        ("dibao_families@2019", 20200422, (20190101, 20191231)),
        ("dibao_families@2020", 20200422, (20200101, 20200422)),
        ("dibao_families@2019-02", 20200422, (20190201, 20190228)),
        ("dibao_families@2019-06-30", 20200422, (20190101, 20190630)),
        ("dibao_families@2019-01..2019-10", 20200422, (20190101, 20191031)),
        ("dibao_families@2017..2019", 20200422, (20170101, 20191231)),
        ("dibao_families@2019-03-05..2019-03-05", 20200422, (20190305, 20190305)),
        ("dibao_families@..2018", 20200422, (0, 20181231)),
        ("dibao_families@本年", 20200422, (20200101, 20200422)),
        ("dibao_families@上年", 20200422, (20190101, 20191231)),
        ("dibao_families@本月", 20200422, (20200401, 20200422)),
        ("dibao_families@上月", 20200422, (20200301, 20200331)),
        ("dibao_families@累计", 20200422, (0, 20200422)),
        ("dibao_families@last_year", 20200422, (20190101, 20191231)),
        ("poor_households", 20200422, None),
        ("poor_households@2019", 20191231, None),
        ("poor_households@2020", 20200422, None),
        ("poor_households@2019-02", 20190228, None),
        ("poor_households@2019-12-31", 20191231, None),
        ("poor_households@上年", 20191231, None),
    ],
)
def test_time_means_a_day_of_a_stock_and_a_period_of_a_flow(
    text: str, day: int, period: tuple[int, int] | None
) -> None:
    assert resolved(text)[1:3] == (day, period)


def test_last_month_of_january_is_december() -> None:
    found = parse_reference("dibao_families@上月", policy()).on(20200115)
    assert found.period == (20191201, 20191231)


@pytest.mark.parametrize("text", ["建档立卡户数", "脱贫户数", " poor_households ", "poor_households @ 2019"])
def test_names_and_aliases_mean_the_same_as_the_id(text: str) -> None:
    assert resolved(text)[0] == "poor_households"


def test_parts_are_named_by_id_or_name_and_programmes_by_what_people_call_them() -> None:
    assert resolved("poor_persons[性别=女, village=罗峰村]")[3] == (("sex", "女"), ("village", "罗峰村"))
    assert resolved("award_times@2019[政策项目=水产养殖奖补]")[3] == (("programme", "award_aquatic"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("poor_household", "没有指标 poor_household,是不是 poor_households"),
        ("poor_households@二〇一九", "时间 二〇一九 不对,应写成 2019"),
        ("poor_households@2019-13", "没有 2019-13 这一天(月)"),
        ("dibao_families@2019-02-30", "没有 2019-02-30 这一天(月)"),
        ("poor_households[性别=女]", "建档立卡户数没有维度 性别"),
        ("poor_persons[sex]", "方括号里应写成 维度=值,写的是 sex"),
        ("poor_persons[sex=女性]", "性别里没有 女性,是不是 女"),
        ("poor_persons[sex=女", "指标写法不对"),
        ("", "指标写法不对"),
    ],
)  # fmt: skip
def test_what_is_written_wrongly_is_told_with_what_comes_near(text: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_reference(text, policy())
    assert message in str(caught.value)


@pytest.mark.parametrize("text", ["poor_households@2018..2019", "poor_households@累计"])
def test_a_stock_has_no_span_of_time(text: str) -> None:
    with pytest.raises(UserError, match="是时点数,不能写一段时间"):
        resolved(text)


def test_a_span_must_not_end_before_it_begins() -> None:
    with pytest.raises(UserError, match="时间段的开始晚于结束"):
        resolved("dibao_families@2020..2019")
