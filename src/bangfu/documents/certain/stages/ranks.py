"""Figures against the words that rank them: 差473人,比塘下村的830人还多; 最多的18户,其次23户; 最高3000元,平均3200元."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.stages.order import is_more, out_of_order
from bangfu.documents.certain.units.slip import is_each
from bangfu.documents.reading.structure import Mention

_THAN = re.compile(r"^,?(?:还|也|却|竟)?(?:比|较)[^,。;]{0,12}(?:的|有)$")
_MORE = re.compile(r"^(?:还|都|要|更)(?:要|更)?[多高大长重](?:[,。;]|$)")
_LESS = re.compile(r"^(?:还|都|要|更)(?:要|更)?[少低小短轻](?:[,。;]|$)")
_MOST = re.compile(r"(?:最[多高大长]|(?:位[居列]|排名?)第一|居首|排首位)[^,。;]{0,12}$")
_NEXT = re.compile(r"^[、,;]?(?:其次|次之|排?第二|再次)[^,。;]{0,12}$")
_MAXIMUM = re.compile(
    r"(?:最高|最多|最大|上限)(?:的|一个村|一户|一人|一笔|单笔|单户|每户|每人|为|达|可|是)*(?:[一-龥]{2,6}[镇乡村县市区](?:为|达)?)?$"
)
_MINIMUM = re.compile(
    r"(?:最低|最少|最小)(?:的|一个村|一户|一人|一笔|单笔|单户|每户|每人|为|只有|仅|是)*(?:[一-龥]{2,6}[镇乡村县市区](?:为|仅)?)?$"
)
_LINE = re.compile(r"(?:人均|户均|笔均)(?:年|月)?(?:纯|可支配)?收入$")
_MEAN = re.compile(r"(?:户均|人均|笔均|平均(?:每[户人笔个家])?)[^,。;\d]{0,6}$")
_SPAN = re.compile("月|日|天|次|年")


def against_rank(scene: Scene) -> Iterator[Relation]:
    for second in scene.mentions:
        at = scene.place_of(second)
        before = [one for one in scene.mentions[max(0, at - 4) : at] if one.sentence == second.sentence]
        alike = [one for one in before if one.is_like(second)]
        for first in alike[-1:]:
            yield from _compared(scene, first, second)
            yield from _beyond_full(first, second)
            yield from _second_best(scene, first, second)
        for first in alike:
            yield from _beyond_mean(first, second)


_FULL = re.compile(r"[((,]?(?:总分|满分|分值|标准分|权重)(?:为|是)?")


def _beyond_full(first: Mention, second: Mention) -> Iterator[Relation]:
    """得32分(满分30分)."""
    if first.quantity.unit == "分" and _FULL.fullmatch(second.gap) and is_more(first, second):
        yield out_of_order(first, second, f"得分{first.quantity.text}超过满分{second.quantity.text}")


def _compared(scene: Scene, first: Mention, second: Mention) -> Iterator[Relation]:
    if first.index != second.index - 1 or not _THAN.search(second.gap):
        return
    rest = scene.reading.flat[second.quantity.end : second.quantity.end + 6]
    if _MORE.search(rest) and is_more(second, first):
        yield out_of_order(second, first, f"文中说{first.quantity.text}比{second.quantity.text}多,其实更少")
    if _LESS.search(rest) and is_more(first, second):
        yield out_of_order(first, second, f"文中说{first.quantity.text}比{second.quantity.text}少,其实更多")


def _second_best(scene: Scene, first: Mention, second: Mention) -> Iterator[Relation]:
    if _MOST.search(first.left) and _NEXT.search(second.gap.strip()) and is_more(second, first):
        yield out_of_order(
            second, first, f"排在后面的{second.quantity.text}比“最多(高)”的{first.quantity.text}还多"
        )


def _beyond_mean(first: Mention, second: Mention) -> Iterator[Relation]:
    """The highest is not below the mean, nor the lowest above it."""
    if first.quantity.unit != second.quantity.unit or first.segment != second.segment:
        return
    for end, mean in ((first, second), (second, first)):
        if is_each_limit(end) or not (_MEAN.search(mean.left) or _LINE.search(mean.left)):
            continue
        if _MAXIMUM.search(end.left) and is_more(mean, end):
            yield out_of_order(mean, end, f"平均{mean.quantity.text}比最高的{end.quantity.text}还多")
        if _MINIMUM.search(end.left) and is_more(end, mean) and "标准" not in end.left + mean.left:
            yield out_of_order(end, mean, f"最低的{end.quantity.text}比平均{mean.quantity.text}还多")


def is_each_limit(one: Mention) -> bool:
    """不超过每月…: a limit for another span of time than the mean's."""
    return is_each(one) and _SPAN.search(one.left[-8:]) is not None
