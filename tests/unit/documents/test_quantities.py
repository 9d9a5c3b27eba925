from __future__ import annotations

from decimal import Decimal

import pytest

from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.read import read_text


def read(text: str) -> tuple[Quantity, ...]:
    return read_text(text).quantities


@pytest.mark.parametrize(
    ("text", "found", "value", "base", "approx"),
    [
        ("危房改造32户。", "32户", 32, "户", ""),
        ("补助51.65万元。", "51.65万元", 516500, "元", ""),
        ("延伸管网6000余米。", "6000余米", 6000, "米", "余"),
        ("投入近3万元。", "近3万元", 30000, "元", "近"),
        ("人均1500元以上。", "1500元以上", 1500, "元", "以上"),
        ("收入约8万余元。", "约8万余元", 80000, "元", "余"),
        ("退耕300公顷。", "300公顷", 4500, "亩", ""),
        ("硬化12.6公里。", "12.6公里", 12600, "米", ""),
        ("肥料12吨。", "12吨", 12000, "公斤", ""),
        ("满意率98.7%。", "98.7%", Decimal("0.987"), "比例", ""),
        ("下降到百分之零点五。", "百分之零点五", Decimal("0.005"), "比例", ""),
        ("七成以上农户受益。", "七成以上", Decimal("0.7"), "比例", "以上"),
        ("提高5个百分点。", "5个百分点", Decimal("0.05"), "百分点", ""),
        ("扶贫车间二十余个。", "二十余个", 20, "个", "余"),
        ("质保期一年。", "一年", 1, "年", ""),
        ("公示7日。", "7日", 7, "天", ""),
        ("参训860人次。", "860人次", 860, "人次", ""),
        ("实现1.95万贫困人口脱贫。", "1.95万", 19500, "人", ""),
        ("发放资金３．５万元。", "３．５万元", 35000, "元", ""),
        ("参加人数 824 户。", "824 户", 824, "户", ""),
    ],
)
def test_a_quantity_is_found_with_its_value(
    text: str, found: str, value: Decimal, base: str, approx: str
) -> None:
    (quantity,) = read(text)
    assert (quantity.text, quantity.base_value, quantity.base_unit, quantity.approx) == (
        found,
        value,
        base,
        approx,
    )
    assert text[quantity.start : quantity.end] == quantity.text


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("收益3至5万元。", 30000, 50000), ("工资2000—3000元。", 2000, 3000), ("1万元至2万元。", 10000, 20000)],
)
def test_a_range_is_one_quantity(text: str, low: int, high: int) -> None:
    (quantity,) = read(text)
    assert (quantity.base_value, quantity.base_high) == (low, high)


def test_from_and_to_are_two_quantities() -> None:
    assert [quantity.text for quantity in read("由3万元至5万元,增长明显")] == ["3万元", "5万元"]


@pytest.mark.parametrize(
    "text",
    [
        "落实五保户和第一书记工作",
        "实现两不愁三保障,做到一户一策、一村一品",
        "根据鄂办发〔2019〕12号文件和中央1号文件",
        "第三次会议于2019年5月20日召开,上午9时30分开始",
        "一是抓产业;二是抓就业",
        "12345热线和0715-5612345、13900000000",
        "一类人员、2类对象和三级残疾",
        "2017-2019年和“十三五”期间,前三季度,一季度",
        "坚持四个不摘,做到三个不减",
        "有一些干部一般化,一定要统一思想,进一步整改",
        "建成台账一套班子两块牌子",
        "G107国道和316国道旁的三百亩村",
        "24小时值班,365天不断",
        "二〇二〇年春季",
        "红榜:白马镇、五通镇、三台县",
    ],
)
def test_what_only_looks_like_a_quantity_is_none(text: str) -> None:
    assert [quantity.text for quantity in read(text)] == []


def test_an_agreement_signed_is_no_approximation() -> None:
    (quantity,) = read("家庭医生签约3092人")
    assert (quantity.text, quantity.approx) == ("3092人", "")


def test_a_label_counts_where_its_members_stand_beside_it() -> None:
    assert [quantity.text for quantity in read("做到底数清、政策清、措施清“三个清楚”")] == ["三个"]
    assert read("做到“三个清楚”。") == ()


def test_subject_and_time_come_from_the_phrase() -> None:
    quantity = read("2019年全镇落实危房改造32户。")[0]
    assert (quantity.subject, quantity.time) == ("危房改造", "2019")


def test_the_heading_gives_the_time_of_its_section() -> None:
    quantity = read("二、2019年工作回顾\n改造危房32户。")[0]
    assert quantity.time == "2019"


def test_json_has_the_keys_of_the_format() -> None:
    shown = read("收益3至5万元")[0].as_json()
    assert set(shown) == {
        "text", "start", "end", "value", "unit", "base_value", "base_unit", "approx", "subject", "time", "high",
        "base_high",
    }  # fmt: skip
    assert (shown["value"], shown["unit"], shown["base_value"], shown["base_high"]) == (
        "3",
        "万元",
        "30000",
        "50000",
    )
