"""A group named by its state, known to the reader, and numbered otherwise: 脱岗6名 above, 对脱岗的8名队员 below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.mistyped import digits, retyped
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.repeats.facts import IS_LAST
from bangfu.documents.certain.repeats.kinds import conflicts
from bangfu.documents.certain.repeats.likeness import Likeness
from bangfu.documents.certain.repeats.parts import is_owned, is_part
from bangfu.documents.certain.repeats.slips import Pair, agree, is_near
from bangfu.documents.reading.structure import Mention

_STATES = (
    r"脱岗|缺岗|空岗|离岗|旷工|滞后|落后|逾期|超期|超标|超面积|超概算|闲置|空置|停用|停工|停摆|停业|带病|带故障|烂尾|损坏|破损|失管|失修|"
    r"返贫|失学|辍学|失业|漏报|漏登|漏保|漏评|错评|错退|错登|违规|违纪|虚报|虚列|重复|挂名|冒领|代领|拖欠|挪用|截留|在建|续建|缓建|报废|"
    r"不合格|不达标|不符合?|不规范|不到位|不稳定|不在岗|不满意|不能使用|不能用|不出水|排查出|查出|发现"
)
_NOT_YET = (
    r"(?:尚|仍|还|暂)?(?:未|没有|没)(?:能|有)?(?!来)[一-龥]{1,4}?|待[一-龥]{2,3}|剩余|余下|剩下|其余|遗留"
)
_LOOKED = (
    r"(?:抽查|抽检|抽取|检查|核查|审计|督查|督导|暗访|巡查|巡察|评估|考核|调查|排查|受检|被查|走访|访谈|飞检|飞行检查|评审|验收)"
)
_STATE = rf"(?:{_STATES}|{_NOT_YET})"
_BEFORE = re.compile(rf"(?:^|[,、;:。(]|对|将|把|就|从|给|为|使|让|帮|助|督促|责令|针对|剩余|盯住|盯紧|抓紧|确保|保证|力争|要求)({_STATE})(?:到位|完成|完)?的$")
"""对脱岗的8名队员, 滞后的2项指标."""
_AFTER = re.compile(rf"({_STATE})(?:到位|完成|完)?(?:的|[一-龥]{{1,6}})")
"""8个未完成村, 8户未拆旧的."""
_KNOWN = re.compile(r"(?:^|[,、;:。(]|对|将|把|就|从|给|为|督促|责令|针对|剩余|余下|剩下|其余|盯住|盯紧|抓紧|确保|保证|力争)$")
_CHECKED = re.compile(rf"(?:此次|本次|这次|该次|从)[一-龥]{{0,4}}?({_LOOKED})(?:的|涉及的?|到的|共|了|发现的)?$")
"""此次检查7家机构, 从抽查的56个村看."""
_EMPTY = re.compile(r"尚|仍|还|暂|到位|完成|的|有|能|已")
_SOME = re.compile(r"其中|有$|又有|另有|还有|仅|只|新增|增加|减少|又|先|首批|第[一二三四五六七八九十\d]")
_SHORT = 8


def known_groups(scene: Scene, likeness: Likeness) -> Iterator[Pair]:
    """For each group told as known the earlier figure of its state, if that is one and another."""
    for second in scene.mentions:
        if not _may_be_told(scene, likeness, second):
            continue
        if state := _state_of(second):
            firsts = [one for one in likeness.before(second) if _is_of_state(state, one)]
        elif checked := _CHECKED.search(scene.clause(second)[-_SHORT * 2 :]):
            firsts = [one for one in likeness.before(second) if _is_checked(scene, checked[1], one, second)]
        else:
            continue
        first = _only(firsts)
        if first is not None and _differs(scene, likeness, first, second):
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
    after = _AFTER.match(mention.right)
    if after is not None and _KNOWN.search(mention.left):
        return _EMPTY.sub("", after[1])
    return ""


def _is_of_state(state: str, one: Mention) -> bool:
    """Whether the same words stand at it: 剩余18个, 建新未拆旧9户, 滞后的3项."""
    quantity = one.quantity
    if len(state) < 2 or not quantity.is_exact or quantity.is_label or quantity.per:
        return False
    left = _EMPTY.sub("", one.left)[-len(state) - 3 :]
    return state in left or _EMPTY.sub("", one.right).startswith(state)


def _is_checked(scene: Scene, word: str, one: Mention, second: Mention) -> bool:
    """Whether the same thing is counted where it is told who was looked at."""
    noun, other = second.right[:2], one.right[:_SHORT]
    same = second.quantity.unit == one.quantity.unit
    words = scene.sentence_words(one)
    return same and (word in words or "检" in words or "查" in words) and (not noun.strip() or noun in other)


def _only(firsts: list[Mention]) -> Mention | None:
    """The figure, if all that are called so say one number."""
    numbers = {one.quantity.base_value for one in firsts}
    return firsts[0] if len(numbers) == 1 else None


def _differs(scene: Scene, likeness: Likeness, first: Mention, second: Mention) -> bool:
    one, two = first.quantity, second.quantity
    if first.sentence == second.sentence or agree(one, two) or not is_near(one, two):
        return False
    if likeness.states(first)[IS_LAST] != likeness.states(second)[IS_LAST]:
        return False
    if one.unit != two.unit and {one.unit, two.unit} - {"人", "名", "个", "户"}:
        return False
    if conflicts(likeness.kinds(first), likeness.kinds(second)) or is_part(scene, likeness.names, first, second):
        return False
    around = [near for near in scene.sentence_of(second).mentions if near is not second and near.is_like(second)]
    if any(near.quantity.base_value in (one.base_value, abs(one.base_value - two.base_value)) for near in around):
        return False
    return digits(one) + digits(two) < 5 or bool(retyped(two, one.base_value))
