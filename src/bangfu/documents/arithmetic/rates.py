"""Rates: 完成率, 签约率, 支付进度; what was done against what was due."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.causes import is_mistyped
from bangfu.documents.arithmetic.ratios import holding, judged
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import PER, Scene, can_add
from bangfu.documents.reading.structure import Mention

_RATE = re.compile(
    r"(?:完成|签约|参保|覆盖|合格|办结|整改|入户|回收|就业|发生|升学|达标|到位|支付|支出|执行|进度|满意|普及|入住|开工|竣工|验收|资助|救治|报销|安置|脱贫|拨付|报账|销号|回访|走访|帮扶|完工|入学|巩固|兑现|偿还|还款|逾期|使用|核实|化解|参与|受益|成活|毕业|取证|知晓)"
    r"[一-龥]{0,4}(?:率|比例|比率|进度)(?:已|为|达到|达|分别为|:)*$|率(?:已|为|达到|达|:)*$|(?:完成|实现)[一-龥]{0,10}(?:任务|计划|目标|指标|总数|总量|预算)的$"
)
_WHOLE = re.compile(
    r"应|计划|任务|目标|总|共|下达|预算|需|拟|指标|核定|全[镇村县乡市]|排查|摸排|发现|受理|交办|发放|安排|现有|有"
)
_NEAR = 16
_SLACK = Decimal("0.1")
_SEATS = re.compile(r"床位|岗位|学位|名额|席位")
_DONE = re.compile(
    r"已|实|完成|落实|签|通过|整改|办结|拨付|支付|支出|回收|就业|安置|参加|达|享受|救治|验收|销号|竣工|开工|偿还|取得|参保|使用|报账|兑现|解决|脱贫"
)


def rate(scene: Scene, share: Mention) -> Relation | None:
    match = _RATE.search(share.left)
    if match is None or PER.search(share.left):
        return None
    before = [one for one in scene.visible_before(share) if can_add(one)]
    if not before:
        return None
    tried = [
        (part, whole)
        for part in reversed(before)
        for whole in before
        if whole is not part
        and (whole.is_like(part) or _has_places(scene, whole, part))
        and part.quantity.base_value <= whole.quantity.base_value
    ]
    if "任务" in match[0] or "计划" in match[0] or "进度" in match[0]:
        tried += [(whole, part) for part, whole in tried]
    near = scene.before(share, paragraph=True)[-_NEAR:]
    wider = [
        (part, whole)
        for part in reversed(before[-2:])
        for whole in reversed(near)
        if whole is not part and whole.is_like(part) and can_add(whole) and whole.index < part.index
    ]
    held = holding(share, [*tried, *wider])
    if held is not None:
        return held
    word = re.search(r"([一-龥]{2})(?:任务|计划)?率", share.left)
    return _rate_accused(
        scene, share, before, word[1] if word else re.sub(r"[为达到已:的]", "", match[0])[:2]
    )


def _has_places(scene: Scene, whole: Mention, part: Mention) -> bool:
    """床位640张,入住392人: persons in beds, posts and seats."""
    places = whole.quantity.base_unit in ("张", "个") and _SEATS.search(scene.label(whole) + whole.right[:6])
    return bool(places) and part.quantity.base_unit == "人"


def _rate_accused(scene: Scene, share: Mention, before: Sequence[Mention], word: str) -> Relation | None:
    """Settled where one quantity is what was done, by the rate's own word or a verb, and the one before what was due."""
    segment = [one for one in before if one.segment == share.segment]
    done, name = _named_done(share, segment, word)
    due = _due(scene, segment, done) or _due(scene, before, done)
    if done is not None and due is not None and name not in due.left:
        if due.quantity.base_value >= done.quantity.base_value:
            return judged(share, [(done, due)], settled=len(segment) <= 5)
        near = done.quantity.base_value <= due.quantity.base_value * 2
        if share.quantity.base_value <= 1 and near and _DONE.search(done.left):
            return judged(share, [(done, due)], settled=bool(_WHOLE.search(due.left)) and len(segment) == 2)
    for done, due in _pairs_back(segment):
        if (
            _WHOLE.search(scene.label(due))
            and _DONE.search(scene.label(done))
            and due.quantity.base_value >= done.quantity.base_value
        ):
            return judged(share, [(done, due)], settled=len(segment) <= 4)
    return _of_sentence_before(scene, share, before[-1])


def _of_sentence_before(scene: Scene, share: Mention, done: Mention) -> Relation | None:
    """可分配1242.1万元。已分配1117.9万元,分配率90%: settled where one quantity before can be what was due and nearly is."""
    alone = not any(one.is_like(done) for one in scene.before(done))
    wholes = [one for one in scene.sentence_before(share) if _may_be_due(one, done)]
    if not alone or len(wholes) != 1 or done.index != share.index - 1 or not _DONE.search(scene.label(done)):
        return None
    ratio = done.quantity.base_value / wholes[0].quantity.base_value
    if abs(ratio - share.quantity.base_value) > _SLACK and not is_mistyped(share.quantity, ratio):
        return None
    return judged(share, [(done, wholes[0])], settled=True)


def _may_be_due(one: Mention, done: Mention) -> bool:
    return one.is_like(done) and can_add(one) and one.quantity.base_value >= done.quantity.base_value > 0


def _named_done(share: Mention, before: Sequence[Mention], word: str) -> tuple[Mention | None, str]:
    """What the rate is about, by the longest words that the rate and the quantity share: 集中供养率, 集中供养286人."""
    phrase = re.search(r"([一-龥]{2,6})(?:任务|计划)?率", share.left)
    words = [phrase[1][at:] for at in range(len(phrase[1]) - 1)] if phrase else [word]
    for name in words:
        named = [one for one in before if name and name in one.left]
        if named:
            return named[-1], name
    return None, word


def _due(scene: Scene, before: Sequence[Mention], done: Mention | None) -> Mention | None:
    """The nearest quantity of the same unit before what was done; of a part, the whole."""
    if done is None or done not in before:
        return None
    earlier = [one for one in before[: before.index(done)] if one.is_like(done)]
    if scene.is_nested(done):
        earlier = [one for one in earlier if not scene.is_nested(one)] or earlier
    return earlier[-1] if earlier else None


def _pairs_back(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """What was done with the nearest quantity of its unit before it, last first."""
    for at in range(len(mentions) - 1, 0, -1):
        done = mentions[at]
        due = next((one for one in reversed(mentions[:at]) if one.is_like(done)), None)
        if due is not None:
            yield done, due
