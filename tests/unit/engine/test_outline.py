"""What a rule asks, in points."""

from __future__ import annotations

from tests.parity.loaded import policy
from tests.parity.small import AS_OF, PLACE, check

from bangfu.engine.outline import Point, outline
from bangfu.engine.wording import Wording


def told(expression: str) -> Point:
    return outline(check(expression).when, Wording(policy(), AS_OF, PLACE))


def test_joined_conditions_are_points() -> None:
    point = told("wage_income > 1 and (household_size == 2 or household_size == 3)")
    assert point.text == "同时符合"
    assert point.points[0] == Point("工资性收入高于1 元")
    assert point.points[1].text == "符合其中一条"
    assert len(point.points[1].points) == 2


def test_what_several_conditions_ask_of_related_rows_are_points() -> None:
    point = told("any(m.sex is None and m.birth_date is None for m in members)")
    assert point.text == "有这样的家庭成员，同时符合"
    assert [inner.text for inner in point.points] == ["性别未填", "出生日期未填"]


def test_one_condition_of_related_rows_is_a_sentence() -> None:
    assert told("not any(m.sex is None for m in members)").points == ()
