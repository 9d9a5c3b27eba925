"""Changes whose figures stand after them, or as a multiple: 新增45个,总数由118个增加到153个; B,增长p,上年为A; 增长3倍."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.mistyped import retyped
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import PER, Scene
from bangfu.documents.certain.changes.near import is_past, is_plain
from bangfu.documents.certain.changes.net import OUT
from bangfu.documents.certain.changes.pairs import Pair, near_before
from bangfu.documents.certain.changes.told import relation_of, wrong_amount, wrong_percent
from bangfu.documents.certain.changes.words import FROM, LAST, REACHED, has_stop, sign_of
from bangfu.documents.reading.structure import Mention

_BASE_BEHIND = re.compile(
    r"[,(](?:而|其中)?(?:上一?年|去年|前年|上年度|上月|上季度?|上期|去年同期|上年同期|同期|年初|期初|原来?|此前|20\d\d年)"
    r"(?:同期|同月|底|末)?(?:[一-龥]{0,4})?(?:为|是|只有|仅有?|才|有)$"
)
_ALL = re.compile(r"总|累计|存量|保有量|规模|合计|全[县镇乡村市区]")
_UP_BY = re.compile(r"(?:增长|增加|提高|上升|扩大|增)[了近约]?$")
_ADDED = re.compile(r"(?:新[增建设开办添招聘识纳]|增[加设补聘]|净增|扩[建增]|添置|补[充录])[一-龥“”]{0,8}$")
_TAKEN_OFF = re.compile(r"(?:减少|净减|压减|核减|撤[销并]|清退|关停|退出|精简|消除|裁减)[一-龥“”]{0,8}$")
_NEARLY, _TAIL = 2, 12


def direction(change: Mention) -> int:
    """Of 新增公益岗45个 too, where a noun stands between the word and the figure."""
    if sign := sign_of(change):
        return sign
    words = change.left[-_TAIL:]
    return 1 if _ADDED.search(words) else -1 if _TAKEN_OFF.search(words) else 0


def ahead(scene: Scene, change: Mention) -> Iterator[Relation]:
    """新增350个,总量由960个增加到1260个."""
    after = scene.after(change)[:2]
    if len(after) < 2 or not all(one.is_like(change) and is_plain(one) for one in after):
        return
    old, new = after
    if has_stop(old.gap) or not FROM.search(old.left) or not REACHED.search(new.left) or sign_of(old):
        return
    if direction(change) > 0 and OUT.search(scene.sentence_words(change)):
        return
    pair = Pair(old, new)
    gap, stated = abs(pair.change), change.quantity
    if not gap or stated.states(gap) or (pair.change > 0) != (direction(change) > 0):
        return
    if _ALL.search(old.gap) or retyped(stated, gap) in ("digit", "swapped"):
        yield wrong_amount(change, pair)


def behind(scene: Scene, change: Mention) -> Iterator[Relation]:
    """总产值1.26亿元,同比增长12.5%,上年为1.02亿元; with the amount and the rate in either order."""
    after = scene.after(change)
    base = after[1] if after and sign_of(after[0]) and len(after) > 1 else after[0] if after else None
    if base is None or not is_plain(base) or not _BASE_BEHIND.fullmatch(base.gap):
        return
    before = [one for one in scene.before(change) if not sign_of(one)]
    new = before[-1] if before else None
    if new is None or not new.is_like(base) or not is_plain(new) or change.index - new.index > _NEARLY:
        return
    pair, sign = Pair(base, new), sign_of(change)
    true = abs(pair.change) / pair.old_value
    if not pair.change or (pair.change > 0) != (sign > 0) or is_past(scene, new):
        return
    if change.quantity.kind == "share" and not change.quantity.states(true):
        yield wrong_percent(change, pair, true)
    elif change.is_like(base) and not change.quantity.states(abs(pair.change)):
        yield wrong_amount(change, pair)


def by_times(scene: Scene, times: Mention) -> Iterator[Relation]:
    """去年268万元,今年941.4万元,增长3.5倍: three and a half times as much is an increase of two and a half."""
    before = near_before(scene, times)
    if not before or not _UP_BY.search(times.left) or has_stop(times.gap):
        return
    last, stated = before[-1], times.quantity
    if (
        last.index + 1 != times.index
        or not is_plain(last)
        or sign_of(last)
        or last.sentence != times.sentence
    ):
        return
    others = [
        one
        for one in before[:-1]
        if one.is_like(last) and is_plain(one) and not PER.search(one.left) and not sign_of(one)
    ]
    pairs = [Pair(last, one) if LAST.search(last.left) else Pair(one, last) for one in others]
    ratios = [(pair.new_value / pair.old_value, pair) for pair in pairs]
    if any(stated.states(ratio - 1) for ratio, _ in ratios if ratio > 1):
        return
    for ratio, pair in ratios:
        told = LAST.search(pair.old.left) or FROM.search(pair.old.left)
        if told and ratio > 1 and stated.states(ratio):
            more = shown(ratio - 1, stated)
            new, old = pair.new.quantity.text, pair.old.quantity.text
            said = f"{new}是{old}的{shown(ratio, stated)},增长{more},文中写的是{stated.text}"
            yield relation_of(times, pair, ratio - 1, said, "把倍数当作了增长的幅度")
            return
