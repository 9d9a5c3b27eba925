"""Rates that are said by other words than 每 and 均: 按人头120元, 420元一亩, 月发80元, 今年提到1250元."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.each import Each, each_of_words
from bangfu.documents.certain.products.words import LIMIT, SOLD, TERMS, UNIT
from bangfu.documents.reading.structure import Mention

_HEAD = re.compile(
    r"(?:(?:^|[一-龥,])(?=人头)|[按依以论照](?=[^,;]头?))(?P<unit>人|户|亩|棵|株|羽|只|件|村|班|车|床)头?"
    r"(?P<what>(?:费|给|补|发|收|缴|交|奖|付|拨|计|核|各|的)?[^,;。:\d每均一]{0,3})$"
)
_TWICE = re.compile(
    rf"每(?P<unit>{UNIT}|(?![年月])[一-龥])[,、]?(?:每|一)(?P<term>晚|课时|学时|小时|餐|顿|节课?|场|次|班|趟|夜|届)(?P<what>[^,;。:\d每均]{{0,6}})$"
)
_ONE = re.compile(rf"一(?P<unit>{UNIT})(?![等级类期审次定般])(?:一?(?P<term>个月|年|天|月|季|学期))?")
_PAID = re.compile(
    r"(?:^|[,一-龥])(?P<term>(?<![0-9本当上下今明去前后全半近每逐按次同该历往])[月年日季](?!度))"
    r"(?:发|补|付|领|给|支|拿|缴|交|收|计|奖|需|租|薪|供|费|房租|店租|地租|底薪|基本工资)(?:助|贴|放|工资|补贴|补助|薪|租金|费)?(?:标准)?[为是约]?$"
)
_RISEN = re.compile(
    r"(?:提|涨|升|增|调|降|改|上浮|下浮|上调|下调|提高|提升|调整|增加|上涨|降低|提标|执行|变更?|扩)(?:到|至|为|成)了?$"
)
_SINCE = re.compile(
    r"(?:由|从|自|原来?|原先|原为|过去|去年|上年|前年|以前|此前|往年)+(?:的)?(?=[^由从自原]*$)"
)
_GAP = 14


def spoken_rates(scene: Scene, eaches: Mapping[int, Each]) -> dict[int, Each]:
    """Those that `eaches` has not, or has with their second 每 alone."""
    found: dict[int, Each] = {}
    for last, one in pairwise((None, *scene.mentions)):
        if (
            one is None
            or (one.index in eaches and not _TWICE.search(one.left))
            or one.quantity.kind != "money"
            or not one.quantity.is_exact
        ):
            continue
        each = _risen(last, one, {**eaches, **found}) or _said(scene, one) or _risen_alone(one)
        if each is not None:
            found[one.index] = each
    return found


def _said(scene: Scene, one: Mention) -> Each | None:
    if LIMIT.search(one.left):
        return None
    if match := _TWICE.search(one.left):
        return Each(one, match["unit"], "", match["term"], match["what"], False)
    if match := _HEAD.search(one.left):
        return Each(one, match["unit"], "", "", match["what"], False)
    end = one.quantity.end
    match = _ONE.match(scene.reading.flat[end : end + 8])
    if match is not None and match["unit"] in {*SOLD, "人", "户", "名", "尾", "个", "次", "间", "月"}:
        term = match["term"] or ""
        return Each(one, match["unit"], "", TERMS.get(term, term), "", False)
    if match := _PAID.search(one.left):
        return Each(one, "", "", TERMS.get(match["term"], match["term"]), "", False)
    return None


def _risen(last: Mention | None, one: Mention, known: Mapping[int, Each]) -> Each | None:
    """由每月400元提高到600元; 去年每月1100元,今年提到1250元: of the same as what it was before."""
    if last is None or not one.is_like(last) or one.sentence != last.sentence or len(one.gap) > _GAP:
        return None
    if not is_risen(one):
        return None
    each = known.get(last.index) or each_of_words(last, _SINCE.sub("", last.left))
    return replace(each, mention=one) if each is not None and not each.is_mean else None


def _risen_alone(one: Mention) -> Each | None:
    """从7月起每人每月涨到680元."""
    match = _RISEN.search(one.left)
    each = each_of_words(one, one.left[: match.start()]) if match is not None else None
    return each if each is not None and not each.is_mean else None


def is_risen(one: Mention) -> bool:
    return _RISEN.search(one.left) is not None
