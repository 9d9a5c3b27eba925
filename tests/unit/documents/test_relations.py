from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from bangfu.documents import read_json
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.standards import SMALL_LOAN_WORDS, Cap
from bangfu.documents.files.source import pasted
from bangfu.documents.verification import Doubt, Verification, verify

SENTENCES: dict[str, list[Any]] = yaml.safe_load(
    Path(__file__).with_name("sentences.yaml").read_text(encoding="utf-8")
)


def doubts(text: str) -> list[Doubt]:
    return list(verify(pasted(text)).doubts)


def relation(text: str, kind: str) -> tuple[Verification, Relation]:
    found = verify(pasted(text))
    return found, next(one for one in found.relations if one.kind == kind)


@pytest.mark.parametrize("text", SENTENCES["sound"])
def test_sound_figures_are_not_accused(text: str) -> None:
    assert [doubt.remark for doubt in doubts(text) if not doubt.is_question] == []


def test_sound_figures_are_hardly_ever_asked_about() -> None:
    asked = [text for text in SENTENCES["sound"] if doubts(text)]
    assert len(asked) * 25 <= len(SENTENCES["sound"]), asked


@pytest.mark.parametrize("case", SENTENCES["faulty"], ids=lambda case: str(case["text"])[:20])
def test_a_wrong_figure_is_doubted(case: dict[str, str]) -> None:
    """Accused or asked about, by the figure that is wrong or by another of its equation."""
    found = verify(pasted(case["text"]))
    texts = [quantity.text for quantity in found.reading.quantities]
    named = {
        texts[index] for doubt in found.doubts for index in (*doubt.relation.members, doubt.relation.stated)
    }
    assert case["stated"] in named


def test_most_wrong_figures_are_accused_where_they_stand() -> None:
    missed = [
        case["text"]
        for case in SENTENCES["faulty"]
        if (case["kind"], case["stated"])
        not in {(one.relation.kind, one.quantity.text) for one in doubts(case["text"]) if not one.is_question}
    ]
    assert len(missed) * 8 <= len(SENTENCES["faulty"]), missed


def test_totals_in_another_section_close_two_series() -> None:
    text = "全镇建档立卡贫困户824户,3299人。\n将668户2635人列为甲类,将140户601人列为乙类,将16户63人列为丙类。"
    sums = [one for one in verify(pasted(text)).relations if one.kind == "sum"]
    assert [(one.computed, one.holds) for one in sums] == [(824, True), (3299, True)]


def test_both_totals_wrong_by_the_same_item_name_that_item() -> None:
    text = "甲业奖补20户10万元;乙业奖补30户18万元;丙业奖补3户1.5万元,各项产业共奖补51户次,发放奖补资金合计28.5万元。"
    causes = {doubt.relation.cause for doubt in doubts(text)}
    assert causes == {"两处差额(2户次、1万元)指向同一项:“3户1.5万元”合计时按1户、0.5万元计算"}


def test_swapped_digits_are_the_likely_cause() -> None:
    (doubt,) = doubts("教育51万元、医疗14万元、住房68万元,合计313万元。")
    assert doubt.relation.cause == "“313万元”相邻两个数字写颠倒了,应为133万元"


def test_a_share_cut_off_is_a_reminder() -> None:
    (doubt,) = doubts("党员86人,其中女党员31人,占36.04%。")
    _, one = relation("务工人数150人,占总人口634人的23.6%。", "share")
    assert (one.holds, one.severity) == (False, "reminder")
    assert doubt.relation.cause.startswith("小数直接舍去")


def test_parts_that_may_overlap_are_asked_about() -> None:
    (doubt,) = doubts("脱贫户120户,其中低保户80户、残疾户60户。")
    assert doubt.is_question


def test_approximate_members_make_bounds_only() -> None:
    assert doubts("发放资金300余万元、200多万元,合计520万元。") == []


def test_a_total_of_something_else_is_no_sum() -> None:
    assert doubts("新增监测对象12户36人,消除风险28户80人,目前共有监测对象45户130人。") == []


def test_a_loan_average_above_the_cap_is_a_suspicion() -> None:
    cap = Cap("小额信贷上限", SMALL_LOAN_WORDS, Decimal(50_000))
    found = verify(pasted("发放扶贫小额贷款161笔,金额1138万元。"), [cap])
    assert [(doubt.relation.kind, doubt.severity) for doubt in found.doubts] == [
        ("standard_cap", "suspicion")
    ]
    assert verify(pasted("发放扶贫小额贷款161笔,金额700万元。"), [cap]).doubts == ()


def test_one_loan_above_the_cap_is_told_under_a_heading_that_names_the_kind_of_loan() -> None:
    text = "脱贫人口小额信贷专题报告\n一、放贷。新增62笔、240万元。\n二、问题。青石村有1户贷款9万元。"
    (capped,) = (one for one in read_json(text)["relations"] if one["kind"] == "standard_cap")
    assert capped["holds"] is False
    other = "脱贫人口小额信贷专题报告\n一、放贷。新增62笔、240万元。\n二、其他。支持合作社1户贷款90万元。"
    assert not [one for one in read_json(other)["relations"] if one["kind"] == "standard_cap"]


def test_parts_that_are_said_to_overlap_are_not_added_up() -> None:
    assert doubts("补齐档案37份,其中缺照片的22份、缺协议的9份、缺验收表的16份,有10份同时缺两项以上。") == []


def test_a_far_off_average_is_of_something_else() -> None:
    assert doubts("补偿资金1398万元,惠及贫困户4127户,户均补偿412元。") == []


def test_the_same_figure_in_another_unit() -> None:
    assert doubts("退耕还林300公顷(4500亩)。") == []
    assert [doubt.relation.kind for doubt in doubts("退耕还林20公顷(400亩)。")] == ["restated"]


def test_a_stock_stated_twice_must_agree() -> None:
    text = "全镇建档立卡脱贫户824户。\n二、工作成效\n全镇建档立卡脱贫户842户均已稳定。"
    assert [doubt.relation.kind for doubt in doubts(text)] == ["restated"]


def test_relations_point_at_quantities() -> None:
    found = verify(pasted("共824户3299人,其中一类668户2635人、二类140户601人、三类16户63人。"))
    shown = found.as_json()
    assert set(shown) == {"quantities", "relations"}
    total = next(one for one in shown["relations"] if one["kind"] == "sum")
    texts = [shown["quantities"][member]["text"] for member in total["members"]]
    assert sorted(texts) in (["140户", "16户", "668户"], ["2635人", "601人", "63人"])
    assert set(total) == {"kind", "members", "stated", "computed", "holds", "severity", "explanation"}
