"""Who is counted in persons and what in pieces: 党员42户, 小学生1260户, 存栏生猪3200户, 床位300亩."""

from __future__ import annotations

import re
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units.slip import is_each, slip
from bangfu.documents.reading.structure import Mention

_F = r"(?:总数|人数)?(?:总计|合计|共计|共有|共|约|为|是|有|达到|达|现有|仅|计|已|近)*[ \t]*$"
_PERSONS = re.compile(
    r"(?:(?:小|中|大|高中|初中|中职|高职|研究|寄宿|住校|在校|留守|走读|本科|专科|毕业|应届|新|招)生|学生|学员|学童|"
    r"教师|老师|教职工|教员|党员|团员|积极分子|发展对象|预备党员|"
    r"干部|职工|员工|工作人员|公务员|医生|医师|护士|村医|乡医|医务人员|医护人员|志愿者|委员|民警|辅警|交警|"
    r"民兵|消防员|护林员|保洁员|网格员|管水员|河长|林长|"
    r"调解员|指导员|特派员|联络员|信息员|监督员|驾驶员|司机|游客|旅客|乘客|香客|观众|读者|保安|技术员|技工|工匠|"
    r"工人|民工|农民工|务工人员|从业人员|专家|队员|选手|运动员|演员|"
    r"考生|患者|病人|孕产妇|产妇|婴幼儿|新生儿|幼儿|青少年|适龄儿童|入伍青年|兵员|驻村干部|第一书记|乡贤|"
    r"能人|绣娘|厨师|讲解员|女工|体检合格|应征报名|接种疫苗|疫苗接种|接种|参赛|入学|毕业|就诊|入伍|升学|持证|结业|献血)"
    + _F
)
_OF_HOMES = re.compile(
    r"走访|慰问|困难|贫困|结对|帮扶|联系|挂牌|授牌|评|家庭|户主|示范|家属|救助|低保|脱贫|带头|带动|入户|认领|包保|"
    r"返乡|养殖|种植|中心户|联|包|星级|文明"
)
_BEASTS = re.compile(
    r"(?:存栏|出栏|存笼|出笼|能繁母[猪牛羊]|仔猪|肉[牛羊鸡鸭鹅]|生猪|蛋鸡|肉兔|牛犊|羔羊)(?:生猪|肉牛|山羊|黑山羊|"
    r"绵羊|奶牛|母猪|能繁母猪|家禽|土鸡|蛋鸡|肉鸡|鸭|鹅|羊|牛|猪|兔)?" + _F
)
_KEPT = re.compile(r"存栏|出栏|存笼|出笼")
_PLACES = re.compile(r"(?:床位|病床|车位|泊位|停车位|工位|座位|席位|摊位|铺位|坐席)" + _F)
_MACHINES = re.compile(
    r"(?:挖掘机|拖拉机|收割机|插秧机|旋耕机|微耕机|播种机|烘干机|无人机|农机具|装载机|推土机|铲车|洒水车|校车|货车|"
    r"客车|消防车|救护车|救护车辆|垃圾车|水泵|抽水机|发电机|"
    r"摩托车|电脑|空调|路灯|摄像头|监控探头|灭火器|充电桩|变压器|打印机|投影仪|帐篷)" + _F
)
_HOUSES = re.compile(r"(?:总户数|农户数|户籍户数|(?<![每一])户数|家庭户数)" + _F)
_HEADCOUNT = re.compile(
    r"(?:总人口|总人数|户籍人口|常住人口|人口总数|人口数|务工人数|在校人数|参训人数|参会人数|就业人数|参保人数|人数)"
    + _F
)
_NEXT_HEADS = re.compile(r"[,、(]?(?:共|计|合计)?\d[\d.,]*万?人")
_BY_HEAD = re.compile(r"(?:妇女|老人|老年人|儿童|少年|残疾人|男生|女生|小伙|青年)" + _F)
_RECEIVED = re.compile(r"(?:接待|客流量?|入园|参观|观影|观展|迎客|客运量|就诊量|门诊量)" + _F)
_BOOKS = re.compile(r"(?:藏书|存书|图书|书籍|绘本)" + _F)
_RAISED = re.compile(r"(?:养|饲养)(?:猪|牛|羊|鸡|鸭|鹅|兔|黑山羊|土鸡)" + _F)
_FOLLOWED = re.compile(
    r"(?:名)?(?:队员|学生|小学生|中学生|党员|教师|老师|干部|职工|志愿者|人大代表|代表|游客|民警|医生|护士|学员|"
    r"选手|工人|驻村干部|护林员|保洁员|专家|演员|观众)(?!家|户|住|之|名|的)"
)
_LAND = frozenset({"area", "floor", "weight"})
_HOMES = frozenset({"household", "household_times"})
_HEADS = frozenset({"person", "person_times"})
_RULES: tuple[tuple[re.Pattern[str], frozenset[str], str, re.Pattern[str] | None], ...] = (
    (_PERSONS, _HOMES | _LAND, "人", _OF_HOMES),
    (_BY_HEAD, frozenset({"area", "floor"}), "人", re.compile("户|地|田|流转|种|房|每")),
    (_RECEIVED, _HOMES | _LAND, "人次", re.compile("走访|农户|来访")),
    (_BOOKS, _HOMES | _HEADS | _LAND, "册", re.compile("面积|受益|惠及")),
    (_RAISED, frozenset({"area", "floor"}), "头”或“只", None),
    (_BEASTS, _HOMES | _HEADS | frozenset({"area", "floor"}), "头”或“只", None),
    (_PLACES, _HOMES | _LAND | frozenset({"length"}), "个”或“张", re.compile("面积|造价|费")),
    (
        _MACHINES,
        _HOMES | _LAND,
        "台”或“辆",
        re.compile("作业|面积|收割|耕|播|补贴|惠及|运|洒|处理|抽|植保|喷|防治|载|用户|购"),
    ),
    (_HOUSES, _HEADS | _LAND, "户", re.compile("占|每")),
    (_HEADCOUNT, _HOMES | _LAND, "人", re.compile("占|每|涉及|面积|贫困|脱贫|低保|监测")),
)
_COUNTED = frozenset(
    {"household", "household_times", "person", "person_times", "area", "floor", "weight", "length"}
)
_STAPLE = re.compile(
    r"稻谷|水稻|小麦|玉米|大豆|油菜籽|马铃薯|土豆|红薯|高粱|荞麦|大米|面粉|杂粮|粮食|蔬菜|白菜|萝卜|番茄|黄瓜|辣椒|"
    r"南瓜|莲藕|西瓜|苹果|柑橘|脐橙|柚子|梨|桃|李子|葡萄|香蕉|甘蔗|生猪|猪肉|"
    r"鸡蛋|鸭蛋|草鱼|鲤鱼|鲫鱼|牛奶|生鲜乳|化肥|复合肥|有机肥|水泥|饲料|秸秆|饲草|青贮|竹笋|鲜笋|花生|棉花|烟叶|"
    r"甜菜|鲜茶叶|魔芋|生姜|大蒜|洋葱|牛肉|羊肉"
)
_TRADED = re.compile(
    r"付款|货款|收购款|销售额|销售收入|产值|售款|收入|卖[了得出]?|售出|金额|价款|结算|兑付|支付|进账|销售"
)
_DEAR, _CHEAP = Decimal(300), Decimal("0.02")
"""Yuan for a kilo: no such goods cost more than the one, none less than the other."""
_MOVED = re.compile(r"收购|销售|售出|卖|采购|产量|产|收|供应|出货|发货|订购|购|销")


def counted_mistaken(scene: Scene, mention: Mention) -> Relation | None:
    """A noun right before a figure that counts other things."""
    quantity = mention.quantity
    if quantity.kind == "weight" and (found := _too_dear(scene, mention)) is not None:
        return found
    if quantity.kind not in _COUNTED or is_each(mention):
        return None
    if quantity.kind in _HOMES | _LAND and (after := _FOLLOWED.match(mention.right)) is not None:
        return slip((), mention, quantity.base_value, f"“{after[0]}”写成了{quantity.text}", "单位应为“名”")
    left = mention.left
    for noun, kinds, unit, never in _RULES:
        if quantity.kind not in kinds or (match := noun.search(left)) is None:
            continue
        if never is not None and never.search(scene.clause(mention) + mention.right[:6]):
            continue
        if quantity.kind in _HOMES and noun is _PERSONS and _beside_homes(scene, mention):
            continue
        if quantity.kind in _HOMES and _NEXT_HEADS.match(scene.reading.flat, quantity.end):
            continue
        if noun is _BEASTS and not _KEPT.search(match[0]):
            continue
        said = f"“{match[0].strip()[-10:]}”写成了{quantity.text}"
        return slip((), mention, quantity.base_value, said, f"单位应为“{unit}”")
    return None


def _beside_homes(scene: Scene, mention: Mention) -> bool:
    """新就业职工402户、外来务工312户: a row of households by what they are."""
    near = (*scene.before(mention)[-1:], *scene.after(mention)[:1])
    return any(one.quantity.kind in _HOMES for one in near)


def _too_dear(scene: Scene, mention: Mention) -> Relation | None:
    """收购稻谷6800公斤,付款1870万元."""
    words = scene.clause(mention)
    following = next(iter(scene.after(mention)), None)
    if following is None or following.quantity.kind != "money" or following.segment != mention.segment:
        return None
    goods = _STAPLE.search(words) is not None and _MOVED.search(words) is not None
    if not goods or is_each(mention) or is_each(following) or "其中" in following.gap:
        return None
    if not _TRADED.search(following.gap) or following.gap.count(",") > 1 or not mention.quantity.base_value:
        return None
    price = following.quantity.base_value / mention.quantity.base_value
    if _CHEAP <= price <= _DEAR:
        return None
    if price > _DEAR and mention.quantity.unit not in ("公斤", "斤", "千克"):
        return None
    meant, factor = ("吨", 1000) if price > _DEAR else ("公斤", 1)
    said = f"{following.quantity.text}÷{mention.quantity.text},每公斤{price:.2f}元,不合常理"
    return slip((following,), mention, mention.quantity.value * factor, said, f"单位应为“{meant}”")
