"""Figures around a change: which of them the words place in the past, and which speak of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.changes.words import has_stop, sign_of
from bangfu.documents.reading.structure import Mention

_PAST = re.compile(
    r"(?:上|去|前|昨|往|头)(?:一|个|一个|两)?(?:年度?|月|季度?|日|天|期|次|周|旬|轮|批|半年|学[期年]|届)|[一二三四]季度|同期|"
    r"年初|月初|期初|季初|原来?|此前|之前|以前|过去|当初|改造前|搬迁前|调整前|整治前|基数|(?:20)?\d\d年|\d{1,2}月|[春夏秋冬]季|比(?![例重率值赛对])|较(?![大好多高快为强重低少])|由(?!于|此|各|村|镇|乡|县|[上下]级)|从(?![业事严优快而轻])"
)
_PERIOD = re.compile(
    r"(?<!\d)(?P<number>20\d\d|\d{1,2}|[上下一二三四五六七八九十])(?P<unit>年|月|季度|半年|旬)(?!末|底|初)"
)
_UNITS = {
    "户数": "户",
    "人数": "人次名位",
    "金额": "元",
    "面积": "亩公顷平方米",
    "笔数": "笔",
    "件数": "件起",
    "里程": "米公里",
}
_COUNTED = re.compile("|".join(_UNITS))
_HAN = re.compile("[一-龥]{2,}")
_COMMON = re.compile(
    r"今年|去年|上年|全年|本年|同期|其中|合计|总计|共计|达到|增加|减少|增长|下降|我县|全县|全乡|全镇|全村|我乡|我镇|比|较|的|为|共|了|达|\d"
)
_FAR, _BOUND = 48, frozenset({"share", "point", "times", "age", "time"})


def is_past(scene: Scene, one: Mention) -> bool:
    """By its own words, or those of the figures it stands with: 上年同期新增432户、1660.5万元."""
    return bool(_PAST.search(one.gap) or _PAST.search(scene.group_of[one.index].label))


def alike_before(scene: Scene, at: Mention, like: Mention, far: int = _FAR) -> list[Mention]:
    """The exact figures before `at` that count what `like` counts, nearest first."""
    place = scene.place_of(at)
    return [
        one
        for one in reversed(scene.mentions[max(0, place - far) : place])
        if one.is_like(like) and is_plain(one) and one is not like
    ]


def is_plain(one: Mention) -> bool:
    quantity = one.quantity
    return (
        quantity.is_exact
        and not quantity.is_label
        and quantity.kind not in _BOUND
        and quantity.base_value > 0
    )


def bases_before(scene: Scene, change: Mention) -> Sequence[Mention]:
    """The last figures before a change that are no rates and no changes, if they are said of the past."""
    place = scene.place_of(change)
    for one in reversed(scene.mentions[max(0, place - 5) : place]):
        if one.sentence < change.sentence - 1 or one.paragraph != change.paragraph:
            return ()
        if one.quantity.kind in _BOUND or sign_of(one):
            continue
        if one.sentence != change.sentence and place - scene.place_of(one) > 3:
            return ()
        if _names_other_unit(change, one):
            continue
        group = [other for other in scene.group_of[one.index].mentions if is_plain(other)]
        past = [other for other in group if is_past(scene, other)]
        return [*past, *(old for other in past for old in _period_before(scene, other))]
    return ()


def _names_other_unit(change: Mention, one: Mention) -> bool:
    """上年赔付116户,总额102万元。今年赔付户数增长18.3%: the change names what is counted."""
    named = _COUNTED.search(change.left)
    return named is not None and one.quantity.base_unit not in _UNITS[named[0]]


def _period_before(scene: Scene, one: Mention) -> Iterator[Mention]:
    """2020年达到1500万元,增长20%;2021年达到1950万元; 一季度312件,二季度390件: what it was in the period before."""
    here = period_of(one)
    if here is None:
        return
    for other in scene.before(one)[-4:]:
        if period_of(other) == (here[0], here[1] - 1) and other.is_like(one) and is_plain(other):
            yield other


def period_of(one: Mention) -> tuple[str, int] | None:
    found = periods_in(one.gap)
    return found[-1] if found else None


def periods_in(words: str) -> list[tuple[str, int]]:
    """三季度 as (季度, 3), in the order of the words."""
    return [(found["unit"], _number(found["number"])) for found in _PERIOD.finditer(words)]


def _number(number: str) -> int:
    return int(number) if number.isdigit() else "上下一二三四五六七八九十".index(number)


def neighbours(scene: Scene, change: Mention) -> list[Mention]:
    """The figures right before and right after that say the same change in another way."""
    at = scene.place_of(change)
    found = []
    if at and not has_stop(change.gap) and scene.mentions[at - 1].sentence == change.sentence:
        found.append(scene.mentions[at - 1])
    after = scene.mentions[at + 1 : at + 2]
    found += [one for one in after if one.sentence == change.sentence and not has_stop(one.gap)]
    return [one for one in found if sign_of(one) and sign_of(one) == sign_of(change)]


_NOTHING = re.compile(
    r"20\d\d年|\d{1,2}月份?|第?[一二三四]季度|今年|去年|上年|本年|全年|当[年月季日]|本[月季期]|上半年|下半年|同期|同比|环比|比|较|[的为达了约共总有是]|"
    r"[增减涨降升提压缩](?:[产收员支长加幅速高少降升低减浮])?|[上下][升降涨跌浮]|[多少]|产[能量出]|规模|总[量数]|数量|[人户件亩]数|面积|金额|客流|用时|效率|分别|"
    r"这[两二三几]个?|两?项|数字?|数据|对照|通报|查|看|则|而|所以|因此|由此|可见|算下?来|相应|折算|于是|情况|方面|其"
)


def names_of(words: str) -> set[str]:
    """Pairs of signs that name the thing a change or a figure is of, without the words of time and of growth."""
    kept = _NOTHING.sub(" ", words)
    return {kept[at : at + 2] for at in range(len(kept) - 1) if _PAIR.fullmatch(kept[at : at + 2])}


_PAIR = re.compile("[一-龥]{2}")


def is_same_thing(scene: Scene, new: Mention, change: Mention, old: Mention) -> bool:
    """In the sentence of the change or the one before, or two characters of its words are said there again."""
    if any(column.total == new.index for column in scene.reading.columns):
        return True
    if new.sentence >= min(change.sentence, old.sentence) - 1 and new.paragraph == change.paragraph:
        return True
    return shares_words(scene, new, change)


def shares_words(scene: Scene, new: Mention, change: Mention) -> bool:
    flat, sentence = scene.reading.flat, scene.sentence_of(change)
    said = flat[sentence.start : change.quantity.start]
    own = _COMMON.sub(" ", new.left if _HAN.search(new.left) else scene.label(new))
    return any(word[at : at + 2] in said for word in _HAN.findall(own) for at in range(len(word) - 1))
