"""A group named by its state, known to the reader, and numbered otherwise: 脱岗6名 above, 对脱岗的8名队员 below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import digits, retyped
from bangfu.documents.arithmetic.scene import PER, Scene
from bangfu.documents.certain.repeats.facts import IS_LAST, IS_PLANNED
from bangfu.documents.certain.repeats.kinds import conflicts
from bangfu.documents.certain.repeats.likeness import Likeness
from bangfu.documents.certain.repeats.names import pairs_of
from bangfu.documents.certain.repeats.parts import is_owned, is_part
from bangfu.documents.certain.repeats.slips import Pair, agree, is_near
from bangfu.documents.reading.structure import Mention

_STATES = (
    r"脱岗|缺岗|空岗|离岗|旷工|滞后|落后|逾期|超期|超标|超面积|超概算|闲置|空置|停用|停工|停摆|停业|带病|带故障|烂尾|损坏|破损|失管|失修|"
    r"返贫|失学|辍学|失业|漏报|漏登|漏保|漏评|错评|错退|错登|违规|违纪|虚报|虚列|重复|挂名|冒领|代领|拖欠|挪用|截留|在建|续建|缓建|报废|"
    r"不合格|不达标|新建|新修|新打|新装|新栽|新购|超龄|良好|优秀|较差|差评|黄牌|红牌|黑榜|红榜|高风险|中风险|低风险|不符合?|不规范|不到位|不稳定|不在岗|不满意|不能使用|不能用|不出水|排查出|查出|发现"
)
_NOT_YET = r"(?:尚|仍|还|暂)?(?:未|没有|没)(?:能|有)?(?!来)[一-龥]{1,4}?|待[一-龥]{2,3}|剩(?=的$)|剩余|余下|剩下|其余|遗留"
_LOOKED = (
    r"(?:抽查|抽检|抽取|检查|核查|审计|督查|督导|暗访|巡查|巡察|评估|考核|调查|排查|受检|被查|走访|访谈|"
    r"飞检|飞行检查|评审|验收)"
)
_STATE = rf"(?:{_STATES}|{_NOT_YET})"
_TO = (
    r"^|[,、;:。(]|对|将|把|就|从|给|为|使|让|帮|助|督促|责令|针对|剩余|余下|剩下|其余|"
    r"盯[住紧牢]|抓[紧好]|确保|保证|力争|要求|加强|[管用办建]好|落实|关注|跟踪|动员|组织"
)
_BEFORE = re.compile(rf"({_STATE})(?:到位|完成|完|等次|等级|档次)?的$")
"""对脱岗的8名队员, 滞后的2项指标."""
_AFTER = re.compile(rf"({_STATE})(?:到位|完成|完)?(?:的|[一-龥]{{1,6}})")
"""8个未完成村, 8户未拆旧的."""
_PLACED = re.compile(rf"(?:^|[,、;:。])({_STATES})[一-龥]{{1,4}}$")
_DUE = re.compile(r"[^,。;]{0,4}?(?:确保|务必|必须|须|要|应|限|保证|力争|抓紧|尽快|全部)")
"""带病工程6处确保修复."""
_KNOWN = re.compile(rf"(?:{_TO})$")
_CHECKED = re.compile(
    rf"(?:此次|本次|这次|该次|从)[一-龥]{{0,4}}?({_LOOKED})(?:的|涉及的?|到的|共|了|发现的)?$"
)
"""此次检查7家机构, 从抽查的56个村看."""
_ANY_LOOK = re.compile(r"[抽检飞]查|抽取|检查|核查|审计|督查|飞检")
_WHOLE = re.compile(
    r"([一-龥]{2,8}?)??(?:(?:务必|要|须|于|在|将|力争|确保)?(?:\d+月[底初末]?\d*日?|年底|年内|月底|春节|汛期)[前内]?)?(?:全部|一律|全面|如期|按期全)"
)
"""187户全部竣工."""
_OUT = re.compile(r"出列|摘帽|退出|完成|建成|竣工|完工|未|没|其中|新增|上年|去年")
_FAR = Decimal("1.3")
_LEFT = re.compile(
    r"剩(?![一-龥])|还剩|剩余|余下|剩下|其余|遗留|未完成|未完|未落实|未到位|未整改|未销号|未验收|未消除|尚余|还剩"
)
_EMPTY = re.compile(r"尚|仍|还|暂|到位|完成|的|有|能|已")
_SOME = re.compile(r"其中|有$|又有|另有|还有|仅|只|新增|增加|减少|又|先|首批|第[一二三四五六七八九十\d]")
_SHORT = 8


def known_groups(scene: Scene, likeness: Likeness) -> Iterator[Pair]:
    """For each group told as known the earlier figure of its state, if that is one and another."""
    for second in scene.mentions:
        if not _may_be_told(scene, likeness, second):
            continue
        if whole := _WHOLE.match(scene.reading.flat, second.quantity.end):
            firsts = [one for one in likeness.before(second) if _is_whole(likeness, whole[1], one)]
        elif state := _state_of(second):
            firsts = [one for one in likeness.before(second) if _is_of_state(state, one)]
        elif checked := _CHECKED.search(scene.clause(second)[-_SHORT * 2 :]):
            firsts = [one for one in likeness.before(second) if _is_checked(scene, checked[1], one, second)]
        else:
            continue
        first = _only(firsts)
        if first is None or (whole and _is_far(first, second)):
            continue
        if _differs(scene, likeness, first, second):
            yield Pair(first, second, "other", 1.0)


def _may_be_told(scene: Scene, likeness: Likeness, mention: Mention) -> bool:
    quantity = mention.quantity
    if quantity.kind in ("share", "point", "times", "time", "age", "money") or not quantity.is_exact:
        return False
    if quantity.is_label or quantity.per or mention.index in likeness.cells or quantity.base_value < 2:
        return False
    if _SOME.search(mention.left[-6:]) or scene.is_nested(mention) or is_owned(scene, mention):
        return False
    return not any(one.index < mention.index for one in likeness.same(mention)) and bool(
        likeness.is_late(mention) or likeness.is_closing(mention) or mention.paragraph > 0
    )


def _state_of(mention: Mention) -> str:
    """By which state the group is known, without the words that add nothing."""
    if before := _BEFORE.search(mention.left):
        return _EMPTY.sub("", before[1])
    placed = _PLACED.search(mention.left)
    if placed is not None and _DUE.match(mention.right):
        return placed[1]
    after = _AFTER.match(mention.right)
    if after is not None and _KNOWN.search(mention.left):
        return _EMPTY.sub("", after[1])
    return ""


def _is_of_state(state: str, one: Mention) -> bool:
    """Whether the same words stand at it: 剩余18个, 建新未拆旧9户, 滞后的3项."""
    quantity = one.quantity
    if (len(state) < 2 and state != "剩") or not quantity.is_exact or quantity.is_label or quantity.per:
        return False
    if _LEFT.match(state):
        return _LEFT.search(one.left[-5:]) is not None or _LEFT.match(one.right) is not None
    left = _EMPTY.sub("", one.left)[-len(state) - 3 :]
    return state in left or _EMPTY.sub("", one.right).startswith(state)


def _is_checked(scene: Scene, word: str, one: Mention, second: Mention) -> bool:
    """Whether the same thing is counted where it is told who was looked at."""
    noun, other = second.right[:2], one.right[:_SHORT]
    if second.quantity.unit != one.quantity.unit or PER.search(one.left):
        return False
    words = scene.sentence_words(one)
    named = noun in other or second.right[:1] == one.right[:1]
    return (word in words or _ANY_LOOK.search(words) is not None) and named


def _is_whole(likeness: Likeness, noun: str, one: Mention) -> bool:
    """10个衔接项目全部完工: all that are called so, or all of the task."""
    if not one.quantity.is_exact or one.index in likeness.cells or one.quantity.per:
        return False
    if noun:
        said = pairs_of(noun[:2]) | pairs_of(noun[-2:])
        return bool(said) and said <= likeness.names.of(one).near and not _OUT.search(one.left)
    return likeness.states(one)[IS_PLANNED] and len(likeness.same(one)) > 1


def _only(firsts: list[Mention]) -> Mention | None:
    """The figure, if all that are called so say one number."""
    numbers = {one.quantity.base_value for one in firsts}
    return firsts[0] if len(numbers) == 1 else None


def _is_far(first: Mention, second: Mention) -> bool:
    one, two = first.quantity.base_value, second.quantity.base_value
    return max(one, two) > min(one, two) * _FAR


def _differs(scene: Scene, likeness: Likeness, first: Mention, second: Mention) -> bool:
    one, two = first.quantity, second.quantity
    if first.sentence == second.sentence or agree(one, two):
        return False
    if not is_near(one, two) and retyped(two, one.base_value) != "swapped":
        return False
    if (
        likeness.are_elsewhere(first, second)
        or likeness.states(first)[IS_LAST] != likeness.states(second)[IS_LAST]
    ):
        return False
    if one.unit != two.unit and {one.unit, two.unit} - {"人", "名", "个", "户"}:
        return False
    if conflicts(likeness.kinds(first), likeness.kinds(second)) or is_part(
        scene, likeness.names, first, second
    ):
        return False
    around = [
        near for near in scene.sentence_of(second).mentions if near is not second and near.is_like(second)
    ]
    if any(
        near.quantity.base_value in (one.base_value, abs(one.base_value - two.base_value)) for near in around
    ):
        return False
    return digits(one) + digits(two) < 5 or bool(retyped(two, one.base_value))
