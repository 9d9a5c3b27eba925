"""Tables that do not come out, line by line and column by column, and sound ones that look alike."""

from __future__ import annotations

import pytest

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.find import certain
from bangfu.documents.certain.tables.find import tables
from bangfu.documents.reading.read import read_text


def told(text: str) -> list[tuple[str, str]]:
    reading = read_text(text)
    return sorted((one.kind, reading.quantities[one.stated].text) for one in tables(Scene(reading)))


PAID = "组别\t应收\t已收\t未收\n甲组\t312户\t287户\t25户\n乙组\t268户\t241户\t27户\n丙组\t354户\t311户\t{}\n"
PLACES = "去向\t人数\t占比\n县内\t428人\t21.4%\n省内\t572人\t28.6%\n省外\t1000人\t{}\n合计\t2000人\t100%\n"
BOUGHT = (
    "品名\t数量\t单价\t金额\n课桌\t120张\t180元\t21600元\n座椅\t240条\t75元\t18000元\n书柜\t36组\t420元\t{}\n"
)
LOANS = "银行\t笔数\t金额\n农商行\t148笔\t692万元\n邮储\t96笔\t451万元\n合计\t244笔\t1143万元\n"
SPENT = "收入\n租金\t86400元\n分红\t32600元\n收入合计\t119000元\n支出\n工资\t57600元\n电费\t13850元\n支出合计\t71450元\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PAID.format("34户"), [("difference", "34户")]),
        (PAID.format("43户") + "合计\t934户\t839户\t59户\n", [("sum", "59户")]),
        (PAID.format("34户") + "合计\t934户\t839户\t95户\n", [("difference", "34户"), ("sum", "95户")]),
        (PLACES.format("55.0%"), [("share", "55.0%")]),
        (BOUGHT.format("15210元"), [("standard_multiple", "15210元")]),
        (
            "村\t务工\t就近\t小计\n东岭\t132人\t46人\t178人\n西岭\t118人\t52人\t170人\n南坡\t97人\t38人\t153人\n",
            [("sum", "153人")],
        ),
        (
            "职务\t月报酬\t全年\n主任\t2800元\t33600元\n会计\t2450元\t29400元\n文书\t2350元\t28200元\n委员\t2150元\t28500元\n",
            [("standard_multiple", "28500元")],
        ),
        (
            "路段\t长度\t宽\t面积\n一段\t1200米\t4.5米\t5400平方米\n二段\t860米\t3.5米\t3010平方米\n三段\t940米\t3.5米\t3920平方米\n",
            [("standard_multiple", "3920平方米")],
        ),
        (
            "|乡镇|户数|人数|\n|---|---|---|\n|清河|124户|436人|\n|石桥|98户|351人|\n|合计|222户|778人|\n",
            [("sum", "778人")],
        ),
        (
            "类型      户数     金额\n急难    143户     46.8万元\n支出    82户      33.2万元\n小计    225户     90.0万元\n",
            [("sum", "90.0万元")],
        ),
        (
            "①虚报面积、312.5万元、286.4万元、26.1万元\n②滞留资金、418.2万元、394.7万元、23.5万元\n"
            "③超标准、96.8万元、72.3万元、24.5万元\n④挪用、128.4万元、101.9万元、62.5万元\n",
            [("difference", "62.5万元")],
        ),
        ("改造方式:\n  砖砌\t86户\n  预制\t42户\n  双瓮\t19户\n  改造户数\t157户\n", [("sum", "157户")]),
        (
            "乡\t户\t人\n甲乡\t52户\t181人\n乙乡\t47户\t166人\n丙乡\t38户\t129人\n合计\t99户\t347人\n",
            [("sum", "347人"), ("sum", "99户")],
        ),
        (LOANS + "全县244笔、1134万元,户均合理。\n", [("restated", "1134万元")]),
        (SPENT + "本年结余45750元。\n", [("difference", "45750元")]),
        (
            "乡镇\t人均收入\t增速\n青山乡\t9860元\t7.1%\n白水乡\t8735元\t6.4%\n最高的青山乡与最低的白水乡相差1152元。\n",
            [("difference", "1152元")],
        ),
        (
            "村\t任务\t完成\n大坪村\t240户\t216户\n小坪村\t180户\t153户\n石坪村\t150户\t114户\n"
            "大坪村完成率90%,小坪村85%;石坪村只有67%。\n",
            [("share", "67%")],
        ),
        (
            "全村有贫困户136户482人。\n年度\t户\t人\n2015年\t31户\t108人\n2016年\t43户\t152人\n小计\t74户\t260人\n"
            "还没脱贫62户212人。\n",
            [("difference", "212人")],
        ),
        (
            "项目\t金额\t说明\n保洁\t28800元\t6人,每人每月400元,12个月\n修渠\t5040元\t用工24个,每个工210元\n"
            "铺路\t3960元\t用工63个,每个工60元\n",
            [("standard_multiple", "3960元")],
        ),
    ],
)
def test_what_does_not_come_out_is_told(text: str, expected: list[tuple[str, str]]) -> None:
    said = told(text)
    assert [one for one in expected if one not in said] == []


@pytest.mark.parametrize(
    "text",
    [
        PAID.format("43户") + "合计\t934户\t839户\t95户\n",
        PLACES.format("50.0%"),
        BOUGHT.format("15120元") + "合计\t\t\t54720元\n",
        LOANS + "全县244笔、1143万元,比上年的1134万元略增。\n",
        SPENT + "本年结余47550元。\n",
        # of-which lines are not added once more
        "类别\t户数\t人数\n脱贫户\t312户\t1086人\n其中:易返贫户\t24户\t83人\n边缘户\t58户\t201人\n合计\t370户\t1287人\n",
        # subtotals and a grand total
        "乡\t户\n甲村\t31户\n乙村\t42户\n东片小计\t73户\n丙村\t25户\n丁村\t36户\n西片小计\t61户\n总计\t134户\n",
        # tabs that only push the columns to their places
        "地点\t\t\t甲类\t乙类\t小计\n新港区\t\t386人\t142人\t528人\n东部其他市\t1218人\t476人\t1694人\n合计\t\t1604人\t618人\t2222人\n",
        # rounded amounts have the play of their members
        "类型\t处数\t人口\n集中\t6处\t9.8万人\n联村\t58处\t14.6万人\n单村\t412处\t8.1万人\n分散\t910处\t1.5万人\n合计\t1386处\t33.9万人\n",
        # prices and rates are not added
        "品种\t亩产\t单价\n水稻\t480公斤\t2.6元\n玉米\t420公斤\t2.2元\n合计\t\t3.1元\n",
        # a remark says why the line does not follow the others
        "户主\t数量\t奖补\t备注\n赵一\t3头\t3000元\t\n钱二\t4头\t4000元\t\n孙三\t2头\t2000元\t\n李四\t6头\t5000元\t按封顶数计\n",
        # no arithmetic between the columns
        "村\t户数\t人数\t党员\n甲村\t312户\t1086人\t41人\n乙村\t268户\t941人\t36人\n丙村\t354户\t1207人\t52人\n",
        # what is left of last year, not of the table
        "项目\t任务\t完成\n改厕\t1860户\t1744户\n合计\t1860户\t1744户\n上年还欠着161户。\n",
        "乡镇\t任务\t完成\n大坪\t240户\t216户\n小坪\t180户\t153户\n合计\t420户\t369户\n大坪比小坪高5个百分点,比去年的83%快。\n",
    ],
)
def test_sound_tables_are_let_be(text: str) -> None:
    assert told(text) == []


def test_a_cell_that_comes_out_is_doubted_by_no_other_finder() -> None:
    text = (
        "投向\t安排\t支出\t占安排比重\n产业\t10260万元\t8920万元\t43.0%\n设施\t9544万元\t8360万元\t40.0%\n"
        "搬迁\t2386万元\t1825万元\t10.0%\n其他\t1670万元\t1320万元\t7.0%\n合计\t23860万元\t20425万元\t100%\n"
    )
    scene = Scene(read_text(text))
    assert [one for one in certain(scene) if one.holds is False] == []
