"""Totals of money too small for what they are said of: 投资12.5元, 132人共26.4元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units.slip import around, is_each, is_price, slip
from bangfu.documents.reading.structure import Mention

TEN_THOUSAND = Decimal(10_000)
_ALL = re.compile(
    r"投资|投入|资金|支出|拨付|拨款|预拨|下达|到账|到位|争取|筹集|筹措|整合|安排|配套|发放|补助|补贴|奖补|奖励|资助|救助|救济|慰问|返利|返还|保费|缴费|收取|收缴|价值|资产|原值|净值|集资|押金|[议训待公修护务理运输管验测监装交旅差刷置用]费|成本|借款|"
    r"减免|报销|报账|赔付|赔款|理赔|贷款|放贷|放款|授信|贴息|工资|报酬|薪酬|劳务费|租金|承包费|流转费|分红|股金|产值|销售|营业|收入|收益|营收|"
    r"利润|盈余|结余|债务|欠款|追回|追缴|收缴|罚款|没收|退还|清退|捐赠|捐款|善款|募集|经费|造价|概算|预算|决算|合同价|中标|审定|金额|总额|"
    r"总价|货款|苗木款|工程款|余额|款项|兑付|兑现|支付|已付|已补|计|共|合计|总计"
)
_GREAT = re.compile(
    r"投资|资金|拨付|拨款|预拨|下达|到账|筹集|整合|贷款(?:余额|总额|规模)|放贷|产值|销售(?:收入|额)|概算|造价|总投入|债务|营业收入|财政|价值|资产|原值|净值|经费|报酬|分红|贴息|专户|补偿金|担保金|准备金|资金池|基金余额|压减|列支"
)
_FUNDS = re.compile(
    r"投资|拨付|拨款|下达|到账|整合|筹集|概算|造价|产值|价值|资产|原值|净值|总投入|财政|(?:涉及|问题|违规|专项|项目|债务|追回|挂账|滞留)(?:的)?(?:资金|金额)|涉资"
)
SMALL = re.compile(
    r"[差降升涨跌高低多少增减]|党费|(?<![洪污供节灌调])水费|电费|话费|餐|票|药|盐|标准|罚.{0,4}某|找零|利率|红包|工本|每|一次(?!性)|押金|均|/|积分|元钱"
)
HEADS = frozenset({"household", "household_times", "person", "person_times"})
_NAMES = re.compile(
    r"低保|低收入|高标准|高龄|高中|高职|高校|提升|减免|减贫|减灾|减负|少数民族|少年|少儿|多层|增收|增殖|增值|差旅|补差|差额|降低|降费|多元|多功能|高速|高效|高山"
)
"""Words with 高, 低, 多, 少 in them that compare nothing."""
_BUILDS = re.compile(
    r"(?:新建|改建|扩建|改扩建|续建|修建|建设|硬化|维修改造|改造|建成)[^,;。]{0,16}"
    r"(?:中心|水厂|公路|道路|大桥|桥|学校|园区|产业园|基地|厂房|车间|电站|安置点|卫生院|卫生室|广场|冷库|泵站|水库|渠|管网|工程|项目|设施)"
)
_MEAN = re.compile(r"均|平均")
_OF_LOANS = re.compile(r"款|资金|贷")
_COST = re.compile(r"投资|投入|造价|资金|概算|预算")
_GROWN_BY = re.compile(r"比(?:上年|去年|上月|同期|上季度|上年同期)[^,。;]{0,4}(?:增加|增长|增收|多)(?:了)?$")


def too_little(scene: Scene, mention: Mention) -> Relation | None:
    quantity = mention.quantity
    if (
        quantity.kind != "money"
        or quantity.unit not in ("元", "元钱", "块钱")
        or not quantity.is_exact
        or not 0 < quantity.base_value < TEN_THOUSAND
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


def meant_ten_thousand(members: Sequence[Mention], mention: Mention, said: str) -> Relation:
    return slip(members, mention, mention.quantity.base_value * TEN_THOUSAND, said, "单位应为“万元”")


def _less_than_each(mention: Mention, here: Sequence[Mention]) -> Relation | None:
    """全年发放工资3987元,人均2.2万元: all together is less than each got, or than it grew by."""
    following = next((one for one in here if one.index == mention.index + 1), None)
    if following is None or following.quantity.kind != "money" or not _ALL.search(mention.left):
        return None
    total, other = mention.quantity, following.quantity
    if is_each(following) and _MEAN.search(following.left) and other.base_value > total.base_value * 2:
        return meant_ten_thousand((following,), mention, f"总数{total.text}还不到平均数{other.text}")
    if _GROWN_BY.search(following.left) and other.base_value > total.base_value:
        return meant_ten_thousand((following,), mention, f"总数{total.text}还不到所增加的{other.text}")
    return None


def _of_many(scene: Scene, mention: Mention, here: Sequence[Mention]) -> Relation | None:
    """132人 … 发放稳岗补助26.4元: a few cents a head."""
    quantity = mention.quantity
    if not _ALL.search(scene.clause(mention)) or _small(scene, mention) or _is_income_of_one(mention):
        return None
    for one in sorted(here, key=lambda one: abs(one.index - mention.index)):
        heads = one.quantity.kind in HEADS or (
            one.quantity.unit == "笔" and _OF_LOANS.search(one.right + one.gap)
        )
        reached = -1 <= mention.index - one.index <= 3 and one.segment == mention.segment
        if not reached or not heads or one.quantity.base_value < 2 or is_each(one):
            continue
        each = quantity.base_value / one.quantity.base_value
        beside = abs(one.index - mention.index) == 1
        loans = beside and one.quantity.unit == "笔" and each < 50
        if loans or (each < (10 if beside else 1) and (quantity.step < 1 or each < 5)):
            least = "50元" if each >= 10 else "10元" if each >= 1 else "1元"
            said = f"{one.quantity.text}共{quantity.text},平均每{one.quantity.base_unit}不到{least}"
            return meant_ten_thousand((one,), mention, said)
    return None


def _is_income_of_one(mention: Mention) -> bool:
    """上半年收入达到5312元 is what one has; in a table 户均增收 heads the column."""
    quantity = mention.quantity
    if "均" in quantity.subject and "\t" in mention.gap + quantity.subject:
        return True
    return quantity.base_value >= _INCOME and _EARNED.search(mention.left) is not None


_INCOME = 2000
_EARNED = re.compile(r"(?<![总务营售租业费])收入(?:约|达到?|为|有|是)*$")


def _small(scene: Scene, mention: Mention) -> bool:
    return is_price(scene, mention) or bool(SMALL.search(_NAMES.sub("", mention.left)[-10:]))


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
        return (
            meant_ten_thousand((), mention, f"“{words[-10:]}”只有{quantity.text},不合常理") if alone else None
        )
    of_its_size = [
        one
        for one in large
        if quantity.value / 50 <= one.quantity.value <= max(quantity.value, Decimal(20)) * 50
    ]
    closest = [one for one in of_its_size if one.sentence == mention.sentence]
    broken = quantity.step < 1 and quantity.base_value < 1000
    if closest and (broken or _GREAT.search(words)):
        return meant_ten_thousand(
            closest[:1], mention, f"前后的金额以万元计({closest[0].quantity.text}),这里写的是{quantity.text}"
        )
    if broken and (_FUNDS.search(words) or (of_its_size and _GREAT.search(words))):
        beside = (of_its_size or large)[:1]
        return meant_ten_thousand(
            beside, mention, f"前后的金额以万元计({beside[0].quantity.text}),这里写的是{quantity.text}"
        )
    return None


def _building(scene: Scene, mention: Mention) -> Relation | None:
    """投资3200元改扩建游客中心."""
    words = mention.left + mention.quantity.text + mention.right
    if _BUILDS.search(words) and _COST.search(words) and not _small(scene, mention):
        return meant_ten_thousand((), mention, f"建设投资只有{mention.quantity.text},不合常理")
    return None
