"""Whether two items of a text are built alike, and so may stand in one series."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from bangfu.documents.arithmetic.scene import AMONG, Scene
from bangfu.documents.reading.structure import Mention

_SHARED = re.compile(
    r"交叉|重叠|同时[^,。;]{0,4}[享缺属有符具]|同时[。;,]|重复(?!申[报请]|享受|领取|发放|录入|登记|报销|参[保投]|投保|缴费)|兼有|兼具|多选|可选|[两二三几][种项样]病?都|都[有领享](?:的|了)|剔除|去重|身份交叉|[两三]项以上|[两三]种以上|两个以上|不止一|[大多]于总|不等于|既[^,。]{1,8}又"
)
_ROW = re.compile(r"[、,;]?[^,。;、]{0,12}|[^,。;、\d]{0,8}[、,][^,。;、\d]{0,12}")


def are_alike(scene: Scene, one: Mention, other: Mention) -> bool:
    """Two items are built alike: the same units in a row, or labels that begin or end alike, or a row of 、."""
    first, second = scene.group_of[one.index], scene.group_of[other.index]
    if first.signature == second.signature and len(first.signature) > 1:
        return True
    apart = (one.sentence, one.segment) != (other.sentence, other.segment)
    if apart and scene.segment_classes(one) == scene.segment_classes(other):
        return True
    labels = scene.label(one), scene.label(other)
    if shares_ends(*labels):
        return True
    between = scene.between(one, other)
    if AMONG.search(between):
        return False
    if first.signature[0] != second.signature[0]:
        return False
    if re.match(r"[、,;]", between.lstrip(" ")) and len(between) <= 14:
        return True
    return bool(_ROW.fullmatch(between))


def says_overlap(scene: Scene, first: Mention, last: Mention) -> bool:
    """Whether the text says, up to the end of the sentence, that the parts overlap: …,有10份同时缺两项."""
    flat, start, end = scene.reading.flat, first.quantity.start, scene.sentence_of(last).end
    places = _shared_places(flat)
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end and _SHARED.search(flat, start, end) is not None


@lru_cache(maxsize=4)
def _shared_places(flat: str) -> list[int]:
    """Where words begin that say that parts overlap: few, and thousands of rows ask."""
    found, at = [], 0
    while match := _SHARED.search(flat, at):
        found.append(match.start())
        at = match.start() + 1
    return found


def shares_ends(first: str, second: str) -> bool:
    one, two = _words(first), _words(second)
    return len(one) > 1 and len(two) > 1 and (one[-2:] == two[-2:] or (one[:2] == two[:2] and len(one) < 14))


def _words(label: str) -> str:
    return re.sub(r"[^一-龥]|[共计约达为了]$", "", label)
