"""How a percentage is put: of a named whole (占…的), as a rate (完成率), of a task; and what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.arithmetic.scene import CHANGE
from bangfu.documents.claims.cues import Sight, names
from bangfu.documents.reading.structure import Mention

PARTS_BACK = 6
"""How many quantities before a percentage may be the part."""
_FORMS = (
    (
        "of",
        re.compile(
            r"占([^,。;:\d]{0,16}?)(?:总数|总量|总额|总户数|总人数|总人口|人数|户数|数)?的?(?:比例|比重)?[为达约到]*$"
        ),
    ),
    ("rate", re.compile(r"([一-龥]{0,8})(?:率|比例|比重|进度|度)[已为达到约:]*$")),
    ("task", re.compile(r"(?:任务|计划|目标|指标|总数|总量|预算|总额|总投资)数?的?$")),
)
NO_PARTS = frozenset({"share", "point", "times", "age", "time"})
_AIM = re.compile(r"不低于|以上|达到|力争|确保|目标|标准|同比|高于|低于|利率")


@dataclass(frozen=True)
class Share:
    mention: Mention
    form: str
    """of a named whole, as a rate, of a task, or none of these"""
    named: frozenset[str]
    cues: tuple[str, ...]


def share_of(sight: Sight, mention: Mention) -> Share:
    left = (
        mention.left
        if re.search("[一-龥]", mention.left) or not sight.scene.row_of(mention)
        else sight.scene.row_of(mention)[0].left
    )
    left = re.sub(r"[分别为达]+$", "", left)
    for form, pattern in _FORMS:
        if match := pattern.search(left):
            name = match[1] if match.groups() else ""
            return Share(mention, form, names(name), tuple(_own_cues(sight, mention, form)))
    form = "other" if re.search("[一-龥]", left) else "bare"
    return Share(mention, form, names(left[-8:]), tuple(_own_cues(sight, mention, form)))


def _own_cues(sight: Sight, share: Mention, form: str) -> Iterator[str]:
    yield f"form={form}"
    if CHANGE.search(share.left):
        yield "share.change"
    if sight.scene.row_of(share):
        yield "share.row"
    if not share.quantity.is_exact:
        yield "share.rough"
    if share.quantity.kind == "times":
        yield "share.times"
    if _AIM.search(share.left + share.right[:4]):
        yield "share.aim"
    if share.quantity.base_value > 1:
        yield "share.over"
    if re.search(r"平均|均|全[县镇市省]", share.left):
        yield "share.average"
    if sight.remember("whole-row", share, is_of_whole_row):
        yield "share.whole-row"


AND = frozenset({"、", "和", "及", "与", ",", "以及", "、和"})


def is_of_whole_row(sight: Sight, share: Mention) -> bool:
    """工资占68%、经营占19%、其他占13%: shares that make up all of something that is not stated."""
    row = [one for one in sight.scene.sentence_of(share).mentions if one.is_like(share)]
    at = row.index(share)
    for start in range(max(0, at - 7), at + 1):
        for end in range(max(at + 1, start + 2), min(len(row), start + 8) + 1):
            several = row[start:end]
            total = sum((one.quantity.base_value for one in several), Decimal(0))
            if (
                all("占" in one.left or one.gap.strip() in AND for one in several)
                and abs(total - 1) <= several[0].quantity.step * len(several) / 2
            ):
                return True
    return False
