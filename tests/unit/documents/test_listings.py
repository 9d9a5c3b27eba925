"""How many things stand around a count: what the network is told of lists."""

from __future__ import annotations

import pytest

from bangfu.documents.linking.listings import EQUAL, NONE, ONE_LESS, ONE_MORE, WAYS, Listings
from bangfu.documents.linking.telling import listed_of
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.read import read_text


def first(text: str) -> tuple[str, Quantity]:
    reading = read_text(text)
    return reading.flat, reading.quantities[0]


@pytest.mark.parametrize(
    ("way", "text"),
    [
        ("bracket", "全镇3个村(东坪村、西坪村、南坪村)脱贫。"),
        ("run", "红榜3个:白马镇、青龙镇和五通镇,均予通报。"),
        ("colon", "办结3件:桥面加宽,卫生室扩建;食堂开灶。"),
        ("named", "收益分3块:分成51.6万元,停车费18.3万元,摊位费9.1万元,合计79万元。"),
        ("parts", "查出3处:围栏有缺口,已补;井盖松动、缺失;管道未标识。"),
        ("next", "闲置3个。闲置资产分别是养鸡棚、冷库、加工坊。当年收益20万元。"),
        ("before", "有王金山、李开贵、周兴文3户未交齐。"),
        ("numbered", "提出3条建议。一是建台账。二是抓培训。三是强监督。"),
        ("lines", "名单有3户\n王金山\n李开贵\n周兴文\n\n特此公示。"),
        ("next.named", "多计工程款3笔\n分别是:青石线21.5万元,两河口桥17.3万元,沙坝线29.6万元,共68.4万元。"),
        (
            "table",
            "中标3个,如下\n项目|中标价\n步道|128万元\n水渠|45万元\n路灯|12万元\n合计|185万元\n公示五天。",
        ),
    ],
)
def test_a_list_is_counted_where_it_stands(way: str, text: str) -> None:
    flat, one = first(text)
    assert Listings(flat).of(one)[way] == 3
    assert Listings(flat).codes_of(one)[WAYS.index(way)] == EQUAL


@pytest.mark.parametrize(
    ("way", "text"),
    [
        ("before.named", "按属地统计:城关镇46件、柳河镇25件,高店乡14件,3个乡镇合计85件。"),
        ("before.sentence", "黑榜:罗湾村、枣林村、老庄村。3个村限期整改。"),
        ("before.numbered", "(1)裂缝120米;(2)厚度不足;(3)泵站未通电。问题共3个。"),
        ("before.lines", "一千元以上的:\n刘昌明12000元\n罗四海8000元\n刘昌盛6600元\n以上3人共捐26600元。"),
        ("before.table", "户主\t补偿\n孙贵\t7120元\n张翠\t4860元\n欧阳\t3980元\n3户小计\t15960元"),
    ],
)
def test_a_list_is_counted_where_it_stands_before_the_count(way: str, text: str) -> None:
    reading = read_text(text)
    one = next(one for one in reading.quantities if one.text.startswith("3") and one.base_value == 3)
    assert Listings(reading.flat).of(one)[way] == 3


@pytest.mark.parametrize(("count", "code"), [("4个", ONE_LESS), ("2个", ONE_MORE), ("3个", EQUAL)])
def test_the_number_is_compared_with_the_count(count: str, code: int) -> None:
    flat, one = first(f"红榜{count}:白马镇、青龙镇、五通镇。")
    assert Listings(flat).codes_of(one)[WAYS.index("run")] == code


@pytest.mark.parametrize(
    "text", ["发放奖补5000元:东坪村、西坪村。", "约3个村:甲村、乙村。", "共1个村:甲村、乙村。"]
)
def test_amounts_estimates_and_single_things_count_no_list(text: str) -> None:
    flat, one = first(text)
    assert set(Listings(flat).codes_of(one)) == {NONE}


def test_marks_in_brackets_and_quotes_part_nothing() -> None:
    flat, one = first("查出2处:围栏(东、西、北侧)缺口、“一户一档”不全。")
    assert Listings(flat).of(one)["run"] == 2


def test_ordinals_in_another_style_do_not_count_on() -> None:
    flat, one = first("提出3条建议。一是建台账,包括(1)户档(2)村档。二是抓培训。三是强监督。")
    assert Listings(flat).of(one)["numbered"] == 3


def test_a_wrong_count_is_held_against_the_list_that_comes_nearest() -> None:
    reading = read_text("红榜5个:白马镇、青龙镇、五通镇、黄桷镇。黑榜3个。")
    told = listed_of(reading.flat, reading.quantities, 0)
    assert told is not None
    assert (told.computed, told.explanation) == (4, "“5个”后面列了4个")
    assert told.cause == "漏列了一个,或者个数写多了"
    before = listed_of(reading.flat, reading.quantities, 1)
    assert before is not None
    assert before.explanation == "“3个”前面列了4个"
    assert listed_of("共3个村。", read_text("共3个村。").quantities, 0) is None
