"""Sums of money too small or too great for what they are said of: 投资12.5元, 132人共26.4元, 次均报销6160万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units_slip import around, is_each, is_price, slip
from bangfu.documents.reading.structure import Mention

_TEN_THOUSAND = Decimal(10_000)
_ALL = re.compile(
    r"投资|投入|资金|支出|拨付|拨款|预拨|下达|到账|到位|争取|筹集|筹措|整合|安排|配套|发放|补助|补贴|奖补|奖励|资助|救助|救济|慰问|返利|返还|价值|资产|原值|净值|集资|押金|[议训待公修护务理运输管验测监装交旅差刷置用]费|成本|借款|"
    r"减免|报销|报账|赔付|赔款|理赔|贷款|放贷|放款|授信|贴息|工资|报酬|薪酬|劳务费|租金|承包费|流转费|分红|股金|产值|销售|营业|收入|收益|营收|"
    r"利润|盈余|结余|债务|欠款|追回|追缴|收缴|罚款|没收|退还|清退|捐赠|捐款|善款|募集|经费|造价|概算|预算|决算|合同价|中标|审定|金额|总额|"
    r"总价|货款|苗木款|工程款|余额|款项|兑付|兑现|支付|已付|已补|计|共|合计|总计"
)
_GREAT = re.compile(
    r"投资|资金|拨付|拨款|预拨|下达|到账|筹集|整合|贷款(?:余额|总额|规模)|放贷|产值|销售(?:收入|额)|概算|造价|总投入|债务|营业收入|财政|价值|资产|原值|净值|经费|报酬|分红|贴息"
)
_FUNDS = re.compile(r"投资|拨付|拨款|下达|到账|整合|筹集|概算|造价|产值|价值|资产|原值|净值|总投入|财政")
_SMALL = re.compile(
    r"[差降升涨跌高低多少增减]|党费|(?<![洪污供节灌调])水费|电费|话费|餐|票|药|盐|标准|罚.{0,4}某|找零|利率|红包|工本|每|一次(?!性)|押金|均|/|积分|元钱"
)
_HEADS = frozenset({"household", "household_times", "person", "person_times"})
_HEAD_COUNT = frozenset({"笔", "家", "村", "处", "座", "头", "株", "亩", "场", "公里"})
_LOW = re.compile(
    r"(?:人均|户均|每人|每户|村均|社均|家均|笔均|处均|企均|台均|个均)(?:年)?(?:纯|可支配|工资性|经营性|务工|年|劳务)*"
    r"(?:收入|增收|补助|补贴|投资|投入|贷款|分红|产值|资助|救助|报销|工资|奖补|赔付|减负|资金)?(?:达到?|为|约)?$"
)
_NAMES = re.compile(
    r"低保|低收入|高标准|高龄|高中|高职|高校|提升|减免|减贫|减灾|减负|少数民族|少年|少儿|多层|增收|增殖|增值|差旅|补差|差额|降低|降费|多元|多功能|高速|高效|高山"
)
"""Words with 高, 低, 多, 少 in them that compare nothing."""
_BUILDS = re.compile(
    r"(?:新建|改建|扩建|改扩建|续建|修建|建设|硬化|维修改造|改造|建成)[^,;。]{0,16}"
    r"(?:中心|水厂|公路|道路|大桥|桥|学校|园区|产业园|基地|厂房|车间|电站|安置点|卫生院|卫生室|广场|冷库|泵站|水库|渠|管网|工程|项目|设施)"
)
_RICH: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"(?:人均|每人|每名|每生|生均|次均|人次均|每人次|每例|例均|单人|人平|日均工资|(?<!个)月工资|每人每[月年天]|每岗)"), 500_000),
    (re.compile(r"(?:日工资|日薪|工价|时薪|底薪|每个?工日?)"), 100_000),
    (re.compile(r"(?:一[盒瓶袋斤件只箱份罐包][^,;。]{0,12},?)?(?:(?<![中投招])标价|售价|零售价|卖价|单价每[盒瓶袋斤件只箱份罐包])"), 300_000),
    (re.compile(r"(?:台均|每台|辆均|每辆)"), 20_000_000),
    (re.compile(r"(?:户均|每户|单户|户平)"), 5_000_000),
    (re.compile(r"(?:每斤|每公斤|每[天日](?!.*(?:产|销|处理|供|收入|营业))|每株|每只|每头|每顿|每餐|每份|每件|每箱)"), 300_000),
    (re.compile(r"(?:每亩|亩均|每平方米)"), 500_000),
    (re.compile(r"(?:每米|每平方米)"), 1_000_000),
)
_COLLECTIVE = re.compile(r"村|社|企|集体|公司|园|场|总|财政|县|镇|厂|店|车间|共|合计|地区|GDP|生产总值|贷款余额|基地|大棚|光伏|座|站")
_HIS_OWN = re.compile(r"(?:某|领取|享受)[^,。;]{0,14}(?:每月|每年|按月|月)(?:发放|领取)?$")
_ONE_CASE = re.compile(r"(?:最[高多大]的?[^,;。]{0,6}一?(?:例|名|人|户|次|笔)|一[例人名户][^,;。]{0,6}|某)[^,;。]{0,8}$")
_PERSONAL = re.compile(r"自付|报销|救助|赔付|补助|奖补|工资|收入|医疗|慰问|补贴|津贴|低保|生活费|护理费|个人")


def too_little(scene: Scene, mention: Mention) -> Relation | None:
    quantity = mention.quantity
    if (
        quantity.kind != "money"
        or quantity.unit not in ("元", "元钱", "块钱")
        or not quantity.is_exact
        or not 0 < quantity.base_value < _TEN_THOUSAND
        or is_each(mention)
        or mention.right.startswith("的")
    ):
        return None
    near = around(scene, mention, 4)
    here = [one for one in near if one.sentence == mention.sentence]
    return (
        _less_than_each(mention, here)
        or _of_many(scene, mention, here)
        or _beside(scene, mention, near)
        or _building(scene, mention)
    )


def _meant(members: Sequence[Mention], mention: Mention, said: str) -> Relation:
    return slip(members, mention, mention.quantity.base_value * _TEN_THOUSAND, said, "单位应为“万元”")


def _less_than_each(mention: Mention, here: Sequence[Mention]) -> Relation | None:
    """全年发放工资3987元,人均2.2万元: all together is less than each got."""
    for one in here:
        near = abs(one.index - mention.index) <= 1
        if near and one.index > mention.index and one.quantity.kind == "money" and is_each(one):
            mean = re.search(r"均|平均", one.left)
            if mean and one.quantity.base_value > mention.quantity.base_value * 2 and _ALL.search(mention.left):
                return _meant((one,), mention, f"总数{mention.quantity.text}还不到平均数{one.quantity.text}")
        grown = re.search(r"比(?:上年|去年|上月|同期|上季度|上年同期)[^,。;]{0,4}(?:增加|增长|增收|多)(?:了)?$", one.left)
        if near and one.index > mention.index and grown and one.is_like(mention):
            if one.quantity.base_value > mention.quantity.base_value and _ALL.search(mention.left):
                return _meant((one,), mention, f"总数{mention.quantity.text}还不到所增加的{one.quantity.text}")
    return None


def _of_many(scene: Scene, mention: Mention, here: Sequence[Mention]) -> Relation | None:
    """132人 … 发放稳岗补助26.4元: a few cents a head."""
    quantity = mention.quantity
    if not _ALL.search(scene.clause(mention)) or _small(scene, mention):
        return None
    for one in sorted(here, key=lambda one: abs(one.index - mention.index)):
        heads = one.quantity.kind in _HEADS or (one.quantity.unit == "笔" and re.search(r"款|资金|贷", one.right + one.gap))
        reached = -1 <= mention.index - one.index <= 3
        if not reached or not heads or one.quantity.base_value < 2 or is_each(one):
            continue
        each = quantity.base_value / one.quantity.base_value
        beside = abs(one.index - mention.index) == 1
        loans = beside and one.quantity.unit == "笔" and each < 50
        if loans or (each < (10 if beside else 1) and (quantity.step < 1 or each < 2)):
            least = "50元" if each >= 10 else "10元" if each >= 1 else "1元"
            said = f"{one.quantity.text}共{quantity.text},平均每{one.quantity.base_unit}不到{least}"
            return _meant((one,), mention, said)
    return None


def _small(scene: Scene, mention: Mention) -> bool:
    return is_price(scene, mention) or bool(_SMALL.search(_NAMES.sub("", mention.left)[-10:]))


def _beside(scene: Scene, mention: Mention, near: Sequence[Mention]) -> Relation | None:
    """前期县财政预拨300元,上级预拨800万元; 概算投资2350元,已完成投资1410万元."""
    quantity = mention.quantity
    words = scene.clause(mention)
    large = [
        one
        for one in near
        if one.quantity.kind == "money" and "万" in one.quantity.unit + one.quantity.text and not is_each(one)
    ]
    if _small(scene, mention) or not _ALL.search(words):
        return None
    if not large:
        alone = quantity.step < 1 and quantity.base_value < 1000 and _FUNDS.search(mention.left[-6:])
        return _meant((), mention, f"“{words[-10:]}”只有{quantity.text},不合常理") if alone else None
    of_its_size = [
        one for one in large if quantity.value / 50 <= one.quantity.value <= max(quantity.value, Decimal(20)) * 50
    ]
    closest = [one for one in of_its_size if one.sentence == mention.sentence]
    broken = quantity.step < 1 and quantity.base_value < 1000
    if closest and (broken or (_GREAT.search(words) and _is_whole(quantity.base_value))):
        return _meant(closest[:1], mention, f"前后的金额以万元计({closest[0].quantity.text}),这里写的是{quantity.text}")
    if broken and (_FUNDS.search(words) or (of_its_size and _GREAT.search(words))):
        beside = (of_its_size or large)[:1]
        return _meant(beside, mention, f"前后的金额以万元计({beside[0].quantity.text}),这里写的是{quantity.text}")
    return None


def _is_whole(value: Decimal) -> bool:
    return value < _TEN_THOUSAND


def _building(scene: Scene, mention: Mention) -> Relation | None:
    """投资3200元改扩建游客中心."""
    words = mention.left + mention.quantity.text + mention.right
    if _BUILDS.search(words) and re.search(r"投资|投入|造价|资金|概算|预算", words) and not _small(scene, mention):
        return _meant((), mention, f"建设投资只有{mention.quantity.text},不合常理")
    return None


def too_little_each(scene: Scene, mention: Mention) -> Relation | None:
    """人均纯收入1.28元; 投入198.8万元,户均1.4元."""
    quantity = mention.quantity
    if quantity.unit != "元" or not 0 < quantity.base_value < 30 or not quantity.is_exact:
        return None
    if not _LOW.search(mention.left) or _SMALL.search(mention.left[:-2].replace("每", "").replace("均", "")):
        return None
    income = re.search(r"收入|增收|贷款|投资|产值|工资", mention.left[-8:])
    large = [
        one
        for one in scene.before(mention)[-4:]
        if one.quantity.kind == "money" and one.quantity.base_value >= 100_000 and not is_each(one)
    ]
    if income or (large and quantity.step < 1):
        return _meant(large[-1:], mention, f"“{mention.left.strip()[-8:]}{quantity.text}”少得不合常理")
    return None


def _few_heads(scene: Scene, mention: Mention) -> Relation | None:
    """向3户农户收取集资款8600万元."""
    before = scene.before(mention)[-1:]
    if not before or before[0].quantity.kind not in _HEADS or before[0].segment != mention.segment:
        return None
    count = before[0]
    if not count.quantity.base_value or is_each(count) or not re.fullmatch(r"[^,;。]*,?[^,;。]{0,8}", mention.gap):
        return None
    each = mention.quantity.base_value / count.quantity.base_value
    words = count.left[-4:] + mention.gap
    given = re.search(r"补助|救助|慰问|报销|低保金|救济|资助|助学|生活费|津贴", words)
    personal = re.search(r"农户|村民|群众|学生|患者|老人|困难|脱贫|残疾|集资款", words)
    if each > (500_000 if given else 3_000_000) and (given or personal) and not _FIRMS.search(words):
        unit = count.quantity.base_unit
        said = f"{count.quantity.text}共{mention.quantity.text},平均每{unit}约{each / _TEN_THOUSAND:.0f}万元"
        return slip((count,), mention, mention.quantity.base_value / _TEN_THOUSAND, said, "单位多写了“万”")
    return None


_FIRMS = re.compile(r"企业|公司|合作社|大户|主体|产值|总|基地|园|车间|平台|店")


def too_much(scene: Scene, mention: Mention) -> Relation | None:
    quantity = mention.quantity
    if quantity.kind != "money" or quantity.base_value < 300_000 or "元" == quantity.unit:
        return None
    for words, limit in _RICH:
        found = words.search(mention.left)
        if found and quantity.base_value > limit and not _COLLECTIVE.search(mention.left[found.start() :][-12:]):
            if quantity.unit == "万元":
                said = f"“{mention.left.strip()[-10:]}{quantity.text}”数额大得不合常理"
                return slip((), mention, quantity.base_value / _TEN_THOUSAND, said, "单位应为“元”")
    if (relation := _few_heads(scene, mention)) is not None:
        return relation
    his_own = _HIS_OWN.search(mention.left) and quantity.base_value >= 10**5
    one_case = _ONE_CASE.search(mention.left) and quantity.base_value >= 10**7
    if (his_own or one_case) and _PERSONAL.search(scene.clause(mention)):
        said = f"一人(户)的金额达{quantity.text},数额大得不合常理"
        return slip((), mention, quantity.base_value / _TEN_THOUSAND, said, "单位写大了一级")
    return None
