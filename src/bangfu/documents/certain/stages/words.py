"""The steps of procedures, by the words that say that so many took them."""

from __future__ import annotations

import re
from functools import lru_cache

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.stages.procedures import STEPS
from bangfu.documents.reading.structure import Mention

PATTERNS = tuple((name, re.compile(words)) for name, words in STEPS.items())
_ANY = re.compile("|".join(f"(?:{words})" for words in STEPS.values()))
_CHARS = tuple((name, pattern, frozenset(re.findall("[一-龥]", STEPS[name]))) for name, pattern in PATTERNS)
"""Each pattern with all its characters: words that hold none of them need no search."""
_MONEY_ONLY = frozenset({"allot", "price", "spend", "granted", "bidcap", "submitted", "audited"})
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
        "buy",
        "install",
        "tomend",
        "mended",
        "vacate",
        "convert",
        "exam",
        "line",
        "proposal",
        "answer",
        "notice",
        "receipt",
        "ticket",
        "paid",
        "well",
        "water",
        "claim",
        "settle",
        "sample",
        "flagged",
        "call",
        "through",
        "hatch",
        "hatched",
        "plant",
        "compete",
        "win",
        "members",
        "vote",
        "valid",
        "tender",
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
    found = {
        name: match.end()
        for name, pattern, chars in _CHARS
        if not chars.isdisjoint(words)
        for match in pattern.finditer(words)
    }
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
