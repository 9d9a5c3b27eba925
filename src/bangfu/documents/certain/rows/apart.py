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
    are_posts,
    class_of,
    first_heavier,
    steps,
)
from bangfu.documents.certain.rows.collect import collected
from bangfu.documents.certain.rows.numbers import comes_out, fine, likeness
from bangfu.documents.certain.rows.signs import signs_of
from bangfu.documents.certain.rows.wholes import place
from bangfu.documents.certain.rows.words import DIVIDED, PROGRESS, REST, STRICT, TURNS, said_count
from bangfu.documents.reading.structure import Mention

_REACH, _PARAGRAPHS, _NEAR = 40, 3, 5
_CLOSE, _LONG_NAME, _ALIKE, _FEW = 12, 24, -0.5, 200_000
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
_TABLE = re.compile(r"[\t|]|[^ \n]  +[^ \n]")
_COMMON = frozenset(
    "全县 全镇 全乡 全村 我县 我镇 我乡 我村 本县 本镇 本乡 本村 今年 去年 本年 年度 累计 共有 其中 资金 项目 情况 "
    "分别 实际 完成 截至 目前 现有 涉及 一年 全年 问题 人员 对象 贫困 脱贫 农村 以上 万元 方面 工作".split()
)
"""Words that figures of all things share."""


def apart(rows: Rows) -> Iterator[Candidate]:
    for row, loose, words in _rows_of(rows):
        if any(not one.quantity.is_exact for one in row) or TURNS.search(rows.between(row[0], row[1])):
            continue
        kin = _kin(rows, row)
        if _belongs(row, loose, kin) or _has_own_total(rows, row) or _opens_itself(rows, row):
            continue
        earlier = [one for one in kin if one.index < row[0].index][::-1]
        if words == "=" and earlier:
            yield from _after_comma(rows, row, earlier[0])
            continue
        for whole, how in _wholes(rows, row, earlier, words):
            if likeness(row, whole) >= _ALIKE and whole.quantity.is_exact and not _is_made_up(row, whole):
                signs = set(_signs(rows, row, whole, how, words))
                if (len(row) > 2 or "other-column" in signs) and "item-far-above" not in signs:
                    yield Candidate(tuple(row), whole, frozenset(signs))


def _after_comma(rows: Rows, row: Sequence[Mention], whole: Mention) -> Iterator[Candidate]:
    """学校74所,全部开展,小学53所,初中18所,一贯制4所: the whole is marked off like its items."""
    if whole.sentence != row[0].sentence or not whole.quantity.is_exact or likeness(row, whole) < _ALIKE:
        return
    if _COMPARED.search(whole.left[-_CLOSE:]) or _is_made_up(row, whole) or not rows.able(whole):
        return
    signs = set(_signs(rows, row, whole, "nearest", ""))
    signs = {one for one in signs if one != "opener=apart"} | {"opener=apart-comma"}
    if any(one.quantity.base_value == whole.quantity.base_value for one in row):
        return
    if "shares-full" not in signs and _has_share(rows, whole) and _has_share(rows, row[0]):
        return
    if (len(row) > 2 or "shares-full" in signs) and not signs & {"item-above", "marks=several"}:
        yield Candidate(tuple(row), whole, frozenset(signs))


def _has_share(rows: Rows, one: Mention) -> bool:
    return _SHARE.match(rows.flat, one.quantity.end) is not None


def _is_made_up(row: Sequence[Mention], whole: Mention) -> bool:
    """夏粮21.3万亩,秋粮51.1万亩,其中…24.6万亩: whether two of more are all."""
    return len(row) > 2 and any(comes_out(two, whole) for two in itertools.combinations(row, 2))


def _rows_of(rows: Rows) -> Iterator[tuple[list[Mention], list[Mention], str]]:
    """Each row at the head of a sentence, the same with what may be meant as well, and the words before it."""
    known = set[tuple[int, str]]()
    mentions = rows.scene.mentions
    for at, first in enumerate(mentions):
        key = first.sentence, class_of(first)
        if key in known or not rows.able(first) or rows.depth(first) or _is_in_table(rows, first):
            continue
        known.add(key)
        if rows.is_total(first):
            continue
        row, _, loose = collected(rows, first, mentions[at + 1 : at + 1 + _REACH], "apart")
        row = one_list(rows, row)
        if len(row) > 1 and are_of_a_size(row):
            yield row, loose, rows.scene.clause(first)
        inner = one_list(rows, collected(rows, row[1], mentions[rows.scene.place_of(row[1]) + 1 :][:_REACH], "apart")[0]) if len(row) > 1 else []
        if len(inner) > 1 and are_of_a_size(inner):
            yield inner, inner, "="
    for heads in _runs_of_heads(rows):
        if are_of_a_size(heads):
            yield heads, heads, rows.flat[max(0, heads[0].quantity.start - _CLOSE - 8) : heads[0].quantity.start]


def _runs_of_heads(rows: Rows) -> Iterator[list[Mention]]:
    """Sentences or lines that each begin with a figure of one class: 作风方面9个。集中在…。组织方面7个。有的…."""
    heads = [one for one in rows.scene.mentions if _is_head(rows, one) and not _heads_a_row(rows, one)]
    run: list[Mention] = []
    for one in heads:
        if run and not _goes_on(rows, run[-1], one):
            if len(run) > 2:
                yield run
            run = []
        run.append(one)
    if len(run) > 2:
        yield run


def _is_head(rows: Rows, one: Mention) -> bool:
    if not rows.able(one) or rows.is_total(one) or rows.depth(one) or _is_in_table(rows, one):
        return False
    return not rows.scene.before(one) and len(one.gap.split("。")[-1].split("\n")[-1]) < _LONG_NAME


def _heads_a_row(rows: Rows, one: Mention) -> bool:
    after = [each for each in rows.scene.after(one) if class_of(each) == class_of(one) and rows.able(each)]
    return len(after) > 1


def _goes_on(rows: Rows, last: Mention, one: Mention) -> bool:
    if class_of(last) != class_of(one) or last.quantity.unit != one.quantity.unit:
        return False
    if last.paragraph == one.paragraph:
        return one.sentence - last.sentence < 3
    marks = [_marker(rows, each) for each in (last, one)]
    return one.paragraph - last.paragraph == 1 and marks[0] == marks[1] != "word"


def _marker(rows: Rows, one: Mention) -> str:
    """What its line begins with: a number, a sign, or a word."""
    start = rows.flat.rfind("\n", 0, one.quantity.start) + 1
    mark = rows.flat[start : one.quantity.start].lstrip()[:1]
    return "0" if mark.isdigit() or mark in "一二三四五六七八九十第其" else "word" if mark.isalnum() else mark


def one_list(rows: Rows, row: list[Mention]) -> list[Mention]:
    """The items to the rest, or to a heavier mark, or to what was done with them: 故障74处,破损58处,已修182处."""
    for at, one in enumerate(row[1:], 2):
        if REST.search(one.gap[-12:]):
            return row[:at]
    done = [bool(PROGRESS.search(rows.called(one))) for one in row]
    if len(row) > 2 and not any(done[:2]) and True in done:
        row = row[: done.index(True)]
    return row[: first_heavier(rows, row)] if len(row) > 2 else row


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


def _is_in_table(rows: Rows, one: Mention) -> bool:
    start = rows.flat.rfind("\n", 0, one.quantity.start) + 1
    end = rows.flat.find("\n", one.quantity.start)
    return _TABLE.search(rows.flat[start : end if end >= 0 else None]) is not None


def _kin(rows: Rows, row: Sequence[Mention]) -> list[Mention]:
    kind, own = class_of(row[0]), {one.index for one in row}
    return [
        one
        for one in rows.scene.mentions
        if (class_of(one) == kind or (kind == "人" and are_posts(one)))
        and rows.is_whole(one)
        and one.index not in own
    ]


def _belongs(row: Sequence[Mention], loose: Sequence[Mention], kin: Sequence[Mention]) -> bool:
    """Whether the row, more than it or a run of it makes up a figure of the text."""
    more = [list(loose[:end]) for end in range(len(row), len(loose) + 1)]
    if any(comes_out(run, one) for run in (row, *more) for one in kin):
        return True
    runs = [row[start:end] for start in range(len(row)) for end in range(start + 3, len(row) + 1)]
    runs = [run for run in runs if sum(fine(one) for one in run) >= _FEW]
    near = [one for one in kin if abs(one.paragraph - row[0].paragraph) < _PARAGRAPHS]
    return any(comes_out(run, one) for run in runs for one in near)


def _wholes(
    rows: Rows, row: Sequence[Mention], earlier: Sequence[Mention], words: str
) -> Iterator[tuple[Mention, str]]:
    said, names = set(_pairs(words)) - _COMMON, {rows.called(one) for one in row}
    near = [
        one
        for one in earlier
        if one.sentence != row[0].sentence
        and not any(rows.called(one).endswith(name) for name in names if name)
        and not _COMPARED.search(one.left[-_CLOSE:])
    ]
    far = [one for one in near if row[0].paragraph - one.paragraph > _PARAGRAPHS]
    near = [one for one in near if row[0].paragraph - one.paragraph <= _PARAGRAPHS][:_NEAR]
    for one in far:
        if said & set(_pairs(one.left[-_CLOSE:])):
            yield one, "named-far"
    for at, one in enumerate(near):
        if any(each.quantity.base_value == one.quantity.base_value for each in row):
            continue
        if said & set(_pairs(one.left[-_CLOSE:])):
            yield one, "named"
        else:
            yield one, place(rows, one, at)


def _pairs(words: str) -> list[str]:
    return [words[at : at + 2] for at in range(len(words) - 1) if _WORD.fullmatch(words[at : at + 2])]


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
