"""Rows apart from their figure, which no word opens: 立案23起,比上周少8起;…。刷单9起、冒充客服6起、贷款5起、其他4起.

Most such rows make a figure up that was said shortly before. One that makes up none, but all but makes up one, is told
where the gap is a slip of the pen and the rest of the text speaks for it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from bangfu.documents.certain.rows.candidate import (
    Candidate,
    Rows,
    are_of_a_size,
    class_of,
    steps,
)
from bangfu.documents.certain.rows.numbers import comes_out, fine, likeness
from bangfu.documents.certain.rows.series import Series, is_in_table, series_of
from bangfu.documents.certain.rows.signs import signs_of
from bangfu.documents.certain.rows.wholes import place
from bangfu.documents.certain.rows.words import DIVIDED, PROGRESS, STRICT, TURNS, said_count
from bangfu.documents.reading.structure import Mention

_PARAGRAPHS, _NEAR, _CLOSE = 3, 5, 12
_ALIKE, _FEW = -0.5, 200_000
_SURE = frozenset({"other-column", "names=halves", "shares-full"})
_COMPARED = re.compile(
    r"(?:上[年月周季期届轮]|上半年|去年|前年|往年|同期|任务|计划|目标)[^,。;:]{0,8}$|"
    r"(?:年初|期初|原来|原有|应|需)[为有是共的]{0,2}$|"
    r"(?:多|少|增|减|降|升)[了出加少]?$"
)
_WORD = re.compile(r"[一-龥]{2}")
_SHOWN = re.compile(
    r"[摊拆掰铺]开[来]?[看说讲算]?|细看|细说|细数|算细账|掰着指头|一一|逐一|里面|里头|其中|[中里](?=[,:]|$)|结果|明细|看看"
)
_BALANCE = re.compile(r"滚存|结余|结转|余额|[年期月季]末|库存|存栏")
_SHARE = re.compile(r"[,(]占")
_COMMON = re.compile(
    r"[全我本][县镇乡村]|今年|去年|本年|年度|累计|共有|其中|资金|项目|情况|分别|实际|完成|截至|目前|现有|涉及|一年|"
    r"全年|问题|人员|对象|贫困|脱贫|农村|以上|万元|方面|工作"
)
"""Words that figures of all things share."""


def apart(rows: Rows) -> Iterator[Candidate]:
    for series in series_of(rows):
        row, kin = series.row, _kin(rows, series.row)
        if not _may_be_row(rows, row) or _belongs(series, kin):
            continue
        earlier = [one for one in kin if one.index < row[0].index][::-1]
        if series.inner:
            yield from _after_comma(rows, row, earlier[:1])
            continue
        for whole, how in _wholes(rows, row, earlier, series.words):
            if likeness(row, whole) < _ALIKE or not whole.quantity.is_exact or _is_made_up(row, whole):
                continue
            signs = set(_signs(rows, row, whole, how, series.words))
            if (len(row) > 2 or signs & _SURE) and "item-far-above" not in signs:
                yield Candidate(tuple(row), _first_said(rows, whole), frozenset(signs))


def _may_be_row(rows: Rows, row: Sequence[Mention]) -> bool:
    if TURNS.search(rows.between(row[0], row[1])) or not all(one.quantity.is_exact for one in row):
        return False
    return are_of_a_size(row) and not _has_own_total(rows, row) and not _opens_itself(rows, row)


def _after_comma(rows: Rows, row: Sequence[Mention], earlier: Sequence[Mention]) -> Iterator[Candidate]:
    """学校74所,全部开展,小学53所,初中18所,一贯制4所: the whole is marked off like its items."""
    whole = earlier[0] if earlier else row[0]
    if whole.sentence != row[0].sentence or not whole.quantity.is_exact or not rows.able(whole):
        return
    if _COMPARED.search(whole.left[-_CLOSE:]) or _is_made_up(row, whole) or likeness(row, whole) < _ALIKE:
        return
    if any(one.quantity.base_value == whole.quantity.base_value for one in row):
        return
    signs = set(_signs(rows, row, whole, "nearest", ""))
    signs = {one for one in signs if one != "opener=apart"} | {"opener=apart-comma"}
    if "shares-full" not in signs and _has_share(rows, whole) and _has_share(rows, row[0]):
        return
    if (len(row) > 2 or signs & _SURE) and not signs & {"item-above", "marks=several"}:
        yield Candidate(tuple(row), whole, frozenset(signs))


def _has_share(rows: Rows, one: Mention) -> bool:
    return _SHARE.match(rows.flat, one.quantity.end) is not None


def _is_made_up(row: Sequence[Mention], whole: Mention) -> bool:
    """夏粮21.3万亩,秋粮51.1万亩,其中…24.6万亩: whether two of more are all."""
    return len(row) > 2 and any(comes_out(two, whole) for two in itertools.combinations(row, 2))


def _has_own_total(rows: Rows, row: Sequence[Mention]) -> bool:
    """Whether the next figure of its class closes the row, which is judged by that."""
    place = rows.scene.place_of(row[-1])
    alike = (one for one in rows.scene.mentions[place + 1 : place + 4] if class_of(one) == class_of(row[0]))
    nearest = next(alike, None)
    return nearest is not None and nearest.paragraph == row[-1].paragraph and rows.is_total(nearest)


def _opens_itself(rows: Rows, row: Sequence[Mention]) -> bool:
    """年初债务386万元,化解214万元,余172万元: the first is made up by those after it, or nearly."""
    rest = sum(fine(one) for one in row[1:])
    if any(_BALANCE.search(one.left[-_CLOSE:]) for one in row[:-1]):
        return True
    if len(row) < 3 or fine(row[0]) == rest:
        return len(row) > 2
    near = fine(row[0]) * 9 < rest * 10 and rest * 9 < fine(row[0]) * 10
    return near and any(PROGRESS.search(rows.called(one)) for one in row[1:])


def _first_said(rows: Rows, whole: Mention) -> Mention:
    """秸秆火点31处…31处共46.5亩…: a figure that is but said again is not the one that was counted."""
    return next(
        one
        for one in rows.scene.mentions
        if one is whole
        or (
            class_of(one) == class_of(whole)
            and one.quantity.base_value == whole.quantity.base_value
            and rows.able(one)
            and not is_in_table(rows, one)
        )
    )


def _kin(rows: Rows, row: Sequence[Mention]) -> list[Mention]:
    own = {one.index for one in row}
    return [one for one in rows.wholes(class_of(row[0])) if one.index not in own]


def _belongs(series: Series, kin: Sequence[Mention]) -> bool:
    """Whether the row, more than it or a run of it makes up a figure of the text."""
    row = series.row
    more = [series.loose[:end] for end in range(len(row), len(series.loose) + 1)]
    valued = [(fine(one), one) for one in kin]
    if any(_gives(run, valued) for run in (row, *more)):
        return True
    runs = [row[start:end] for start in range(len(row)) for end in range(start + 3, len(row) + 1)]
    runs = [run for run in runs if sum(fine(one) for one in run) >= _FEW]
    near = [each for each in valued if abs(each[1].paragraph - row[0].paragraph) < _PARAGRAPHS]
    return any(_gives(run, near) for run in runs)


def _gives(run: Sequence[Mention], kin: Sequence[tuple[int, Mention]]) -> bool:
    """Whether it makes one of them up; those far from its sum are not worth the reckoning."""
    own = sum(fine(one) for one in run)
    return any(comes_out(run, one) for value, one in kin if abs(value - own) * 5 <= own)


def _wholes(
    rows: Rows, row: Sequence[Mention], earlier: Sequence[Mention], words: str
) -> Iterator[tuple[Mention, str]]:
    said, names = set(_pairs(words)), {rows.called(one) for one in row} - {""}
    usable = [
        one for one in earlier if one.sentence != row[0].sentence and not _COMPARED.search(one.left[-_CLOSE:])
    ]
    far = [one for one in usable if row[0].paragraph - one.paragraph > _PARAGRAPHS]
    near = [one for one in usable if row[0].paragraph - one.paragraph <= _PARAGRAPHS]
    near = [one for one in near[: 2 * _NEAR] if not any(rows.called(one).endswith(name) for name in names)][
        :_NEAR
    ]
    for one in far if said else ():
        if said & set(_pairs(one.left[-_CLOSE:])):
            yield one, "named-far"
    for at, one in enumerate(near):
        if any(each.quantity.base_value == one.quantity.base_value for each in row):
            continue
        if said & set(_pairs(one.left[-_CLOSE:])):
            yield one, "named"
        else:
            yield one, place(rows, one, at)


def _is_word(pair: str) -> bool:
    return _WORD.fullmatch(pair) is not None and _COMMON.fullmatch(pair) is None


def _pairs(words: str) -> list[str]:
    return [words[at : at + 2] for at in range(len(words) - 1) if _is_word(words[at : at + 2])]


def _signs(rows: Rows, row: Sequence[Mention], whole: Mention, how: str, words: str) -> Iterator[str]:
    yield from ("opener=apart", f"whole={how}", "side=after")
    yield from signs_of(rows, row, whole, words)
    if _is_restated(rows, whole):
        yield "restated"
    if not rows.able(whole):
        yield "whole-aside"
    if len(set(steps(rows, row))) == 1:
        yield "marks=one"
    else:
        yield "marks=several"
    if DIVIDED.search(words) or STRICT.search(words) or _SHOWN.search(words):
        yield "opened"
    number = said_count(words) or said_count(whole.left)
    if number is not None and number > 1:
        yield "number=same" if number == len(row) else "number=other"
    if rows.scene.is_nested(whole):
        yield "whole-nested"
    elif how != "named" and _has_before(rows, whole):
        yield "whole-late"


def _has_before(rows: Rows, whole: Mention) -> bool:
    return any(class_of(one) == class_of(whole) and rows.able(one) for one in rows.scene.before(whole))


def _is_restated(rows: Rows, whole: Mention) -> bool:
    """Whether the text says the figure again, so that it is rather an item that is wrong."""
    return any(
        one.index != whole.index
        and class_of(one) == class_of(whole)
        and one.quantity.base_value == whole.quantity.base_value
        for one in rows.scene.mentions
    )
