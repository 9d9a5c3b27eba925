"""Figures set side by side: 比去年的156件多22件, 高于全市平均水平2.3个百分点, 由212人增加到240人,净增28人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import AMONG, Scene, can_add
from bangfu.documents.certain.remainders_slips import cause_of_slip, slip
from bangfu.documents.certain.remainders_words import CLAUSE_END, GOT
from bangfu.documents.reading.structure import Mention

_MORE = (
    r"调增|追加|增加|增长|增收|提高|提升|上升|上涨|增|多|高|快|超(?![标龄限载生期时])|领先|提前|长|贵|重|大|涨|升|"
    r"扩大|回升|富余"
)
_LESS = r"调减|减少|下降|降低|回落|减|少|低|慢|落后|滞后|短|便宜|轻|小|跌|降|压减|缩短|差|缺|缩小|下滑|减亏"
_CHANGED = re.compile(
    rf"(?:{_MORE}|{_LESS}|净增|净减|相差|差额|差距|之差|之间)(?:加|少|出|了|过|约|为|达|到位|幅|额|数|缴|收|支|发|拨|付|办|建|种|养|设|添|购|于|近|服务|安排|投入|完成|目标|任务|计划|预算|进度|平均水平)*$"
)
_TO = re.compile(r"(?:到|至|为)$")
_BENCHMARK = re.compile(
    r"比|较|于|超过?|超出|距|离|同期|上年|去年|前年|上[个一]?月|上[个一]?季|上半年|上期|[前上首][一]?[次轮]|前期|线|核定|控制|上限|应|昨[天日]|前[一]?[日天]|往年|20\d\d年|年初|原来?的?|由|从|平均|目标|任务|计划|序时|要求|规定|标准|预算|合同|相差|对照"
)
_MANY = re.compile(r"(?:多|少|增|减|降|超)(?!为|数|达|是|名|个|以|种|次)[一-龥]{1,3}$")
_NOT_MANY = re.compile(
    r"大多|许多|很多|众多|诸多|至[多少]|不少|最[多少]|缺少|减少[到至为]|多[功元渠层]|[到至为][了]?$|降[雨水压]|超[标龄限载期]"
)
_EXCEEDED = re.compile(r"^的(?:任务|目标|计划|标准|要求|规定|指标|预算|同期|水平)?[一-龥]{0,4}$")
_OVER = re.compile(r"超|多于|高于|低于|少于|比|较|快于|慢于")
_NAMED = re.compile("差|者")
_AGAINST = re.compile(r"[高低快慢多少超后先][于出过]|比|较|落后|领先")
_APART = re.compile(r"相差|差额|差距|环比|同比|之差|前者|后者|两者|二者")
_DATED = re.compile(r"[\d一二三四五六七八九十]+(?:月|季度|年)")
_PAST = re.compile(r"上年|去年|前年|上[个一]?月|上[个一]?季|上期|上半年|同期|年初|期初|原来|往年")
_BEHIND = re.compile(
    r"[(,](?:[一-龥]{0,4})(?:同期|上年|去年|上[个]?月|上季|上半年|年初|20\d\d年)[一-龥]{0,6}$"
)
_BEYOND = re.compile("多|少|超|高|低|快|慢|提前|滞后|节")
_DUE = re.compile(r"应|核定|标准|计划|任务|目标|控制|上限|合同|批[复准]|预算|概算|以内|规定")
_MARK = re.compile("[,;:。]")
_FROM, _RISEN = re.compile(r"由|从|原"), re.compile(r"[到至为增升扩降减]")
_BACK, _FURTHER = 16, 5


def comparisons(scene: Scene) -> Iterator[Relation]:
    for stated in scene.mentions:
        if (
            not (stated.quantity.is_exact or stated.quantity.text.startswith("超"))
            or AMONG.search(stated.gap)
            or not _says_difference(scene, stated)
        ):
            continue
        pool = _pool(scene, stated)
        pair = _with_benchmark_behind(scene, stated, pool) if pool else None
        if pair is not None:
            yield _told(pair, stated)
            continue
        at = scene.place_of(stated)
        behind = [one for one in scene.mentions[at + 1 : at + 3] if one.is_like(pool[-1])] if pool else []
        if len(pool) < 2 or _comes_out(stated, [*pool, *behind]):
            continue
        pair = _chosen(scene, stated, pool)
        if pair is not None:
            yield _told(pair, stated)


def _says_difference(scene: Scene, stated: Mention) -> bool:
    words = _words(scene, stated)
    if stated.quantity.kind == "point":
        return bool(_CHANGED.search(words)) or (not stated.gap.strip() and bool(_AGAINST.search(words)))
    if not stated.gap.strip() and stated.quantity.kind not in ("share", "times", "age"):
        at = scene.place_of(stated)
        return (
            at > 0
            and scene.mentions[at - 1].is_like(stated)
            and bool(_OVER.search(scene.mentions[at - 1].left))
        )
    if "新增" in words:
        return False
    if _MANY.search(words) and not _NOT_MANY.search(words):
        return True
    if _EXCEEDED.search(words) and _OVER.search(scene.mentions[scene.place_of(stated) - 1].left):
        return True
    return stated.quantity.kind not in ("share", "times", "age") and (
        _CHANGED.search(words) is not None and not _TO.search(words)
    )


def _words(scene: Scene, stated: Mention) -> str:
    """Its own words; of the second figure of a group those of the group."""
    group = scene.group_of[stated.index]
    if stated.left.strip("、和") or group.mentions[0] is stated:
        return stated.left
    return CLAUSE_END.split(group.label)[-1]


def _pool(scene: Scene, stated: Mention) -> list[Mention]:
    """What may be compared: shares for points, else what counts the same; in its paragraph, nearest last."""
    at = scene.place_of(stated)
    near = [one for one in scene.mentions[max(0, at - _BACK) : at] if one.paragraph == stated.paragraph]
    if stated.quantity.kind == "point":
        return [one for one in near if one.quantity.kind == "share"]
    return [one for one in near if one.is_like(stated) and (can_add(one) or one.sentence == stated.sentence)]


def _comes_out(stated: Mention, pool: Sequence[Mention]) -> bool:
    values = [one.quantity.base_value for one in pool]
    return any(stated.quantity.states(one - other) for one in values for other in values if one > other)


def _chosen(scene: Scene, stated: Mention, pool: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """The benchmark just before, with what is measured against it just before that, or a little further."""
    found = _beside(scene, stated, pool[-1], pool[-2])
    if found is not None or not _BENCHMARK.search(pool[-1].left):
        return found
    for further in reversed(pool[-_FURTHER:-2]):
        true = abs(pool[-1].quantity.base_value - further.quantity.base_value)
        if (
            further.sentence == stated.sentence == pool[-1].sentence
            and slip(stated.quantity, true) == "clear"
        ):
            named = not _MARK.search(scene.between(pool[-1], stated))
            if further.quantity.is_exact and (named or _has_rate(scene, stated, pool[-1], further)):
                return (further, pool[-1])
    return None


def _beside(
    scene: Scene, stated: Mention, last: Mention, previous: Mention
) -> tuple[Mention, Mention] | None:
    gap = scene.between(last, stated)
    if "、" in gap and not _MARK.search(gap):
        return None
    if last.sentence != stated.sentence or not (last.quantity.is_exact and previous.quantity.is_exact):
        return None
    named = [bool(_BENCHMARK.search(one.left)) for one in (previous, last)]
    true = abs(last.quantity.base_value - previous.quantity.base_value)
    how = slip(stated.quantity, true)
    apart = _APART.search(_words(scene, stated)) and (
        _DATED.search(last.left) or _NAMED.search(_words(scene, stated))
    )
    if not (any(named) or apart) or not how:
        return None
    near = previous.sentence == stated.sentence or scene.place_of(stated) - scene.place_of(previous) <= 3
    beside = not _MARK.search(gap)
    if near and _FROM.search(previous.left) and _RISEN.search(last.left):
        return (previous, last)
    if stated.quantity.kind == "point" and _AGAINST.search(_words(scene, stated)) and near:
        return (previous, last)
    if apart and near and previous.sentence == stated.sentence:
        return (previous, last)
    in_row = _is_in_row(scene, previous, last, stated)
    if in_row and (
        any(_PAST.search(one.left) for one in (previous, last)) or _is_against(scene, previous, last, stated)
    ):
        return (previous, last)
    if (
        named[1]
        and near
        and (
            how == "clear"
            or beside
            or stated.quantity.kind == "point"
            or _has_rate(scene, stated, last, previous)
        )
    ):
        return (previous, last)
    if near and how == "clear" and previous.sentence == stated.sentence:
        return (previous, last)
    return (previous, last) if near and _has_rate(scene, stated, last, previous) else None


def _is_against(scene: Scene, previous: Mention, last: Mention, stated: Mention) -> bool:
    """方案甲46万元,方案乙39.5万元,甲比乙多6.5万元; 应发7.8万元,实发9.2万元,多发1.4万元."""
    if _AGAINST.search(_words(scene, stated)):
        return True
    if not _BEYOND.search(_words(scene, stated)):
        return False
    owed = [bool(_DUE.search(one.left + one.right)) for one in (previous, last)]
    got = [bool(GOT.search(one.left)) for one in (previous, last)]
    return (owed[0] and got[1] and not got[0]) or (owed[1] and got[0] and not got[1])


def _is_in_row(scene: Scene, previous: Mention, last: Mention, stated: Mention) -> bool:
    """Nothing but shares between the three, all in one sentence."""
    row = [
        one for one in scene.before(stated) if one.quantity.kind != "share" or stated.quantity.kind == "point"
    ]
    return row[-2:] == [previous, last]


def _with_benchmark_behind(
    scene: Scene, stated: Mention, pool: Sequence[Mention]
) -> tuple[Mention, Mention] | None:
    """外出务工4836人,同比增加302人(去年同期4534人)."""
    at, last = scene.place_of(stated), pool[-1]
    for behind in scene.mentions[at + 1 : at + 2]:
        if behind.is_like(last) and behind.sentence == last.sentence == stated.sentence:
            bracket = scene.between(stated, behind)
            true = abs(behind.quantity.base_value - last.quantity.base_value)
            if _BEHIND.search(bracket) and slip(stated.quantity, true) and last.quantity.is_exact:
                return (last, behind)
    return None


def _has_rate(scene: Scene, stated: Mention, one: Mention, other: Mention) -> bool:
    """增长8.2% beside it, or 为去年的108.2%: the rate confirms which two are compared."""
    low, high = sorted((one.quantity.base_value, other.quantity.base_value))
    if low <= 0:
        return False
    at = scene.place_of(stated)
    ratios = [high / low - 1, 1 - low / high, high / low, low / high]
    return any(
        near.quantity.kind == "share"
        and near.sentence == stated.sentence
        and any(near.quantity.states(r) for r in ratios)
        for near in scene.mentions[max(0, at - 3) : at + 3]
    )


def _told(pair: tuple[Mention, Mention], stated: Mention) -> Relation:
    high, low = sorted(pair, key=lambda one: -one.quantity.base_value)
    true: Decimal = high.quantity.base_value - low.quantity.base_value
    said = f"{high.quantity.text}-{low.quantity.text}={shown(true, stated.quantity)},文中写的是{stated.quantity.text}"
    cause = cause_of_slip(stated.quantity, true)
    return Relation("difference", (high.index, low.index), stated.index, true, False, "error", said, cause)
