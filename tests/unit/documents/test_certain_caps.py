"""Amounts above a limit that the text names are told, and those of other products and totals are not."""

from __future__ import annotations

import pytest

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.caps import caps_exceeded
from bangfu.documents.reading.read import read_text

WRONG = (
    "按照办法，每户奖补不超过3000元，村民刘某领取3600元。",
    "小额信贷单户上限5万元，东坡村8户共贷48万元。",
    "临时救助每人次限额2000元，谭某获得救助2600元。",
    "每户建房面积控制在120平方米以内，抽查的周某家建房148平方米。",
    "公务接待每人每餐不得高于60元，3月12日接待客商人均86元。",
    "规定单笔借款最高1万元，其中一笔借款达1.5万元。",
    "单户年度补助最多6000元。补助最多的是养蜂户何某，8600元。",
    "慰问标准不得超过每户1000元，实际有2户分别为1200元和1500元。",
    "政策规定每户贷款5万元封顶，全镇46户余额253万元，户均5.5万元。",
    "医疗救助年度封顶线8万元，患者肖某全年救助9.3万元。",
    "每个项目奖补资金以10万元为限，石坝村合作社1个项目奖补12.5万元。",
    "农机补贴单台最高限额3万元，有一台收割机补贴3.8万元。",
    "文件明确每村补助不突破20万元，上湾村补助26万元。",
    "防贫保单户最高赔付2万元，而罗家坪罗某一户赔付2.8万元。",
)
SOUND = (
    "按照办法，每户奖补不超过3000元，村民刘某领取2600元。",
    "小额信贷单户上限5万元，东坡村8户共贷38万元。另有创业担保贷款3户45万元。",
    "脱贫人口小额信贷每户不超过5万元；养殖大户李某的经营性贷款20万元，不受此限。",
    "每户奖补不超过3000元，全镇86户共兑付19.6万元。",
    "临时救助每人次限额2000元，超过限额的报县民政局审批，谭某经批准救助6000元。",
    "单户最高5万元，全镇贷款余额1200万元。",
    "农户张某年收入6.8万元，申请小额信贷，单户不超过5万元。",
    "每户补助不超过6000元，村集体补助12万元。",
    "住院报销封顶线20万元，患者总费用26万元。",
    "建房面积每户不超过120平方米，全村新建房屋8户，总面积860平方米。",
    "单笔不超过1万元，8笔共7.6万元。",
    "1人户建房不超过40平方米，3人户王某家建房58平方米。",
    "每人每月补贴不超过800元，全年人均领取8600元。",
    "小额信贷5万元以下免抵押，茶厂贷款80万元。",
    "救助限额每人5000元，两人共救助8600元。",
)


@pytest.mark.parametrize("text", WRONG)
def test_an_amount_above_its_limit_is_told(text: str) -> None:
    told = list(caps_exceeded(Scene(read_text(text))))
    assert told
    assert all(one.kind in ("standard_cap",) and one.holds is False and one.explanation for one in told)


@pytest.mark.parametrize("text", SOUND)
def test_an_amount_within_or_beside_it_is_not(text: str) -> None:
    assert not list(caps_exceeded(Scene(read_text(text))))
