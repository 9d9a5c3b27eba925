"""The steps of procedures, by the words that say that so many took them."""

from __future__ import annotations

import re
from functools import lru_cache

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.structure import Mention

_STEPS: dict[str, str] = {
    "apply": r"申请(?:拨付|下拨|报账|支付|使用|贷款)?|申报|报名|提出申请|递交(?:材料)?|"
    r"提交(?:材料)?|上报|请款|报送",
    "accept": r"受理|收件|收到|接到|接收",
    "review": r"评议通过|审核通过|初审通过|通过初审|评审通过|复核通过|评定通过|联审通过|初审合格|"
    r"核查过关|过关|现场核查通过|审查通过|过审|核查通过|查验通过",
    "approve": r"审批通过|审批|批准|核准|获批|批了|批下|准予|通过|批给|立项|入选|录取|录用|入围|认定|评定|获认定|获评",
    "granted": r"批复|下拨指标",
    "list": r"名单|名册|花名册|造册",
    "publish": r"公示",
    "pay": r"发放|兑付|兑现|放款|发给|领取|领到|打卡|到卡",
    "start": r"开工|动工|开建|启动建设|破土",
    "projects": r"(?:下达|批复|安排|实施|确定|立项|入库)(?:的)?项目(?:共|计|总数)*",
    "posts": r"岗位",
    "staffed": r"在岗|实际上岗|现有人员|在聘",
    "owed": r"(?:违规|套取|违纪|问题|挤占|截留)资金|贷款|借款|欠款|拖欠|挪用|套取|违规[^,。;]{0,6}(?:发放|支出|使用|列支)|"
    r"多领|冒领|欠缴|应退|流失",
    "finish": r"(?<!未)完成(?!率|任务|计划|投资|验收|整改|时|情况|目标)(?:改造|建设|施工)?|"
    r"完工|竣工|建成|建好|修好|改完|完成施工|完成主体",
    "check": r"验收合格|验收通过|通过验收|验收|合格",
    "hand": r"移交|交付使用|交付|投用|投入使用|入住|搬入|投产|投运|发证|办证",
    "allot": r"下达|下拨|划拨|分配|分得|到位|到账|拨入|预算安排|预算|安排|争取到?|筹集|筹措|"
    r"可用|可支配|切块|批复|核定|拨来|拨下|拨给|打进|打入|汇入|转入|进账|入账|总盘子",
    "price": r"合同价款?|合同金额|合同额|合同总价|签约合同价|中标价|中标金额|审定价|审定金额|审定|审计核定|结算价",
    "spend": r"拨付到?|拨到|转付|付到|发到|结算(?!价)|结报|支付|支出|付出|实付|付款|付了|报账|花了|用去|使用|开支|列支|付给",
    "find": r"排查|摸排|发现|查出|查找|反馈|交办|转办|梳理|检查出|查摆|检出|"
    r"巡查出|移交问题|指出|立案|(?:积案|隐患|问题|线索|矛盾纠纷|纠纷|诉求|疑点|案件)(?:共|有|计)*$",
    "mend": r"整改完成|完成整改|整改到位|整改|解决|销号|办结|化解|"
    r"已改|改了|整治|处置|改完|处理|调处|调解|结案|整治到位|答复|落实整改|完成销号",
    "train": r"培训|参训|参加培训|开班|受训|学员",
    "graduate": r"结业|毕业",
    "certify": r"取证|合格|考取|获证|领证|取得[^,。;]{0,8}证书?|获得[^,。;]{0,8}证书?|拿到[^,。;]{0,6}证书?|拿证|持证",
    "employ": r"(?:取证后|持证|凭证|结业后)[^,。;]{0,4}(?:就业|上岗)",
    "falldue": r"到期",
    "repay": r"追回|退回|退还|清退|上缴|追缴|归还|还款|偿还|收回|还贷|续贷|展期|回收",
    "sent": r"借出|租出|寄出|投放|(?:发出|发放|印发)(?:调查)?(?:问卷|表|卷|征求意见表|测评表|选票)?",
    "quota": r"(?:下达|下拨|分配|分到|争取)?(?:改造|建设|培训|补助|购机)?指标(?!资金)",
    "register": r"登簿|登记|确权",
    "assets": r"形成(?:[^,。;]{0,4})资产|资产总数",
    "returned": r"归还|收回|回收|有效",
    "hold": r"容量|库容|仓容|核定床位|床位|可容纳|设计能力|最大接待|座位|设计规模",
    "stored": r"存(?![在栏量款续档])[放储]?|储存|入库|入住|收住|在院|装[入有]|就座|接待",
    "convert": r"签约|签订|达成意向",
    "invited": r"邀请|应邀|通知",
    "attend": r"到场|到会|出席",
    "born": r"引进|购进|购入|投放|发放",
    "alive": r"成活|存活",
    "complain": r"举报|投诉|反映[^,。;]{0,8}|来信|来访|信访|检举|控告|疑点|线索",
    "true": r"(?:查证|核查|核实|调查|经查|查核|初核|认定)*(?:属实|查实)",
    "passed": r"(?:培训|考试|考核|结业|鉴定|测试|参训|理论|实操)[一-龥]{0,4}合格",
    "holdcert": r"取证|考取|获证|领证|(?:取得|获得|拿到|领到|获取|考取)[^,。;]{0,8}证书?|拿证|持证",
    "produce": r"日均?产(?:生)?[一-龥]{0,4}(?:垃圾|污水|粪污|废水|餐厨|秸秆)|产生(?:的)?[一-龥]{0,4}(?:垃圾|污水|粪污|废水|秸秆|废弃物)?量?",
    "haul": r"转运|清运|收运|外运|无害化处理|无害化处置|处理量|处置量|资源化利用|综合利用|还田|消纳",
    "tomend": r"要[修建改治补拆种栽][一-龥]?$|水毁|冲毁|冲坏|损毁|毁坏|损坏|受损|垮塌|坍塌",
    "mended": r"修复|修好|修完|修缮|抢通|抢修|重建|恢复|更换|拆除|补栽|补种",
}
AFTER: dict[str, frozenset[str]] = {
    "apply": frozenset({"accept", "review", "approve", "granted", "publish", "pay", "allot_after", "check"}),
    "accept": frozenset({"review", "approve", "mend", "certify", "holdcert", "true"}),
    "review": frozenset({"approve", "publish", "pay", "certify", "holdcert"}),
    "approve": frozenset({"pay"}),
    "granted": frozenset({"spend"}),
    "list": frozenset({"publish", "pay"}),
    "publish": frozenset({"pay"}),
    "start": frozenset({"finish", "check", "hand"}),
    "projects": frozenset({"start", "finish", "check", "hand"}),
    "posts": frozenset({"staffed"}),
    "owed": frozenset({"repay"}),
    "finish": frozenset({"check", "hand"}),
    "check": frozenset({"hand"}),
    "allot": frozenset({"spend", "pay"}),
    "price": frozenset({"spend"}),
    "find": frozenset({"mend", "true"}),
    "train": frozenset({"graduate", "certify", "holdcert", "employ"}),
    "graduate": frozenset({"certify", "holdcert", "employ"}),
    "certify": frozenset({"employ"}),
    "holdcert": frozenset({"employ"}),
    "falldue": frozenset({"repay"}),
    "sent": frozenset({"returned"}),
    "quota": frozenset({"staffed", "start", "finish", "check", "pay"}),
    "register": frozenset({"hand"}),
    "assets": frozenset({"register", "hand"}),
    "hold": frozenset({"stored"}),
    "invited": frozenset({"attend"}),
    "born": frozenset({"alive"}),
    "complain": frozenset({"true"}),
    "passed": frozenset({"holdcert"}),
    "produce": frozenset({"haul"}),
    "tomend": frozenset({"mended"}),
}
PATTERNS = tuple((name, re.compile(words)) for name, words in _STEPS.items())
_ANY = re.compile("|".join(f"(?:{words})" for words in _STEPS.values()))
_MONEY_ONLY = frozenset({"allot", "price", "spend", "granted"})
_COUNT_ONLY = frozenset(
    {
        "start",
        "finish",
        "check",
        "hand",
        "find",
        "mend",
        "train",
        "certify",
        "employ",
        "list",
        "born",
        "alive",
        "projects",
        "posts",
        "quota",
        "register",
        "assets",
        "staffed",
    }
)
FILLS = re.compile(
    r"[的了已经有达共计并中个项目户人其从实际至到底截止止目前均全部先后当现年月日度累上下季本期,、:;()\d\s]|县里|镇里|乡里|村里|银行|财政所?|专户|县级|市级|镇级|省里|市里|资金|金额|户数|人数|"
    r"审核|审批|村|镇|乡|县|市|省|总|工程|问题|材料|手续|完成|贷款|补助|补贴|奖补|评议|公示|联审|合格|工作|省考核|系统|显示|统计|反映|就业|上岗|无异议|证书|资格证|执照|新居|新房|如期|按期|按时|及时|足额|如数|项目款|工程款|款项|赔款|此案|此项|该项|本案|该|最后|最终|专家|评审|会审|踏勘|综合|现场|打分|存在|单位|按|由|给|管护|管理|运行|运营|向|在|经|后|时|可|一次|对象"
)
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]|重点|应急")
_SET = re.compile(
    r"^.*(?:项目|工程|对象|资金|问题|事项|案件|工单|线索|农户|学员|人员|这些|上述)(?:当中|之中|中|里面?)[,:]?(?!标|央|心|级)"
)
"""完工项目中已办理决算的: the step that all of them took is not the figure's."""
_FALLING_DUE = re.compile("应(?:当)?到期")
_NEWLY = re.compile("新开工|新动工|新建|新启动")
_LENT = re.compile("发放|新增|新发|投放|放贷")
_FLOW = re.compile("贷|余额|新增|新发|本月|本季")
_SUM_ONLY = re.compile(r"(?:金额|共|计|合计|共计|涉及|涉及资金|涉及金额|资金)*")
_WORD = re.compile("[一-龥]")


def named_steps(words: str) -> frozenset[str]:
    return frozenset(name for name, pattern in PATTERNS if pattern.search(words)) if words else frozenset()


def core(one: Mention) -> str:
    return _QUOTED.sub("", one.left)[-8:]


def _words(scene: Scene, one: Mention) -> str:
    if not _WORD.search(one.left) or ("\t" in one.left or "  " in one.left):
        return (
            one.quantity.subject
            if "\n" in one.gap or not one.left.strip(" |\t") or "\t" in one.gap
            else scene.label(one)
        )
    return one.left


def steps_of(scene: Scene, one: Mention) -> frozenset[str]:
    """What the word next to the figure says that was done with so many."""
    words = _words(scene, one)
    if _SUM_ONLY.fullmatch(words):
        words = "".join(
            other.left + other.right for other in scene.before(one)[-1:] if other.segment == one.segment
        )
    return _steps_said(words, one.right[:8], one.quantity.kind == "money")


@lru_cache(maxsize=4096)
def _steps_said(words: str, right: str, money: bool) -> frozenset[str]:
    words = _SET.sub("", _FALLING_DUE.sub("到期", words))
    if not _ANY.search(words):
        return frozenset() if money else named_steps(right)
    found = {name: match.end() for name, pattern in PATTERNS for match in pattern.finditer(words)}
    last = max(found.values(), default=0)
    names = {name for name, end in found.items() if end == last}
    if names & {"returned", "sent"} and (money or _FLOW.search(words)):
        names -= {"sent", "returned"}
    if "start" in names and _NEWLY.search(words):
        names.discard("start")
    if "owed" in names and _LENT.search(words):
        names.discard("owed")
    names = {name for name in names if name not in (_COUNT_ONLY if money else _MONEY_ONLY)}
    if money and names & {"allot", "granted"}:
        names.add("allot_after")
    return frozenset(names)


def is_bare(later: Mention) -> bool:
    words = later.left
    for _, pattern in PATTERNS:
        words = pattern.sub("", words)
    return not FILLS.sub("", words)
