"""Figures that their own words point back to one said shortly before: 这76位老人, 已复耕的809亩, 按640名测算, 清单写明3142卷."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from bangfu.documents.arithmetic.mistyped import digits
from bangfu.documents.arithmetic.scene import PER, Scene
from bangfu.documents.certain.repeats.facts import IS_LAST, IS_LEFT
from bangfu.documents.certain.repeats.kinds import conflicts
from bangfu.documents.certain.repeats.likeness import Likeness
from bangfu.documents.certain.repeats.names import pairs_of
from bangfu.documents.certain.repeats.parts import is_owned
from bangfu.documents.certain.repeats.slips import Pair, Slip, agree, slip_between
from bangfu.documents.certain.repeats.words import ASIDE, RISE
from bangfu.documents.reading.structure import Mention

_UNSAID = frozenset({"point", "times", "time", "age"})
_REACH = 14
"""So many figures back one may point."""
POINTER = (
    r"(?:这|那|该|此)(?:批|笔|些|总共|一共|整整|足足|宝贵的?|区区|仅有的?|里头的|里面的|里的|全部的?|所有的?)?|"
    r"(?:上述|上列|所述|所列|前述|以上|前面|上面|刚才|前头|前文|上文|如上)(?:说|讲|提到?|列|报|介绍|通报|统计|核定)?(?:过|到|及)?的?(?:这|那)?(?:全部|所有)?|"
    r"(?:说|讲|提到|提及|报|汇报|介绍|通报|公布|点到|列出|算出|统计出)(?:过|到|出)?的(?:这|那)?"
)
_POINTED = re.compile(rf"(?:{POINTER})$")
_BASIS = re.compile(r"(?:按照?|依照?|依据|根据|照着?|以|就着?|拿着?|凭|参照|对照)([^,。;:、]{0,12})$")
_AS_BASIS = re.compile(
    r"[^,。;:]{0,12}?(?:为基数|为基础|打底|为底|起步|起算|为准|为限|为依据|为据|为口径|为分母|作基数|作分母|作为|计算|测算|核算|核定|推算|估算|折算|换算|算|计[发提费]|"
    r"打卡|打款|造册|缴纳|代缴|垫付|订购?|购买?|采买|补助?|奖励?|收取?|征收|扣|核发|安置|落实|供|报|投|管理|考核|配[建套备齐发给置送]|分摊|摊|编制|安排|下达|拨|发放|发|兑现|结算|支付|申报|上报|报账|采购|准备|预留|落实|统计|分|划分|筹备|印制|制作|建档|建册|登记|投保|供应)"
)
_BASIS_WORD = re.compile("[按照以据]")
_OF_STATE = re.compile(r"([一-龥]{2,8})的(?:全部|所有|整整)?$")
_STATE_AFTER = re.compile(r"([一-龥]{2,6})的[一-龥]")
_CERTIFIED = re.compile(
    r"确认|核实|核定|核准|审定|审核|认定|实测|复[核测]|验收|审计|决算|清点|盘点|点验|台账|清单|清册|名册|花名册|登记[簿册表]|账[上面本]|附[件表]|任务书|协议|"
    r"合同|交接书|公示|公告|通报|批文|批复|文件|通知|简报|报表|汇总表|标题|正文|会上|会后|发言|讲话|述职|座谈|写明|注明|载明|标明|写着|记着|"
    r"记的|报的|填的|记载|介绍|显示|反映|表明|证实|记录|日志|档案|[年月季周日]报|登的|台帐|底册|票据|发票|凭证|收据|回执|系统|平台|屏幕|展板|公开栏|宣传栏|黑板|牌子|"
    r"[长任员记民众人师户头们嫂叔伯婶爷奶副](?:说|讲|称|表示|告诉|反映|坦言|感慨|算账|掰着)|[说讲称](?:道|的是|,|:)?[“\"]|报道|采访|点评|回头看|说明"
)
_ALL = re.compile(
    r"[^,。;:]{0,6}?[,]?(?:一[个户人亩处件家]不[落少漏]|全部|全都|全数|全体|全面|均|[都也](?!是|有|比)|个个|人人|户户|家家|处处|无一|悉数|一律|没有?一[个户人家])"
)
_WHOLE = re.compile(
    r"(?:全[县镇乡村市区街组队校厂社局]|合起来|加起来|总共|一共|总数|总的|合计|总计)[^,。;:、]{0,6}$"
)
_SCOPE = re.compile(r"([全我本][县镇乡村市区街组队校厂社局])(?:共有?|总共|现有|有|的)?$")
_FAR = frozenset({"pointer", "whole"})
"""Words that may point beyond the last few figures."""
_SOME = re.compile(
    r"其中|里有|中有|有$|另有|还有|仅$|只$|又$|先$|再$|首批|第[一二三四五六七八九十\d]|新增|减少|中的?[一-龥]{0,6}$|邻|外[县乡镇村]|兄弟|别的|另一"
)
_DIFFERS = re.compile(
    r"不是|并非|误|错|改[为成]|更[正改]|订正|修正|实为|相差|比[^,。;例重]{0,8}[多少高低]|差额|出入|有人说|口误|传成|说成|写成|当成"
)
_NEXT = re.compile(
    r"明年|来年|下年|下一?步|今后|力争|争取|拟(?!定|合)|预计|目标|计划(?!生育)|还[要需差]|再[增建修种发]"
)
_FEW, _LONG = 2, 3
_WEAK: frozenset[Slip] = frozenset({"digit", "dropped", "turned", "other"})
"""Ways in which two figures of different things differ as easily."""
_NAMED, _WELL_NAMED = 0.8, 2.0
_NEVER = 1000.0


def pointed(scene: Scene, likeness: Likeness) -> Iterator[Pair]:
    """For each figure that points back the one it should repeat, a slip of the pen apart."""
    heard = {
        one.index
        for one in scene.sentences
        if one.mentions and _CERTIFIED.search(scene.reading.flat, one.start, one.end)
    }
    for second in scene.mentions:
        if likeness.same(second)[0].index < second.index:
            continue
        if (how := _pointing(scene, likeness, second, heard)) and _is_new(scene, likeness, second):
            before = _before(scene, likeness, second, how)
            if not _is_made_of(second, before):
                yield from _meant(scene, likeness, second, before, how)


def _pointing(scene: Scene, likeness: Likeness, second: Mention, heard: Set[int]) -> str:
    """By which words it points: at what was said, at its state, as the basis of a reckoning, or by another witness."""
    quantity = second.quantity
    if (
        quantity.kind in _UNSAID - {"time"}
        or not quantity.is_exact
        or quantity.is_label
        or second.index in likeness.cells
    ):
        return ""
    if quantity.base_value < _FEW or RISE.search(second.left):
        return ""
    if _POINTED.search(second.left):
        return "pointer"
    if quantity.kind in _UNSAID:
        return ""
    basis = _BASIS.search(second.left)
    if basis is not None and _AS_BASIS.match(second.right):
        return "basis"
    if _state(second):
        return "state"
    if second.sentence in heard:
        return "witness"
    if likeness.is_recital(second):
        return "recital"
    if likeness.is_beside_repeats(second):
        return "context"
    return "whole" if _ALL.match(second.right) or _WHOLE.search(second.left) else ""


def _state(mention: Mention) -> str:
    """已复耕的809亩, 370条查出来的隐患: what is said of it as known."""
    found = _OF_STATE.search(mention.left) or _STATE_AFTER.match(mention.right)
    return found[1] if found else ""


def _is_new(scene: Scene, likeness: Likeness, second: Mention) -> bool:
    """Whether it is said here for the first time, of now, and as a whole."""
    if scene.is_nested(second) or is_owned(scene, second) or _SOME.search(second.left[-10:]):
        return False
    words = scene.clause(second)
    if ASIDE.search(words + second.right) or _NEXT.search(words):
        return False
    return _DIFFERS.search(words + second.right) is None


def _before(scene: Scene, likeness: Likeness, second: Mention, how: str) -> list[Mention]:
    """The exact figures of its class that it may point at, nearest first."""
    near = scene.place_of(second) - _REACH
    return [
        one
        for one in reversed(likeness.before(second)[-_REACH:])
        if (how in _FAR or scene.place_of(one) >= near)
        and one.quantity.is_exact
        and not one.quantity.is_label
        and one.quantity.base_value
    ]


def _is_made_of(second: Mention, before: Sequence[Mention]) -> bool:
    """Whether earlier figures give it: as one of them rounded, or as the sum or the difference of two or of a row."""
    values = [one.quantity.base_value for one in before]
    value = second.quantity.base_value
    if any(agree(one.quantity, second.quantity) for one in before):
        return True
    if any(one - other == value for one in values for other in values):
        return True
    if any(
        one.quantity.base_value + other.quantity.base_value == value
        for one, other in pairwise(before)
        if one.sentence == other.sentence
    ):
        return True
    return any(
        sum(values[start:end]) == value
        for start in range(len(values))
        for end in range(start + 3, len(values) + 1)
    )


def _meant(
    scene: Scene, likeness: Likeness, second: Mention, before: Sequence[Mention], how: str
) -> Iterator[Pair]:
    """The earlier figure of which the later is a slip, the one called most like it."""
    found: list[tuple[float, Mention, Slip]] = []
    for first in before:
        slip = slip_between(first, second)
        if slip is None and how == "pointer" and len(before) == 1:
            slip = "other"
        if (
            slip is None
            or digits(second.quantity) < _FEW
            or not _may_be_one(scene, likeness, first, second, how)
        ):
            continue
        named = likeness.names.shared(first, second)[0] + _aside(likeness, first, second)
        apart = second.quantity.base_value - first.quantity.base_value
        if named < _WELL_NAMED and any(one.quantity.base_value == apart for one in before):
            continue
        if named >= _needed(likeness, first, second, slip, how, len(before) == 1):
            found.append((named, first, slip))
    if found:
        _, first, slip = max(found, key=_said)
        yield Pair(first, second, slip, 1.0)


def _aside(likeness: Likeness, first: Mention, second: Mention) -> float:
    """What stands for a name: the same whole (全村412户), or another figure said with both."""
    one, two = _SCOPE.search(first.left), _SCOPE.search(second.left)
    whole = one is not None and two is not None and one[1] == two[1]
    return _WELL_NAMED if whole or likeness.share_context(first, second) else 0.0


def _said(one: tuple[float, Mention, Slip]) -> float:
    return one[0]


def _may_be_one(scene: Scene, likeness: Likeness, first: Mention, second: Mention, how: str) -> bool:
    if first.sentence == second.sentence and (
        how not in ("pointer", "basis") or "," not in scene.between(first, second)
    ):
        return False
    one, two = likeness.states(first), likeness.states(second)
    if one[IS_LAST] != two[IS_LAST] or RISE.search(first.left):
        return False
    if one[IS_LEFT] != two[IS_LEFT] and how in ("state", "basis"):
        return False
    known = how == "pointer" and likeness.names.shared(first, second)[0] >= _WELL_NAMED
    if not known and likeness.differ_openly(first, second):
        return False
    if how != "pointer" and _is_each(first) != _is_each(second):
        return False
    if conflicts(likeness.kinds(first), likeness.kinds(second)) or likeness.are_elsewhere(first, second):
        return False
    around = [one for one in scene.in_segment(second) if one is not second]
    return not any(one.is_like(first) and agree(one.quantity, first.quantity) for one in around)


def _is_each(mention: Mention) -> bool:
    return bool(mention.quantity.per or PER.search(_BASIS_WORD.split(mention.left)[-1][-6:]))


def _needed(likeness: Likeness, first: Mention, second: Mention, slip: Slip, how: str, alone: bool) -> float:
    """So much of a name must the two share."""
    turned = slip == "turned" and how == "context"
    if (
        slip in _WEAK
        and how != "state"
        and not turned
        and not (slip in ("digit", "dropped") and alone and digits(second.quantity) >= _LONG)
    ):
        return _WELL_NAMED if how == "pointer" and alone else _NEVER
    if how == "pointer":
        return 0.0 if alone else _NAMED
    if how == "state":
        name, state = likeness.names.of(first), pairs_of(_state(second)[-4:])
        known, noun = state & name.near, pairs_of(second.right[:4])
        if slip in ("digit", "dropped"):
            told = bool(known) and len(state & (name.near | name.far)) >= _FEW
            told = told or (len(noun) > _FEW and noun <= name.near)
            return _WELL_NAMED if told and not likeness.proofs.confirm(second) else _NEVER
        told = bool(known)
        return _NAMED if told and not likeness.proofs.confirm(second) else _NEVER
    if likeness.proofs.confirm(second):
        return _NEVER
    if alone and how in ("recital", "basis") and slip not in _WEAK:
        return 0.0
    if slip in _WEAK or how == "context":
        return _WELL_NAMED if alone else _NEVER
    sure = alone and (how != "whole" or digits(second.quantity) > _FEW)
    return _NAMED if sure or how == "basis" else _WELL_NAMED
