"""Totals of a table that the text says otherwise: 合计 90 above, 开工91户 in the notes below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import retyped
from bangfu.documents.arithmetic.scene import PER, Scene
from bangfu.documents.certain.repeats.likeness import Likeness
from bangfu.documents.certain.repeats.slips import Pair, agree
from bangfu.documents.certain.repeats.words import ASIDE, LAST, ONCE, RISE
from bangfu.documents.reading.structure import Mention

_EMPTY = re.compile(
    r"\([^)]*\)|[^一-龥]|人数|户数|个数|数量|金额|面积|(?<=[一-龥]{2})[数额]$|单位|累计|合计|[元亩个户人名吨]$"
)
_WHOLE = re.compile(
    r"全[县镇乡村市区街]|合计|总|共|表列|上表|表中|表内|所列|各[村乡镇]|[两三四五六七八九十]个?[村乡镇]"
)
_COMPARED = re.compile(r"[比较](?!例|重|对|上)[^,。;]{0,10}$")
_NEAR = Decimal("0.15")


def table_repeats(scene: Scene, likeness: Likeness) -> Iterator[Pair]:
    """For each total of a named column the figures of that name in prose that say another number."""
    totals = [
        (core, scene.mentions[scene.place_of(one)])
        for column in scene.reading.columns
        if len(core := _EMPTY.sub("", column.head)) >= 2
        for one in scene.mentions
        if one.index == column.total
    ]
    for second in scene.mentions:
        if totals and _is_prose(likeness, second):
            yield from _against(scene, likeness, second, totals)


def _is_prose(likeness: Likeness, mention: Mention) -> bool:
    quantity, words = mention.quantity, mention.left + mention.right[:6]
    if (
        mention.index in likeness.cells
        or not quantity.is_exact
        or quantity.is_label
        or quantity.kind == "share"
    ):
        return False
    if _COMPARED.search(mention.left):
        return False
    if quantity.per or PER.search(mention.left) or RISE.search(mention.left):
        return False
    return (
        not (LAST.search(words) or ASIDE.search(words) or ONCE.search(words))
        and len(likeness.same(mention)) == 1
    )


def _against(
    scene: Scene, likeness: Likeness, second: Mention, totals: list[tuple[str, Mention]]
) -> Iterator[Pair]:
    named = [one for core, one in totals if core in second.left and one.is_like(second)]
    if len(named) != 1 or scene.is_nested(second):
        return
    total = named[0]
    if agree(total.quantity, second.quantity) or not _is_slip(total, second):
        return
    around = [one for one in scene.sentence_of(second).mentions if one is not second]
    values = {(one.quantity.base_unit, one.quantity.base_value) for _, one in totals}
    witnessed = any((one.quantity.base_unit, one.quantity.base_value) in values for one in around)
    if witnessed or _WHOLE.search(scene.clause(second)):
        yield Pair(total, second, "other", 1.0)


def _is_slip(total: Mention, second: Mention) -> bool:
    whole, said = total.quantity.base_value, second.quantity.base_value
    return bool(retyped(second.quantity, whole)) or abs(whole - said) <= whole * _NEAR
