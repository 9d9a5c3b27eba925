"""Words that say what a figure is beside another: what is left, what was done, and what there was to do."""

from __future__ import annotations

import re
from functools import lru_cache

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.structure import Mention

_PERSONAL = r"(?:个人|群众|患者|农户|村民|学生|家庭|自己|本人)[一-龥]{0,4}(?:负担|承担|支付|自筹|出资|付)"
_STRICT = re.compile(
    r"剩余?(?!劳动)|余下|其余|余数|[结节盈富尚仍还空]余|(?:^|[还尚仍现,、])余(?:有|款|额)?$|余额|"
    r"[尚还仍]缺|缺口|短缺|短少|缺额|缺[编岗员勤席考位访]|空[缺岗编床置位着额]|闲置|"
    r"欠(?!发达|佳|妥|缺|薪)(?:[一-龥]|$)|闲着|空[着出]|闲空|荒着|没[一-龥]{0,3}$|缺(?:证|项|额)|(?<![减缺至不多])少(?!数|见|年|于|量|许|儿|先|至|到|为)[一-龥]{1,3}$|漏[一-龥]{1,2}$|[还尚仍]差|相差|差额|"
    r"尚未|还未|仍未|并未|未(?!来|成年|央|满)|没[有能]?[一-龥]|不合格|不达标|不合规|不符合?|不通过|不予|不属实|不满意|不足(?:的|部分|资金)"
    rf"|异常|失败|失灵|失效|不及格|不正常|不完好|不稳定|不一致|不相符|不匹配|不愿|不同意|放弃|库存|留存|结存|在库|在建|续建|在办|自付|自负|自费|自担|{_PERSONAL}|多付|超付|多支|超支|虚报|多报|"
    r"节约|节省|节支|结转|核减|审减|净[增减收流利落得赚剩挣盈入余]|纯[收利盈落剩]|纯收[入益]|净收[入益]|毛利|利润|盈利|赚|落袋|到手|自缴|自掏|自交|自行(?:承担|负担|缴纳|筹集|支付)|自出|自补|尾款|欠款|未决|未结|可[支分]配|下剩|需(?:外购|外调|补植|补栽|补种)"
)
_OPEN = re.compile(
    r"[还尚仍]有|另有?$|另外|待[一-龥]|等待|正在|拒[一-龥]{1,2}$|无[须需][一-龥]{0,3}$|排除|不[一-龥]{2}的?$|多发|少发|多领|冒领|退回|驳回|淘汰|落选|否决|剔除|调减|压减|滞留|沉淀|缓[一-龥]$|"
    r"停用|停运|停机|停业|歇业|停产|关停|关门|关闭|休业|倒闭|闲置|报废|损坏|故障|中途|退[训学]|辍学|请假|缺席|缺勤|缺考|失访|旷工|病假|事假|漏[一-龥]|流失|逾期|提前|延[误期]|超期|挂账|在途|[还尚仍]?需(?:再|要)?[一-龥]{0,4}$|缺少?$|差$|空$|自筹|入库|保留|留用|最[后终]|[实现][有存]"
)
_AFTER = re.compile(
    r"^的?[一-龥]{0,8}?(?:尚未|还未|仍未|未|没|待|正在|在建|不合格|不达标|不符|不属实|等待|挂账|在办|在途|闲置|空着|暂[缓留存停不未]|放弃|自愿放|因故|缺席|缺考|请假|搁置|推迟|滞留|落选|未果|没来|没到|没去|保留不|拒[绝不签]|不愿|不同意|仍在|尚在)"
)
_NOT_LEFT = re.compile(
    r"不[低少高超]于|不超过|未来|未成年|缺[水劳技资地电粮]|欠发达|差旅|差异|误差|偏差|剩余价值|不满[一二三\d]|余粮|业余|多余|之余|"
    r"(?:压减|调减|减少|下降|降低|降)(?:到|至|为)|(?:上年|上季|上月|上期|年初|期初|月初|历年|往年|上级)(?:末)?(?:结转|结余|余额|结存|库存)|[最较更偏][少差多低小]"
)
_WHOLE = re.compile(
    r"应|计划|任务|目标|总|共|合计|合同|预算|概算|估算|造价|下达|安排|到位|申请|申报|申领|上报|受理|发现|排查|摸排|涉及|抽查|抽检|抽样|抽测|检测|送检|"
    r"收入|产值|销售额|营业额|收缴|调入|购入|购进|收到|收购|收储|接收|接受|领取|到账|筹集|筹措|募集|报名|核定|批复|审批|需|纳入|现有|原有|年初|月初|期初|登记|台账|在册|订单|"
    r"投资|设岗|床位|编制|岗位|有|全[镇乡县村区市]|疑似|逾期|反馈|查出|立案|实施|列入|入库|存栏|种植|栽[植种]|养|发放|贷款|收集|征集|征求|停机|停用|水毁|危房|人口|劳动力|答应|鉴定|认定|评定|成员|提供|建有|拥有|接通|推送|对象|监测"
)
_DONE = re.compile(
    r"已|完成|完工|竣工|建成|实[际有付收发拨缴到支行施]|支出|支付|拨付|拨出|下拨|发放|兑现|兑付|使用|合格|通过|整改|修复|修好|抢通|办[结成理完妥好]|做完|干完|修完|结案|审结|到位|"
    r"脱贫|消除|销号|就业|出列|参保|缴|还[清了]|收回|追回|追缴|归还|售出|卖|销|用[去掉了]|报销|扣除|开工|入住|退出|在岗|在校|安置|解决|达标|验收|"
    r"接种|随访|劝返|返校|招|签约|落实|化解|复[耕垦绿]|治理|改[造了]|拆除|垫付|自产|领|上缴|提取|结算|成活|审定|核[定实]|收到|到货|筹|衬砌|通[水车电]|拆|查|补发|付|发|支|花|出$|了$"
)
CLAUSE_END = re.compile(r"[,;:。!?\n()]")
_HAN = re.compile("[一-龥]")
_AMONG_THESE = re.compile("(?<=[一-龥]{2})(?<![其集])中(?=[一-龥])(?![央心型标学小国药医介期午])")
"""8个不合格点位中已返工6个: what stands before 中 is said of others."""
_IN_BRACKET = re.compile(r"(?:的|以上|以下|以内|以外|至|及以)(?!$)[一-龥]{0,3}[有为]?$")
"""不足20万元的还有2个: the clause names a bracket."""
REST_OF_ALL = re.compile(r"其余|剩余|余下|剩下|其他|其它")
KEPT = re.compile(
    r"保留|有效|留[下存]|续聘|续用|继续聘用|尚存|[现实][有存发付到际]|提交|上报|报送|入库|通过|在[册岗编保院校管矫读职库栏园营建训帮册]|存栏|最[终后]|合格|应付|核定|留用|纳入|认定|审定|确[定认]|兑付|发放|下达|批[复准]"
)
REMOVED = re.compile(
    r"剔除|拆除|拆掉|报废|撤并|关停|解聘|解雇|停用|[核审调]减|扣[除发减]|退出|未通过|不予|清[退理]|注销|辞退|取消|不合格|不符合|死亡|迁出|淘汰|否决|撤[回销]|删除|停发|解除|解矫|终止|解聘|离[职岗校院]|退[休役]|毕业|辞[职退]|出[栏院库]|转出|核销|除名|划出|脱保|到期|期满|请[假病事]|缺[席考勤]|弃[权考]|未[到参]|旷[工课]|病故|去世|外调|调[走离]|剪[掉除]|砍[掉去]|扔掉|作废|废[掉票]|无效|坏[掉了]|烂[掉了]"
)
ANOTHER = re.compile("^另|其中|部分|一批|个别|少数")
SHORT = re.compile("未|没|缺|[还尚仍]差|欠|剩|还有|尚有|仍有|不足")
REMAINS = re.compile(r"其余|剩|余(?!额)")
CARRIED = re.compile(r"结余|结转|结存|余额|库存|[年期季月]初|原有")
CLOSING = re.compile(
    r"(?:累计|滚存|账面|期末|年末|年底|季末|月末|期终|总)[一-龥]{0,4}(?:结余|结存|余额|库存|结转)"
)
"""What is left at a close holds what was carried over as well."""
OWED = re.compile(r"应|申请|申报|上报|报名|受理|计划|任务|批[准复]|合同|核定|下达|安排|需")
GOT = re.compile(r"已|实|完成|通过|批准|办结")
FINISHED = re.compile(
    r"已|营业|运营|在用|报到|签到|到场|入学|入职|应聘|领取|结案|审结|实[际到有]|完成|完工|竣工|建成|通过|批准|办[结理成]|整改|修复|修好|抢通|消除|销号|化解|拆除|补正|还清|结清|收回|追回|追缴|"
    r"售出|卖出|用[去掉了]|花[了去]|支出|支付|拨付|发放|兑[现付]|到位|到[岗会校]|安置|解决|脱贫|出列|劝返|[核审]减|剔除|清退|验收|合格|落实|治理|复[耕垦]|就业|入住|签约|参保|正常|完好|结业|毕业"
)
_NEGATED = re.compile(
    r"(?:尚未|还未|未|没有?|不|缺|欠|空|待|无须|无需|需|少|漏|拒)(?:能|予|再|被|经)?(?P<first>[一-龥])(?P<second>[一-龥])?"
)
_UNDONE = re.compile(r"(?:尚未|还未|未|没有|不)(?:能|予|再|被|经)?(?P<verb>[一-龥]{2})(?=的|$)")
_VERBS = "领缴收付拨发退报兑改建拆修还补办查治返"
_PAIRS = tuple(
    (re.compile(rest), re.compile(done))
    for rest, done in (
        (
            r"余额|[结节盈富]余|结转|结存|留存|滞留|沉淀|节约|节省|节支|净收|纯收|可[支分]配",
            r"支|用|拨|付|兑|发|上缴|还|偿|花|收回|扣|提取|决算|审定|成交|结算|需|中标|合同|采购|招标|实际",
        ),
        (
            r"净[落得赚剩挣盈收]|纯[利盈落剩收]|毛利|利润|盈利|赚|落袋|到手",
            r"成本|费|支出|开支|花|投入|扣|税|本钱|物化|用工|刨[去除]|去掉|除去|工资|付",
        ),
        (r"未[决结]|在[办审]|待[处办审理]", r"结案|办结|审结|处[理结]|判决|已[决结]|审理完|办理完|赔付|理赔"),
        (r"缺[证项照件]|不[齐全]|不健全", r"齐|全|具备|持证|有证|完备|健全"),
        (r"闲着|闲置|空[着出]|荒着", r"用|租|种|住|盘活|利用|流转|耕|装|占|使"),
        (r"停[业产办]|歇业|关[停门闭]|休业|倒闭", r"营业|正常|经营|运营|生产|开[门业工]|运行|开办|在[营产]"),
        (r"尾款|欠款|余款", r"付|支|拨|结|给|还"),
        (r"自[缴掏交出补]|自行", r"补|财政|统筹|报|资助|代缴|减免|政府|集体|公司|承担|担负|扶持"),
        (
            r"库存|存|剩|余",
            r"售|销|卖|运|轮出|调|发|出库|用|领|投放|消耗|调出|出[让租]|转让|供|拍|分|耗|赠|装|栽|种|播|配|送",
        ),
        (
            r"[欠差]|缺口|不足|少|缺$",
            r"到位|筹|付|拨|发|收|补|还|落实|自产|到[账货]|缴|完成|实际|合计|已|垫|配|贴|支|实|了$|现有|在用",
        ),
        (r"外购|外调|外引|外借|调入|采购", r"自[产给有备种育]|现有|本地|库存"),
        (
            r"空|缺|闲",
            r"在[岗编校职]|住|聘|招|配备|上岗|[使利启投在]用|到岗|实有|实际|盘活|出租|到位|已[招聘补租住满配选]|设",
        ),
        (
            r"在建|续建|未[竣完]工|在办|正在|待|推进",
            r"完工|竣工|建成|完成|办[结成]|验收|整改|修|竣|解决|销号|已",
        ),
        (
            r"自[付负费担筹]|负担|承担|支付|出资",
            r"报|统筹|基金|支付|补偿|赔|兜底|政府|补助|救助|财政|奖补|垫",
        ),
        (
            r"退回|驳回|淘汰|落选|否决|不予|不通过|未通过|剔除",
            r"通过|批准|同意|合格|入库|核准|录取|入围|认定",
        ),
        (r"[核审调]减|虚报|多报", r"审定|入库|核[定准实]|调整|实际"),
        (r"多付|超付|多支|超支|多发", r"应|合同|核定|预算|标准"),
        (r"净[增减]", r"退出|减少|注销|死亡|迁出|流出|新增|清退|出栏|上年|去年|发展|升|增"),
        (r"剩|余下|其余|余$|还有|尚有|仍有|另|[还尚仍]余", _DONE.pattern),
        (
            r"入库|保留|留用|最[后终]|[实现][有存]",
            r"[核审]减|剔除|淘汰|退出|核销|注销|清退|砍|取消|撤|终止|调出",
        ),
        (r"请假|缺席|缺勤|缺考|未到|未参", r"到|席|勤|在岗|参|考"),
        (
            r"停用|停运|停机|停业|歇业|停产|关停|关门|关闭|休业|倒闭|闲置|报废|损坏|故障|待修",
            r"正常|运行|完好|良好|在用|可用",
        ),
        (r"排除|剔除", r"纳入|识别|认定|确认|新增|核实"),
        (r"异常|故障|失灵|失效|不正常|不完好|损坏", r"正常|完好|良好|合格|有效|达标|可用|能用|运行"),
        (r"不一致|不相符|不符|不匹配|有出入", r"一致|相符|吻合|匹配|符合|对得上"),
        (
            r"放弃|弃|不愿|不同意|没来|没到|未到|暂[缓留存停]|自愿放|因故",
            r"报到|到[岗校会场]|领|签|参|入[住学职]|同意|愿|接受|选|拆|确认|办|缴|搬",
        ),
        (r"失败|不及格", r"成功|及格|通过|合格|成活|正常"),
        (r"拒", r"开|接|访|签|收|检|参"),
        (r"中途|退[训学]|辍学", r"结业|毕业|完成|取证|坚持|合格|在[校读]"),
        (r"未(?:完成|落实|到位|实施|执行|兑现)", _DONE.pattern),
        (r"提前", r"实际|用时|完成"),
        (r"需补|补[植栽种]", r"成活|存活|保存"),
    )
)


def words_of(scene: Scene, mention: Mention) -> str:
    """Its own words in its clause; of the second figure of a group those of the group."""
    if _HAN.search(mention.left):
        words = mention.left
    else:
        group = scene.group_of[mention.index]
        words = mention.left if group.mentions[0] is mention else CLAUSE_END.split(group.label)[-1]
    return _AMONG_THESE.split(words)[-1]


def words_after(scene: Scene, mention: Mention) -> str:
    return scene.group_of[mention.index].mentions[-1].right


def left_words(scene: Scene, rest: Mention) -> tuple[str, bool]:
    """The words that say it is what is left, and whether they leave little doubt; "" where there are none."""
    return _left_said(words_of(scene, rest), words_after(scene, rest))


@lru_cache(maxsize=4096)
def _left_said(before: str, after: str) -> tuple[str, bool]:
    if _IN_BRACKET.match(before):
        return "", False
    if _NOT_LEFT.search(before):
        return "", False
    late = _AFTER.search(after)
    if _STRICT.search(before):
        return before + (after if late else ""), True
    if _OPEN.search(before):
        return before + (after if late else ""), late is not None
    if late:
        return after, False
    return "", False


@lru_cache(maxsize=4096)
def is_whole(words: str) -> bool:
    return _WHOLE.search(words) is not None


@lru_cache(maxsize=4096)
def is_done(words: str) -> bool:
    return _DONE.search(words) is not None


def is_negation_of(rest: str, done: str) -> bool:
    """未消除 beside 消除, 欠收 beside 已收, 待修复 beside 修好."""
    for found in _NEGATED.finditer(rest):
        first, second = found["first"], found["second"] or ""
        if (second and first + second in done) or (first not in "的有能" and first in done):
            return True
        if second and second in _VERBS and second in done:
            return True
    return False


def undone(words: str) -> str:
    """未整改的, 尚未检查的, 不知道的 -> the verb of two characters; "" where there is none."""
    found = _UNDONE.search(words)
    return found["verb"] if found else ""


@lru_cache(maxsize=4096)
def belongs(rest: str, done: str) -> bool:
    """未消除 beside 消除, 欠收 beside 已收, 库存 beside 售出: the words of what is left and of what was done."""
    if is_negation_of(rest, done):
        return True
    return any(left.search(rest) and gone.search(done) for left, gone in _PAIRS)
