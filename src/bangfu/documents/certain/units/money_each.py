"""Money too much or too little for one person, household or case: 次均报销6160万元, 人均纯收入1.28元."""

from __future__ import annotations

import re

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units.money import HEADS, SMALL, TEN_THOUSAND, meant_ten_thousand
from bangfu.documents.certain.units.slip import is_each, slip
from bangfu.documents.reading.structure import Mention

_LOW = re.compile(
    r"(?:人均|户均|每人|每户|村均|社均|家均|笔均|处均|企均|台均|个均)(?:年)?(?:纯|可支配|工资性|经营性|务工|年|劳务)*"
    r"(?:收入|增收|补助|补贴|投资|投入|贷款|分红|产值|资助|救助|报销|工资|奖补|赔付|减负|资金)?(?:达到?|为|约)?$"
)
_RICH: tuple[tuple[re.Pattern[str], int], ...] = (
    (
        re.compile(
            r"(?:人均|每人|每名|每生|生均|次均|人次均|每人次|每例|例均|单人|人平|日均工资|(?<!个)月工资|每人每[月年天]|每岗)"
        ),
        500_000,
    ),
    (re.compile(r"(?:日工资|日薪|工价|时薪|底薪|每个?工日?)"), 100_000),
    (
        re.compile(
            r"(?:一[盒瓶袋斤件只箱份罐包][^,;。]{0,12},?)?(?:(?<![中投招])标价|售价|零售价|卖价|单价每[盒瓶袋斤件只箱份罐包])"
        ),
        300_000,
    ),
    (re.compile(r"(?:台均|每台|辆均|每辆)"), 20_000_000),
    (re.compile(r"(?:户均|每户|单户|户平)"), 5_000_000),
    (
        re.compile(
            r"(?:每顿|每餐|每枚|每袋|每羽|每瓶|每包|每度|每千瓦时|每吨水|每立方米水|每单|每票|工本费|门票每|门票价|挂号费)"
        ),
        9_999,
    ),
    (re.compile(r"(?:每斤|每公斤|每千克)"), 299_999),
    (
        re.compile(
            r"(?:每斤|每公斤|每[天日](?!.*(?:产|销|处理|供|收入|营业))|每株|每只|每头|每顿|每餐|每份|每件|每箱)"
        ),
        300_000,
    ),
    (re.compile(r"(?:每亩|亩均|每平方米)"), 500_000),
    (re.compile(r"(?:每米|每平方米)"), 1_000_000),
)
_COLLECTIVE = re.compile(
    r"村|社|企|集体|公司|园|场|总|财政|县|镇|厂|店|车间|共|合计|地区|GDP|生产总值|贷款余额|基地|大棚|光伏|座|站"
)
_HIS_OWN = re.compile(r"(?:某|领取|享受)[^,。;]{0,14}(?:每月|每年|按月|月)(?:发放|领取)?$")
_ONE_CASE = re.compile(
    r"(?:最[高多大]的?[^,;。]{0,6}一?(?:例|名|人|户|次|笔)|一[例人名户][^,;。]{0,6}|某)[^,;。]{0,8}$"
)
_PERSONAL = re.compile(r"自付|报销|救助|赔付|补助|奖补|工资|收入|医疗|慰问|补贴|津贴|低保|生活费|护理费|个人")
_INCOME = re.compile(r"收入|增收|贷款|投资|产值|工资")
_GRANTED = re.compile(r"补助|救助|慰问|报销|低保金|救济|资助|助学|生活费|津贴")
_PEOPLE = re.compile(r"农户|村民|群众|学生|患者|老人|困难|脱贫|残疾|集资款")
_THING_MEAN = re.compile(
    r"^[,、(](?:平均)?(?:每)?(?:车|公里|村|处|台|个|项|座|栋|家|企|社|站|组|间|班|校|厂|店|院|所|套|辆|园|基地|合作社|企业|项目|工程|车间|镇|乡)均?(?:约|为|达|只有|仅)?$"
)
_MANY = 100_000
_CLOSE = re.compile(r"[^,;。]*,?[^,;。]{0,8}")


def too_little_each(scene: Scene, mention: Mention) -> Relation | None:
    """人均纯收入1.28元; 投入198.8万元,户均1.4元."""
    quantity = mention.quantity
    if quantity.unit != "元" or not 0 < quantity.base_value < 1000 or not quantity.is_exact:
        return None
    if (relation := _too_many_heads(scene, mention)) is not None:
        return relation
    if (
        quantity.base_value >= 30
        or not _LOW.search(mention.left)
        or SMALL.search(mention.left[:-2].replace("每", "").replace("均", ""))
    ):
        return None
    income = _INCOME.search(mention.left[-8:])
    large = [
        one
        for one in scene.before(mention)[-4:]
        if one.quantity.kind == "money" and one.quantity.base_value >= 100_000 and not is_each(one)
    ]
    if income or (large and quantity.step < 1):
        return meant_ten_thousand(
            large[-1:], mention, f"“{mention.left.strip()[-8:]}{quantity.text}”少得不合常理"
        )
    return None


def _too_many_heads(scene: Scene, mention: Mention) -> Relation | None:
    """校车补助156.6万元,车均1.8元: 870,000 vehicles."""
    before = scene.before(mention)[-1:]
    if not before or before[0].segment != mention.segment or not _THING_MEAN.search(mention.gap):
        return None
    total = before[0].quantity
    if total.kind != "money" or is_each(before[0]) or total.base_value < mention.quantity.base_value * _MANY:
        return None
    said = f"{total.text}只合每份{mention.quantity.text}"
    return meant_ten_thousand(before, mention, said)


def _few_heads(scene: Scene, mention: Mention) -> Relation | None:
    """向3户农户收取集资款8600万元."""
    before = scene.before(mention)[-1:]
    if not before or before[0].quantity.kind not in HEADS or before[0].segment != mention.segment:
        return None
    count = before[0]
    if not count.quantity.base_value or is_each(count) or not _CLOSE.fullmatch(mention.gap):
        return None
    each = mention.quantity.base_value / count.quantity.base_value
    words = count.left[-4:] + mention.gap
    given = _GRANTED.search(words)
    personal = _PEOPLE.search(words)
    if each > (500_000 if given else 3_000_000) and (given or personal) and not _FIRMS.search(words):
        unit = count.quantity.base_unit
        said = f"{count.quantity.text}共{mention.quantity.text},平均每{unit}约{each / TEN_THOUSAND:.0f}万元"
        return slip((count,), mention, mention.quantity.base_value / TEN_THOUSAND, said, "单位多写了“万”")
    return None


_FIRMS = re.compile(r"企业|公司|合作社|大户|主体|产值|总|基地|园|车间|平台|店")


def too_much(scene: Scene, mention: Mention) -> Relation | None:
    quantity = mention.quantity
    if quantity.kind != "money" or quantity.base_value < 10_000 or quantity.unit == "元":
        return None
    for words, limit in _RICH:
        found = (
            words.search(mention.left) if quantity.base_value > limit and quantity.unit == "万元" else None
        )
        if found and not _COLLECTIVE.search(mention.left[found.start() :][-12:]):
            said = f"“{mention.left.strip()[-10:]}{quantity.text}”数额大得不合常理"
            return slip((), mention, quantity.base_value / TEN_THOUSAND, said, "单位应为“元”")
    if quantity.base_value < 300_000:
        return None
    if (relation := _few_heads(scene, mention)) is not None:
        return relation
    his_own = _HIS_OWN.search(mention.left) and quantity.base_value >= 10**5
    one_case = _ONE_CASE.search(mention.left) and quantity.base_value >= 10**7
    if (his_own or one_case) and _PERSONAL.search(scene.clause(mention)):
        said = f"一人(户)的金额达{quantity.text},数额大得不合常理"
        return slip((), mention, quantity.base_value / TEN_THOUSAND, said, "单位写大了一级")
    return None
