"""Tables that were copied into a text: the unit of every figure, what it counts, and the totals under the columns."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bangfu.documents.files.source import pasted
from bangfu.documents.reading.read import Reading, read_text
from bangfu.documents.verification import verify

TABLE = "单位:万元\n村名\t户数(户)\t奖补资金\t备注\n甲村\t12\t3.5\t无\n乙村\t20\t6.25\t2户未付\n合计\t{}\t9.75\t\n"


def figures(text: str) -> list[str]:
    """Each quantity as text=value unit."""
    return [f"{one.text}={_plain(one.base_value)}{one.base_unit}" for one in read_text(text).quantities]


def totals(reading: Reading) -> list[tuple[list[str], str]]:
    """The columns with a total, by the texts of their figures."""
    found = reading.quantities
    return [
        ([found[one].text for one in column.items], found[column.total].text) for column in reading.columns
    ]


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def test_figures_of_a_table_take_their_unit_from_the_head() -> None:
    quantities = [one for one in read_text(TABLE.format(32)).quantities if one.text != "2户"]
    assert [(one.text, one.base_value, one.base_unit, one.subject) for one in quantities] == [
        ("12", 12, "户", "户数"),
        ("3.5", 35000, "元", "奖补资金"),
        ("20", 20, "户", "户数"),
        ("6.25", 62500, "元", "奖补资金"),
        ("32", 32, "户", "户数"),
        ("9.75", 97500, "元", "奖补资金"),
    ]


def test_the_row_of_totals_is_the_sum_of_its_column() -> None:
    assert [one.holds for one in verify(pasted(TABLE.format(32))).relations] == [True, True]
    (doubt,) = verify(pasted(TABLE.format(23))).doubts
    assert (doubt.relation.kind, doubt.quantity.text) == ("sum", "23")
    assert "相邻两个数字写颠倒了" in doubt.relation.cause


def test_numbers_without_a_unit_in_the_head_are_no_quantities() -> None:
    assert read_text("序号\t编号\n1\t1001\n2\t1002\n").quantities == ()


@pytest.mark.parametrize(
    "table",
    [
        "村名\t户数\t资金(万元)\n甲村\t12\t3.5\n乙村\t20\t6.25\n",
        "|村名|户数|资金(万元)|\n|---|---|---|\n|甲村|12|3.5|\n|乙村|20|6.25|\n",
        "村名 | 户数 | 资金(万元)\n甲村 | 12 | 3.5\n乙村 | 20 | 6.25\n",
        "┌──┬──┬──┐\n│村名│户数│资金(万元)│\n├──┼──┼──┤\n│甲村│12│3.5│\n│乙村│20│6.25│\n└──┴──┴──┘\n",
        "村名      户数   资金（万元）\n甲村      12     3.5\n乙村      20     6.25\n",
        "村名 户数 资金(万元)\n甲村 12 3.5\n乙村 20 6.25\n",
        "村名　户数　资金(万元)\n甲村　　12　　3.5\n乙村　　20　　6.25\n",
        "序号\t村名\t户数\t资金(万元)\n1\t甲村\t12\t3.5\n2\t乙村\t20\t6.25\n",
        "资金分配表(单位:户、万元)\n村名\t户数\t到位情况\n甲村\t12\t3.5\n乙村\t20\t6.25\n",
        "村名\t户数\t资金\n甲村\t12\t3.5\n乙村\t20\t6.25\n注:资金单位:万元\n",
        "村名\t户数\t资金\n\t(户)\t(万元)\n甲村\t12\t3.5\n乙村\t20\t6.25\n",
        "村名\t落实\t\n\t户数\t资金(万元)\n甲村\t12\t3.5\n乙村\t20\t6.25\n",
        "村名\t户数\t资金/万元\n甲村\t12\t3.5\n乙村\t20\t6.25\n",
    ],
)
def test_the_same_table_is_read_however_it_was_copied(table: str) -> None:
    assert figures(table) == ["12=12户", "3.5=35000元", "20=20户", "6.25=62500元"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("指标\t单位\t数量\n脱贫户\t户\t824\n产业奖补\t万元\t86.5\n", ["824=824户", "86.5=865000元"]),
        ("指标\t上年\t本年\n耕地面积(亩)\t1200\t1235\n粮食(吨)\t56\t57.2\n",
         ["1200=1200亩", "1235=1235亩", "56=56000公斤", "57.2=57200公斤"]),
        ("脱贫户数\t512\n脱贫人口\t1630\n公益岗位\t86\n", ["512=512户", "1630=1630人", "86=86个"]),
        ("指标\t增幅(%)\n收入\t-3.2\n支出\t5.6\n", ["-3.2=-0.032比例", "5.6=0.056比例"]),
        ("科目\t预算(万元)\t执行\n办公费\t1,200\t1,010.5\n差旅费\t5\n", ["1,200=12000000元", "1,010.5=10105000元", "5=50000元"]),
        ("村名\t对象\t资金\n甲村\t12户36人\t3.5万元\n乙村\t8户 21人\t—\n",
         ["12户=12户", "36人=36人", "3.5万元=35000元", "8户=8户", "21人=21人"]),
        ("月份\t补贴人数\n1月\t236\n2月\t239\n合计\t475\n", ["236=236人", "239=239人", "475=475人次"]),
        ("劳动力务工情况统计\n村名 劳动力 已务工 省外 省内\n甲村 21 16 9 7\n乙村 18 15 8 7\n",
         ["21=21人", "16=16人", "9=9人", "7=7人", "18=18人", "15=15人", "8=8人", "7=7人"]),
        ("全镇应参保5400人,已缴4900人。\n进度如下(村名 应参 已缴):\n甲村\t3260\t2934\n乙村\t2140\t1966\n",
         ["5400人=5400人", "4900人=4900人", "3260=3260人", "2934=2934人", "2140=2140人", "1966=1966人"]),
        ("月份\t发放金额\n1月\t55400\n2月\t56000\n", ["55400=55400元", "56000=56000元"]),
        ("岗位\t标准(元/人·月)\n护林员\t800\n保洁员\t500\n", ["800=800元", "500=500元"]),
        ("村名\t面积\t产量\n甲村\t120\t66\n注:面积单位:亩,产量单位:吨\n", ["120=120亩", "66=66000公斤"]),
    ],
)  # fmt: skip
def test_a_unit_is_where_a_reader_would_look_for_it(table: str, expected: list[str]) -> None:
    assert figures(table) == expected


@pytest.mark.parametrize(
    "text",
    [
        "姓名\t电话\t年龄\n甲某\t5612345\t56\n乙某\t5612346\t61\n",
        "排名\t单位\t得分\n1\t甲镇\t96.5\n2\t乙镇\t95.2\n",
        "1 2 3\n4 5 6\n",
        "村名\t备注\n一组\t无\n二组\t无\n",
        "项目\t数据\n路\t3.5\n桥\t12.6\n",
    ],
)
def test_figures_of_nothing_are_left_alone(text: str) -> None:
    assert figures(text) == []


def test_a_figure_is_about_its_row_and_its_column() -> None:
    quantities = read_text(
        "项目\t2021年收入(元)\t2022年收入(元)\n稻虾\t486000\t312000\n蜂蜜\t92500\t38700\n"
    ).quantities
    assert [(one.subject, one.time) for one in quantities][:2] == [
        ("稻虾2021年收入", "2021"),
        ("稻虾2022年收入", "2022"),
    ]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("村名\t户数\n甲村\t12\n乙村\t20\n小计\t32\n丙村\t5\n丁村\t6\n小计\t11\n合计\t43\n",
         [(["12", "20"], "32"), (["5", "6"], "11"), (["32", "11"], "43")]),
        ("乡镇\t任务(亩)\n全县\t3200\n甲镇\t1200\n乙镇\t2000\n", [(["1200", "2000"], "3200")]),
        ("乡镇\t任务(亩)\n全县\t9999\n甲镇\t1200\n乙镇\t2000\n", []),
        ("村名\t标准(元)\t完成率(%)\n甲村\t500\t90\n乙村\t600\t80\n合计\t550\t85\n", []),
        ("村名\t对象\n甲村\t12户36人\n乙村\t8户21人\n合计\t20户57人\n", [(["12户", "8户"], "20户"), (["36人", "21人"], "57人")]),
    ],
)  # fmt: skip
def test_a_total_is_of_the_rows_that_it_stands_by(table: str, expected: list[tuple[list[str], str]]) -> None:
    assert totals(read_text(table)) == expected
