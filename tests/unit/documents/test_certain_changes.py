"""Growth and decline against a figure that the words name."""

from __future__ import annotations

import pytest

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.changes import changes
from bangfu.documents.reading.read import read_text

WRONG = [
    ("监测户由30户增加到36户,增长25%。", "25%"),
    ("全镇务工人数从2100人提高到2310人,增长12%。", "12%"),
    ("今年发放奖补84万元,比上年的70万元增加14万元,增长16.7%。", "16.7%"),
    ("今年发放奖补84万元,比上年的70万元增加14万元,增长25%。", "25%"),
    ("上年收入40万元,今年增加6万元,增长18%。", "18%"),
    ("村集体收入52万元,比去年增加12万元,增长23.1%。", "23.1%"),
    ("去年上访36件,今年27件,下降33.3%。", "33.3%"),
    ("参保1640人,比上年的1600人多50人。", "50人"),
    ("年初在保612户,年内新增35户,退出28户,净增9户。", "9户"),
    ("用水量由5200吨降到4680吨,降幅11.1%。", "11.1%"),
    ("现有护林员88名,上年末为80名,净增6名。", "6名"),
    ("培训900人,较上年同期的750人增长16.7%。", "16.7%"),
    ("与上年同期的480万元相比,今年多发放96万元,增长16.7%。", "16.7%"),
    ("产值2260万元,比上年增加260万元,上年为2000万元,增幅11.5%。", "11.5%"),
    ("贫困发生率由上年的6.5%下降到2.1%,下降4.6个百分点。", "4.6个百分点"),
    ("种植面积由1200亩扩大到1590亩,增长32%。", "32%"),
]
SOUND = [
    "监测户由30户增加到36户,增长20%。",
    "今年发放奖补84万元,比上年的70万元增加14万元,增长20%。",
    "今年发放奖补84万元,完成计划90万元的93.3%,增长20%。",
    "上年收入40万元,今年增加6万元,增长15%。",
    "村集体收入52万元,比去年增加12万元,增长30%。",
    "去年上访36件,今年27件,下降25%。",
    "收缴率由上年的71%提高到86%,提高15%。",
    "年初在保612户,年内新增35户,退出28户,净增7户。",
    "全县增长8%,我镇由30户增加到36户。",
    "农民人均纯收入9600元,同比增长9.2%,高于全县平均1.1个百分点。",
    "今年新建大棚40座,比上年多,其中玻璃温室6座,增长较快。",
    "用水量由5200吨降到4680吨,降幅10%。",
    "上年同期受理42件,今年受理51件,办结率96%。",
    "养牛480头,比年初增加60头,出栏210头,增长12%。",
    "由12个村增加到15个村,资金增长30%。",
    "参保率由96.1%提高到97.3%,提高1.2个百分点。",
    "贷款余额860万元,较年初的800万元增长7.5%。",
]


def told(text: str) -> list[str]:
    reading = read_text(text)
    return [reading.quantities[one.stated].text for one in changes(Scene(reading)) if one.holds is False]


@pytest.mark.parametrize(("text", "figure"), WRONG)
def test_what_does_not_come_out_is_told(text: str, figure: str) -> None:
    assert told(text) == [figure]


@pytest.mark.parametrize("text", SOUND)
def test_what_comes_out_or_speaks_of_something_else_is_not(text: str) -> None:
    assert told(text) == []
