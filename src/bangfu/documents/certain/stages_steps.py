"""Steps of one procedure: applied and approved, begun and finished, allotted and spent, found and mended."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.stages_order import is_more, is_owned, out_of_order, times_differ
from bangfu.documents.certain.units_slip import is_each
from bangfu.documents.reading.structure import Mention

_STEPS: dict[str, str] = {
    "apply": r"申请(?:拨付|下拨|报账|支付|使用|贷款)?|申报|报名|提出申请|递交|上报|请款|报送",
    "accept": r"受理|收件|收到|接到|接收",
    "review": r"评议通过|审核通过|初审通过|通过初审|评审通过|复核通过|评定通过|联审通过|初审合格",
    "approve": r"审批通过|审批|批准|核准|获批|批了|批下|准予|通过|批给|立项|入选|录取|录用|入围",
    "granted": r"批复|下拨指标",
    "list": r"名单|名册|花名册|造册",
    "publish": r"公示",
    "pay": r"发放|兑付|兑现|放款|发给|领取|领到|打卡|到卡",
    "start": r"开工|动工|开建|启动建设|破土",
    "projects": r"(?:下达|批复|安排|实施|确定|立项|入库)(?:的)?项目(?:共|计|总数)*",
    "posts": r"岗位",
    "staffed": r"在岗|实际上岗|现有人员|在聘",
    "owed": r"(?:违规|套取|违纪|问题|挤占|截留)资金|贷款|借款|欠款|拖欠|挪用|套取|违规[^,。;]{0,6}(?:发放|支出|使用|列支)|多领|冒领|欠缴|应退|流失",
    "finish": r"(?<!未)完成(?!率|任务|计划|投资|验收|整改|时|情况|目标)(?:改造|建设|施工)?|完工|竣工|建成|建好|修好|改完|完成施工|完成主体",
    "check": r"验收合格|验收通过|通过验收|验收|合格",
    "hand": r"移交|交付使用|交付|投用|投入使用|入住|搬入|投产|投运|发证|办证",
    "allot": r"下达|分配|分得|到位|到账|拨入|预算安排|预算|安排|争取到?|筹集|筹措|可用|可支配|切块|批复|核定",
    "price": r"合同价款?|合同金额|合同额|合同总价|签约合同价|中标价|中标金额|审定价|审定金额|审定|审计核定|结算价",
    "spend": r"拨付到?|支付|支出|付出|实付|付款|付了|报账|花了|用去|使用|开支|列支|付给",
    "find": r"排查|摸排|发现|查出|查找|反馈|交办|转办|梳理|检查出|查摆|检出|巡查出|移交问题|指出|立案|(?:积案|隐患|问题|线索|矛盾纠纷|纠纷|诉求|疑点|案件)(?:共|有|计)*$",
    "mend": r"整改完成|完成整改|整改到位|整改|解决|销号|办结|化解|已改|改了|整治|处置|改完|处理|调处|调解|结案|整治到位|答复|落实整改|完成销号",
    "train": r"培训|参训|参加培训|开班|受训|结业|学员",
    "certify": r"取证|合格|考取|获证|领证|取得[^,。;]{0,8}证[书]?|获得[^,。;]{0,8}证书?|拿到[^,。;]{0,6}证|持证",
    "employ": r"(?:取证后|持证|凭证|结业后)[^,。;]{0,4}(?:就业|上岗)",
    "falldue": r"到期",
    "repay": r"追回|退回|退还|清退|上缴|追缴|归还|还款|偿还|收回|还贷|续贷|展期|回收",
    "sent": r"发放|发出|寄出|投放",
    "returned": r"收回|回收|有效",
    "hold": r"容量|库容|仓容|核定床位|床位|可容纳|设计能力|最大接待|座位|设计规模",
    "stored": r"存(?![在栏量款续档])[放储]?|储存|入库|入住|收住|在院|装[入有]|就座|接待",
    "convert": r"签约|签订|达成意向",
    "invited": r"邀请|应邀|通知",
    "attend": r"到场|到会|出席",
    "born": r"引进|购进|购入|投放|发放",
    "alive": r"成活|存活",
}
_AFTER: dict[str, frozenset[str]] = {
    "apply": frozenset({"accept", "review", "approve", "granted", "publish", "pay", "allot_after", "check"}),
    "accept": frozenset({"review", "approve", "mend"}),
    "review": frozenset({"approve", "publish", "pay"}),
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
    "allot": frozenset({"spend"}),
    "price": frozenset({"spend"}),
    "find": frozenset({"mend"}),
    "train": frozenset({"certify", "employ"}),
    "certify": frozenset({"employ"}),
    "falldue": frozenset({"repay"}),
    "sent": frozenset({"returned"}),
    "hold": frozenset({"stored"}),
    "invited": frozenset({"attend"}),
    "born": frozenset({"alive"}),
}
_PATTERNS = tuple((name, re.compile(words)) for name, words in _STEPS.items())
_MONEY_ONLY = frozenset({"allot", "price", "spend", "granted"})
_COUNT_ONLY = frozenset({"start", "finish", "check", "hand", "find", "mend", "train", "certify", "employ", "list", "born", "alive", "projects", "posts", "staffed"})
_UNDONE = re.compile(r"[未没尚待拟欠缺不]|计划|任务|目标|剩|率|差|预计|在建|打算|需|应|还有|退|驳|每|均|比|其余")
_FILLS = re.compile(
    r"[的了已经有达共计并中个项目户人其从实际至到底截止止目前均全部先后当现年月日度累上下季本期,、:;()\d\s]|县里|镇里|乡里|村里|银行|财政所?|专户|县级|市级|镇级|省里|市里|资金|金额|户数|人数|"
    r"审核|审批|村|镇|乡|县|市|省|总|工程|问题|材料|手续|完成|贷款|补助|补贴|奖补|评议|公示|联审|合格|工作|省考核|系统|显示|统计|反映|就业|上岗|无异议|存在|单位|按|由|给|管护|管理|运行|运营|向|在|经|后|时|可|一次|对象"
)
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]|重点|应急")
_REPEATED = re.compile(r"重复|虚假|冒|违规|不符|不予")
_EXPLAINED = re.compile(r"(?:超过|大于|多于|高于)[^,。;]{0,8}(?:数|安排|计划|批复|应)|结转")
_SUM_ONLY = re.compile(r"(?:金额|共|计|合计|共计|涉及|涉及资金|涉及金额|资金)*")
_REACH = 8


def overtaken_steps(scene: Scene) -> Iterator[Relation]:
    for later in scene.mentions:
        if not _can_step(later):
            continue
        names = _steps_of(scene, later)
        if not names or _UNDONE.search(_core(later)):
            continue
        for earlier in _earlier(scene, later, names):
            yield from _overtaken(scene, earlier, later)


def _overtaken(scene: Scene, earlier: Mention, later: Mention) -> Iterator[Relation]:
    in_table = not re.search("[一-龥]", later.left)
    if in_table and _EXPLAINED.search(scene.reading.flat, later.quantity.end):
        return
    if is_more(later, earlier) and not times_differ(earlier, later) and not is_owned(
        scene, later, earlier, of_price="price" in _steps_of(scene, earlier)
    ):
        said = f"后一环节的{later.quantity.text}比前一环节的{earlier.quantity.text}还多"
        yield out_of_order(later, earlier, said)


_HEADER = re.compile(r"[((]([一-龥]{2,8})[//]([一-龥]{2,8})[))]")


def side_by_slash(scene: Scene) -> Iterator[Relation]:
    """进度见下(批复/已报账): 120万元/126万元."""
    flat = scene.reading.flat
    for header in _HEADER.finditer(flat):
        first, second = (_named_steps(words) for words in header.groups())
        if not any(second & _AFTER.get(name, frozenset()) for name in first):
            continue
        for one, other in zip(scene.mentions, scene.mentions[1:], strict=False):
            paired = other.gap == "/" and one.is_like(other) and one.quantity.start > header.end()
            if paired and is_more(other, one) and not is_owned(scene, other, one):
                yield out_of_order(other, one, f"{header[2]}的{other.quantity.text}比{header[1]}的{one.quantity.text}还多")


def _named_steps(words: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _PATTERNS if pattern.search(words))


def _can_step(one: Mention) -> bool:
    return one.quantity.kind not in ("share", "point", "times", "age", "time") and not is_each(one)


def _core(one: Mention) -> str:
    return _QUOTED.sub("", one.left)[-8:]


def _words(scene: Scene, one: Mention) -> str:
    if not re.search("[一-龥]", one.left) or ("\t" in one.left or "  " in one.left):
        return one.quantity.subject if "\n" in one.gap or not one.left.strip() or "\t" in one.gap else scene.label(one)
    return one.left


def _steps_of(scene: Scene, one: Mention) -> frozenset[str]:
    """What the word next to the figure says that was done with so many."""
    words, right = _words(scene, one), one.right[:8]
    if _SUM_ONLY.fullmatch(words):
        words = "".join(other.left + other.right for other in scene.before(one)[-1:] if other.segment == one.segment)
    found = {name: match.end() for name, pattern in _PATTERNS for match in pattern.finditer(words)}
    if not found and one.quantity.kind != "money":
        return frozenset(name for name, pattern in _PATTERNS if pattern.search(right))
    last = max(found.values(), default=0)
    names = {name for name, end in found.items() if end == last}
    money = one.quantity.kind == "money"
    names = {name for name in names if name not in (_COUNT_ONLY if money else _MONEY_ONLY)}
    if money and names & {"allot", "granted"}:
        names.add("allot_after")
    return frozenset(names)


def _earlier(scene: Scene, later: Mention, names: frozenset[str]) -> list[Mention]:
    """The figures before it of steps that go before, in its sentence, or if it is bare in the sentence before.

    None where one of them is great enough: 到位2860万元,其中县级870万元,支出2717万元.
    """
    before = [one for one in reversed(scene.before(later)) if _is_like(one, later)]
    if not before and _is_bare(later):
        before = [one for one in reversed(scene.before(later, paragraph=True)) if _is_like(one, later)]
        before = [one for one in before if one.quantity.unit == later.quantity.unit and not scene.is_nested(one)]
    found: list[Mention] = []
    for one in before[:_REACH]:
        if one.sentence == later.sentence and one.segment != later.segment and not _is_bare(later):
            break
        if not _can_step(one) or (scene.is_nested(one) and not scene.is_nested(later)):
            continue
        steps = _steps_of(scene, one)
        if found and scene.is_nested(one) != scene.is_nested(found[0]):
            break
        if any(names & _AFTER.get(name, frozenset()) for name in steps) and _is_sound(one):
            if _is_item(scene, one, names) or not _same_matter(scene, one, later):
                break
            found.append(one)
        elif not found and _names_other(scene, one, later, steps):
            break
    if _is_covered(scene, later, found) or _is_of_whole(scene, later, found, before, names):
        return []
    return found


def _is_covered(scene: Scene, later: Mention, found: list[Mention]) -> bool:
    """One of the same step as the nearest is great enough, and may be what is meant."""
    return any(
        not is_more(later, one)
        and _steps_of(scene, one) & _steps_of(scene, found[0])
        and scene.is_nested(one) == scene.is_nested(found[0])
        for one in found
    )


def _is_sound(one: Mention) -> bool:
    aspects = re.match(r"方面|大类|类|层面|环节", one.right)
    core = _core(one) if "公示" not in one.left else ""
    return not _UNDONE.search(core) and not _REPEATED.search(one.left) and not aspects


def _names_other(scene: Scene, one: Mention, later: Mention, steps: frozenset[str]) -> bool:
    """A figure of some other thing between them: what follows may well be of that."""
    free = not scene.is_nested(one) and not steps and one.sentence == later.sentence and one.segment == later.segment
    return free and bool(re.search("[一-龥]{2}", one.left)) and not _UNDONE.search(one.left)


def _is_of_whole(
    scene: Scene, later: Mention, found: list[Mention], before: list[Mention], names: frozenset[str]
) -> bool:
    """办理18件,其中交办7件,办结18件: done of the whole, not of the part."""
    if not found or not scene.is_nested(found[0]) or not _is_bare(later):
        return False
    for one in before[before.index(found[0]) + 1 :]:
        if _steps_of(scene, one) & names:
            return False
        if not scene.is_nested(one) and one.sentence == later.sentence:
            return not is_more(later, one)
    return False


def _is_item(scene: Scene, one: Mention, names: frozenset[str]) -> bool:
    """上级拨款36.5万元、本级预算28万元: one of several that only together are what was there."""
    before, after = scene.before(one)[-1:], scene.after(one)[:1]
    beside = [other for other in before if one.gap.startswith("、")]
    beside += [other for other in after if other.gap.startswith("、")]
    own = _steps_of(scene, one)
    return any(
        other.is_like(one)
        and not (_steps_of(scene, other) & (names | frozenset().union(*(_AFTER.get(name, frozenset()) for name in own))))
        and not any(own & _AFTER.get(name, frozenset()) for name in _steps_of(scene, other))
        for other in beside
    )


def _is_like(one: Mention, other: Mention) -> bool:
    units = {one.quantity.unit, other.quantity.unit}
    return one.is_like(other) or units == {"张", "人"} or (units == {"个", "人"} and "岗" in one.left + one.right)


def _is_bare(later: Mention) -> bool:
    words = later.left
    for _, pattern in _PATTERNS:
        words = pattern.sub("", words)
    return not _FILLS.sub("", words)


def _same_matter(scene: Scene, first: Mention, second: Mention) -> bool:
    """Whether the second names nothing new: 开工产业路5公里,完工水渠8公里 are two."""
    if "\t" in second.gap or not second.gap.strip():
        return True
    if "stored" in _steps_of(scene, second) and first.index == second.index - 1:
        return True
    words = second.left + (second.right[:6] if second.quantity.kind == "count" else "")
    if re.search("其中|当中", second.gap) and scene.is_nested(second) and not scene.is_nested(first):
        return _is_bare(second) or _overlaps(words, _around(scene, first))
    for _, pattern in _PATTERNS:
        words = pattern.sub(" ", words)
    words = _FILLS.sub(" ", words)
    here = _around(scene, first)
    return all(_overlaps(word, here) for word in words.split() if len(word) > 1)


def _around(scene: Scene, first: Mention) -> str:
    return scene.sentence_words(first)[: first.quantity.end - scene.sentence_of(first).start] + first.right


def _overlaps(word: str, text: str) -> bool:
    return any(word[at : at + 2] in text for at in range(len(word) - 1))
