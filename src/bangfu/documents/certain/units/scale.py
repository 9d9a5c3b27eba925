"""What a village, a town, a county, a reservoir or a lamp can measure at all: 县内高速公路97米, 总库容1250立方米."""

from __future__ import annotations

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units.each import LAND_EACH, LOADS, MONEY_EACH, POOLS, VISITORS, WALKED
from bangfu.documents.certain.units.slip import is_each, slip
from bangfu.documents.certain.units.span import Span, at_least, below
from bangfu.documents.reading.structure import Mention

_COUNTY = r"(?:全|本|我|该)?(?:县|市|区|州|省|旗|[县市区州]域|[县市区]境)"
_TOWN = r"(?:全|本|我|该)?(?:镇|乡|街道|[镇乡]域|[镇乡]境)"


_ROAD = (
    r"(?:高速公路|高速|[国省县乡村]道|铁路|高铁|公路|农村(?:公路|道路)|干线|道路|航道|岸线|海岸线|边境线|"
    r"国境线|河流|河道|干流|管网|输电线路|电网线路)"
)
_SHARE_OF = r"其中|新增|增加|减少|剩余|还有|尚|未|差|缺|断|塌|垮|毁|损|试验|抽|每|段|处"
_LENGTHS = (
    at_least(
        rf"(?:{_ROAD}(?:通车|营运|养护|管养|总|建成)?|通车|管养|养护|公路网)(?:总)?里程",
        "米",
        1000,
        "公里",
        1000,
    ),
    at_least(
        rf"(?:全[县市区州省旗镇乡]|境内|辖区|[县市区镇乡]内|全域)[^,。;]{{0,6}}{_ROAD}[^,。;\d]{{0,4}}(?:全长|总长度?|长度?)",
        "米",
        1000,
        "公里",
        1000,
        never=_SHARE_OF,
    ),
    below(
        r"(?:大桥|桥梁|[一-龥]桥|桥面|桥身|坝顶|坝轴线|大坝)(?:全长|总长|长度?)", "公里 千米", 60_000, "米", 1
    ),
    below(r"隧道(?:全长|总长|单洞长|长度?)", "公里 千米", 40_000, "米", 1, never="座|条|个"),
    below(
        r"(?:围墙|院墙|跑道|塑胶跑道|看台|长廊|厂房|大棚|棚|教室|走廊|挡墙|挡土墙|堡坎|隔离栏|扶手|坡道|"
        r"停车位)(?:全长|总长|长度?|周长)?",
        "公里 千米",
        5_000,
        "米",
        1,
        never="机场|航|飞机",
    ),
    below(r"海拔(?:高度|最高|最低|平均|高程|在|落差|高差)*", "公里 千米", 9_000, "米", 1),
    below(r"(?:最高|最低|平均)海拔", "公里 千米", 9_000, "米", 1),
    below(
        r"(?:间距|间隔|相距|株距|行距|灯距|杆距|桩距)",
        "公里 千米",
        1_000,
        "米",
        1,
        around=r"灯|杆|桩|柱|苗|株|树|盏|栏|墩|井|监控|摄像|垃圾桶|消火栓|探头|消防栓",
        never="服务区|充电站|收费站|互通|站点|乡镇|两地|县城",
    ),
    below(r"身高", "米", 3, "厘米", 0),
    below(r"身高", "公里 千米", 0, "厘米", 0),
)
_LAND_NAMES = r"(?:国土|幅员|辖区|行政区域?|区域|县域|市域|镇域|乡域|全域|版图|境域|土地总)"
_FLOORS = (
    at_least(rf"{_LAND_NAMES}(?:总)?面积", "平方米", 1_000_000, "平方公里", 1_000_000),
    at_least(rf"(?:{_COUNTY}|{_TOWN})(?:总)?面积", "平方米", 1_000_000, "平方公里", 1_000_000),
    at_least(
        r"(?:^|[,;。:\n人户个米])(?:总)?面积",
        "平方米",
        10_000,
        "平方公里",
        1_000_000,
        around=rf"(?:{_TOWN}|{_COUNTY}|[一-龥](?:镇|乡|县))[^。]{{0,30}}(?:下辖|管辖|辖\d|辖有|人口|位于|地处)|"
        rf"(?:人口|位于|地处)[^。]{{0,30}}(?:下辖|管辖|辖\d|辖有)",
        never="房|建筑|楼|校|院|馆|厂|广场|园|店|仓|棚",
    ),
    at_least(
        r"(?:村子|村庄|村域|本村|全村|我村|社区)(?:总|版图|国土|土地)面积",
        "平方米",
        10_000,
        "平方公里",
        1_000_000,
    ),
    at_least(
        r"(?:人均|每人)(?:占有|拥有|实有|有)?(?:耕地|水田|旱地|田|林地|土地|山林|茶园|果园|园地|承包地)(?:面积)?",
        "平方米",
        150,
        "亩",
        0,
        each=True,
    ),
    at_least(
        r"(?:户均|每户)(?:占有|拥有|实有|经营|有|承包|流转)?(?:耕地|水田|旱地|林地|土地|山林|茶园|果园|承包地)(?:面积)?",
        "平方米",
        100,
        "亩",
        0,
        each=True,
    ),
    below(
        r"(?:总?建筑面积|使用面积|居住面积|营业面积|校舍面积)",
        "平方公里",
        1_000_000,
        "平方米",
        1,
        never=r"全[县市区州省]",
    ),
)
_SHEDS = (
    r"(?:公厕|厕所|岗亭|凉亭|泵房|井房|门卫室?|警务室|报刊亭|垃圾[屋房站]|配电房|候车亭|公交站|小卖部|快递点|"
    r"图书室|书屋|教室|宿舍|卫生室|值班室|调解室|会议室|便民店|驿站|售票厅)"
)
_MUS = (
    below(
        rf"{_SHEDS}[^。;,]{{0,8}}(?:占地|面积)(?:面积)?(?:分别|各|每座)?",
        "亩",
        3,
        "平方米",
        0,
        never="周边|配套|绿化|流转|征",
    ),
    below(
        r"(?:^|[,;])占地(?:面积)?(?:分别|各|每座)?",
        "亩",
        5,
        "平方米",
        0,
        around=rf"{_SHEDS}\d+[座个间所处]",
        never="周边|配套|绿化",
    ),
    below(
        r"(?:某|每户|户均|一户|该户|本人|农户|家)[^,。;]{0,10}(?:宅基地|庭院|院坝|新房|住宅|住房|自建房|房屋|"
        r"建房)(?:占地)?(?:面积)?(?:占了?|批了?)?",
        "亩",
        5,
        "平方米",
        0,
        never=r"户(?!均)|复垦|腾退|退出|共",
    ),
    below(
        r"(?:人均|每人|生均)(?:公园|拥有|体育|活动|公共)?(?:绿地|场地|运动场地?|校园|用房|场所|公园绿地)(?:面积)?",
        "亩",
        1,
        "平方米",
        0,
    ),
    at_least(r"(?:国土|幅员|行政区域|县域|市域|版图)(?:总)?面积", "亩", 10_000, "平方公里", 0),
)
_POND = r"山塘|水池|蓄水池|水窖|塘|池|罐|箱|窖|井|坑"
_VOLUMES = (
    at_least(
        r"(?:总|兴利|有效|调洪|防洪|设计|水库)?库容",
        "立方米",
        10_000,
        "万立方米",
        10_000,
        never=_POND + "|损失|淤|增加|恢复|新增|冷|气调|保鲜|仓|粮",
        around="水库|坝|灌|汛|水位|防洪|库区|下游",
    ),
    at_least(
        r"(?:水库|库区|电站)[^,。;]{0,6}(?:蓄水量?|可蓄水|需蓄水)",
        "立方米",
        2_000,
        "万立方米",
        10_000,
        never=_POND,
    ),
    at_least(
        r"(?:全[县市区]|县城|城区)[^,。;]{0,8}(?:年|日)?(?:供水|用水|取水|污水处理)(?:总)?量",
        "立方米",
        1_000,
        "万立方米",
        10_000,
    ),
)
_PLANT = r"光伏|电站|水电|风电|电厂|装机|发电机组|兆瓦"
_ENERGY = (
    at_least(
        r"(?:年|全年|年均|每年|半年|今年|上半年|累计|去年|当年|预计年|设计年)[^,。;\d]{0,8}(?:发电量?|上网电量?|"
        r"并网电量|发电上网)",
        "千瓦时 度",
        5_000,
        "万千瓦时",
        10_000,
        around=_PLANT,
        never="户用|每户|户均|每天|一天|日均|每日|庭院|屋顶|家",
    ),
    at_least(
        r"(?:全[县市区州省][^,。;]{0,6}|全社会|工业|县域)(?:用电|供电|售电)量?",
        "千瓦时 度",
        100_000,
        "万千瓦时",
        10_000,
        never="每|均",
    ),
)
_POWER = (
    below(
        r"(?:光伏板|组件|电池板)[^,。;\d]{0,3}功率|(?:每块|单块|单板)[^,。;\d]{0,6}", "千瓦 兆瓦", 5, "瓦", 0
    ),
    below(
        r"(?:路灯|灯具|单灯|每盏|[^,。;]{0,2}灯)[^,。;\d]{0,4}(?:功率)",
        "千瓦 兆瓦",
        5,
        "瓦",
        0,
        never="总|共|合计",
    ),
)
_WEIGHTS = (
    at_least(
        r"(?:全[县市区镇乡])[^,。;]{0,8}(?:粮食|稻谷|水稻|小麦|玉米|蔬菜|水果|油菜|茶叶|生猪|肉类)?总?产量",
        "公斤",
        10_000,
        "吨",
        1000,
        never="每|亩|单",
    ),
    at_least(
        r"(?:粮食|稻谷|小麦|玉米|蔬菜|水果|肉类)总产量?", "公斤 斤", 10_000, "吨", 1000, never="每|亩|户|家"
    ),
    below(
        r"(?:每亩|亩均)[^,。;\d]{0,4}(?:施|用|撒|播|追)[^,。;\d]{0,8}", "吨", 15_000, "公斤", 1, never="水"
    ),
    below(
        r"(?:每亩|亩均)[^,。;\d]{0,4}(?:用种|播种|下种|用药|种子|农药)[^,。;\d]{0,4}", "吨", 1000, "公斤", 1
    ),
    below(r"(?:体重|头均重|只均重|每头重?|单头重?)", "吨", 1_500, "公斤", 1, never="象|车|产"),
    below(r"(?:鸡|鸭|鹅|兔|鸽|鱼)[^,。;]{0,6}(?:体重|均重|只重|单只重|尾重)", "公斤", 25, "斤或克", 0),
    at_least(
        r"(?:全[县市区镇乡])[^,。;]{0,8}(?:日产|日均|每天|每日)[^,。;]{0,6}垃圾(?:产生量?|清运量?)?",
        "公斤",
        500,
        "吨",
        1000,
        never="户|人均",
    ),
)
_FISC = (
    r"(?:一般公共预算|公共财政|地方财政|财政|预算|政府性基金|税收|非税|上划|国有资本经营)(?:总|预算|地方|本级|本年|"
    r"自给)*(?:收入|支出|税收)|"
    r"税收|生产总值|GDP|固定资产投资|社会消费品零售总?额|社零总?额|(?:规上|规模以上)[^,。;]{0,6}(?:产值|增加值|"
    r"营收|营业收入)|(?:工业|农业|农林牧渔业?)总产值|"
    r"(?:各项|人民币|金融机构|本外币)?(?:存款|贷款)余额|(?:政府|地方政府|一般|专项|隐性)债务(?:余额|限额)?|"
    r"土地出让(?:金|收入|价款)|专项债券?(?:资金|额度)?|转移支付|进出口总?额|外贸总?额|"
    r"(?:招商引资|实际利用|引进)[^,。;]{0,4}(?:到位资金|资金|外资)|旅游(?:综合|总)?收入|地区生产总值"
)
_MONEY = (
    at_least(
        rf"(?:{_FISC})(?:年初|全年|当年|累计|任务|目标|预计|预算)*",
        "元 元钱 块钱",
        10_000,
        "万元”或“亿元",
        0,
        never="人均|每|户均|均|某|户|餐|个体|店|[高低多少增减差升降]",
    ),
)
_STOCK_OF = r"(?:总人口|户籍人口|常住人口|人口总数|人口总量|农业人口|城镇人口|户籍总人口)"
_PEOPLE = (
    at_least(
        rf"(?:{_COUNTY})[^,。;\d]{{0,4}}{_STOCK_OF}",
        "人",
        3_000,
        "万人",
        10_000,
        never=r"[村组寨社]|区村|社区",
    ),
    at_least(rf"(?:{_COUNTY})人口", "人", 3_000, "万人", 10_000, never=r"[村组寨社]|社区"),
)
_NEAR = 36
_OF_ONE = frozenset("每均价月日")
_WHOLE = 10_000
_SPANS: dict[str, tuple[Span, ...]] = {
    "length": (*_LENGTHS, *WALKED),
    "floor": _FLOORS,
    "area": (*_MUS, *LAND_EACH),
    "volume": (*_VOLUMES, *POOLS),
    "energy": _ENERGY,
    "power": _POWER,
    "weight": (*_WEIGHTS, *LOADS),
    "money": (*_MONEY, *MONEY_EACH),
    "person": (*_PEOPLE, *VISITORS),
    "person_times": VISITORS,
}


def out_of_span(scene: Scene, mention: Mention) -> Relation | None:
    """What no such thing can measure, small or great."""
    quantity = mention.quantity
    spans = _SPANS.get(quantity.kind, ())
    if not spans or not quantity.is_exact or not quantity.base_value:
        return None
    start = max(scene.sentence_of(mention).start, quantity.start - _NEAR)
    near = scene.reading.flat[start : quantity.start]
    if quantity.kind == "money" and quantity.base_value >= _WHOLE and _OF_ONE.isdisjoint(near):
        return None
    words = scene.clause(mention)
    for span in spans:
        if quantity.unit not in span.units or span.least <= quantity.base_value < span.most:
            continue
        found = span.said.search(near)
        if found is not None and _holds(scene, mention, span, words):
            computed = quantity.value * span.factor if span.factor else None
            said = f"“{found[0].strip(' ,;。:')[-14:]}”写成了{quantity.text},不合常理"
            return slip((), mention, computed, said, f"单位应为“{span.meant}”")
    return None


def _holds(scene: Scene, mention: Mention, span: Span, words: str) -> bool:
    if span.never is not None and span.never.search(words):
        return False
    if not span.each and is_each(mention):
        return False
    return span.around is None or span.around.search(scene.sentence_words(mention)) is not None
