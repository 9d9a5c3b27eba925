"""Of which time a figure is, by its words: of last year, of the month before, of some time past, or of now."""

from __future__ import annotations

import re
from typing import Literal

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.structure import Mention

Time = Literal["year", "period", "past", "now"]

_YEAR = re.compile(r"(?:上|去|前)一?年(?!末|底|结)|同期|同月|同季|往年")
_PERIOD = re.compile(r"(?:上|前)一?个?(?:月|季度?|周|旬|期|批|次|轮|半年|学期)(?!末|底)")
_PAST = re.compile(
    r"年初|月初|期初|季初|(?:上|去)年?[末底]|原来?(?!料|则|因|始)|此前|之前|以前|当初|最初|起初|[一两三四五六七八九十几]年前|"
    r"[造改治迁转并施行革建级社扶理整训目]前(?![列期往景茅者])|往常|历史"
)
_HANDED = re.compile(r"分别|依次")


def time_of(scene: Scene, one: Mention) -> Time:
    """By its own words since the mark before, or those that head its row."""
    gap = one.gap
    found = time_of_words(gap)
    if found != "now" or (gap.strip("、,和 ") and not _HANDED.search(gap)):
        return found
    return time_of_words(_label(scene, one))


def _label(scene: Scene, one: Mention) -> str:
    """What heads its row: all of its sentence before it, where the row is handed out (上年这两个数分别为)."""
    group = scene.group_of[one.index]
    if not _HANDED.search(group.label):
        return group.label
    return scene.reading.flat[scene.sentence_of(one).start : group.mentions[0].quantity.start]


def time_of_words(words: str) -> Time:
    if _PERIOD.search(words):
        return "period"
    if _YEAR.search(words):
        return "year"
    return "past" if _PAST.search(words) else "now"
