"""Totals that come out by what is said of them: 占15% beside another's share, 上年…增长12.2%, 12个月预计, 再压5%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units.meant import Meant, Way, step_of
from bangfu.documents.certain.units.slip import factor_of, is_each
from bangfu.documents.reading.structure import Mention, base_class

_SHARE = re.compile(r"^[,、(]?(?:分别)?(?:约|仅|只|各)?占(?:比|总(?:额|数|量))?(?:约|为|达)?$")
_LAST = re.compile(r"上年|去年|上期|上季度?|上月|同期|前年|往年")
_GROWTH = re.compile(r"(?:增长|增加|上升|增|提高|下降|减少|降低|降)(?:了|约)?$")
_DOWN = re.compile("降|减")
_BASE = re.compile(r"基数|按|以|为基")
_OF_PLAN = re.compile(
    r"^[,、(]?(?:占|完成|为|达到?)[^,。;]{0,4}(?:计划|任务|目标|总量|总长|设计|应)[^,。;]{0,6}$"
)
_NOUN = re.compile(r"[一-龥]{2,}")
_NO_NOUN = re.compile(
    r"已[一-龥]?|完成|全[镇县乡村市]|本年|今年|上年|去年|其中|达到|合计|共计|总|建成|铺设|到位"
)
_TERMS = frozenset({"月", "年", "学期", "季", "天"})
_MOST = 60


def siblings(scene: Scene, mention: Mention, meant: Meant) -> Iterator[Way]:
    if is_each(mention):
        return
    yield from _beside_shares(scene, mention, meant)
    yield from _by_term(scene, mention, meant)
    yield from _of_base(scene, mention, meant)
    yield from _named_elsewhere(scene, mention, meant)


def _value(mention: Mention, meant: Meant) -> tuple[Decimal, Decimal]:
    return mention.quantity.value * meant.factor, step_of(mention) * meant.factor


def _share_after(scene: Scene, mention: Mention, words: re.Pattern[str]) -> Mention | None:
    after = scene.after(mention)[:1]
    found = after and after[0].quantity.kind == "share" and words.search(after[0].gap)
    return after[0] if found and after[0].quantity.base_value > 0 else None


def _beside_shares(scene: Scene, mention: Mention, meant: Meant) -> Iterator[Way]:
    """衔接资金230.4万元,占60%;…镇村自筹57.6元,占15%: one whole for both, to the last digit."""
    share = _share_after(scene, mention, _SHARE)
    if share is None:
        return
    value, step = _value(mention, meant)
    near = scene.mentions[max(0, scene.place_of(mention) - 6) : scene.place_of(mention) + 7]
    for one in near:
        if one is mention or one.paragraph != mention.paragraph or one.quantity.unit != meant.unit:
            continue
        other = _share_after(scene, one, _SHARE)
        if other is None or not one.quantity.base_value:
            continue
        due = one.quantity.base_value / other.quantity.base_value * share.quantity.base_value
        play = due * (share.quantity.step / share.quantity.base_value) / 2 + step / 2
        if abs(due - value) <= min(play, due / 100):
            yield (one, other, share), f"按{one.quantity.text}占{other.quantity.text}推算合得上这个数字"


def _by_term(scene: Scene, mention: Mention, meant: Meant) -> Iterator[Way]:
    """每月共58400元,12个月预计70.08元."""
    before = scene.before(mention)[-2:]
    if len(before) < 2 or before[1].quantity.base_unit not in _TERMS:
        return
    rate, term = before
    if base_class(rate.quantity) != meant.base_unit or rate.segment != mention.segment:
        return
    value, step = _value(mention, meant)
    if abs(rate.quantity.base_value * term.quantity.base_value - value) <= step / 2:
        yield (rate, term), f"{rate.quantity.text}×{term.quantity.text}合得上这个数字"


def _of_base(scene: Scene, mention: Mention, meant: Meant) -> Iterator[Way]:
    """再压5%,以年初2.4亿元为基数,压减1200元."""
    before = [one for one in scene.before(mention)[-3:] if one.segment == mention.segment]
    shares = [one for one in before if one.quantity.kind == "share"]
    wholes = [one for one in before if base_class(one.quantity) == meant.base_unit and not is_each(one)]
    if len(shares) != 1 or len(wholes) != 1 or not _BASE.search(wholes[0].left + wholes[0].right[:4]):
        return
    value, step = _value(mention, meant)
    if abs(shares[0].quantity.base_value * wholes[0].quantity.base_value - value) <= step / 2:
        yield (wholes[0], shares[0]), f"{wholes[0].quantity.text}的{shares[0].quantity.text}合得上这个数字"


def _named_elsewhere(scene: Scene, mention: Mention, meant: Meant) -> Iterator[Way]:
    """主管网已铺18.6米,占计划的77.5%, where the plan stands paragraphs away; 上年租金18.00元,本年增长12.2%."""
    share = _share_after(scene, mention, _OF_PLAN)
    growth = _share_after(scene, mention, _GROWTH) if _LAST.search(mention.left) else None
    if share is None and growth is None:
        return
    value = mention.quantity.value * meant.factor
    for one in _namesakes(scene, mention, meant):
        whole = one.quantity.base_value
        if share is not None and share.quantity.states(value / whole):
            yield (one, share), f"占{one.quantity.text}的{share.quantity.text}合得上这个数字"
        if growth is not None and value:
            rate = whole / value - 1
            down = _DOWN.search(growth.gap) is not None
            if growth.quantity.states(-rate if down else rate):
                yield (one, growth), f"由这个数字到{one.quantity.text}正是{growth.quantity.text}"


def _namesakes(scene: Scene, mention: Mention, meant: Meant) -> Sequence[Mention]:
    """The figures of that unit near by that share a noun with it, be it that of a table's column."""
    nouns = {
        word[at : at + 2]
        for word in _NOUN.findall(_NO_NOUN.sub(" ", mention.left))
        for at in range(len(word) - 1)
    }
    at = scene.place_of(mention)
    near = scene.mentions[max(0, at - _MOST) : at + _MOST]
    return [
        one
        for one in near
        if one.quantity.unit == meant.unit
        and one.quantity.base_value > 0
        and factor_of(one.quantity) == meant.factor
        and any(noun in one.left + one.quantity.subject for noun in nouns)
    ]
