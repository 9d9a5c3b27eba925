"""Words of rows: what opens a whole up, what closes a row, what names make up a whole, and what stands aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bangfu.documents.arithmetic.openings import is_partition
from bangfu.documents.certain.rows.fields import FIELDS, HALVES, are_kinds
from bangfu.documents.reading.numerals import chinese_value

STRICT = re.compile(
    r"分别|依次|分为|分成|划分|构成|组成|分布在|分布于|分属|由(?=[^,。;]{0,14}$)|顺次|归为|归入|可分|细分|拆分|拆开|往下[拆分]|再[拆分]|从哪(?:里|儿)?来|去了?哪|花在哪|用在哪|怎么来|怎么花"
)
DIVIDED = re.compile(
    r"(?:按照|[按依](?![期时照规要量])|从|就|以|[论据依凭](?![据证法托靠期]))[^,。;:()]{1,10}?(?:划?分(?!别)|看|讲|说|统计|区分|归类|排|计(?=[,:]))|"
    r"按(?![时期规要月季照比量])[^,。;:()]{1,10}(?=[,:])|(?:^|[,;。、和])按(?![时期规要照比量])[^,。;:()和与]{0,8}$|分[一-龥]{1,4}(?:看|讲|说|论|算|统计|来看|如下)|分[两二三四五六七八九][期批步段档路拨茬](?![歧别])|(?:逐|各|分)[月年季村镇乡户类项级片组](?:看|分|来看|情况|是|为|,|:)|怎么分|分配|"
    r"(?:来源|用途|原因|主因|成因|起因|诱因|缘由|去处|下落|出路|流向|等次|性质|种类|品种|类型|类别|构成|去向|投向|结构|(?<!砌)(?<!溉)渠道|明细|详情|情况)[^,。;:()\d]{0,6}[:,为是]|如下|具体|"
    r"(?:^|[,;。、和])论[^,。;:()\d]{1,6}(?=[,:])|(?:^|[,;。\n])在?[^,。;:()\d]{0,4}(?:规模|性别|年龄|学历|类型|结构|程度|等级|档次|区域|地域|行业|性质|用途|来源|时间|季节|层次|对象|种类|品种|领域|方式|险种|病种|学段|成色|质量|身份)(?:上|方面|来看|看|来说|说|讲)?[,:]|涉及(?:领域|行业|区域|类型|范围|方面)"
)
AMONG = re.compile(
    r"其中|当中|之中|里面|里头|这(?:部分|些|批|几[人户个类]|\d+)[^,。;\d]{0,6},|(?<=[一-龥])(?<![高初集当其适卒途空期命])中(?![学职央心药型等专共医度老小断止暑毒标级途秋介华国游间产])(?=[一-龥]{1,6}$)|"
    r"^[一-龥]{0,6}[中里](?=[,有 ])|[一-龥][中里],|^[中里](?=[一-龥])|"
    r"^[一-龥]{0,5}(?<![公海英邻乡故城])[里内](?=[一-龥]{2,5}$)"
)
PART = re.compile(
    r"其中(?![,有]?一部分)|当中(?=[,有])|(?:^|[,;。])[一-龥]{0,8}[中里][,有](?!一部分)|(?:^|[,;。])[一-龥]{0,8}(?:里面|里头|之中)[,有]|^[里](?=[一-龥])|^[一-龥]{0,4}里面"
)
INCLUDES = re.compile(
    r"包括|包含|含(?!义)|涵盖|涉及|有(?![偿效机关害毒线组序])(?=[一-龥]{0,8}$)|即|是(?=[一-龥]{0,8}$)|为(?=[一-龥]{0,8}$)|用于|投向|用在"
)
REST = re.compile(r"其余|余下|剩下|剩余|其他|其它|另有|另外|剩的|别的|余者|其馀|杂项|零星")
ASIDE = re.compile(
    r"(?<![没又])占(?![用地道补压了])|任务|(?<!列入)(?<!纳入)计划(?!生育)|目标|指标|上年(?!末登)|去年(?!底)|往年|同期|标准|平均|均|每|各(?![一-龥])|(?<![一-龥])一[眼座口个户处台盏]$|达标线|(?<![占对])比(?![例重])[^,。;、]{0,6}[年月季期时底末初次][^,。;、]{0,2}的?$|最[高低大小]|不[高低]于|不少于"
)
CHANGE = re.compile(
    r"增长|增加|减少|下降|增幅|降幅|提高|净增|净减|同比|环比|上升|降低|比上|比去|较上|较去|多出|少了|多了|新增(?=了?$)|增(?=了?$)|(?<![审核])减(?=了?$)"
)
STRONG = re.compile(
    r"合计|总计|共计|总共|一共|小计|总和|总额|总数|合共|统共|拢共|通共|加起来|合起来|之和|计有|累计共|总的|汇总|一年到头|加在一[起块]|加一[起块]|拼起来|合在一起|合起来|通算|总量|拢总|全部加|"
    r"(?:加|合|凑|拢|并|归|汇|算|拼|捆|聚|攒|堆|搁)(?:总|拢|合|并)?(?:[到在]一[起块处堆](?!干)|成一[起块处堆])|(?:加|合|凑|拢|并|归|汇|拼|捆|聚|总)(?:总|拢|合|并)?起来|一并算|算总账"
)
TOTAL = re.compile(
    STRONG.pattern
    + r"|(?<![公中])共(?![同产建享青商识治性用赢荣度和])|累计|总(?=[^,。;]{0,8}$)|全部(?=[^,。;]{0,6}$)|计(?=[^,。;]{0,2}$)"
)
_CHINESE = r"(?<![、第\d.十百])(?P<n>[两二三四五六七八九十])(?!(?<=二)(?:[季级期档组月年]|批|村民))"
COUNT = re.compile(
    _CHINESE + r"(?:大?(?:个?[子分单])?[者项样块类种笔级组家档头批路条段户]|季(?!度)|"
    r"个?(?:方面|部分|渠道|来源|乡镇|乡|镇|村|片|险种|科目|环节|"
    r"档次|工程|项目|产业|村民小组|组|学段|阶段|层次|等次|站|点|单位|部门|年龄段|口子|去向|途径|路径)|个(?:月(?![后内前以里起来])|季度|年级|学期))"
    r"|(?<![、第\d.])(?P<d>[2-9]|1\d)(?:大?[项类种]|个(?:方面|部分|渠道|乡镇|乡|镇|村|片|季度|年级|险种|组|项目|单位|部门))"
)
NAMED = re.compile(r"[一二三四五六七八九ABCD甲乙丙][、和至到—-][一二三四五六七八九ABCD甲乙丙][级类档等]")
WHOLE = re.compile(
    r"总|共|全|合计|在册|在校|登记|现有|累计|规模|收入|支出|投资|到位|安排|下达|投入|发放|受理|申报|识别"
)
PROGRESS = re.compile(
    r"已|完成|竣工|完工|办结|在建|在办|正在|未|尚|没|待|开工|推进|整改|合格|达标|支付|拨付|发放|结余|剩|还|库存"
)
LEFT_OVER = re.compile(r"剩|余(?!额)|尚|未|空|缺|差|多|少|超|消除|退出|支出|拨付|新增|净|减|增")
STAGES = re.compile(r"开工|动工|启动|成灾|申报|申请|受理|报名|参训|下达|到位|审核")
DONE = re.compile(r"完工|竣工|验收|投产|投用|绝收|通过|批准|取证|持证|支出|支付|拨付|结算|发放")
OPEN_END = re.compile(
    r"等(?![级候待于])|居前|前[二三四五十]|位居|较多|排名|靠前|为主|最多|居首|尤为|突出(?!严重)|主要(?!用于|用在|投向|用作|支出)|^[^。;\n]{0,3}(?:其余|余下|剩余|其他)(?![一-龥]{0,4}\d)"
)
UNLISTED = re.compile(
    r"不再?(?:一一|逐[一个项])?(?:列举|列出|罗列|赘述|细列|详列|单列)|从略|略去|略而不|[只仅](?:列|举|选列|摘录)|(?:[没未]有?|不)(?:全部?|都)?列[入出全]?|未统计在内|没算进|(?:之外|以外|此外|除外|外)[^,。;\d]{0,4}?(?:还|又|另|也|尚)有[^,。;\d]{1,8}(?=[,。;\n])"
)
"""其他纠纷不再一一列举: the text says that there is more than it tells."""
REST_UNSAID = re.compile(
    r"[、,;]?(?:另有|还有|以及|此外|加上|另)(?:其他|其它|部分|少量|少数|零星|一些|若干|个别)[一-龥]{0,6}[。;,\n]|"
    r"[,(]?占[\d.]+%\)?[,;]?(?:其余|余下|剩余|其他|其它)(?![一-龥]{0,4}\d)"
)
"""产业1113万元,占35%,其余为到户补助: what is left is not told."""
TURNS = re.compile(
    r"^[^,、;。:\n]{0,6}?(?:增|减|降|升|压|提高|扩|变|调|上调|下调|涨|回落|恢复)?[^,、;。:\n]{0,3}[到至成为]$|"
    r"^[^,、;。:\n]{0,8}(?:增加?|减少?|下?降|提?升|压缩?|提高|扩大?|调整?|上涨|发展|回落|恢复|增长|壮大|上升|下降)"
    r"(?:到|至|为)[^,、;。:\n]{0,12}$|^ ?[/~—-] ?$"
)
"""从40户减到36户: two states of one thing, no two items."""
_OF_THEM = re.compile(
    r"(?:[两三四五六七八九十几各这]|上述|以上)[个家类项种批组]?[一-龥]{0,3}(?<![公英海千年月])[中里内](?![学等专心小])(?:面|头)?,?[一-龥]{0,10}$"
)
"""三村中已搬迁37户: what is said of some of them is no sum."""
_FIRST_OF_PAIR = re.compile(r"\d[\d,.]*[万亿]?[人户个名家]、?$")
BUT = re.compile(r"另|其余|其他|除|不含|含|其中|剔除|扣除|减去|抵")
OVERLAP = re.compile(
    r"(?<![不无])交叉|(?<![不无])重叠|同时[^,。;]{0,4}[享缺属有符具]|同时[。;,]|(?<![不未无没])重复(?=计|统计|的|[,。;)])|[有在]重复|兼有|兼具|兼顾|多选|可选|[两二三几][种项样]病?都|都[有领享](?:的|了)|剔除|去重|[两三]项以上|[两三]种以上|两个以上|不止一|[大多小少]于总|不等于|既[^,。]{1,8}又|算在|算入|计在|已含|含在|包含在|不作相加|不能相加|不可相加|不累加|合并计|有的户|不能跟|不可比|不好比|口径不"
)
EXCLUSIVE = re.compile(
    r"互不(?:重复|交叉|重叠|包含|相容)|不(?:作|做)?重复(?=计|统|登|享|交)|无一[人户件名例个][^,。]{0,3}(?:漏|缺|遗|掉)|[一半][个人户件名]不[漏少落缺]|不重不漏|(?:无|没有|不存在|均不|都不)(?:重复|交叉|重叠)|"
    r"(?:每|一)[人户件份个项名宗笔](?:均|都)?(?:只|仅)[^,。;]{1,4}[一1]|[只仅][计记统归][^,。;]{0,4}(?:[一1]|主)|"
    r"除此(?:以外|之外)?[^,。;]{0,4}(?:没有|无|再无)|[拼加合]起来(?:正好|就|恰)|(?:相加|加总|合计)[^,。;]{0,3}即|[便就即]是?[^,。;]{0,3}全部|正好是全部|恰好是全部|别无其他|"
    r"(?:[只仅就][有是]?|都在|全在|全部来自|都来自|均来自|都出自|不出)这[两三四五六七八九十几][^,。;]{0,6}(?=[,。;:\n]|$)|仅此[两三四五六七八九十]|"
    r"(?:以外|之外|此外|除此|除了这[一-龥]{0,4}|再|别)[^,。;\d]{0,6}?(?:没有|没|再无|无|别无|不存在)(?:了|过|别|其|第|收|有|剩|任何|另|[^,。;\d]{0,8}(?:渠道|来源|途径|项目|情况|类型|地方))|(?:没有|别无|再无|并无|无)(?:别的|其他|其它|第[三四五六七八]|另外的?)(?:[^,。;\d]{0,5}[。,;\n]|$)"
)
"""Words that say that the items are told apart and are all."""
_RUNS = re.compile(
    r"(?:因[一-龥]{1,6}$|因)|[一二三四五六七八九]级|[ABCDabcd甲乙丙丁][级类等档]|[一二三四五六七八九]年级|[一二三四]季度|\d{1,2}月|第[一二三四五六七八九]|[一二三四五六]类|[一二三四五六]档|[一二三四五六]等|\d{4}年|\d{1,2}至\d{1,2}岁|\d{1,2}岁"
)
_PLACES = re.compile(
    r"[一-龥]{1,4}(?:村|镇|乡|社区|街道|组|片|县|区|小学|中学|点|站|厂|屯|寨|湾|坪)$|"
    r"[一-龥]{2,3}[垭坳岭坡溪河冲坝岩塘桥庄堡营铺井洼峪塬峁梁峰岗畈墩埠港滩院嘴咀塆垸洞崖关店集场圩墟屋沟坎台峡洲沱坨渡口]$"
)
_PAIRS = tuple(
    re.compile(words)
    for words in (
        r"已|完成|竣工|完工|办结|在建|在办|正在|未|尚|没|待|开工|续建|推进|停工|整改",
        r"优秀|良好|优良|合格|称职|不合格|基本|达标|同意|反对|弃权|赞成|满意|一般|差|好|较",
        r"中央|省|市|县|区|镇|乡|村|国家|上级|本级|地方|自筹|群众|社会|银行|企业|农户|财政|个人|捐|补助|贷款|配套|集体|业主|融资|衔接|统筹|专项|整合|帮扶|东部|协作",
        r"男|女",
        r"死亡|去世|亡故|外出|失联|固定工作|财政供养|在编|[购有]车|[购有]房|商品房|超标|户籍|服刑|经商|办企业|养老金|超龄|自愿|放弃",
        r"县外|县内|省外|省内|市内|市外|本地|外地|就近|镇内|镇外|乡内|乡外|境外|本县|本镇|本乡|本村|外村|外县|外省|国外|在家|外出",
        r"学前|幼儿|小学|初中|中学|高中|中职|高职|大学|大专|本科|技校|义务|职高|中专|研究生|特校|特殊",
        r"脱贫不稳定|边缘易致贫|突发严重|监测|边缘|不稳定|突发|一般农户|一般户|脱贫户|低保户|特困户",
        r"肢体|视力|听力|言语|智力|精神|多重|孤独症",
        r"小型|大型|中型|规上|规下|微型|小微|个体|公司|合作社|家庭农场|村集体",
        r"倒塌|损坏|严重|一般|轻微|重度|中度|轻度|失能|半失能|自理",
        r"高血压|糖尿病|精神障碍|重性精神|肺结核|冠心病|脑卒中|慢阻肺|肿瘤|恶性",
        r"种植|养殖|加工|商贸|服务|旅游|光伏|手工|休闲|餐饮|电商|运输|建筑|制造|物流|流通",
        r"保洁|护林|护路|护河|护水|治安|养老|助残|公路|管水|保安|巡|管护|协管|照料",
        r"工资性|经营性|财产性|转移性|工资|经营|财产|转移|务工|生产",
        r"上午|下午|春季|秋季|上半年|下半年|夏|冬|前三|头|去年底|一批|二批|首批|早|晚",
        r"县道|乡道|村道|国道|省道|专用|干线|支线|主管|支管",
        r"产业|基础设施|基建|公共服务|就业|金融|饮水|道路|住房|教育|健康|医疗|人居|生态|社会治理|搬迁|培训|环境|水利|交通|公益",
        r"自然|死亡|迁出|迁入|出嫁|转|注销|退出|新识别|清退|消除|纳入|返回|毕业",
        r"水田|旱地|菜地|林地|荒山|坡地|园地|耕地|草地|水域|滩",
        r"集中|分散|机构|居家|城镇|农村|城市|城乡",
        r"党员|群众|干部|教师|医生|农技|工人|专家|技术|正式|预备",
        r"住院|门诊|慢特病|大病|救助|基本医保|补充|倾斜|兜底",
    )
)


def is_of_them(words: str) -> bool:
    """Whether the words before a figure, or before the group that it ends, speak of some of what was counted."""
    return (
        _OF_THEM.search(words[-18:]) is not None
        or _OF_THEM.search(_FIRST_OF_PAIR.sub("", words)[-18:]) is not None
    )


_ALL_COUNTED = re.compile(
    r"(?:[这此就]|上述|以上|前述|仅|只有)(?P<n>[两二三四五六七八九十])[一-龥]|(?P<m>[两二三四五六七八九十])[一-龥]{1,3}(?:以外|之外)"
)


def counted_all(words: str) -> int | None:
    """线索来源只有这三条渠道; 三片以外没有收回的: how many items are said to be all."""
    if not EXCLUSIVE.search(words):
        return None
    match = _ALL_COUNTED.search(words)
    value = chinese_value(match["n"] or match["m"]) if match else None
    return int(value) if value is not None else None


def said_count(words: str) -> int | None:
    """The number of items that the words speak of: 三项, 两级, 4个村; the last that they name."""
    found = [match["n"] or match["d"] for match in COUNT.finditer(words)]
    if not found:
        return None
    value = int(found[-1]) if found[-1].isdigit() else chinese_value(found[-1])
    return int(value) if value is not None else None


def makes_whole(labels: Sequence[str]) -> bool:
    """Whether the names divide by one property, so that they are told apart and may make up a whole."""
    return _makes_whole(tuple(labels))


@lru_cache(maxsize=2048)
def _makes_whole(labels: tuple[str, ...]) -> bool:
    if is_partition(labels):
        return True
    rows = [bool(_RUNS.search(label)) for label in labels]
    if sum(rows) >= len(labels) - 1 and (rows[-1] or bool(REST.search(labels[-1]))):
        return True
    known = (*_PAIRS, *FIELDS) if len(labels) > 2 or REST.search(labels[-1]) else _PAIRS
    return any(_told_apart(pattern, labels) for pattern in known)


def _told_apart(pattern: re.Pattern[str], labels: Sequence[str]) -> bool:
    """Whether each name has its own word of the row: 预备党员、女党员、老党员 share 党员 and are no row."""
    if not (pattern.search(labels[0]) and pattern.search(labels[1])):
        return False
    own = [frozenset(pattern.findall(label)) for label in labels]
    if not own[-1] and REST.search(labels[-1]):
        own = own[:-1]
    shared = frozenset.intersection(*own) if len(own) > 1 else frozenset()
    return all(one - shared for one in own) and len({one - shared for one in own}) == len(own)


def are_halves(labels: Sequence[str]) -> bool:
    """男…女…, 集中…分散…: two that leave no third."""
    if len(labels) != 2:
        return False
    one, other = labels
    return any(
        (first.search(one) and second.search(other)) or (first.search(other) and second.search(one))
        for first, second in HALVES
    )


def are_places(labels: Sequence[str]) -> bool:
    """甲村、乙村、丙镇: places do not overlap."""
    return sum(bool(_PLACES.search(label)) for label in labels) >= len(labels) - 1


def are_told_apart(labels: Sequence[str]) -> bool:
    """Whether names of at least three values of a property, or of two that leave no third."""
    if len(labels) < 2 or not all(labels):
        return False
    return are_halves(labels) if len(labels) == 2 else makes_whole(labels) or are_kinds(labels)
