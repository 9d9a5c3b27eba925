"""What a text claims: readings that compete, slips that are known, and figures that something else explains."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bangfu.documents.arithmetic.mistyped import retyped
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.claims.outcome import outcome
from bangfu.documents.judging.infer import infer
from bangfu.documents.linking.find import linked
from bangfu.documents.linking.links import links_of
from bangfu.documents.linking.network import network
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.read import read_text


def quantity(text: str) -> Quantity:
    (found,) = read_text(text).quantities
    return found


def told(text: str, kind: str) -> list[Relation]:
    return [one for one in infer(read_text(text)) if one.kind == kind]


@pytest.mark.parametrize(
    ("wrote", "true", "how"),
    [
        ("涉及1254户", "1245", "swapped"),
        ("涉及1254户", "1284", "digit"),
        ("涉及118户", "18", "dropped"),
        ("涉及1254户", "1365", ""),
        ("投入65.05万元", "660480.5", "digit"),
        ("投入65.05万元", "661480.5", ""),
        ("占48.4%", "0.448", "swapped"),
    ],
)
def test_a_slip_of_the_pen_is_known_by_its_digits(wrote: str, true: str, how: str) -> None:
    assert retyped(quantity(wrote), Decimal(true)) == how


@pytest.mark.parametrize(
    ("text", "kind", "result"),
    [
        ("全村有86户,已改厕68户,改厕率97.1%。", "share", "swapped"),
        ("补助128人,每人500元,共发放64万元。", "standard_multiple", "decimal"),
        ("补助128人,每人500元,共发放6.4元。", "standard_multiple", "wan"),
        ("党员86人,其中女党员31人,占36.04%。", "share", "cut"),
        ("今年产值420万元,比上年的350万元增加70万元,增长16.7%。", "growth", "base"),
        ("发放种苗312株、鸡苗840只、鱼苗650尾。种苗312株中,甲组120株、乙组98株,合计218株。", "sum", "holds"),
    ],
)
def test_how_a_claim_fails_is_known(text: str, kind: str, result: str) -> None:
    reading = read_text(text)
    claims = linked(Scene(reading), links_of(reading, network()))
    assert result in {outcome(one.claim) for one in claims if one.kind == kind}


def test_two_rows_may_make_up_one_figure() -> None:
    text = (
        "下达资金1560万元。按来源,中央980万元、省级360万元、市级120万元、县级100万元。"
        "按用途,产业960万元、基建480万元、其他120万元。"
    )
    assert [one.holds for one in told(text, "sum")] == [True, True]


def test_an_item_of_a_row_that_adds_up_is_no_total() -> None:
    text = "按行业,制造业568人、建筑业294人、餐饮业181人、其他84人,合计1127人。"
    assert [(one.computed, one.holds) for one in told(text, "sum")] == [(Decimal(1127), True)]


def test_what_came_in_and_went_out_explains_the_end() -> None:
    text = "年初入库项目312个,新增入库41个,调整出库27个,年末在库326个。"
    assert all(one.holds for one in infer(read_text(text)))


def test_shares_that_make_up_all_of_something_unsaid_are_of_nothing_said() -> None:
    text = "人均收入7425元,去年同期6750元,增加675元,增长10%,其中工资占68%、经营占19%、其他占13%。"
    assert all(one.holds for one in infer(read_text(text)))


def test_groups_that_are_said_to_overlap_are_not_added_up() -> None:
    text = "风险未消除52户,致贫原因(可多选):因病24户、缺劳力13户、因残11户、因学6户、因灾4户。"
    assert not [one for one in told(text, "sum") if one.holds is not True]


def test_a_limit_named_in_the_text_is_held_against_its_amounts() -> None:
    text = "小额信贷每户不超过5万元。全镇发放36户162万元,户均4.5万元;其中龙湾村12户共放64万元。"
    found = told(text, "standard_cap")
    assert [(one.members, one.stated) for one in found if one.holds is False] == [((0, 4), 5)]


VILLAGES = """各村情况表
序号	村	户数（户）	人口（人）	监测对象（户）	岗位（人）	奖补（万元）
1	青石桥村	6071	24286	304	1206	449.3159
2	罗峰村	33378	133343	0	6335	2609.68785
3	云台村	38829	155889	0	7348	3053.3599
4	温泉村	18812	75629	0	3556	1492.36885
5	峡山村	20023	80144	0	3867	1587.57285
6	八王庙村	21231	84847	0	4080	1662.0947
7	白石村	21848	87552	0	4106	1728.9688
"""


def test_figures_of_a_table_speak_to_each_other_in_their_line_or_column_only() -> None:
    assert not [one for one in infer(read_text(VILLAGES)) if one.holds is not True]
