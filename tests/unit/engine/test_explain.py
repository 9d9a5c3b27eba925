"""Sentences for findings: values, limits and the other side of a comparison, in an office's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.parity.loaded import policy
from tests.parity.small import AS_OF, PLACE, check

from bangfu.engine.explain import Explainer
from bangfu.engine.plan import value_nodes
from bangfu.engine.reference import Context, evaluate
from bangfu.policy.model import Check


def known(asked: Check, row: Mapping[str, Any], as_of: int = AS_OF) -> dict[Any, Any]:
    context = Context(policy(), as_of, PLACE)
    return {node: evaluate(node, row, context) for node in value_nodes(asked.when)}


def sentence(asked: Check, row: Mapping[str, Any], as_of: int = AS_OF) -> str:
    return Explainer(policy(), as_of, PLACE).finding(asked, known(asked, row, as_of))


def test_income_below_the_line_names_the_value_the_line_and_its_year() -> None:
    asked = policy().checks["income.below_monitoring_line_not_monitored"]
    said = sentence(asked, {"per_capita_net_income": 499_900}, 20191231)
    assert said == "人均纯收入 4,999.00 元,低于 2019 年防返贫监测收入线 5,000 元,监测对象类别未填"


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        ("wage_income > 50000", {"wage_income": 5_000_001}, "工资性收入 50,000.01 元,高于 50,000 元"),
        ("not wage_income > 50000", {"wage_income": 5_000_000}, "工资性收入 50,000.00 元,不高于 50,000 元"),
        ("is_absent_long", {"is_absent_long": True}, "人户分离空挂为是"),
        ("not is_absent_long", {"is_absent_long": False}, "人户分离空挂为否"),
        ("wage_income is None", {}, "工资性收入未填"),
        ('household_type == "脱贫户"', {"household_type": "脱贫户"}, "户类型为脱贫户"),
        ("cancelled_on < registered_on", {"cancelled_on": 20200101, "registered_on": 20200102},
         "销户日期 2020年1月1日,早于 建档日期 2020年1月2日"),
        ('wage_income > 1 or household_type == "脱贫户"', {"wage_income": 0, "household_type": "脱贫户"},
         "户类型为脱贫户"),
        ("household_size < 3", {"household_size": 2}, "家庭人口数 2 人,低于 3 人"),
        ("count(m for m in members) > 1", {"members": [{}, {}]}, "家庭成员数量 2 条,高于 1 条"),
        ("any(m.work_months > 6 for m in members)", {"members": [{"work_months": 7}]},
         "有务工时间高于6 个月的家庭成员"),
    ],
)  # fmt: skip
def test_each_kind_of_condition_has_its_sentence(text: str, row: dict[str, Any], expected: str) -> None:
    assert sentence(check(text), row) == expected


def test_unknown_names_what_is_not_filled_in() -> None:
    asked = check("wage_income > transfer_income")
    said = Explainer(policy(), AS_OF, PLACE).unknown(asked, known(asked, {"wage_income": 1}))
    assert said == "无法判断:转移性收入未填"


def test_unknown_names_the_standard_without_a_value() -> None:
    asked = check('per_capita_net_income < standard("monitoring_line")')
    said = Explainer(policy(), 20180101, PLACE).unknown(asked, known(asked, {"per_capita_net_income": 1}))
    assert said == "无法判断:标准“防返贫监测收入线”没有取值"


def test_unknown_names_the_list_whose_rows_are_incomplete() -> None:
    asked = check("any(m.work_months > 6 for m in members)")
    said = Explainer(policy(), AS_OF, PLACE).unknown(asked, known(asked, {"members": [{}]}))
    assert said == "无法判断:家庭成员的信息不全"


def test_no_finding_of_the_rulebook_has_double_blanks_or_compares_a_field_with_itself() -> None:
    ugly = []
    for asked in policy().checks.values():
        for example in asked.examples:
            if example.expect == "finding":
                context = Context(policy(), example.as_of, example.place)
                values = {node: evaluate(node, example.given, context) for node in value_nodes(asked.when)}
                said = Explainer(policy(), example.as_of, example.place).finding(asked, values)
                if not said or "  " in said or ",," in said or "None" in said or "姓名为姓名" in said:
                    ugly.append(f"{asked.id}: {said}")
    assert not ugly, "\n".join(ugly)
